import type { ForwardingRule, LoadBalancer } from '../model/azure/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { isSameCondition } from '../network/topology.ts';
import { byName } from '../text/name-order.ts';
import type { Evaluated, Unknown } from '../value/value.ts';
import { balancerSubjects, lowerOf, ruleName } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';
import { numberText } from './wording.ts';

/** A rule of a load balancer, with what decides whether it collides with another. */
export interface RuleSubject {
  readonly subject: Subject;
  readonly balancer: LoadBalancer;
  readonly rule: ForwardingRule;
  readonly kind: 'rule' | 'nat';
  /** Lower-case ids of the IP configurations and pools that certainly receive its packets. */
  readonly receivers: ReadonlySet<string>;
  /** IPv4 or IPv6 in lower case, where the frontend is part of the root. */
  readonly version: string | undefined;
  /** The other rules of the same balancer that come before it: by kind and name, since not every source has an order. */
  readonly earlier: readonly RuleSubject[];
}

/** Load-balancing rules, then inbound NAT rules and NAT pools, by name, each with those before it. */
export function collidingSubjects(network: Network): readonly RuleSubject[] {
  return balancerSubjects(network).flatMap(({ balancer }) => {
    const all: Omit<RuleSubject, 'earlier'>[] = [];
    const add = (rule: ForwardingRule, kind: RuleSubject['kind'], receivers: ReadonlySet<string>): void => {
      const name = ruleName(balancer, rule, kind);
      const subject = { address: rule.address, type: LOAD_BALANCER, name, origin: rule.origin };
      const frontend =
        rule.frontend.kind === 'to' ? network.topology.frontends.get(rule.frontend.id) : undefined;
      const version = frontend === undefined ? undefined : lowerOf(frontend.frontend.version);
      all.push({ subject, balancer, rule, kind, receivers, version });
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
    return eachWithEarlier(all);
  });
}

function eachWithEarlier(all: readonly Omit<RuleSubject, 'earlier'>[]): readonly RuleSubject[] {
  const before: RuleSubject[] = [];
  const sorted = all.toSorted(
    (a, b) => Number(a.kind === 'nat') - Number(b.kind === 'nat') || byName(a.subject.name, b.subject.name),
  );
  for (const each of sorted) {
    // A rule that is written inside its balancer and may be declared once more is still one rule; two in one list are not.
    const { id, address } = each.rule;
    const earlier = before.filter(({ rule }) => rule.id !== id || rule.address === address);
    before.push({ ...each, earlier });
  }
  return before;
}

/** Azure compares IP configurations, which an address of an IP-based pool is not. */
function membersOf(network: Network, poolId: string): readonly string[] {
  return network
    .membersOfPool(poolId)
    .members.flatMap(({ ipConfiguration, uncertain, ipBased }) =>
      ipConfiguration === undefined || uncertain !== undefined || ipBased ? [] : [ipConfiguration.id],
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

/** Whether a pool or an IP configuration certainly gets the packets of both, and of one IP version as far as it is known. */
export function sharesBackends(a: RuleSubject, b: RuleSubject): boolean {
  if (a.version !== undefined && b.version !== undefined && a.version !== b.version) return false;
  return [...a.receivers].some((id) => b.receivers.has(id));
}

/** Whether two rules certainly have one frontend. */
export function sharesFrontend(a: RuleSubject, b: RuleSubject): boolean {
  const [first, second] = [a.rule.frontend, b.rule.frontend];
  return first.kind === 'to' && second.kind === 'to' && first.id === second.id;
}

/** `port 443`: the first port of the frontend that both certainly have with one protocol. HA ports stand apart. */
export function sharedFrontendPort(a: RuleSubject, b: RuleSubject): string | undefined {
  if (!sharesFrontend(a, b) || !sharesProtocol(a.rule, b.rule)) return undefined;
  const [first, second] = [a.rule.frontendPort, b.rule.frontendPort];
  if (a.rule.frontendPortEnd.kind === 'absent' && b.rule.frontendPortEnd.kind === 'absent')
    return sharedPort(first, second);
  const [ports, otherPorts] = [portsOf(a.rule), portsOf(b.rule)];
  if (ports === undefined || otherPorts === undefined) return undefined;
  const lowest = Math.max(ports[0], otherPorts[0]);
  if (lowest > Math.min(ports[1], otherPorts[1])) return undefined;
  const isShown = [first, second].every((port) => numberText(port) !== undefined);
  return isShown ? `port ${lowest}` : 'a port';
}

function portsOf({ frontendPort, frontendPortEnd }: ForwardingRule): readonly [number, number] | undefined {
  if (frontendPort.kind !== 'known' || frontendPortEnd.kind === 'unknown') return undefined;
  return [frontendPort.value, frontendPortEnd.kind === 'known' ? frontendPortEnd.value : frontendPort.value];
}

/** `port 443`, or `the same port` where it may not be shown or nothing but its name is known; undefined if they may differ. */
export function sharedPort(a: Evaluated<number>, b: Evaluated<number>): string | undefined {
  if (a.kind === 'unknown' && b.kind === 'unknown') {
    return a.expression !== undefined && a.expression === b.expression ? 'the same port' : undefined;
  }
  if (a.kind !== 'known' || b.kind !== 'known' || a.value !== b.value || a.value === 0) return undefined;
  return numberText(a) === undefined || numberText(b) === undefined ? 'the same port' : `port ${a.value}`;
}

/** What it waits for whether both exist, as far as they do not exist under one condition. */
export function existenceDoubts({ rule: a }: RuleSubject, { rule: b }: RuleSubject): readonly Unknown[] {
  if (isSameCondition(a.condition, b.condition)) return [];
  return [a.condition, b.condition].flatMap((condition) => condition ?? []);
}

/** True, false, or undefined while it is not known. */
export function isFloating({ floatingIp }: ForwardingRule): boolean | undefined {
  return floatingIp.kind === 'known' ? floatingIp.value : undefined;
}

/** Which of the two leave open whether they use floating IP. */
export function floatingDoubts(a: ForwardingRule, b: ForwardingRule): readonly Unknown[] {
  return [a.floatingIp, b.floatingIp].flatMap((value) => (value.kind === 'unknown' ? [value] : []));
}
