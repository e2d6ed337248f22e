import type { AddressSet, Bound, IntervalSet } from './interval-set.ts';
import { contains, intersect, isEmpty, range } from './interval-set.ts';
import type { PacketPoint } from './packet.ts';
import { protocolOf, protocolSet } from './packet.ts';
import type { Dimension, PacketSet } from './packet-set.ts';
import { box, intersectPackets, isNoPackets, projectPackets } from './packet-set.ts';

const DOCUMENTATION = 0xcb_00_71_00;
const SOURCES: readonly AddressSet[] = [
  range(DOCUMENTATION + 7, DOCUMENTATION + 8),
  range(DOCUMENTATION, DOCUMENTATION + 256),
];
const SOURCE_PORTS: readonly IntervalSet[] = [
  range(50_000, 50_001),
  range(49_152, 65_536),
  range(1024, 65_536),
];
const DESTINATION_PORTS: readonly IntervalSet[] = [range(443, 444), range(80, 81)];
const WITH_PORTS: IntervalSet = protocolSet('tcp', 'udp');

/**
 * A packet of the set, the most telling one, always the same for the same set; undefined when the set is
 * empty. Each preference narrows the choice unless nothing would be left. Then, in this order: the lowest
 * protocol (tcp, udp, icmp, esp, ah); source 203.0.113.7, else 203.0.113.0/24 (RFC 5737), else lowest; source
 * port 50000, else 49152-65535, else 1024-65535, else lowest; destination port 443, 80, else lowest; the
 * lowest destination. Protocols without ports take the lowest ports, 0 if they can.
 */
export function witness(set: PacketSet, preferences: readonly PacketSet[] = []): PacketPoint | undefined {
  if (isNoPackets(set)) return undefined;
  let rest = set;
  for (const preference of preferences) {
    const narrowed = intersectPackets(rest, preference);
    if (!isNoPackets(narrowed)) rest = narrowed;
  }
  function choose(dimension: Dimension, wishes?: readonly IntervalSet[]): Bound {
    const values = projectPackets(rest, dimension);
    const wished = wishes?.map((wish) => intersect(values, wish)).find((some) => !isEmpty(some));
    const [value = 0] = wished ?? values;
    rest = intersectPackets(rest, box({ [dimension]: range(value, next(value)) }));
    return value;
  }
  const protocol = choose('protocol');
  const hasPorts = contains(WITH_PORTS, protocol);
  const source = choose('source', SOURCES);
  const sourcePort = choose('sourcePort', hasPorts ? SOURCE_PORTS : undefined);
  const destinationPort = choose('destinationPort', hasPorts ? DESTINATION_PORTS : undefined);
  return {
    protocol: protocolOf(protocol),
    source,
    sourcePort: Number(sourcePort),
    destination: choose('destination'),
    destinationPort: Number(destinationPort),
  };
}

function next(bound: Bound): Bound {
  return typeof bound === 'number' ? bound + 1 : bound + 1n;
}
