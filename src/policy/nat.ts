import type { InboundNatRule } from '../model/azure/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { type Evaluated, field, type Unknown } from '../value/value.ts';
import { ruleName } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** An inbound NAT rule or pool; version 1 has a single machine, version 2 a backend pool: semantics 4.4. */
export interface NatSubject {
  readonly subject: Subject;
  readonly kind: 'rule' | 'pool';
  /** What it waits for while it is open. */
  readonly version: 1 | 2 | { readonly waitsFor: readonly Unknown[] };
}

/** Those of load balancers outside the root, too: the version is a matter of the rule alone. */
export function natSubjects({ topology }: Network): readonly NatSubject[] {
  return topology.loadBalancers.flatMap((balancer) => {
    const isDeclared = topology.model.byId(balancer.id) !== undefined;
    const subjectOf = (rule: (typeof balancer.natPools.items)[number]): Subject => ({
      address: rule.address,
      type: LOAD_BALANCER,
      name: isDeclared ? ruleName(balancer, rule, 'nat') : rule.address,
      origin: rule.origin,
    });
    const rules = balancer.natRules.items.map(
      (rule): NatSubject => ({ subject: subjectOf(rule), kind: 'rule', version: versionOf(rule) }),
    );
    const pools = balancer.natPools.items.map(
      (pool): NatSubject => ({ subject: subjectOf(pool), kind: 'pool', version: 1 }),
    );
    return [...rules, ...pools];
  });
}

/** A single frontend port goes with a single machine, a range or a pool with version 2; Azure accepts no mixture. */
function versionOf({ pool, properties, frontendPort }: InboundNatRule): NatSubject['version'] {
  const rangeStart = field(properties, 'frontendPortRangeStart');
  const isRange = rangeStart.kind === 'known' && rangeStart.value !== 0;
  if (pool.kind === 'to' || isRange) return 2;
  if (pool.kind === 'none' && rangeStart.kind !== 'unknown') return 1;
  const single = field(properties, 'frontendPort');
  if (single.kind === 'known' && single.value !== 0) return 1;
  const open = pool.kind === 'unknown' || pool.kind === 'one-of' ? pool.waitsFor : frontendPort;
  return { waitsFor: [open, rangeStart].filter(isUnknown) };
}

function isUnknown(value: Evaluated<number> | { readonly kind: string }): value is Unknown {
  return value.kind === 'unknown';
}
