import type { Frontend, LoadBalancer, OutboundRule } from '../model/azure/load-balancer.ts';
import type { Member } from '../network/members.ts';
import type { Network } from '../network/network.ts';
import { isSameCondition } from '../network/topology.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import type { Unknown } from '../value/value.ts';
import type { Related, Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** An outbound rule, with everything for which Azure refuses it: semantics 3.3 and 4.6. */
export interface OutboundSubject {
  readonly subject: Subject;
  readonly faults: readonly OutboundFault[];
  /** What may make it one. */
  readonly waitsFor: readonly Unknown[];
}

export type OutboundFault = { readonly at: Origin; readonly related: readonly Related[] } & (
  | { readonly kind: 'shared-frontend'; readonly rules: readonly string[] }
  | { readonly kind: 'internal-frontend'; readonly frontend: string }
  | { readonly kind: 'ports-not-in-eights'; readonly ports: number }
  | { readonly kind: 'too-many-ports'; readonly ports: number }
  | { readonly kind: 'too-few-frontends'; readonly limits: Limits }
  | { readonly kind: 'secondary-address'; readonly member: string }
);

interface Limits {
  readonly ports: number;
  readonly members: number;
  readonly frontends: number;
}

const PORTS_OF_A_FRONTEND = 64_000;

/** The outbound rules of the root; what stands under a condition that is open makes no fault certain. */

export function outboundSubjects(network: Network): readonly OutboundSubject[] {
  return network.topology.loadBalancers.flatMap((balancer) =>
    balancer.outboundRules.items.map((rule) => {
      const name = `${textOr(balancer.name, balancer.address)}/${textOr(rule.name, rule.address)}`;
      const subject = { address: rule.address, type: LOAD_BALANCER, name, origin: rule.origin };
      const waitsFor: Unknown[] = [];
      if (rule.allocatedPorts.kind === 'unknown') waitsFor.push(rule.allocatedPorts);
      const faults = [
        ...internalFrontends(network, rule),
        ...sharedFrontends(balancer, rule, waitsFor),
        ...ports(network, rule, waitsFor),
        ...secondaryAddresses(network, rule),
      ];
      const given = rule.condition;
      if (given !== undefined && !isSameCondition(given, balancer.condition) && faults.length > 0)
        return { subject, faults: [], waitsFor: [given] };
      return { subject, faults, waitsFor };
    }),
  );
}

function sharedFrontends(
  balancer: LoadBalancer,
  rule: OutboundRule,
  waitsFor: Unknown[],
): readonly OutboundFault[] {
  const frontends = new Set(rule.frontends.items.flatMap((link) => (link.kind === 'to' ? [link.id] : [])));
  const sharing = balancer.rules.items.filter(({ frontend, disableOutboundSnat, condition }) => {
    if (frontend.kind !== 'to' || !frontends.has(frontend.id)) return false;
    if (disableOutboundSnat.kind === 'known' && disableOutboundSnat.value) return false;
    const open = disableOutboundSnat.kind === 'unknown' ? disableOutboundSnat : condition;
    if (open === undefined || isSameCondition(open, rule.condition ?? balancer.condition)) return true;
    waitsFor.push(open);
    return false;
  });
  const [first] = sharing;
  if (first === undefined) return [];
  const rules = sharing.map(({ name, address }) => textOr(name, address));
  const own = {
    message: `\`${textOr(rule.name, rule.address)}\` uses the same frontend`,
    origin: rule.origin,
  };
  const others = sharing.slice(1, 3).map(({ name, address, origin }) => ({
    message: `\`${textOr(name, address)}\` uses it as well`,
    origin,
  }));
  return [{ kind: 'shared-frontend', rules, at: first.origin, related: [own, ...others] }];
}

function internalFrontends({ topology }: Network, rule: OutboundRule): readonly OutboundFault[] {
  return rule.frontends.items.flatMap((link) => {
    const frontend = link.kind === 'to' ? topology.frontends.get(link.id)?.frontend : undefined;
    if (frontend === undefined || frontend.subnet.kind === 'none' || isPublic(frontend)) return [];
    const related = [{ message: 'the frontend is in a subnet', origin: frontend.origin }];
    return [
      {
        kind: 'internal-frontend',
        frontend: textOr(frontend.name, frontend.address),
        at: rule.origin,
        related,
      },
    ];
  });
}

function isPublic({ publicIp, publicIpPrefix }: Frontend): boolean {
  return publicIp.kind !== 'none' || publicIpPrefix.kind !== 'none';
}

function ports(network: Network, rule: OutboundRule, waitsFor: Unknown[]): readonly OutboundFault[] {
  const { allocatedPorts } = rule;
  if (allocatedPorts.kind !== 'known' || allocatedPorts.value === 0) return [];
  const { value, origin: at } = allocatedPorts;
  if (value % 8 !== 0) return [{ kind: 'ports-not-in-eights', ports: value, at, related: [] }];
  const frontends = rule.frontends.items.map((link) =>
    link.kind === 'to' ? network.topology.frontends.get(link.id)?.frontend : undefined,
  );
  if (value > PORTS_OF_A_FRONTEND) return [{ kind: 'too-many-ports', ports: value, at, related: [] }];
  // A prefix has as many addresses as it has, which its frontend does not tell; addresses of IPv6 count apart.
  const isCounted =
    rule.frontends.unknown === undefined &&
    frontends.every(
      (frontend) =>
        frontend?.publicIpPrefix.kind === 'none' &&
        frontend.version.kind === 'known' &&
        frontend.version.value.toLowerCase() === 'ipv4',
    );
  const members = rule.pool.kind === 'to' ? countCertain(network.membersOfPool(rule.pool.id).members) : 0;
  if (value * members <= PORTS_OF_A_FRONTEND * frontends.length) return [];
  if (!isCounted) {
    waitsFor.push(...doubtsAbout(network, rule));
    return [];
  }
  const limits = { ports: value, members, frontends: frontends.length };
  return [{ kind: 'too-few-frontends', limits, at, related: [] }];
}

/** What keeps the addresses of the frontends from being counted, where each of them may have one. */
function doubtsAbout({ topology }: Network, { frontends }: OutboundRule): readonly Unknown[] {
  const doubts: Unknown[] = frontends.unknown === undefined ? [] : [frontends.unknown];
  for (const link of frontends.items) {
    if ('waitsFor' in link) doubts.push(link.waitsFor);
    if (link.kind !== 'to') continue;
    const frontend = topology.frontends.get(link.id)?.frontend;
    if (frontend === undefined || frontend.publicIpPrefix.kind === 'to') return [];
    const { publicIpPrefix: prefix, version } = frontend;
    if ('waitsFor' in prefix) doubts.push(prefix.waitsFor);
    else if (version.kind === 'unknown') doubts.push(version);
  }
  return doubts;
}

/** At least so many machines: each interface or address counts once, with the instances of its scale set. */
function countCertain(members: readonly Member[]): number {
  const instances = new Map<string, number>();
  for (const { networkInterface, label, instances: count, uncertain, version } of members) {
    if (uncertain !== undefined || version === 'ipv6') continue;
    const known = typeof count === 'number' ? count : count.kind === 'known' ? count.value : 0;
    instances.set(networkInterface?.id ?? label, known);
  }
  return [...instances.values()].reduce((sum, count) => sum + count, 0);
}

function secondaryAddresses(network: Network, rule: OutboundRule): readonly OutboundFault[] {
  if (rule.pool.kind !== 'to') return [];
  return network
    .membersOfPool(rule.pool.id)
    .members.flatMap(({ label, ipConfiguration, uncertain, origin }) => {
      if (ipConfiguration === undefined || uncertain !== undefined) return [];
      const { primary, version } = ipConfiguration;
      const isSecondary = primary.kind === 'known' && primary.assumed !== true && !primary.value;
      const isIpv4 = version.kind === 'known' && version.value.toLowerCase() === 'ipv4';
      if (!isSecondary || !isIpv4) return [];
      const related = [{ message: `\`${label}\` is in the pool`, origin }];
      return [{ kind: 'secondary-address', member: label, at: rule.origin, related }];
    });
}
