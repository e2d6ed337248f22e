import type { Claim } from '../guest/evidence.ts';
import type { GuestEvidence } from '../guest/read-guest.ts';
import type { Probe } from '../model/azure/load-balancer.ts';
import type { Machine } from '../model/azure/virtual-machine.ts';
import type { Egress, NoEgress } from '../network/egress.ts';
import { type LoopbackCall, machineOfMember } from '../network/loopback.ts';
import type { Network } from '../network/network.ts';
import type { Path } from '../network/path.ts';
import { textOr } from '../value/shown.ts';
import type { Related } from './finding.ts';
import { type PathSubject, ruleSubjects } from './subjects.ts';

/** A rule with what the code shows of the inside of its members. */
export interface GuestSubject extends PathSubject {
  /** The machines that certainly are members and are declared in the root, each once. */
  readonly guests: readonly GuestEvidence[];
}

/** The rules that have a machine of the root behind them. */
export function guestSubjects(network: Network): readonly GuestSubject[] {
  return ruleSubjects(network).flatMap((subject) => {
    const guests = guestsOf(subject.path, network);
    return guests.length === 0 ? [] : [{ ...subject, guests }];
  });
}

function guestsOf(path: Path, network: Network): readonly GuestEvidence[] {
  const machines = path.members.flatMap(({ member }) => machineOfMember(member, network.topology) ?? []);
  return [...new Set(machines)].map((machine) => network.guestOf(machine));
}

/** The name a person knows a machine by. */
export function guestName({ machine }: GuestEvidence): string {
  return textOr(machine.name, machine.address);
}

/** `vm-0`, `vm-1`: up to three names in backticks. */
export function guestNames(guests: readonly GuestEvidence[]): string {
  const names = guests.map(guestName);
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  return shown.map((name, index) => (names.length > 3 && index === 2 ? name : `\`${name}\``)).join(', ');
}

/** The words of the text that make a call, as a note of its finding; none when they are secret. */
export function callNotes({ carrier, quote, origin }: LoopbackCall): readonly Related[] {
  return quote === undefined
    ? []
    : [{ message: `its ${carrier} ${verbOf(carrier)} \`${quoted(quote)}\``, origin }];
}

function verbOf(carrier: string): string {
  return carrier.endsWith('s') ? 'say' : 'says';
}

/** Backticks would end the quotation. */
function quoted(text: string): string {
  return text.replaceAll('`', "'");
}

/** Whether everything that starts code in the guest can be read and starts nothing unknown. */
export function isReadable({ opacity }: GuestEvidence): boolean {
  return opacity.length === 0;
}

/** Remote access that every platform image has: SSH on Linux, RDP on Windows. An image of one's own is nobody's to know. */
export function isServedByImage(
  { machine: { image }, isGenericImage }: GuestEvidence,
  port: number,
): boolean {
  if (!isGenericImage) return false;
  const isWindows = image.publisher.kind === 'known' && /windows/i.test(image.publisher.value);
  return port === (isWindows ? 3389 : 22);
}

/** The claims on TCP ports that clients may reach. */
export function servedPorts({ claims }: GuestEvidence): readonly Claim[] {
  return claims.filter(
    ({ protocol, scope, source }) =>
      protocol === 'tcp' && scope === 'any' && (source === 'bind' || source === 'package'),
  );
}

/** `tcp/80 (package nginx)` */
export function claimText({ protocol, port, evidence }: Claim): string {
  return evidence === undefined ? `${protocol}/${port}` : `${protocol}/${port} (\`${evidence}\`)`;
}

/** Words that give the guest the address of a frontend, or have it answer for it: semantics 7.2. */
const LOOPBACK_SETUP =
  /\bdev\s+lo\b|\blo:\d|\bifconfig\s+lo\b|loopback|weakhost|New-NetIPAddress|ip\s+addr\w*\s+add|keepalived|virtual_ipaddress|arp_(ignore|announce)|ipvsadm|ip_nonlocal_bind|transparent|netplan/i;

export function hasLoopbackSetup({ texts }: GuestEvidence): boolean {
  return texts.some(({ text }) => LOOPBACK_SETUP.test(text));
}

/** Why no interface of a machine has a way to the internet; undefined while one has, or may have. */
export function withoutEgress(
  network: Network,
  machine: Machine,
): Extract<Egress, { via: 'none' }> | undefined {
  if (machine.networkInterfaces.unknown !== undefined) return undefined;
  const own = network.topology.interfacesOf(machine);
  if (machine.kind === 'virtual-machine' && machine.networkInterfaces.items.length > own.length)
    return undefined;
  let closed: Extract<Egress, { via: 'none' }> | undefined;
  for (const networkInterface of own) {
    if (networkInterface.ipConfigurations.unknown !== undefined) return undefined;
    for (const ipConfiguration of networkInterface.ipConfigurations.items) {
      if (ipConfiguration.version.kind === 'known' && /ipv6/i.test(ipConfiguration.version.value)) continue;
      const egress = network.egressOf(networkInterface, ipConfiguration);
      if (egress.via !== 'none') return undefined;
      closed ??= egress;
    }
  }
  return closed;
}

/** Why there is no way out, as the end of a sentence. */
export function noEgressText({ because }: Extract<Egress, { via: 'none' }>): string {
  return CAUSES[because];
}

const CAUSES: Readonly<Record<NoEgress, string>> = {
  'black-hole': 'the default route of the subnet drops everything',
  'private-subnet': 'the subnet is private',
  'internal-load-balancer': 'behind an internal Standard load balancer there is no default outbound access',
  'snat-disabled': 'the rules of the load balancer turn outbound SNAT off',
  'flexible-scale-set': 'instances of a flexible scale set have no default outbound access',
};

/** The probes of every rule that sends data to a machine. */
export function probesOfMachine(network: Network, machine: Machine): readonly Probe[] {
  const links = network.topology
    .interfacesOf(machine)
    .flatMap(({ ipConfigurations }) => ipConfigurations.items.flatMap(({ pools }) => pools.items));
  const paths = links.flatMap((link) => (link.kind === 'to' ? network.pathsOfPool(link.id) : []));
  return [...new Set(paths.flatMap(({ probeResource }) => probeResource ?? []))];
}
