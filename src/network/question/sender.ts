import type { Unknown } from '../../value/value.ts';
import { probeClient } from '../clients.ts';
import type { TraceOptions } from '../packet.ts';
import { ALL_IPV4, ALL_IPV6, ANY_ADDRESS, parsePrefix } from '../packets/address.ts';
import { type AddressSet, EMPTY, intersect, isEmpty, unionAll } from '../packets/interval-set.ts';
import { isHidden, type Placement, placementsOf } from '../placement.ts';
import { lower } from '../rule-match.ts';
import type { MachineEnd } from './ends.ts';
import type { Ground, Sender, SentPacket } from './question.ts';
import { type Passed, passGroups, type SecretPart } from './walk.ts';

/** Where a machine of the root stands, and the addresses of its packets inside: one of these. */
export interface Standing {
  readonly places: readonly Placement[];
  readonly addresses: (place: Placement) => AddressSet;
  /** Why it is not even known in which network. */
  readonly doubts: readonly Unknown[];
}

/**
 * At its own places a machine has the address it has there, elsewhere that of any of them: in a network that cannot be told
 * any at all.
 */
export function placesOf({ topology, book }: Ground, end: MachineEnd): Standing {
  const places = placementsOf(topology, end.networkInterface, end.ipConfiguration);
  const addressAt = ({ privateAddress, surroundings }: Placement): AddressSet =>
    book.privateAddress(privateAddress, surroundings);
  const seen = places.map((place) => (isSomewhere(place) ? ANY_ADDRESS : addressAt(place)));
  const all = unionAll(seen);
  const doubts = places.filter(isSomewhere).flatMap(({ surroundings }) => surroundings.morePrefixes ?? []);
  return { places, addresses: (place) => (places.includes(place) ? addressAt(place) : all), doubts };
}

function isSomewhere({ privateAddress, subnet }: Placement): boolean {
  return privateAddress.kind === 'unknown' && subnet?.virtualNetwork.kind !== 'to';
}

/** An IP version in lower case; undefined while it is not known. */
export function familyOf(version: string | undefined): 4 | 6 | undefined {
  return version === 'ipv4' ? 4 : version === 'ipv6' ? 6 : undefined;
}

/** The addresses of one IP version that a receiver sees a sender have. None for a sender of the other version. */
export function sourcesOf(ground: Ground, from: Sender, family: 4 | 6): (place: Placement) => AddressSet {
  const { book } = ground;
  switch (from.kind) {
    case 'internet':
      return (place) => firstOf(book.internetClients(place.surroundings, family));
    case 'vnet':
      return (place) => book.virtualNetworkClients(place.surroundings, family);
    case 'probe':
      return probeClient(family).addresses;
    case 'ip': {
      const own = intersect(parsePrefix(from.text) ?? EMPTY, family === 4 ? ALL_IPV4 : ALL_IPV6);
      return () => own;
    }
    case 'machine':
      return familyOf(lower(from.ipConfiguration.version)) === family
        ? placesOf(ground, from).addresses
        : () => EMPTY;
  }
}

/** Somebody on the internet: any one address, shown as a documentation address where that is one (RFC 5737). */
function firstOf(set: AddressSet): AddressSet {
  const documentation = parsePrefix('203.0.113.7') ?? EMPTY;
  const shown = intersect(set, documentation);
  return isEmpty(shown) ? set : shown;
}

/** The way out of the sender's own security groups; a sender that is not in the root has none. */
export function depart(
  ground: Ground,
  { from, protocol, port }: SentPacket,
  destination: (place: Placement) => AddressSet,
  options: Pick<TraceOptions, 'destinationOwner' | 'peerGroups'>,
  secrets: readonly SecretPart[],
): Passed {
  if (from.kind !== 'machine') return { verdict: 'delivered', packet: undefined, hops: [], waitsFor: [] };
  const { places, addresses } = placesOf(ground, from);
  return passGroups(ground.book, ground.compile, {
    places,
    protocol,
    source: addresses,
    destination,
    destinationPort: port,
    secrets,
    options: {
      ...options,
      direction: 'outbound',
      closedWithoutGroup: 'no',
      toPrivateAddress: true,
      sourceOwner: from.ipConfiguration.id,
    },
  });
}

/** The source of packets from a machine whose address is a secret. */
export function senderSecret(ground: Ground, from: Sender): readonly SecretPart[] {
  return from.kind === 'machine' && placesOf(ground, from).places.some(isHidden) ? ['source'] : [];
}

/** What is known about a sender of the root besides its address. */
export function peerOf(from: Sender): Pick<TraceOptions, 'sourceOwner' | 'peerGroups'> {
  if (from.kind !== 'machine') return {};
  const { id, applicationSecurityGroups } = from.ipConfiguration;
  return { sourceOwner: id, peerGroups: applicationSecurityGroups };
}

/**
 * Whether a sender is on the internet, so that a private address is out of its reach. A network may use public addresses
 * of its own: such an address is inside, and may be while the address space is not known.
 */
export function isOnInternet(
  { book }: Ground,
  from: Sender,
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
