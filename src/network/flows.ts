import type { ForwardingRule, Frontend, LoadBalancer, Probe } from '../model/azure/load-balancer.ts';
import type { Subnet } from '../model/azure/virtual-network.ts';
import { type Link, outside } from '../model/model.ts';
import { absent, assumed, type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { type PathClient, probeClient } from './clients.ts';
import type { Flow } from './judge.ts';
import type { TraceOptions } from './packet.ts';
import { type AddressSet, EMPTY, type IntervalSet, isSubset, range, union } from './packets/interval-set.ts';
import { protocolSet } from './packets/packet.ts';
import type { Scheme } from './path.ts';
import { type Placement, type PrivateAddress, privateAddressOf } from './placement.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Topology } from './topology.ts';

/** What the addresses of a flow are read from. */
export interface FlowContext {
  readonly topology: Topology;
  readonly book: AddressBook;
}

const ALL_PORTS = range(1, 65_536);

/** The packets of a rule, or why they cannot be told. */
export type FlowOrUnknown = Flow | { readonly unknown: readonly Unknown[] };

/** What this version does not model: gateway and global load balancers. */
export function unsupportedKind(
  balancer: LoadBalancer,
): { readonly unknown: readonly Unknown[] } | undefined {
  const isNot = (value: Evaluated<string>, expected: readonly string[]): Unknown | undefined => {
    if (value.kind === 'unknown') return value;
    if (value.kind === 'absent' || expected.includes(value.value.toLowerCase())) return undefined;
    return unknown(
      {
        kind: 'unsupported',
        name: value.sensitive ? 'a load balancer of this SKU' : `a ${value.value} load balancer`,
      },
      value.origin,
    );
  };
  const reasons = [isNot(balancer.sku, ['standard', 'basic']), isNot(balancer.tier, ['regional'])];
  const found = reasons.flatMap((reason) => (reason?.reason.kind === 'unsupported' ? [reason] : []));
  return found.length === 0 ? undefined : { unknown: found };
}

/** The data packets of a rule: semantics 0.2. */
export function dataFlow(
  context: FlowContext,
  balancer: LoadBalancer,
  rule: ForwardingRule,
  frontend: Frontend | undefined,
  scheme: Scheme,
  client: PathClient,
): FlowOrUnknown {
  const special = unsupportedKind(balancer);
  if (special !== undefined) return special;
  if (frontend === undefined) {
    const missing = outside(rule.frontend, `the frontend of ${rule.address}`, rule.origin);
    return { unknown: [balancer.frontends.unknown ?? missing] };
  }
  if (scheme === 'unknown') {
    const name = `whether the frontend of ${rule.address} is public or internal`;
    return { unknown: [unknown({ kind: 'known-after-apply', name }, frontend.origin)] };
  }
  const unsettled: Unknown[] = [];
  const protocol = protocolsOf(rule, scheme, unsettled);
  const asked = frontendPortsOf(rule);
  const ports = portsOf(rule, asked, unsettled);
  const frontendPort = rule.frontendPort.kind === 'known' ? rule.frontendPort.value : undefined;
  return {
    what: 'data',
    of: rule,
    key: `${client.kind} ${client.name}`,
    protocol,
    unsettled,
    ports,
    client: client.flow,
    frontend: (placement) => frontendAddress(context, frontend, placement),
    floatingIp: rule.floatingIp,
    frontendId: frontend.id,
    unknownFrontend: addressLater(rule),
    frontendPort,
    frontendPorts: asked.ports,
    unsettledFrontend: asked.unsettled,
    secret: {
      port: isSecret(rule.backendPort) || (isSecret(rule.frontendPort) && !isSettledOff(rule.floatingIp)),
      frontend: isSecretFrontend(context.topology, frontend),
    },
    closedWithoutGroup: scheme === 'public' ? closedWithoutGroup(balancer) : 'no',
  };
}

/**
 * Standard is closed, Basic is open, and nothing says what an omitted SKU means today: semantics 3.1, 3.2. Other SKUs are
 * not modelled.
 */
function closedWithoutGroup(balancer: LoadBalancer): TraceOptions['closedWithoutGroup'] {
  const { sku } = balancer;
  if (sku.kind === 'known') return sku.value.toLowerCase() === 'standard' ? 'yes' : 'no';
  if (sku.kind === 'unknown') return { unknown: sku };
  return { unknown: unknown({ kind: 'runtime', name: `the SKU of ${balancer.address}` }, sku.origin) };
}

function protocolsOf(rule: ForwardingRule, scheme: Scheme, unsettled: Unknown[]): IntervalSet {
  const { protocol } = rule;
  if (protocol.kind === 'known') {
    switch (protocol.value.toLowerCase()) {
      case 'tcp':
        return protocolSet('tcp');
      case 'udp':
      case 'quic':
        return protocolSet('udp');
      case 'all':
        return scheme === 'internal' ? protocolSet('tcp', 'udp', 'icmp') : protocolSet('tcp', 'udp');
    }
  }
  unsettled.push(protocol.kind === 'unknown' ? protocol : missing('protocol', rule));
  return protocolSet('tcp', 'udp');
}

/** With floating IP the pages disagree whether the port is translated, so all of them must give one answer. */
function portsOf(rule: ForwardingRule, asked: AskedPorts, unsettled: Unknown[]): IntervalSet {
  const { backendPort, floatingIp } = rule;
  if (backendPort.kind !== 'known') {
    unsettled.push(backendPort.kind === 'unknown' ? backendPort : missing('backend port', rule));
    return ALL_PORTS;
  }
  if (backendPort.value === 0) return ALL_PORTS;
  const port = single(backendPort.value);
  if (isSettledOff(floatingIp) || isSubset(asked.ports, port)) return port;
  unsettled.push(unknown({ kind: 'runtime', name: 'whether floating IP translates the port' }, rule.origin));
  unsettled.push(...asked.unsettled);
  return union(port, asked.ports);
}

/** The ports that clients address, and why they are one of several. */
interface AskedPorts {
  readonly ports: IntervalSet;
  readonly unsettled: readonly Unknown[];
}

/** Port 0 stands for every port. */
function frontendPortsOf(rule: ForwardingRule): AskedPorts {
  const { frontendPort: first, frontendPortEnd } = rule;
  const last = frontendPortEnd.kind === 'absent' ? first : frontendPortEnd;
  if (first.kind === 'known' && first.value === 0) return { ports: ALL_PORTS, unsettled: [] };
  if (first.kind === 'known' && last.kind === 'known' && last.value >= first.value)
    return { ports: range(first.value, last.value + 1), unsettled: [] };
  const [open = missing('frontend port', rule)] = [first, last].flatMap((port) =>
    port.kind === 'unknown' ? [port] : [],
  );
  return { ports: ALL_PORTS, unsettled: [open] };
}

function addressLater(rule: ForwardingRule): Unknown {
  return unknown(
    { kind: 'known-after-apply', name: `the address of the frontend of ${rule.address}` },
    rule.origin,
  );
}

function isSecret(value: Evaluated<number> | Evaluated<string>): boolean {
  return value.kind === 'known' && value.sensitive === true;
}

function isSettledOff(flag: Evaluated<boolean>): boolean {
  return flag.kind === 'known' && !flag.value;
}

function single(port: number): [number, number] {
  return [port, port + 1];
}

function missing(what: string, rule: ForwardingRule): Unknown {
  return unknown({ kind: 'unsupported', name: `the ${what} of ${rule.address}` }, rule.origin);
}

/** Probes are TCP to the private address, also with floating IP: semantics 0.2 and 2.1. */
export function probeFlow(
  balancer: LoadBalancer,
  link: Link,
  probe: Probe | undefined,
  rule: ForwardingRule,
  family: 4 | 6,
): FlowOrUnknown {
  const special = unsupportedKind(balancer);
  if (special !== undefined) return special;
  if (probe === undefined) {
    return { unknown: [outside(link, `the probe of ${rule.address}`, rule.origin)] };
  }
  const { port } = probe;
  const portless = unknown({ kind: 'unsupported', name: 'a probe without a port' }, probe.origin);
  return {
    what: 'probe',
    of: probe,
    key: String(family),
    protocol: protocolSet('tcp'),
    unsettled: port.kind === 'known' ? [] : [port.kind === 'unknown' ? port : portless],
    ports: port.kind === 'known' ? single(port.value) : ALL_PORTS,
    client: probeClient(family),
    frontend: () => EMPTY,
    floatingIp: assumed(false, probe.origin),
    frontendId: undefined,
    unknownFrontend: addressLater(rule),
    frontendPort: undefined,
    frontendPorts: EMPTY,
    unsettledFrontend: [],
    secret: { port: isSecret(port), frontend: false },
    closedWithoutGroup: 'no',
  };
}

/** The address of a frontend, as clients and floating IP use it; none where the code does not tell what it is. */
export function frontendAddress(
  { topology, book }: FlowContext,
  frontend: Frontend,
  placement: Placement,
): AddressSet {
  const { publicIp, publicIpPrefix } = frontend;
  if (publicIp.kind === 'to') {
    const resource = topology.publicIps.get(publicIp.id);
    const address = resource?.ipAddress ?? absent(frontend.origin);
    return book.publicAddress(publicIp.id, `the address of ${resource?.address ?? 'the frontend'}`, address);
  }
  if (publicIpPrefix.kind === 'to') {
    return book.publicAddress(publicIpPrefix.id, 'an address of the prefix', absent(frontend.origin));
  }
  if (frontend.subnet.kind === 'none') return EMPTY;
  const subnet = subnetOf(topology, frontend);
  const seenFrom = subnet === undefined ? placement.surroundings : surroundingsOf(topology, subnet);
  return book.privateAddress(privateFrontend(topology, frontend), seenFrom);
}

function subnetOf(topology: Topology, { subnet }: Frontend): Subnet | undefined {
  return subnet.kind === 'to' ? topology.subnets.get(subnet.id) : undefined;
}

function privateFrontend(topology: Topology, frontend: Frontend): PrivateAddress {
  const { privateIPAddress, version, origin } = frontend;
  return privateAddressOf(topology, privateIPAddress, version, subnetOf(topology, frontend), origin);
}

function isSecretFrontend(topology: Topology, frontend: Frontend): boolean {
  const { publicIp } = frontend;
  const resource = publicIp.kind === 'to' ? topology.publicIps.get(publicIp.id) : undefined;
  if (resource !== undefined) return isSecret(resource.ipAddress);
  return 'secret' in privateFrontend(topology, frontend);
}
