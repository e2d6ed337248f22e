import type { ForwardingRule, Frontend, LoadBalancer, Probe } from '../model/azure/load-balancer.ts';
import { type Link, outside } from '../model/model.ts';
import { assumed, type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import { type PathClient, probeClient } from './clients.ts';
import type { Flow } from './judge.ts';
import type { TraceOptions } from './packet.ts';
import { type AddressSet, EMPTY, type IntervalSet, range, union } from './packets/interval-set.ts';
import { protocolSet } from './packets/packet.ts';
import type { Scheme } from './path.ts';
import type { Placement, PrivateAddress } from './placement.ts';
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

/** What this version does not model: gateway and global load balancers, and frontends that cannot be told. */
function whyNotModelled(
  balancer: LoadBalancer,
  rule: ForwardingRule,
  frontend: Frontend | undefined,
  scheme: Scheme,
): FlowOrUnknown | undefined {
  const special = unsupportedKind(balancer);
  if (special !== undefined) return special;
  if (frontend === undefined) {
    return {
      unknown: [
        balancer.frontends.unknown ?? outside(rule.frontend, `the frontend of ${rule.address}`, rule.origin),
      ],
    };
  }
  if (scheme !== 'unknown') return undefined;
  const name = `whether the frontend of ${rule.address} is public or internal`;
  return { unknown: [unknown({ kind: 'known-after-apply', name }, frontend.origin)] };
}

/** Why nothing is said about a balancer. */
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
  const unsupported = reasons.filter((reason) => reason?.reason.kind === 'unsupported');
  const found = unsupported.flatMap((reason) => (reason === undefined ? [] : [reason]));
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
  const unmodelled = whyNotModelled(balancer, rule, frontend, scheme);
  if (unmodelled !== undefined) return unmodelled;
  const unsettled: Unknown[] = [];
  const protocol = protocolsOf(rule, scheme, unsettled);
  const ports = portsOf(rule, unsettled);
  const frontendPort = rule.frontendPort.kind === 'known' ? rule.frontendPort.value : undefined;
  return {
    what: 'data',
    key: `data|${rule.id}|${client.kind} ${client.name}`,
    protocol,
    unsettled,
    ports,
    client: client.flow,
    frontend: (placement) => frontendAddress(context, frontend, placement),
    floatingIp: rule.floatingIp,
    frontendId: frontend?.id,
    unknownFrontend: addressLater(rule),
    frontendPort,
    frontendPorts: frontendPortsOf(rule),
    secret: {
      port: isSecret(rule.backendPort) || (isSecret(rule.frontendPort) && !isSettledOff(rule.floatingIp)),
      frontend: frontend !== undefined && isSecret(frontend.privateIPAddress),
    },
    closedWithoutGroup: scheme === 'public' ? closedWithoutGroup(balancer) : 'no',
  };
}

/** Standard is closed, Basic is open, and nothing says what an omitted SKU means today: semantics 3.1, 3.2. */
function closedWithoutGroup(balancer: LoadBalancer): TraceOptions['closedWithoutGroup'] {
  const { sku } = balancer;
  if (sku.kind === 'known') {
    const name = sku.value.toLowerCase();
    if (name === 'standard') return 'yes';
    if (name === 'basic') return 'no';
  }
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

/** With floating IP the pages disagree whether the port is translated, so both ports must give one answer. */
function portsOf(rule: ForwardingRule, unsettled: Unknown[]): IntervalSet {
  const { backendPort, frontendPort, floatingIp } = rule;
  if (backendPort.kind !== 'known') {
    unsettled.push(backendPort.kind === 'unknown' ? backendPort : missing('backend port', rule));
    return ALL_PORTS;
  }
  if (backendPort.value === 0) return ALL_PORTS;
  const port = single(backendPort.value);
  const mayFloat = floatingIp.kind !== 'known' || floatingIp.value;
  if (!mayFloat || (frontendPort.kind === 'known' && frontendPort.value === backendPort.value)) return port;
  unsettled.push(unknown({ kind: 'runtime', name: 'whether floating IP translates the port' }, rule.origin));
  return frontendPort.kind === 'known' ? union(port, single(frontendPort.value)) : ALL_PORTS;
}

/** Port 0 stands for every port; a rule over a range of ports tells only where it begins. */
function frontendPortsOf({ frontendPort, frontendPortEnd }: ForwardingRule): IntervalSet {
  if (frontendPort.kind !== 'known' || frontendPort.value === 0) return ALL_PORTS;
  if (frontendPortEnd.kind === 'absent') return single(frontendPort.value);
  return frontendPortEnd.kind === 'known' && frontendPortEnd.value >= frontendPort.value
    ? range(frontendPort.value, frontendPortEnd.value + 1)
    : ALL_PORTS;
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
  const isKnown = port.kind === 'known';
  return {
    what: 'probe',
    key: `probe|${probe.id}|${family}`,
    protocol: protocolSet('tcp'),
    unsettled: isKnown
      ? []
      : [
          port.kind === 'unknown'
            ? port
            : unknown({ kind: 'unsupported', name: 'a probe without a port' }, probe.origin),
        ],
    ports: isKnown ? single(port.value) : ALL_PORTS,
    client: probeClient(family),
    frontend: () => EMPTY,
    floatingIp: assumed(false, probe.origin),
    frontendId: undefined,
    unknownFrontend: addressLater(rule),
    frontendPort: undefined,
    frontendPorts: EMPTY,
    secret: { port: isSecret(port), frontend: false },
    closedWithoutGroup: 'no',
  };
}

/** The address of a frontend, as clients and floating IP use it; none where the code does not tell what it is. */
export function frontendAddress(
  context: FlowContext,
  frontend: Frontend | undefined,
  placement: Placement,
): AddressSet {
  const { topology, book } = context;
  if (frontend === undefined) return EMPTY;
  const { publicIp, publicIpPrefix } = frontend;
  if (publicIp.kind === 'to') {
    const resource = topology.publicIps.get(publicIp.id);
    const address = resource?.ipAddress ?? outside(publicIp, 'a public IP', frontend.origin);
    return book.publicAddress(publicIp.id, `the address of ${resource?.address ?? 'the frontend'}`, address);
  }
  if (publicIpPrefix.kind === 'to') {
    return book.publicAddress(
      publicIpPrefix.id,
      'an address of the prefix',
      outside(publicIpPrefix, 'a prefix', frontend.origin),
    );
  }
  if (frontend.subnet.kind === 'none') return EMPTY;
  const subnet = frontend.subnet.kind === 'to' ? topology.subnets.get(frontend.subnet.id) : undefined;
  const seenFrom = subnet === undefined ? placement.surroundings : surroundingsOf(topology, subnet);
  return book.privateAddress(privateFrontend(frontend, subnet?.addressPrefixes.items ?? []), seenFrom);
}

function privateFrontend(frontend: Frontend, prefixes: readonly Evaluated<string>[]): PrivateAddress {
  const address = frontend.privateIPAddress;
  if (address.kind === 'known' && address.value !== '') return { kind: 'settled', text: address.value };
  const known = prefixes.flatMap((prefix) => (prefix.kind === 'known' ? [prefix.value] : []));
  if (known.length === prefixes.length && known.length > 0) return { kind: 'within', prefixes: known };
  return {
    kind: 'unknown',
    waitsFor: unknown({ kind: 'known-after-apply', name: 'the address of the frontend' }, frontend.origin),
  };
}
