import type { SecurityRule } from '../model/azure/network-security-group.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { PROBE_SOURCE } from './azure-addresses.ts';
import { type AddressSet, intersect, isEmpty, isSubset, union } from './packets/interval-set.ts';
import { ALL_PORTS } from './packets/packet.ts';
import { projectPackets } from './packets/packet-set.ts';
import type { Filter, Membership, Query, Reach } from './reach.ts';
import { HIGHEST_PRIORITY, LOWEST_PRIORITY } from './rule-faults.ts';
import type { CompiledGroup, CompiledRule } from './security-rules.ts';
import type { DecidingRule } from './trace.ts';

/** Why a packet does not arrive: the one change that would let it pass, where there is one. */
export type DiagnosisId =
  | 'default-deny'
  | 'explicit-deny'
  | 'allows-frontend-port'
  | 'allows-frontend-address'
  | 'floating-ip-destination'
  | 'load-balancer-tag-as-client'
  | 'client-not-in-source'
  | 'protocol-mismatch'
  | 'member-outside-asg'
  | 'shadowed-by-deny'
  | 'no-security-group'
  | 'source-port-restricted';

export interface Diagnosis {
  readonly id: DiagnosisId;
  /** Where the packet is dropped: on its way into a member, out of a client, or by a security admin rule. */
  readonly at: 'member' | 'client' | 'security-admin';
  /** The rule that drops the packet. */
  readonly decisive: DecidingRule;
  /** The custom rule that was probably meant to let it in. */
  readonly intended?: IntendedRule;
  /** A priority in the deciding group that no rule of its direction uses and that comes before the deciding rule. */
  readonly freePriority?: number | undefined;
}

export interface IntendedRule {
  readonly rule: SecurityRule;
  readonly name: string;
  readonly origin: Origin;
  /** Undefined for a secret. */
  readonly priority: number | undefined;
  /** With `allows-frontend-address`: it names the balancer by the tag of its probe. */
  readonly namesTag?: 'AzureLoadBalancer';
}

/** What else is known about a packet when asking for the reason. */
export interface Intent {
  /** `client`: the packet is on its way out of the machine of a client. */
  readonly what: 'data' | 'probe' | 'client';
  readonly frontendPort: number | undefined;
  readonly frontendAddress: AddressSet;
  readonly privateAddress: AddressSet;
  readonly floatingIp: boolean;
}

/** The reason for a packet that the rule `decisive` drops; semantics section 8.2. */
export function diagnose(
  query: Query,
  filters: readonly Filter[],
  membership: Membership,
  intent: Intent,
  decisive: DecidingRule,
): Diagnosis {
  const at: Diagnosis['at'] = intent.what === 'client' ? 'client' : 'member';
  if (decisive.group === undefined) return { id: 'no-security-group', at, decisive };
  const found = locate(filters, decisive);
  if (found === undefined) return { id: 'explicit-deny', at: 'security-admin', decisive };
  const { compiled, index } = found;
  const common = { at, decisive, freePriority: freePriority(compiled, decisive.priority) };
  const reasons = compiled.rules.flatMap((rule, at) => {
    const id = reasonOf(query, rule, at < index, membership, intent, isDefault(decisive));
    return id === undefined ? [] : [{ id, rule }];
  });
  const [best] = reasons.sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
  if (best === undefined) return { id: isDefault(decisive) ? 'default-deny' : 'explicit-deny', ...common };
  const rule = best.rule.rule as SecurityRule;
  const { priority } = rule;
  return {
    id: best.id,
    ...common,
    intended: {
      rule,
      name: textOr(rule.name, rule.address),
      origin: rule.origin,
      priority: priority.kind === 'known' && priority.sensitive !== true ? priority.value : undefined,
      ...(isToLoadBalancerTag(rule) ? { namesTag: 'AzureLoadBalancer' } : {}),
    },
  };
}

/** The reason why only some packets of a query pass. */
export function diagnosePart(query: Query, reached: Reach, decisive: DecidingRule): Diagnosis {
  const at = 'member';
  const passes = (dimension: 'source' | 'destinationPort' | 'protocol'): boolean =>
    isSubset(query[dimension], projectPackets(reached.allowed, dimension));
  if (!isDefault(decisive)) return { id: 'explicit-deny', at, decisive };
  if (!passes('source')) return { id: 'client-not-in-source', at, decisive };
  const isAboutSourcePorts = passes('destinationPort') && passes('protocol');
  return { id: isAboutSourcePorts ? 'source-port-restricted' : 'default-deny', at, decisive };
}

const ORDER: readonly DiagnosisId[] = [
  'shadowed-by-deny',
  'allows-frontend-port',
  'allows-frontend-address',
  'floating-ip-destination',
  'member-outside-asg',
  'load-balancer-tag-as-client',
  'client-not-in-source',
  'protocol-mismatch',
  'source-port-restricted',
];

/** What separates a custom allow from letting the packet in, when it is a single thing. */
function reasonOf(
  query: Query,
  compiled: CompiledRule,
  isBefore: boolean,
  membership: Membership,
  intent: Intent,
  isDefaultDeny: boolean,
): DiagnosisId | undefined {
  if (compiled.access !== 'allow' || !('properties' in compiled.rule)) return undefined;
  const mayBe = (end: 'source' | 'destination'): AddressSet =>
    membership(compiled, end).is === 'no' ? compiled[end].may : union(compiled[end].may, query[end]);
  // What only may hold the probe is not there for it.
  const source = intent.what === 'probe' ? compiled.source.must : mayBe('source');
  const misses = [
    isEmpty(intersect(compiled.protocol.may, query.protocol)) ? 'protocol' : '',
    isEmpty(intersect(compiled.destinationPort.may, query.destinationPort)) ? 'destinationPort' : '',
    isEmpty(intersect(mayBe('destination'), query.destination)) ? 'destination' : '',
    isEmpty(intersect(source, query.source)) ? 'source' : '',
    isEmpty(intersect(compiled.sourcePort.may, query.sourcePort)) ? 'sourcePort' : '',
  ].filter((miss) => miss !== '');
  if (misses.length === 0) return isBefore ? undefined : 'shadowed-by-deny';
  if (misses.length > 1 || !isBefore || intent.what !== 'data') return undefined;
  switch (misses[0]) {
    case 'destinationPort':
      return allowsPort(compiled, intent.frontendPort) ? 'allows-frontend-port' : undefined;
    case 'destination':
      return destinationReason(compiled, intent);
    case 'source':
      // Above a custom deny the probe needs this rule, so it is no mistake about clients.
      if (namesLoadBalancer(compiled.rule)) return isDefaultDeny ? 'load-balancer-tag-as-client' : undefined;
      // An allow for every port is about other clients, and no place to let these in.
      return allowsAllPorts(compiled) && !isSubset(ALL_PORTS, query.destinationPort)
        ? undefined
        : 'client-not-in-source';
    case 'protocol':
      return 'protocol-mismatch';
    default:
      return 'source-port-restricted';
  }
}

function destinationReason(compiled: CompiledRule, intent: Intent): DiagnosisId | undefined {
  const named = compiled.destination.may;
  if (intent.floatingIp) {
    const hasGroups = compiled.ownGroups.items.length > 0;
    const meansBackend = hasGroups || !isEmpty(intersect(named, intent.privateAddress));
    return meansBackend ? 'floating-ip-destination' : undefined;
  }
  const isFrontend = !isEmpty(intersect(named, intent.frontendAddress));
  if (isFrontend || ('properties' in compiled.rule && isToLoadBalancerTag(compiled.rule as SecurityRule)))
    return 'allows-frontend-address';
  return compiled.ownGroups.items.length > 0 ? 'member-outside-asg' : undefined;
}

function allowsAllPorts({ destinationPort }: CompiledRule): boolean {
  return isSubset(ALL_PORTS, destinationPort.may);
}

function allowsPort(compiled: CompiledRule, port: number | undefined): boolean {
  return port !== undefined && !isEmpty(intersect(compiled.destinationPort.must, [port, port + 1]));
}

function namesLoadBalancer(rule: SecurityRule): boolean {
  return rule.source.prefixes.items.some(
    (prefix) => prefix.kind === 'known' && prefix.value.toLowerCase() === 'azureloadbalancer',
  );
}

/** Whether the only destination of a rule is where probes come from, which no packet to a machine has: semantics 1.6. */
export function isToLoadBalancerTag({ destination }: SecurityRule): boolean {
  const { prefixes, applicationSecurityGroups: groups } = destination;
  const isOpen = prefixes.unknown !== undefined || groups.unknown !== undefined || groups.items.length > 0;
  if (isOpen || prefixes.items.length === 0) return false;
  return prefixes.items.every(
    (prefix) => prefix.kind === 'known' && PROBE_SOURCES.includes(prefix.value.toLowerCase()),
  );
}

const PROBE_SOURCES = ['azureloadbalancer', PROBE_SOURCE, `${PROBE_SOURCE}/32`];

function locate(
  filters: readonly Filter[],
  decisive: DecidingRule,
): { compiled: CompiledGroup; index: number } | undefined {
  for (const filter of filters) {
    if (filter === 'none' || 'unreadable' in filter) continue;
    const index = filter.rules.findIndex(({ rule }) => rule === decisive.rule);
    const isGroup = textOr(filter.group.name, filter.group.address) === decisive.group;
    if (index !== -1 && isGroup) return { compiled: filter, index };
  }
  return undefined;
}

function isDefault(decisive: DecidingRule): boolean {
  return decisive.origin.kind === 'platform';
}

/**
 * The highest free priority before a rule, so that a new one there disturbs as little as possible; before a default rule the
 * lowest of the round ones. Undefined when there is none, or when the place of the rule is not known.
 */
export function freePriority(
  { group, direction }: Pick<CompiledGroup, 'group' | 'direction'>,
  before: number | undefined,
): number | undefined {
  if (before === undefined) return undefined;
  const other = direction === 'inbound' ? 'outbound' : 'inbound';
  const used = new Set(
    group.rules.items
      .filter(({ direction: at }) => !(at.kind === 'known' && at.value.toLowerCase() === other))
      .map(({ priority }) => (priority.kind === 'known' ? priority.value : undefined)),
  );
  for (let candidate = LOWEST_PRIORITY; candidate <= HIGHEST_PRIORITY; candidate += 10) {
    if (before > HIGHEST_PRIORITY && !used.has(candidate)) return candidate;
  }
  for (let candidate = Math.min(HIGHEST_PRIORITY, before - 1); candidate >= LOWEST_PRIORITY; candidate -= 1) {
    if (!used.has(candidate)) return candidate;
  }
  return undefined;
}
