import { type AddressRange, type AddressRanges, addressOf, isIn, rangeOf } from './address-range.ts';
import type { PlainEstate, PlainSide } from './plain-estate.ts';
import { internet } from './simulated-group.ts';
import type { World } from './world.ts';

/** Numbers from 0 up to, and without, `end`; the same for the same seed (mulberry32). */
export type Random = (end: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed;
  return (end) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

/**
 * A world of the estate: every open point falls one way, and every address that Azure picks is one that it may pick,
 * preferably where a rule begins or ends, because there it makes a difference.
 */
export function worldOf(estate: PlainEstate, random: Random): World {
  const flip = (): boolean => random(2) === 0;
  const edges = edgesOf(estate);
  const privates = privateAddresses(estate, random, edges);
  const publics = new Map<string, bigint>();
  const spaces = estate.networks.flatMap(({ space }) => space.map(rangeOf));
  const everyPublic = internet(spaces);
  for (const { name, version } of estate.publicIps) {
    const all = everyPublic.filter(({ low }) => isIpv6(low) === (version === 6));
    publics.set(name, pick(all, edges, new Set(publics.values()), random));
  }
  const tags = new Map<string, AddressRanges>();
  const tagContents: readonly AddressRanges[] = [
    [],
    everyPublic.filter(({ low }) => !isIpv6(low)),
    [rangeOf('20.0.0.0/8'), rangeOf('203.0.113.0/24')],
    [rangeOf('168.63.129.16')],
  ];
  const onPremises: readonly AddressRanges[] = [
    [],
    ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(rangeOf),
    [rangeOf('10.99.0.0/16')],
  ];
  const owned = <T>(map: ReadonlyMap<string, T>, name: string): T => {
    const found = map.get(name);
    if (found === undefined) throw new Error(`${name} has no address`);
    return found;
  };
  const world = {
    internetHoldsProbe: flip(),
    virtualNetworkHoldsRoutes: flip(),
    balancerTagHoldsIpv6Probe: flip(),
    virtualNetworkHoldsIpv6Probe: flip(),
    halfPeeringsHold: flip(),
    addressPoolsAreClosed: flip(),
    omittedSku: flip() ? 'Basic' : 'Standard',
    onPremises: onPremises[random(onPremises.length)] ?? [],
    otherGroupsAllow: flip(),
    strangersAre: (['open', 'closed', 'without group'] as const)[random(3)] ?? 'open',
  } as const;
  return {
    ...world,
    opaqueTag(name) {
      const content = tags.get(name) ?? tagContents[random(tagContents.length)] ?? [];
      tags.set(name, content);
      return content;
    },
    privateAddress: (owner) => owned(privates, owner),
    publicAddress: (name) => owned(publics, name),
  };
}

/** Static addresses first: Azure gives no address away that the code names. */
function privateAddresses(
  estate: PlainEstate,
  random: Random,
  edges: readonly bigint[],
): ReadonlyMap<string, bigint> {
  const wanted = [
    ...estate.interfaces.flatMap(({ name, configurations }) =>
      configurations.map((configuration) => ({ ...configuration, owner: `${name}/${configuration.name}` })),
    ),
    ...estate.balancers.flatMap((balancer) =>
      balancer.frontends.flatMap((frontend) =>
        frontend.kind === 'internal' ? [{ ...frontend, owner: `${balancer.name}/${frontend.name}` }] : [],
      ),
    ),
  ];
  const found = new Map<string, bigint>();
  const taken = new Map<string, Set<bigint>>(estate.networks.map(({ name }) => [name, new Set()]));
  for (const { owner, network, address } of wanted) {
    if (address === undefined) continue;
    found.set(owner, addressOf(address));
    taken.get(network)?.add(addressOf(address));
  }
  for (const { owner, network, subnet, version, address } of wanted) {
    if (address !== undefined) continue;
    const prefixes =
      estate.networks.find(({ name }) => name === network)?.subnets.find(({ name }) => name === subnet)
        ?.prefixes ?? [];
    const usable = prefixes
      .map(rangeOf)
      .filter(({ low }) => isIpv6(low) === (version === 6))
      // Azure keeps the first four addresses and the last of a subnet: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
      .map(({ low, high }) => ({ low: low + 4n, high: high - 1n }));
    const used = taken.get(network) ?? new Set();
    const picked = pick(usable, edges, used, random);
    used.add(picked);
    found.set(owner, picked);
  }
  return found;
}

function pick(
  ranges: readonly AddressRange[],
  edges: readonly bigint[],
  taken: ReadonlySet<bigint>,
  random: Random,
): bigint {
  const candidates = [...edges, ...ranges.flatMap(({ low, high }) => [low, (low + high) / 2n, high])].filter(
    (address) => isIn(address, ranges) && !taken.has(address),
  );
  const chosen = candidates[random(Math.max(1, candidates.length))];
  if (chosen !== undefined) return chosen;
  for (const { low, high } of ranges) {
    for (let address = low; address <= high; address += 1n) if (!taken.has(address)) return address;
  }
  throw new Error('the subnet is full');
}

function edgesOf(estate: PlainEstate): readonly bigint[] {
  const prefixesOf = (side: PlainSide): readonly string[] => ('prefixes' in side ? side.prefixes : []);
  return estate.groups
    .flatMap(({ rules }) =>
      rules.flatMap((rule) => [...prefixesOf(rule.source), ...prefixesOf(rule.destination)]),
    )
    .filter((text) => /^[0-9a-f]*[.:]/i.test(text))
    .map(rangeOf)
    .flatMap(({ low, high }) => [low - 1n, low, high, high + 1n]);
}

function isIpv6(address: bigint): boolean {
  return address >= 1n << 128n;
}
