import { type Link, outside } from '../model/model.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import {
  NOT_INTERNET_PREFIXES,
  PRIVATE_PREFIXES,
  PROBE_SOURCE,
  PROBE_SOURCE_IPV6,
  PUBLIC_IPV6_PREFIX,
} from './azure-addresses.ts';
import type { PacketAddress } from './packet.ts';
import {
  ALL_IPV4,
  ALL_IPV6,
  ANY_ADDRESS,
  formatAddress,
  parsePrefix,
  symbolAddress,
} from './packets/address.ts';
import {
  type AddressSet,
  type Bound,
  EMPTY,
  intersect,
  isEmpty,
  range,
  subtract,
  union,
  unionAll,
} from './packets/interval-set.ts';
import type { Placement, PrivateAddress } from './placement.ts';
import { type Bounds, ownerOfAddress } from './rule-bounds.ts';
import { isServiceTag, isTagWord } from './service-tags.ts';
import { holdsEverything, type Surroundings } from './surroundings.ts';

/** Turns what rules and places say about addresses into sets. Symbols stand for addresses that Azure gives later. */
export interface AddressBook {
  /** A prefix or service tag of a security rule, as seen from a subnet. Undefined when it is neither. */
  prefix(text: string, seenFrom: Surroundings): Bounds | undefined;
  /**
   * A prefix that is not known, which may still be the address of a known resource. As a source it may be any public
   * address; as a destination it is no other address than that of its resource. A private address of a resource is
   * somewhere inside as a source; as a destination its owner tells, not its number.
   */
  unknownPrefix(value: Unknown, side: 'source' | 'destination', seenFrom: Surroundings): Bounds;
  /** Addresses behind a link to an application security group when it is used as a source. */
  sourceGroup(link: Link, seenFrom: Surroundings): Bounds;
  /** The address of a public IP, as one symbol per resource unless it is known. */
  publicAddress(id: string, label: string, address: Evaluated<string>): AddressSet;
  /** Every address that a private address may turn out to be: at worst all of the virtual network. */
  privateAddress(address: PrivateAddress, seenFrom: Surroundings): AddressSet;
  /** Addresses that look natural as the client of a backend: in its subnet, above the one the backend has. */
  neighbours(placement: Placement): AddressSet;
  /** Clients on the internet: public addresses outside the virtual network (semantics 0.4). */
  internetClients(seenFrom: Surroundings, family: 4 | 6): AddressSet;
  /** Clients inside the virtual network. */
  virtualNetworkClients(seenFrom: Surroundings, family: 4 | 6): AddressSet;
  /** Private clients outside the virtual network: in networks that certainly are peered, and the rest. */
  clientsOutside(
    seenFrom: Surroundings,
    family: 4 | 6,
  ): { readonly peered: AddressSet; readonly elsewhere: AddressSet };
  /** Ranges that are private by convention: clients with such an address do not come from the internet. */
  readonly privateAddresses: AddressSet;
  /** One address of a set, for a packet that is traced. */
  describe(bound: Bound): PacketAddress;
}

const PROBES = setOf(`${PROBE_SOURCE}/32`);
const PROBES_IPV6 = setOf(PROBE_SOURCE_IPV6);
const PRIVATE = setOf(...PRIVATE_PREFIXES);
const PUBLIC = union(subtract(ALL_IPV4, setOf(...NOT_INTERNET_PREFIXES)), setOf(PUBLIC_IPV6_PREFIX));

const SYMBOLS_OF_A_KIND = 2 ** 24;
const FIRST_SYMBOL = 2 ** 32;
/** Symbols for public addresses come first, then symbols for whole address spaces of virtual networks. */
const PUBLIC_SYMBOLS = range(FIRST_SYMBOL, FIRST_SYMBOL + SYMBOLS_OF_A_KIND);
const NETWORK_SYMBOLS = range(FIRST_SYMBOL + SYMBOLS_OF_A_KIND, FIRST_SYMBOL + 2 * SYMBOLS_OF_A_KIND);

export function createAddressBook(): AddressBook {
  const names = new Map<number, PacketAddress>();
  const publicSymbols = new Map<string, AddressSet>();
  const networkSymbols = new Map<string, AddressSet>();
  const spaces = new Map<string, Space>();
  const clients = new Map<string, AddressSet>();

  function publicSymbol(id: string): AddressSet {
    return (
      publicSymbols.get(id) ?? allot(publicSymbols, publicSymbols.size, id, { kind: 'public', id, label: id })
    );
  }

  function networkSymbol(id: string, label: string): AddressSet {
    const index = SYMBOLS_OF_A_KIND + networkSymbols.size;
    return networkSymbols.get(id) ?? allot(networkSymbols, index, id, { kind: 'inside', id, label });
  }

  function allot(table: Map<string, AddressSet>, index: number, id: string, name: PacketAddress): AddressSet {
    const created = symbolAddress(index);
    table.set(id, created);
    names.set(index, name);
    return created;
  }

  /** The address space of the virtual network around a subnet, and what may belong to its tag. */
  function spaceOf(seenFrom: Surroundings): Space {
    const cached = spaces.get(seenFrom.key);
    if (cached !== undefined) return cached;
    const own = readPrefixes(seenFrom.prefixes);
    const complete = seenFrom.morePrefixes === undefined && own.wellFormed;
    const rest = complete
      ? EMPTY
      : networkSymbol(seenFrom.virtualNetworkId, `an address in ${seenFrom.label}`);
    const peers = readPrefixes(seenFrom.peerPrefixes).set;
    const neighbours = union(peers, readPrefixes(seenFrom.neighbourPrefixes).set);
    const { set: routed, wellFormed } = readPrefixes(seenFrom.routePrefixes);
    const space: Space = {
      own: union(own.set, rest),
      peers,
      neighbours,
      routed,
      routesAreSpelledOut: wellFormed,
    };
    spaces.set(seenFrom.key, space);
    return space;
  }

  /** Where an address of the virtual network and what it is connected to may lie. */
  function inside(seenFrom: Surroundings): AddressSet {
    const { own, neighbours, routed } = spaceOf(seenFrom);
    return unionAll([own, neighbours, routed, PRIVATE, NETWORK_SYMBOLS]);
  }

  /** Routes to a service tag, and to public prefixes, may lead to any public address. */
  function inTagByRoute(seenFrom: Surroundings): AddressSet {
    const { routed, routesAreSpelledOut } = spaceOf(seenFrom);
    const named = routesAreSpelledOut ? routed : union(routed, PUBLIC);
    return overlaps(named, PUBLIC) ? union(named, PUBLIC_SYMBOLS) : named;
  }

  function tag(name: string, seenFrom: Surroundings): Bounds | undefined {
    const { own, peers, neighbours } = spaceOf(seenFrom);
    switch (name.toLowerCase()) {
      case '*':
      case 'any':
      case '0.0.0.0/0':
      case '::/0':
        return exactly(ANY_ADDRESS);
      case 'azureloadbalancer':
        return { must: PROBES, may: union(PROBES, PROBES_IPV6), waitsFor: [tagContent(name, seenFrom)] };
      case 'virtualnetwork': {
        if (holdsEverything(seenFrom)) return exactly(ANY_ADDRESS);
        if (seenFrom.tagUndefined !== undefined) {
          return { must: EMPTY, may: ANY_ADDRESS, waitsFor: [seenFrom.tagUndefined] };
        }
        const must = unionAll([own, peers, PROBES]);
        return {
          must,
          // Any other network may be peered.
          may: unionAll([must, neighbours, inTagByRoute(seenFrom), PRIVATE, PROBES_IPV6, NETWORK_SYMBOLS]),
          waitsFor: [seenFrom.morePrefixes ?? tagContent(name, seenFrom)],
        };
      }
      case 'internet':
        return {
          must: subtract(union(subtract(PUBLIC, own), PUBLIC_SYMBOLS), neighbours),
          may: subtract(subtract(subtract(ANY_ADDRESS, union(own, peers)), PRIVATE), NETWORK_SYMBOLS),
          waitsFor: [tagContent(name, seenFrom)],
        };
      default:
        if (!isTagWord(name)) return undefined;
        return {
          must: EMPTY,
          // A network may use addresses of the internet, which a tag then lists all the same.
          may: unionAll([PUBLIC, PUBLIC_SYMBOLS, PROBES]),
          waitsFor: [isServiceTag(name) ? tagContent(name, seenFrom) : unknownTag(name)],
        };
    }
  }

  return {
    prefix(text, seenFrom) {
      const set = text === '0.0.0.0/0' || text === '::/0' ? undefined : parsePrefix(text);
      if (set === undefined) return settleProbes(tag(text, seenFrom), seenFrom);
      const waitsFor = seenFrom.morePrefixes ?? tagContent(text, seenFrom);
      const possible = overlaps(set, PUBLIC) ? union(PUBLIC_SYMBOLS, NETWORK_SYMBOLS) : NETWORK_SYMBOLS;
      return { must: set, may: union(set, possible), waitsFor: [waitsFor] };
    },
    unknownPrefix(value, side, seenFrom) {
      if (ownerOfAddress(value) !== undefined) {
        const may = side === 'source' ? inside(seenFrom) : EMPTY;
        return { must: EMPTY, may, waitsFor: [value] };
      }
      const { references = [], open } = value;
      const ids = references.filter(({ property }) => property === 'ipAddress');
      if (ids.length === 0 || ids.length < references.length || open === true)
        return { must: EMPTY, may: ANY_ADDRESS, waitsFor: [value] };
      const sets = ids.map(({ id }) => publicSymbol(id));
      const named = unionAll(sets);
      const may = side === 'source' ? union(named, PUBLIC) : named;
      return { must: ids.length === 1 ? named : EMPTY, may, waitsFor: [value] };
    },
    sourceGroup(link, seenFrom) {
      const what = 'an application security group';
      const waitsFor = outside(link, what, { kind: 'platform', name: what, docs: GROUP_DOCS });
      return { must: EMPTY, may: inside(seenFrom), waitsFor: [waitsFor] };
    },
    publicAddress(id, label, address) {
      const parsed = address.kind === 'known' ? parsePrefix(address.value) : undefined;
      if (parsed !== undefined) return parsed;
      const set = publicSymbol(id);
      names.set(Number(set[0]) - FIRST_SYMBOL, { kind: 'public', id, label });
      return set;
    },
    privateAddress(address, seenFrom) {
      const { own } = spaceOf(seenFrom);
      if (address.kind === 'unknown') return own;
      if (address.kind === 'settled') return parsePrefix(address.text) ?? own;
      const within = unionAll(address.prefixes.map(usableAddresses));
      if (isEmpty(within)) return own;
      const free = subtract(
        within,
        unionAll((address.taken ?? []).map((text) => parsePrefix(text) ?? EMPTY)),
      );
      return isEmpty(free) ? within : free;
    },
    neighbours({ privateAddress, subnet }) {
      const prefixes = subnet?.addressPrefixes.items.flatMap((item) =>
        item.kind === 'known' ? [item.value] : [],
      );
      const usable = unionAll((prefixes ?? []).map(usableAddresses));
      const own = privateAddress.kind === 'settled' ? parsePrefix(privateAddress.text) : undefined;
      const [low] = own ?? usable;
      return low === undefined ? usable : subtract(usable, range(low, after(low)));
    },
    internetClients(seenFrom, family) {
      const key = `${family} ${seenFrom.key}`;
      const cached = clients.get(key);
      if (cached !== undefined) return cached;
      const { own, neighbours } = spaceOf(seenFrom);
      const found = subtract(
        subtract(intersect(PUBLIC, family === 4 ? ALL_IPV4 : ALL_IPV6), own),
        neighbours,
      );
      clients.set(key, found);
      return found;
    },
    virtualNetworkClients(seenFrom, family) {
      const { own } = spaceOf(seenFrom);
      return union(intersect(own, family === 4 ? ALL_IPV4 : ALL_IPV6), intersect(own, NETWORK_SYMBOLS));
    },
    clientsOutside(seenFrom, family) {
      const { own, peers, neighbours } = spaceOf(seenFrom);
      const all = family === 4 ? ALL_IPV4 : ALL_IPV6;
      const peered = intersect(subtract(peers, own), all);
      const elsewhere = intersect(subtract(subtract(union(PRIVATE, neighbours), own), peers), all);
      return { peered, elsewhere };
    },
    privateAddresses: PRIVATE,
    describe(bound) {
      return names.get(Number(bound) - FIRST_SYMBOL) ?? { kind: 'ip', text: formatAddress(bound) };
    },
  };
}

interface Space {
  readonly own: AddressSet;
  /** What certainly belongs to the tag `VirtualNetwork` besides. */
  readonly peers: AddressSet;
  /** Peers, and networks that may be. */
  readonly neighbours: AddressSet;
  /** What may belong to the tag because the subnet has a route to it. */
  readonly routed: AddressSet;
  /** False when some routes lead to a service tag. */
  readonly routesAreSpelledOut: boolean;
}

const GROUP_DOCS = 'https://learn.microsoft.com/azure/virtual-network/application-security-groups';
const TAG_DOCS = 'https://learn.microsoft.com/azure/virtual-network/service-tags-overview';

function tagContent(name: string, seenFrom: Surroundings): Unknown {
  const label = /^\d|:/.test(name) ? `whether ${seenFrom.label} lies in ${name}` : `the service tag ${name}`;
  return unknown({ kind: 'runtime', name: label }, { kind: 'platform', name, docs: TAG_DOCS });
}

/** A tag that is younger than the list of them, or a slip of the pen. */
function unknownTag(name: string): Unknown {
  const reason = { kind: 'unsupported', name: `the unlisted service tag \`${name}\`` } as const;
  return unknown(reason, { kind: 'platform', name, docs: TAG_DOCS });
}

/** Settles whether a tag that may hold the source of probes does. */
function settleProbes(bounds: Bounds | undefined, { reading }: Surroundings): Bounds | undefined {
  if (bounds === undefined || (reading !== 'probe-inside' && reading !== 'probe-outside')) return bounds;
  const { must, may } = bounds;
  const open = intersect(subtract(may, must), union(PROBES, PROBES_IPV6));
  return reading === 'probe-inside'
    ? { ...bounds, must: union(must, open) }
    : { ...bounds, may: subtract(may, open) };
}

function exactly(set: AddressSet): Bounds {
  return { must: set, may: set, waitsFor: [] };
}

function overlaps(a: AddressSet, b: AddressSet): boolean {
  return intersect(a, b).length > 0;
}

function setOf(...prefixes: readonly string[]): AddressSet {
  return readPrefixes(prefixes).set;
}

function readPrefixes(prefixes: readonly string[]): { set: AddressSet; wellFormed: boolean } {
  const sets = prefixes.map(parsePrefix);
  const read = sets.filter((set) => set !== undefined);
  return { set: unionAll(read), wellFormed: read.length === sets.length };
}

/**
 * A subnet without the five addresses Azure keeps for itself: the first four and, in IPv4, the last.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
function usableAddresses(prefix: string): AddressSet {
  const set = parsePrefix(prefix) ?? EMPTY;
  const [low, high] = set;
  if (low === undefined || high === undefined || BigInt(high) - BigInt(low) < SMALLEST_SUBNET) return set;
  return typeof low === 'number' ? range(low + 4, Number(high) - 1) : range(low + 4n, high);
}

/** A subnet has a prefix length of 29 at most; what is smaller is kept as it is. */
const SMALLEST_SUBNET = 8n;

function after(bound: Bound): Bound {
  return typeof bound === 'number' ? bound + 1 : bound + 1n;
}
