import type { Unknown } from '../../value/value.ts';
import { probeClient } from '../clients.ts';
import type { TraceOptions } from '../packet.ts';
import { parsePrefix } from '../packets/address.ts';
import { type AddressSet, EMPTY, intersect, isEmpty } from '../packets/interval-set.ts';
import { type Placement, placementsOf } from '../placement.ts';
import { lower } from '../rule-match.ts';
import type { End, MachineEnd } from './ends.ts';
import type { Ground, Question } from './question.ts';
import { type Passed, passGroups } from './walk.ts';

/** The places of a machine of the root, and the addresses its packets have inside its virtual network. */
export function placesOf(
  { topology, book }: Ground,
  end: MachineEnd,
): {
  readonly places: readonly Placement[];
  readonly addresses: (place: Placement) => AddressSet;
} {
  const places = placementsOf(topology, end.networkInterface, end.ipConfiguration);
  const own = places[0];
  return {
    places,
    addresses: (place) => {
      const at = places.includes(place) ? place : own;
      return at === undefined ? EMPTY : book.privateAddress(at.privateAddress, at.surroundings);
    },
  };
}

/** An IP version as Azure writes it; undefined while it is not known. */
export function familyOf(version: string | undefined): 4 | 6 | undefined {
  const named = version?.toLowerCase();
  return named === 'ipv4' ? 4 : named === 'ipv6' ? 6 : undefined;
}

/**
 * The addresses of one IP version that a sender has as its receiver sees it; `public`: across the internet. None for a
 * sender of the other version.
 */
export function sourcesOf(
  ground: Ground,
  from: End,
  scheme: 'public' | 'inside',
  family: 4 | 6,
): (place: Placement) => AddressSet {
  const { book } = ground;
  switch (from.kind) {
    case 'internet':
      return (place) => firstOf(book.internetClients(place.surroundings, family));
    case 'vnet':
      return (place) => book.virtualNetworkClients(place.surroundings, family);
    case 'probe':
      return probeClient(family).addresses;
    case 'ip':
      return () => (from.text.includes(':') === (family === 6) ? (parsePrefix(from.text) ?? EMPTY) : EMPTY);
    case 'machine':
      return scheme === 'public' || familyOf(lower(from.ipConfiguration.version)) !== family
        ? () => EMPTY
        : placesOf(ground, from).addresses;
    case 'frontends':
      return () => EMPTY;
  }
}

/** Somebody on the internet: any one address, shown as a documentation address where that is one (RFC 5737). */
function firstOf(set: AddressSet): AddressSet {
  const documentation = parsePrefix('203.0.113.7') ?? EMPTY;
  const shown = intersect(set, documentation);
  return isEmpty(shown) ? set : shown;
}

/** The way out of the sender's own security groups; undefined for a sender that is not in the root. */
export function depart(
  ground: Ground,
  { from, protocol, port }: Question,
  destination: (place: Placement) => AddressSet,
  options: Omit<TraceOptions, 'closedWithoutGroup' | 'toPrivateAddress' | 'direction'>,
): Passed | undefined {
  if (from.kind !== 'machine') return undefined;
  const { places, addresses } = placesOf(ground, from);
  return passGroups(ground.book, ground.compile, {
    places,
    protocol,
    source: addresses,
    destination,
    destinationPort: port,
    options: {
      ...options,
      direction: 'outbound',
      closedWithoutGroup: 'no',
      toPrivateAddress: true,
      sourceOwner: from.ipConfiguration.id,
    },
  });
}

/** What is known about a sender of the root besides its address. */
export function peerOf(ground: Ground, from: End): Pick<TraceOptions, 'sourceOwner' | 'peerGroups'> {
  if (from.kind !== 'machine') return {};
  const [place] = placementsOf(ground.topology, from.networkInterface, from.ipConfiguration);
  return place === undefined ? {} : { sourceOwner: from.ipConfiguration.id, peerGroups: place.memberOf };
}

/**
 * Whether a sender is on the internet, so that a private address is out of its reach. A network may use public addresses
 * of its own: such an address is inside, and may be while the address space is not known.
 */
export function isOnInternet(
  { book }: Ground,
  from: End,
  receivers: readonly Placement[],
): 'yes' | 'no' | Unknown {
  if (from.kind !== 'ip') return from.kind === 'internet' ? 'yes' : 'no';
  const address = parsePrefix(from.text) ?? EMPTY;
  for (const { surroundings } of receivers) {
    if (isEmpty(intersect(address, book.internetClients(surroundings, from.text.includes(':') ? 6 : 4))))
      return 'no';
    if (surroundings.morePrefixes !== undefined) return surroundings.morePrefixes;
  }
  return receivers.length === 0 ? 'no' : 'yes';
}

/** A sender in the words of an answer. */
export function labelOf(from: End): string {
  switch (from.kind) {
    case 'machine':
    case 'frontends':
      return from.label;
    case 'ip':
      return from.text;
    case 'vnet':
      return 'the virtual network';
    default:
      return `the ${from.kind}`;
  }
}
