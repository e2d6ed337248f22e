import type { ForwardingRule, LoadBalancer } from '../model/azure/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { balancerSubjects, lowerOf, ruleName } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** A rule of a load balancer, with what decides whether it collides with another. */
export interface RuleSubject {
  readonly subject: Subject;
  readonly balancer: LoadBalancer;
  readonly rule: ForwardingRule;
  readonly kind: 'rule' | 'nat';
  /** Lower-case ids of the IP configurations and pools that certainly receive its packets. */
  readonly receivers: ReadonlySet<string>;
  /** The rules of the same balancer that stand before it. */
  readonly earlier: readonly RuleSubject[];
}

/** Load-balancing rules, inbound NAT rules and NAT pools, each with those before it. */
export function collidingSubjects(network: Network): readonly RuleSubject[] {
  return balancerSubjects(network).flatMap(({ balancer }) => {
    const before: RuleSubject[] = [];
    const add = (rule: ForwardingRule, kind: RuleSubject['kind'], receivers: ReadonlySet<string>): void => {
      const name = ruleName(balancer, rule, kind);
      const subject = { address: rule.address, type: LOAD_BALANCER, name, origin: rule.origin };
      before.push({ subject, balancer, rule, kind, receivers, earlier: [...before] });
    };
    for (const rule of balancer.rules.items) {
      const pools = rule.pools.items.flatMap((link) => (link.kind === 'to' ? [link.id] : []));
      add(rule, 'rule', new Set(pools.flatMap((id) => [id, ...membersOf(network, id)])));
    }
    for (const rule of balancer.natRules.items) {
      const pool = rule.pool.kind === 'to' ? [rule.pool.id, ...membersOf(network, rule.pool.id)] : [];
      add(rule, 'nat', new Set([...pool, ...attachedTo(network, rule.id)]));
    }
    for (const pool of balancer.natPools.items) add(pool, 'nat', new Set(attachedTo(network, pool.id)));
    return before;
  });
}

function membersOf(network: Network, poolId: string): readonly string[] {
  return network
    .membersOfPool(poolId)
    .members.flatMap(({ ipConfiguration, uncertain }) =>
      ipConfiguration === undefined || uncertain !== undefined ? [] : [ipConfiguration.id],
    );
}

function attachedTo({ topology }: Network, id: string): readonly string[] {
  return topology
    .attachedTo(id)
    .flatMap(({ ipConfiguration, uncertain }) => (uncertain === undefined ? [ipConfiguration.id] : []));
}

/** Whether two rules certainly carry the same transport protocol: `All` carries each. */
export function sharesProtocol(a: ForwardingRule, b: ForwardingRule): boolean {
  const [first, second] = [lowerOf(a.protocol), lowerOf(b.protocol)];
  if (first === undefined || second === undefined) return false;
  return first === second || first === 'all' || second === 'all';
}

/** Every port of every protocol. */
export function isHaPorts({ protocol, frontendPort, backendPort }: ForwardingRule): boolean {
  return (
    lowerOf(protocol) === 'all' &&
    frontendPort.kind === 'known' &&
    frontendPort.value === 0 &&
    backendPort.kind === 'known' &&
    backendPort.value === 0
  );
}

/** True, false, or undefined while it is not known. */
export function isFloating({ floatingIp }: ForwardingRule): boolean | undefined {
  return floatingIp.kind === 'known' ? floatingIp.value : undefined;
}
