import type { Frontend, LoadBalancer, OutboundRule } from '../model/azure/load-balancer.ts';
import type { Member } from '../network/members.ts';
import type { Network } from '../network/network.ts';
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
  | { readonly kind: 'shared-frontend'; readonly rule: string }
  | { readonly kind: 'internal-frontend'; readonly frontend: string }
  | { readonly kind: 'ports-not-in-eights'; readonly ports: number }
  | { readonly kind: 'too-many-ports'; readonly limits: Limits }
  | { readonly kind: 'secondary-address'; readonly member: string }
);

interface Limits {
  readonly ports: number;
  readonly members: number;
  readonly frontends: number;
}

const PORTS_OF_A_FRONTEND = 64_000;

export function outboundSubjects(network: Network): readonly OutboundSubject[] {
  return network.topology.loadBalancers.flatMap((balancer) =>
    balancer.outboundRules.items.map((rule) => {
      const name = `${textOr(balancer.name, balancer.address)}/${textOr(rule.name, rule.address)}`;
      const subject = { address: rule.address, type: LOAD_BALANCER, name, origin: rule.origin };
      const waitsFor: Unknown[] = [];
      const faults = [
        ...sharedFrontends(balancer, rule, waitsFor),
        ...internalFrontends(network, rule),
        ...ports(network, rule),
        ...secondaryAddresses(network, rule),
      ];
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
  return balancer.rules.items.flatMap(({ frontend, disableOutboundSnat, name, address, origin }) => {
    if (frontend.kind !== 'to' || !frontends.has(frontend.id)) return [];
    if (disableOutboundSnat.kind === 'unknown') waitsFor.push(disableOutboundSnat);
    if (disableOutboundSnat.kind !== 'known' || disableOutboundSnat.value) return [];
    const shown = textOr(name, address);
    const related = [
      { message: `\`${textOr(rule.name, rule.address)}\` uses the same frontend`, origin: rule.origin },
    ];
    return [{ kind: 'shared-frontend', rule: shown, at: origin, related }];
  });
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

function ports(network: Network, rule: OutboundRule): readonly OutboundFault[] {
  const { allocatedPorts } = rule;
  if (allocatedPorts.kind !== 'known' || allocatedPorts.value === 0) return [];
  const { value, origin: at } = allocatedPorts;
  if (value % 8 !== 0) return [{ kind: 'ports-not-in-eights', ports: value, at, related: [] }];
  const frontends = rule.frontends.items.map((link) =>
    link.kind === 'to' ? network.topology.frontends.get(link.id)?.frontend : undefined,
  );
  // A prefix has as many addresses as it has, which its frontend does not tell.
  const isCounted =
    rule.frontends.unknown === undefined &&
    frontends.every((frontend) => frontend?.publicIpPrefix.kind === 'none');
  const members = rule.pool.kind === 'to' ? countCertain(network.membersOfPool(rule.pool.id).members) : 0;
  if (!isCounted || value * members <= PORTS_OF_A_FRONTEND * frontends.length) return [];
  const limits = { ports: value, members, frontends: frontends.length };
  return [{ kind: 'too-many-ports', limits, at, related: [] }];
}

/** At least so many backends. */
function countCertain(members: readonly Member[]): number {
  let count = 0;
  for (const { instances, uncertain } of members) {
    if (uncertain !== undefined) continue;
    count += typeof instances === 'number' ? instances : instances.kind === 'known' ? instances.value : 0;
  }
  return count;
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
