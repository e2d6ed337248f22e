import {
  type AddressRange,
  type AddressRanges,
  addressOf,
  EVERY_IPV4,
  EVERY_IPV6,
  isIn,
  rangeOf,
  representatives,
} from './address-range.ts';
import type { PlainEstate, PlainNetwork, PlainSide, PlainSubnet } from './plain-estate.ts';
import type { World } from './world.ts';

/** Where the probes come from: azure-semantics section 2.1. */
export const PROBE: bigint = addressOf('168.63.129.16');
export const IPV6_PROBE: bigint = addressOf('fe80::1234:5678:9abc');

type NumberRange = readonly [low: number, high: number];

/** A rule in one world, seen from one subnet. */
export interface SimulatedRule {
  readonly allows: boolean;
  readonly protocols: readonly string[];
  readonly sources: AddressRanges;
  readonly sourcePorts: readonly NumberRange[];
  readonly destinations: AddressRanges;
  readonly ports: readonly NumberRange[];
}

/** What stands at one level: no group, or its rules for one direction in the order of their priority, default rules last. */
export type SimulatedFilter = 'none' | readonly SimulatedRule[];

/** The packets of a flow; the destination is one address, every other dimension a set. */
export interface SimulatedFlow {
  readonly protocols: readonly string[];
  readonly sources: AddressRanges;
  readonly destination: bigint;
  readonly ports: NumberRange;
  /** Section 3.1: nothing passes where neither level has a group. */
  readonly closedWithoutGroup: boolean;
}

export type SimulatedVerdict = 'open' | 'blocked' | 'partial';

/** Where a rule is looked at from: tags mean something else in every subnet (section 1.6). */
export interface Viewpoint {
  readonly network: PlainNetwork | undefined;
  readonly subnet: PlainSubnet | undefined;
}

const SOURCE_PORTS: NumberRange = [1, 65_535];
const ANY_PORT: NumberRange = [0, 65_535];
const PROTOCOLS: readonly string[] = ['tcp', 'udp', 'icmp', 'esp', 'ah'];
const ANYWHERE: AddressRanges = [EVERY_IPV4, EVERY_IPV6];

/** Every group lets all in, or nothing, for what is told of no rule. */
export function filterOfAll(allows: boolean): SimulatedFilter {
  return [
    {
      allows,
      protocols: PROTOCOLS,
      sources: ANYWHERE,
      sourcePorts: [ANY_PORT],
      destinations: ANYWHERE,
      ports: [ANY_PORT],
    },
  ];
}

/** Section 1.3. */
const DEFAULTS = {
  Inbound: [
    { allows: true, from: 'VirtualNetwork', to: 'VirtualNetwork' },
    { allows: true, from: 'AzureLoadBalancer', to: '*' },
    { allows: false, from: '*', to: '*' },
  ],
  Outbound: [
    { allows: true, from: 'VirtualNetwork', to: 'VirtualNetwork' },
    { allows: true, from: '*', to: 'Internet' },
    { allows: false, from: '*', to: '*' },
  ],
} as const;

/** The rules of a group for one direction: sections 1.2 to 1.4. */
export function filterOf(
  estate: PlainEstate,
  world: World,
  name: string | undefined,
  viewpoint: Viewpoint,
  direction: 'Inbound' | 'Outbound' = 'Inbound',
): SimulatedFilter {
  if (name === undefined) return 'none';
  const group = estate.groups.find((each) => each.name === name);
  if (group === undefined) return filterOfAll(world.otherGroupsAllow);
  const expand = (side: PlainSide): AddressRanges => sideOf(estate, world, side, viewpoint);
  const custom = group.rules
    .filter((rule) => rule.direction === direction)
    .toSorted((a, b) => a.priority - b.priority)
    .map((rule) => ({
      allows: rule.access === 'Allow',
      protocols: rule.protocol === '*' ? PROTOCOLS : [rule.protocol.toLowerCase()],
      sources: expand(rule.source),
      sourcePorts: rule.sourcePorts.map(portsOf),
      destinations: expand(rule.destination),
      ports: rule.destinationPorts.map(portsOf),
    }));
  const defaults = DEFAULTS[direction].map(({ allows, from, to }) => ({
    allows,
    protocols: PROTOCOLS,
    sources: expand({ prefixes: [from] }),
    sourcePorts: [ANY_PORT],
    destinations: expand({ prefixes: [to] }),
    ports: [ANY_PORT],
  }));
  return [...custom, ...defaults];
}

/** What happens to all packets of a flow, one packet tried for each class that no rule tells apart. */
export function verdictOf(filters: readonly SimulatedFilter[], flow: SimulatedFlow): SimulatedVerdict {
  const rules = filters.flatMap((filter) => (filter === 'none' ? [] : filter));
  if (filters.every((filter) => filter === 'none')) return flow.closedWithoutGroup ? 'blocked' : 'open';
  const sources = representatives([...flow.sources, ...rules.flatMap((rule) => rule.sources)]).filter(
    (source) => isIn(source, flow.sources),
  );
  const protocols = classes(flow.protocols, rules, (rule, value) => rule.protocols.includes(value));
  const origins = classes(sources, rules, (rule, value) => isIn(value, rule.sources));
  const sourcePorts = classes(
    starts(
      SOURCE_PORTS,
      rules.flatMap((rule) => rule.sourcePorts),
    ),
    rules,
    (rule, value) => isPort(value, rule.sourcePorts),
  );
  const ports = classes(
    starts(
      flow.ports,
      rules.flatMap((rule) => rule.ports),
    ),
    rules,
    (rule, value) => isPort(value, rule.ports),
  );
  let passed = false;
  let dropped = false;
  for (const protocol of protocols)
    for (const source of origins)
      for (const sourcePort of sourcePorts)
        for (const port of ports) {
          const matches = (rule: SimulatedRule): boolean =>
            rule.protocols.includes(protocol) &&
            isIn(source, rule.sources) &&
            isPort(sourcePort, rule.sourcePorts) &&
            isIn(flow.destination, rule.destinations) &&
            isPort(port, rule.ports);
          const passes = filters.every(
            (filter) => filter === 'none' || filter.find(matches)?.allows === true,
          );
          if (passes) passed = true;
          else dropped = true;
        }
  if (passed && dropped) return 'partial';
  return passed ? 'open' : 'blocked';
}

/** One value for each way in which the rules match. */
function classes<T>(
  values: readonly T[],
  rules: readonly SimulatedRule[],
  matches: (rule: SimulatedRule, value: T) => boolean,
): readonly T[] {
  const found = new Map<string, T>();
  for (const value of values) found.set(rules.map((rule) => (matches(rule, value) ? 1 : 0)).join(''), value);
  return [...found.values()];
}

function starts([low, high]: NumberRange, ranges: readonly NumberRange[]): readonly number[] {
  const edges = ranges.flatMap(([first, last]) => [first, last + 1]);
  return [low, ...new Set(edges.filter((edge) => low < edge && edge <= high))];
}

function isPort(port: number, ranges: readonly NumberRange[]): boolean {
  return ranges.some(([low, high]) => low <= port && port <= high);
}

function portsOf(text: string): NumberRange {
  if (text === '*') return ANY_PORT;
  const [low = '', high = low] = text.split('-');
  return [Number(low), Number(high)];
}

function sideOf(estate: PlainEstate, world: World, side: PlainSide, viewpoint: Viewpoint): AddressRanges {
  if ('prefixes' in side) return side.prefixes.flatMap((text) => tagOrPrefix(estate, world, text, viewpoint));
  return estate.interfaces.flatMap((each) =>
    each.configurations
      .filter(({ applicationGroups }) => applicationGroups.some((name) => side.groups.includes(name)))
      .map((configuration): AddressRange => {
        const address = world.privateAddress(`${each.name}/${configuration.name}`);
        return { low: address, high: address };
      }),
  );
}

function tagOrPrefix(
  estate: PlainEstate,
  world: World,
  text: string,
  { network, subnet }: Viewpoint,
): AddressRanges {
  const only = (address: bigint): AddressRanges => [{ low: address, high: address }];
  switch (text.toLowerCase()) {
    // Section 0.4: all these mean any address, of either version.
    case '*':
    case '0.0.0.0/0':
    case '::/0':
      return ANYWHERE;
    case 'virtualnetwork':
      return [
        ...spacesOf(estate, world, network),
        ...only(PROBE),
        ...(world.virtualNetworkHoldsIpv6Probe ? only(IPV6_PROBE) : []),
        ...(world.virtualNetworkHoldsRoutes
          ? (subnet?.routes ?? []).map(({ prefix }) => rangeOf(prefix))
          : []),
        ...world.onPremises,
      ];
    case 'azureloadbalancer':
      return [...only(PROBE), ...(world.balancerTagHoldsIpv6Probe ? only(IPV6_PROBE) : [])];
    case 'internet':
      return [
        ...internet(spacesOf(estate, world, network)),
        ...(world.internetHoldsProbe ? only(PROBE) : []),
      ];
    default:
      return /^[0-9a-f]*[.:]/i.test(text) ? [rangeOf(text)] : world.opaqueTag(text.toLowerCase());
  }
}

/** The address spaces of a network and its peers. */
export function spacesOf(
  estate: PlainEstate,
  world: World,
  network: PlainNetwork | undefined,
): AddressRanges {
  if (network === undefined) return [];
  const peers = network.peers
    .filter(({ bothWays }) => bothWays || world.halfPeeringsHold)
    .flatMap((peer) => estate.networks.filter(({ name }) => name === peer.network));
  return [network, ...peers].flatMap(({ space }) => space.map(rangeOf));
}

/** Section 0.4: the public addresses that are none of the given ones. */
export function internet(without: AddressRanges): AddressRanges {
  const holes = [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '25.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.2.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/3',
    '168.63.129.16/32',
  ].map(rangeOf);
  return [EVERY_IPV4, rangeOf('2000::/3')].flatMap((all) => cutOut(all, [...holes, ...without]));
}

function cutOut(all: AddressRange, holes: AddressRanges): AddressRanges {
  let rest: AddressRanges = [all];
  for (const hole of holes) {
    rest = rest.flatMap(({ low, high }) => {
      if (hole.high < low || high < hole.low) return [{ low, high }];
      return [
        { low, high: hole.low - 1n },
        { low: hole.high + 1n, high },
      ].filter((part) => part.low <= part.high);
    });
  }
  return rest;
}
