import type { AddressBook } from './address-book.ts';
import { reachOf } from './certain-packets.ts';
import type { Question } from './judge.ts';
import { ALL_IPV6 } from './packets/address.ts';
import { type AddressSet, intersect, isEmpty } from './packets/interval-set.ts';
import { isNoPackets, wherever } from './packets/packet-set.ts';
import type { Path } from './path.ts';
import { gatewaysIn } from './routes.ts';
import type { Topology } from './topology.ts';

/**
 * Who certainly gets in on an internal path although nobody in the virtual network does: `peered` are clients in a network
 * of the root that certainly is peered, `elsewhere` those with private addresses of nobody in the root, such as clients
 * on premises (semantics 0.2), where a peering or a gateway of the network may lead to them. Undefined when there are none.
 */
export function otherClients(
  topology: Topology,
  book: AddressBook,
  path: Path,
): 'peered' | 'elsewhere' | undefined {
  if (path.clientKind !== 'vnet' || path.data !== 'blocked') return undefined;
  let isOpenElsewhere = false;
  for (const { member, data } of path.members) {
    const [question, ...others] = data.questions ?? [];
    const [place] = member.placements;
    if (question === undefined || others.length > 0 || place === undefined) continue;
    const family = isEmpty(intersect(question.query.source, ALL_IPV6)) ? 4 : 6;
    const { peered, elsewhere } = book.clientsOutside(place.surroundings, family);
    if (getsIn(question, peered)) return 'peered';
    const { virtualNetworkId } = place.surroundings;
    isOpenElsewhere ||= isConnected(topology, virtualNetworkId) && getsIn(question, elsewhere);
  }
  return isOpenElsewhere ? 'elsewhere' : undefined;
}

function getsIn(question: Question, source: AddressSet): boolean {
  const query = { ...question.query, source };
  return !isNoPackets(wherever(reachOf({ ...question, query }).allowed, query.destination));
}

/** Whether anything outside the virtual network may reach it. */
function isConnected(topology: Topology, id: string): boolean {
  const peers = topology.virtualNetworks.get(id)?.peers;
  if (peers?.items.length !== 0 || peers.unknown !== undefined) return true;
  return gatewaysIn(topology, id).length > 0;
}
