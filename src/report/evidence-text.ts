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
export function walkText({ packet, hops, verdict, decisive }: Evidence, path: Path | undefined): string {
  const isProbe = packet.source.kind === 'ip' && PROBE_SOURCES.includes(packet.source.text);
  const start = isProbe ? ['health probe'] : [path?.client ?? addressText(addressOf(packet, 'source'))];
  // What stops a packet at its sender stops it before the balancer.
  const isDeparture = decisive !== undefined && path?.diagnosis?.at === 'client';
  const balancer = isProbe || isDeparture || path === undefined ? [] : [printable(path.name)];
  return [...start, ...balancer, ...hops.map(hopText), verdict].join(' -> ');
}

function hopText({ at, decidedBy }: Hop): string {
  return `${printable(at)} [${decidedBy === undefined ? 'undecided' : decisionText(decidedBy)}]`;
}

function decisionText({ name, priority, effect, group }: NonNullable<Hop['decidedBy']>): string {
  if (group === undefined) return printable(name);
  const words = [
    `${printable(group)}:`,
    printable(name),
    ...(priority === undefined ? [] : [priority]),
    effect,
  ];
  return words.join(' ');
}
