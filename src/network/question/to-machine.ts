import type { Unknown } from '../../value/value.ts';
import type { TraceOptions } from '../packet.ts';
import { isHidden } from '../placement.ts';
import { lower } from '../rule-match.ts';
import type { DecidingRule } from '../trace.ts';
import type { MachineEnd } from './ends.ts';
import {
  type Answer,
  answerOf,
  type Ground,
  hop,
  open,
  type SentPacket,
  settled,
  undecided,
} from './question.ts';
import { routeTo } from './route.ts';
import { depart, familyOf, isOnInternet, peerOf, placesOf, senderSecret, sourcesOf } from './sender.ts';
import { passGroups } from './walk.ts';

/** A packet to a machine itself, from inside the network or to its own public IP. */
export function toMachine(ground: Ground, question: SentPacket, to: MachineEnd): Answer {
  const { from, protocol, port } = question;
  const { id, applicationSecurityGroups, origin, version } = to.ipConfiguration;
  if (from.kind === 'machine' && to.networkInterface.scaleSet === undefined) {
    const machineOf = ({ networkInterface: { id: own } }: MachineEnd): string =>
      ground.topology.machineOf(own)?.id ?? own;
    const name = `a packet from ${from.label} to ${to.label}: it stays in the machine`;
    if (machineOf(from) === machineOf(to)) return undecided(question, [], [open(name)]);
  }
  const { places, addresses, doubts } = placesOf(ground, to);
  const owner = { destinationOwner: id, peerGroups: applicationSecurityGroups };
  const secrets = places.some(isHidden) ? (['destination'] as const) : [];
  const departure = depart(ground, question, addresses, owner, secrets);
  const { hops: before } = departure;
  if (departure.verdict === 'unknown' && doubts.length > 0) return undecided(question, [], doubts);
  if (departure.verdict !== 'delivered') return answerOf(question, [], departure);
  const networks = places.map(({ surroundings }) => surroundings);
  const { stop, waitsFor } = routeTo(ground, from, { addresses, networks });
  if (stop !== undefined) return settled(question, [...before, stop], 'dropped', departure.packet);
  // An appliance may send the packet on from an address of its own.
  if (waitsFor.length > 0) return undecided(question, before, waitsFor, departure.packet);
  const where = isOnInternet(ground, from, places);
  if (typeof where === 'object') return undecided(question, before, [where]);
  const guard = where === 'yes' ? publicSide(ground, to) : 'no';
  if (guard === 'unreachable') {
    const decided: DecidingRule = { name: 'no public IP', effect: 'deny', origin };
    return settled(question, [hop(to.label, 'route', decided)], 'dropped');
  }
  if (typeof guard === 'object' && 'waitsFor' in guard) return undecided(question, before, [guard.waitsFor]);
  const family = familyOf(lower(version));
  if (family === undefined) return undecided(question, before, [open(`the IP version of ${to.label}`)]);
  const arrival = passGroups(ground.book, ground.compile, {
    places,
    protocol,
    source: sourcesOf(ground, from, family),
    destination: addresses,
    destinationPort: port,
    isFromNeighbour: from.kind === 'vnet',
    secrets: senderSecret(ground, from),
    options: { closedWithoutGroup: guard, toPrivateAddress: true, destinationOwner: id, ...peerOf(from) },
  });
  return answerOf(question, before, arrival);
}

/** How a machine with its own public IP is guarded without a security group: semantics 3.1. */
function publicSide(
  { topology }: Ground,
  { label, ipConfiguration: { publicIp, instancePublicIp } }: MachineEnd,
): TraceOptions['closedWithoutGroup'] | 'unreachable' | { readonly waitsFor: Unknown } {
  if (publicIp.kind === 'none' && instancePublicIp.kind === 'absent') return 'unreachable';
  if (publicIp.kind === 'unknown' || (publicIp.kind === 'one-of' && publicIp.open)) return publicIp;
  if (instancePublicIp.kind === 'unknown') return { waitsFor: instancePublicIp };
  const sku = publicIp.kind === 'to' ? topology.publicIps.get(publicIp.id)?.sku : undefined;
  const name = sku === undefined ? undefined : lower(sku);
  if (name === 'standard') return 'yes';
  if (name === 'basic') return 'no';
  return { unknown: sku?.kind === 'unknown' ? sku : open(`the SKU of the public IP of ${label}`) };
}
