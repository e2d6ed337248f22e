import type { Finding, Path } from '../policy/index.ts';
import { printable } from '../text/printable.ts';

type Evidence = NonNullable<Finding['evidence']>;
type Packet = Evidence['packet'];
type Hop = Evidence['hops'][number];

/** Health probes come from these addresses: https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address. */
const PROBE_SOURCES = ['168.63.129.16', 'fe80::1234:5678:9abc'];

/** `tcp 203.0.113.7:50000 -> 10.0.1.4:8080` */
export function packetText(packet: Packet): string {
  const { protocol, sourcePort, destinationPort, secrets = [] } = packet;
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  const shownPort = secrets.includes('destinationPort') ? 'a secret port' : destinationPort;
  const from = endText(addressOf(packet, 'source'), hasPorts ? sourcePort : undefined);
  const to = endText(addressOf(packet, 'destination'), hasPorts ? shownPort : undefined);
  return `${protocol} ${from} -> ${to}`;
}

/** One end of a packet as it may be shown. */
export function addressOf(packet: Packet, end: 'source' | 'destination'): Packet['source'] {
  return packet.secrets?.includes(end) ? { kind: 'inside', id: '', label: 'a secret address' } : packet[end];
}

function endText(address: Packet['source'], port: number | string | undefined): string {
  const text = addressText(address);
  if (port === undefined) return text;
  if (typeof port === 'string') return `${text}, ${port}`;
  if (address.kind !== 'ip') return `${text}, port ${port}`;
  return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;
}

function addressText(address: Packet['source']): string {
  return printable(address.kind === 'ip' ? address.text : address.label);
}

/** `internet -> lb-web/http -> snet-web [nsg-web: DenyAllInBound 65500 deny] -> dropped` */
export function walkText(evidence: Evidence, path: Path | undefined): string {
  return [...startOf(evidence, path), ...evidence.hops.map(hopText), evidence.verdict].join(' -> ');
}

/** Who sends the packet and, where it goes through one, the rule that it takes: `internet`, `lb-web/http`. */
export function startOf({ packet, decisive }: Evidence, path: Path | undefined): readonly string[] {
  if (packet.source.kind === 'ip' && PROBE_SOURCES.includes(packet.source.text)) return ['health probe'];
  const client = path === undefined ? addressText(addressOf(packet, 'source')) : printable(path.client);
  // What stops a packet at its sender stops it before the balancer.
  const isDeparture = decisive !== undefined && path?.diagnosis?.at === 'client';
  return isDeparture || path === undefined ? [client] : [client, printable(path.name)];
}

/** `snet-web [nsg-web: DenyAllInBound 65500 deny]` */
export function hopText({ at, decidedBy }: Hop): string {
  return `${printable(at)} [${decidedBy === undefined ? 'undecided' : decisionText(decidedBy)}]`;
}

/** `nsg-web: DenyAllInBound 65500 deny` */
export function decisionText({ name, priority, effect, group }: NonNullable<Hop['decidedBy']>): string {
  if (group === undefined) return printable(name);
  const words = [
    `${printable(group)}:`,
    printable(name),
    ...(priority === undefined ? [] : [priority]),
    effect,
  ];
  return words.join(' ');
}
