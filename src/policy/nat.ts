import type { Network } from '../network/network.ts';
import { balancerSubjects, ruleName } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** An inbound NAT rule or pool; version 1 has a single machine, version 2 a backend pool: semantics 4.4. */
export interface NatSubject {
  readonly subject: Subject;
  readonly kind: 'rule' | 'pool';
  readonly version: 1 | 2 | 'unknown';
}

export function natSubjects(network: Network): readonly NatSubject[] {
  return balancerSubjects(network).flatMap(({ balancer }) => {
    const subjectOf = (rule: (typeof balancer.natPools.items)[number]): Subject => ({
      address: rule.address,
      type: LOAD_BALANCER,
      name: ruleName(balancer, rule, 'nat'),
      origin: rule.origin,
    });
    const rules = balancer.natRules.items.map((rule): NatSubject => {
      const version = rule.pool.kind === 'none' ? 1 : rule.pool.kind === 'to' ? 2 : 'unknown';
      return { subject: subjectOf(rule), kind: 'rule', version };
    });
    const pools = balancer.natPools.items.map(
      (pool): NatSubject => ({ subject: subjectOf(pool), kind: 'pool', version: 1 }),
    );
    return [...rules, ...pools];
  });
}
