import type { RuleSide } from '../model/azure/network-security-group.ts';
import type { Diagnosis } from '../network/diagnose.ts';
import type { Path } from '../network/path.ts';
import type { ReturnRegion } from '../network/return-path.ts';
import { textOr } from '../value/shown.ts';
import type { Evaluated } from '../value/value.ts';

/** `tcp/8080`, `every port`, `an unknown port`, or `the backend port` when it is secret. */
export function portText(path: Path): string {
  const { backendPort } = path.rule;
  if (backendPort.kind === 'known' && backendPort.value === 0) return 'every port';
  const port = numberText(backendPort);
  if (port !== undefined) return `${protocolText(path)}/${port}`;
  return backendPort.kind === 'known' ? 'the backend port' : 'an unknown port';
}

/** `tcp`, `udp`, `all`, `quic`, or `unknown`. */
function protocolText(path: Path): string {
  const { protocol } = path.rule;
  return protocol.kind === 'known' && protocol.sensitive !== true ? protocol.value.toLowerCase() : 'unknown';
}

/** The digits of a number that may be shown. */
export function numberText(value: Evaluated<number>): string | undefined {
  return value.kind === 'known' && value.sensitive !== true ? String(value.value) : undefined;
}

/** Who sends the packets of a path. */
export function clientText(path: Path): string {
  switch (path.clientKind) {
    case 'internet':
      return 'the internet';
    case 'vnet':
      return 'the virtual network';
    case 'private-link':
      return 'clients of its private link service';
    case 'declared':
      return `the client \`${path.client}\``;
    case 'unknown':
      return 'its clients';
  }
}

/** What to write as the source of a rule that lets the clients in. */
function sourceText(path: Path): string {
  switch (path.clientKind) {
    case 'internet':
      // Behind a NAT rule stands a single machine, most often its management port.
      return path.kind === 'nat' ? 'the addresses of the clients' : 'Internet';
    case 'private-link':
      return 'the subnet of the private link service';
    case 'declared':
      return `the addresses of \`${path.client}\``;
    default:
      return 'VirtualNetwork';
  }
}

/** A rule with its group: `` `DenyAll` of `nsg-web` ``. */
export function ruleText({ name, group }: Diagnosis['decisive']): string {
  return `\`${name}\`${group === undefined ? '' : ` of \`${group}\``}`;
}

/** Names in backticks, at most three: `` `a`, `b` and 4 others ``. */
export function namesText(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length > 3) return `${quoted.slice(0, 2).join(', ')} and ${quoted.length - 2} others`;
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}

/** The name of a security rule or a group, or what a person would type for it. */
export function nameText(named: { readonly name: Evaluated<string>; readonly address: string }): string {
  return textOr(named.name, named.address);
}

/** The ports of one side of a security rule as they are written, as far as they may be shown. */
export function portsText({ ports }: RuleSide): string {
  const texts = ports.items.map((port) =>
    port.kind === 'known' && port.sensitive !== true ? port.value : 'some',
  );
  return [...new Set(texts)].join(', ');
}

/** What stops the packet, after the name of the rule: `... : <this>`. */
export function causeText(diagnosis: Diagnosis, path: Path): string {
  const { decisive } = diagnosis;
  const decider = ruleText(decisive);
  const intended = `\`${diagnosis.intended?.name ?? ''}\``;
  switch (diagnosis.id) {
    case 'no-security-group':
      return 'no network security group lets it in, and a Standard public frontend is closed by default';
    case 'allows-frontend-port':
      return `${intended} allows the frontend port${spaced(numberText(path.rule.frontendPort))}, but packets arrive on the backend port`;
    case 'allows-frontend-address':
      return diagnosis.intended?.namesTag === undefined
        ? `${intended} allows the address of the frontend, but packets arrive at the address of the backend`
        : `${intended} allows ${diagnosis.intended.namesTag} as the destination, but packets arrive at the address of the backend`;
    case 'floating-ip-destination':
      return `${intended} allows the address of the backend, but with floating IP packets keep the address of the frontend`;
    case 'load-balancer-tag-as-client':
      return `${intended} allows AzureLoadBalancer, which is the health probe and never a client`;
    case 'client-not-in-source':
      return `${intended} does not allow ${clientText(path)} as a source`;
    case 'protocol-mismatch':
      return `${intended} allows another protocol`;
    case 'member-outside-asg':
      return `${intended} allows an application security group that the backend is not in`;
    case 'shadowed-by-deny':
      return `${decider} denies it before ${intended} can allow it`;
    case 'source-port-restricted':
      return `${intended} allows only some source ports, and clients send from any`;
    case 'explicit-deny':
      return `${decider} denies it`;
    case 'default-deny':
      return `no rule allows it, so ${decider} drops it`;
  }
}

/** The change that lets the packets in. */
export function remedyText(diagnosis: Diagnosis, path: Path): string {
  const intended = `\`${diagnosis.intended?.name ?? ''}\``;
  const port = allowedPort(path);
  const protocol = allowedProtocol(path);
  const source = sourceText(path);
  const sources = source === 'Internet' ? `${source}, or the addresses of the clients` : source;
  if (diagnosis.at === 'security-admin') {
    return `exempt protocol ${protocol}, destination port ${port} from the security admin rule \`${diagnosis.decisive.name}\`, or put one with access AlwaysAllow before it`;
  }
  if (diagnosis.at === 'client') return departureText(diagnosis, path, protocol);
  switch (diagnosis.id) {
    case 'no-security-group':
      return `associate a network security group with the subnet of the backend that allows ${protocol} ${port} from ${sources}`;
    case 'allows-frontend-port':
      return `add port ${port} to the destination ports of ${intended}`;
    case 'allows-frontend-address':
      return `change the destination of ${intended} to the subnet of the backend, or to *`;
    case 'floating-ip-destination':
      return `change the destination of ${intended} to the address of the frontend, or to *`;
    case 'client-not-in-source':
      return `add ${sources} to the sources of ${intended}`;
    case 'protocol-mismatch':
      return `allow protocol ${protocol} in ${intended}`;
    case 'member-outside-asg':
      return `add the network interface of the backend to the application security group ${intended} names`;
    case 'shadowed-by-deny':
      return moveText(diagnosis);
    case 'source-port-restricted':
      return `set the source port of ${intended} to *`;
    case 'load-balancer-tag-as-client':
    case 'explicit-deny':
    case 'default-deny':
      return allowText(diagnosis, { protocol, source, port });
  }
}

/** The change that lets packets out of the client. */
function departureText(diagnosis: Diagnosis, path: Path, protocol: string): string {
  if (diagnosis.id === 'shadowed-by-deny') return moveText(diagnosis);
  const { decisive, freePriority } = diagnosis;
  const port = numberText(path.rule.frontendPort);
  const what = `protocol ${protocol}, destination the frontend, destination port ${port === undefined ? '(the frontend port)' : port === '0' ? '*' : port}`;
  if (freePriority === undefined) return `exempt ${what} from \`${decisive.name}\``;
  const group = decisive.group === undefined ? 'the security group' : `\`${decisive.group}\``;
  return `add an outbound allow to ${group} with a free priority such as ${freePriority}: ${what}`;
}

/** `route default` or what stands for it. */
export function routeText(route: ReturnRegion['route']): string {
  if (route === undefined) return 'a system route';
  const prefix = textOr(route.addressPrefix, 'its addresses');
  return `the route \`${textOr(route.name, route.address)}\` to ${prefix}`;
}

/** Where to put a new allow, or, when no priority before the deny is free, what to do about the deny. */
export function allowText(
  { decisive, freePriority }: Diagnosis,
  allowed: { readonly protocol: string; readonly source: string; readonly port: string },
): string {
  const what = `protocol ${allowed.protocol}, source ${allowed.source}, destination port ${allowed.port}`;
  if (freePriority === undefined)
    return `exempt ${what} from \`${decisive.name}\`, as no priority before it is free`;
  const group = decisive.group === undefined ? 'the security group' : `\`${decisive.group}\``;
  return `add an inbound allow to ${group} with a free priority such as ${freePriority}: ${what}`;
}

/** What a rule about the packets of a path has to name: `protocol Tcp, destination port 8080`. */
export function allowedText(path: Path): string {
  return `protocol ${allowedProtocol(path)}, destination port ${allowedPort(path)}`;
}

/** How to bring the intended allow before the deny. */
export function moveText({ decisive, intended, freePriority }: Diagnosis): string {
  const allow = `\`${intended?.name ?? ''}\``;
  if (freePriority === undefined) return `give \`${decisive.name}\` a priority after that of ${allow}`;
  return `give ${allow} a priority before ${decisive.priority ?? 'the deny'}, such as ${freePriority}`;
}

function allowedPort(path: Path): string {
  const port = numberText(path.rule.backendPort);
  return port === undefined ? '(the backend port)' : port === '0' ? '*' : port;
}

function allowedProtocol(path: Path): string {
  switch (protocolText(path)) {
    case 'udp':
    case 'quic':
      return 'Udp';
    case 'all':
      return '*';
    default:
      return 'Tcp';
  }
}

function spaced(text: string | undefined): string {
  return text === undefined ? '' : ` ${text}`;
}
