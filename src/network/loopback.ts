import { holesIn } from '../guest/flat-text.ts';
import { type Mention, mentionsOf } from '../guest/mentions.ts';
import { quoteText } from '../guest/quote.ts';
import type { GuestEvidence } from '../guest/read-guest.ts';
import type { Machine } from '../model/azure/virtual-machine.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { asText, field } from '../value/value.ts';
import { type FrontendNames, frontendNames } from './frontend-names.ts';
import type { Member } from './members.ts';
import type { Path } from './path.ts';
import { lower } from './rule-match.ts';
import type { Topology } from './topology.ts';

/** What the search for calls needs of the network. */
export interface Guests {
  readonly topology: Topology;
  readonly paths: readonly Path[];
  /** What the code shows of the inside of a machine. */
  guestOf(machine: Machine): GuestEvidence;
}

/**
 * A member of a pool whose code calls the frontend of a rule of that very pool: when the balancer picks the
 * caller itself, the flow loops back and dies. Semantics 5.1 and 5.4.
 */
export interface LoopbackCall {
  readonly machine: string;
  readonly caller: Machine;
  /** `custom data`, `user data`, `extension settings`, ... */
  readonly carrier: string;
  readonly origin: Origin;
  /** Whether the address is written out, is a reference to the frontend, or hides behind a name in DNS. */
  readonly evidence: 'literal' | 'reference' | 'name';
  /** The name in DNS. */
  readonly name?: string;
  /** The words of the text that call it; undefined when they are secret. */
  readonly quote: string | undefined;
  /** Members of a cluster look for each other there: Consul, Vault, etcd and the like. */
  readonly isClusterJoin: boolean;
  /** Number of members the balancer picks from; undefined while a scale set's capacity is not known. */
  readonly members: number | undefined;
  /** Affinity by the address of the source: a given machine always fails, or never does. */
  readonly isFixed: boolean;
  /** The pool holds addresses; Microsoft's page on pools allows no such call at all. */
  readonly ipBased: boolean;
  /** It is the control plane of a Kubernetes cluster that calls its own endpoint. */
  readonly isControlPlane: boolean;
  /** Rules that bring other applications of the same interface their traffic: the call goes from one to the other. */
  readonly neighbours: readonly Path[];
}

/** The calls of a path's own members to its frontend. */
export function loopbackCalls(path: Path, guests: Guests): readonly LoopbackCall[] {
  return foundCalls(path, guests, (usage) => usage !== 'mention');
}

/** Members that are handed the address of the frontend, in words that do not say what for: an argument of a script. */
export function loopbackMentions(path: Path, guests: Guests): readonly LoopbackCall[] {
  return foundCalls(path, guests, (usage) => usage === 'mention');
}

function foundCalls(
  path: Path,
  guests: Guests,
  counts: (usage: Mention['usage']) => boolean,
): readonly LoopbackCall[] {
  const { frontend } = path;
  if (path.kind !== 'rule' || path.scheme === 'unknown' || frontend === undefined) return [];
  if (isGateway(path) || isClusterListener(path) || isManagedByKubernetes(path)) return [];
  const members = countMembers(path);
  const names = frontendNames(guests.topology, frontend);
  const callers = new Map<Machine, Member>();
  for (const { member } of path.members) {
    const machine = machineOfMember(member, guests.topology);
    if (machine !== undefined && !callers.has(machine)) callers.set(machine, member);
  }
  return [...callers].flatMap(([machine, member]) => {
    const evidence = guests.guestOf(machine);
    const call = callOf(evidence, names, path, counts);
    if (call === undefined) return [];
    const isControlPlane = evidence.texts.some(({ text }) => KUBERNETES.test(text));
    return [
      {
        ...call,
        machine: textOr(machine.name, machine.address),
        caller: machine,
        members,
        isFixed: hasAffinity(path),
        ipBased: member.ipBased,
        isControlPlane,
        neighbours: isControlPlane || member.ipBased ? [] : neighboursOf(path, member, guests),
      },
    ];
  });
}

/**
 * The calls of a path's own members that no earlier rule of the same frontend shows: a text that names no port calls all of
 * its rules, and is reported once.
 */
export function firstLoopbackCalls(path: Path, guests: Guests): readonly LoopbackCall[] {
  const calls = loopbackCalls(path, guests);
  if (calls.length === 0) return calls;
  const earlier = guests.paths
    .slice(0, guests.paths.indexOf(path))
    .filter(({ frontend, client }) => frontend === path.frontend && client === path.client)
    .flatMap((other) => loopbackCalls(other, guests));
  return calls.filter(
    ({ origin, caller }) => !earlier.some((other) => other.origin === origin && other.caller === caller),
  );
}

/** The machine whose interface certainly is a member. */
export function machineOfMember(
  { networkInterface, uncertain }: Member,
  topology: Topology,
): Machine | undefined {
  if (networkInterface === undefined || uncertain !== undefined) return undefined;
  return topology.machineOf(networkInterface.scaleSet?.id ?? networkInterface.id);
}

type Found = Pick<LoopbackCall, 'carrier' | 'origin' | 'evidence' | 'name' | 'quote' | 'isClusterJoin'>;

function callOf(
  { texts }: GuestEvidence,
  names: FrontendNames,
  path: Path,
  counts: (usage: Mention['usage']) => boolean,
): Found | undefined {
  for (const text of texts) {
    const needles = [
      ...names.addresses.map((needle) => ({ needle, evidence: 'literal' as const })),
      ...holesIn(text, names.isReference).map((needle) => ({ needle, evidence: 'reference' as const })),
      ...names.names.map((needle) => ({ needle, evidence: 'name' as const, name: needle })),
    ];
    for (const { needle, ...how } of needles) {
      const mention = mentionsOf(text.text, needle).find(
        (each) => counts(each.usage) && isServed(each, path),
      );
      if (mention === undefined) continue;
      const { carrier, origin, sensitive } = text;
      const quote = sensitive ? undefined : quoteText(mention.line, needle);
      return { ...how, carrier, origin, quote, isClusterJoin: mention.usage === 'cluster' };
    }
  }
  return undefined;
}

function isServed({ port }: Mention, path: Path): boolean {
  const { frontendPort } = path.rule;
  if (port === undefined || frontendPort.kind !== 'known' || frontendPort.value === 0) return true;
  return frontendPort.value === port;
}

/** `kubeadm init --control-plane-endpoint`, kubespray, the installer of OpenShift: semantics 8.4, LBR406. */
const KUBERNETES = /\bkubeadm\b|control-?plane-?endpoint|kubespray|openshift-install|bootkube|--tls-san\b/i;

/** The balancers that the cloud provider of Kubernetes keeps: kube-proxy answers inside the cluster (semantics 5.1). */
function isManagedByKubernetes({ loadBalancer: { name } }: Path): boolean {
  const known = lower(name);
  return known === 'kubernetes' || known === 'kubernetes-internal';
}

/** Appliances behind a gateway load balancer get their packets in tunnels that it opens. */
function isGateway({ loadBalancer: { sku } }: Path): boolean {
  return lower(sku) === 'gateway';
}

/** SourceIP and SourceIPProtocol pin a client to a member. */
function hasAffinity({ rule }: Path): boolean {
  return lower(asText(field(rule.properties, 'loadDistribution')))?.startsWith('sourceip') === true;
}

/** Rules of the same balancer that lead to another application on the very interface of a member. */
function neighboursOf(
  path: Path,
  { networkInterface }: Member,
  { paths, topology }: Guests,
): readonly Path[] {
  return paths.filter(
    (other) =>
      other.kind === 'rule' &&
      other.scheme === 'internal' &&
      other.client === path.client &&
      other.loadBalancer === path.loadBalancer &&
      isOtherApplication(path, other) &&
      !isClusterListener(other) &&
      other.members.some(
        ({ member }) =>
          !member.ipBased &&
          member.networkInterface === networkInterface &&
          machineOfMember(member, topology) !== undefined,
      ),
  );
}

const ONE_APPLICATION: readonly string[] = ['80,443', '8080,8443', '80,8443', '443,8080'];

/** Another frontend, or another port of one protocol that is not the other half of HTTP and HTTPS. */
function isOtherApplication({ rule, frontend }: Path, { rule: other, frontend: facing }: Path): boolean {
  const [a, b] = [rule.backendPort, other.backendPort];
  if (a.kind !== 'known' || b.kind !== 'known' || a.value === b.value || a.value === 0 || b.value === 0)
    return false;
  if (frontend !== facing) return true;
  const pair = [a.value, b.value].toSorted((one, two) => one - two).join(',');
  const protocols = new Set([lower(rule.protocol), lower(other.protocol)]);
  return (protocols.size === 1 || protocols.has(undefined)) && !ONE_APPLICATION.includes(pair);
}

const CLUSTER_PROBE_PORTS = new Set([58_888, 59_999]);

/**
 * The listener of a failover cluster or availability group: with floating IP only the active node answers the probe
 * and owns the address itself, so nothing loops back. Semantics 5.3.
 */
export function isClusterListener(path: Path): boolean {
  const { floatingIp } = path.rule;
  const port = path.probeResource?.port;
  if (port?.kind !== 'known' || floatingIp.kind !== 'known' || !floatingIp.value) return false;
  return CLUSTER_PROBE_PORTS.has(port.value) || (port.value >= 62_000 && port.value <= 62_199);
}

/** Number of backends behind all members; undefined while one of them is not known, or a scale set starts empty. */
function countMembers(path: Path): number | undefined {
  let count = 0;
  for (const { member } of path.members) {
    const { instances } = member;
    if (typeof instances === 'number') count += instances;
    else if (instances.kind === 'known') count += instances.value;
    else return undefined;
  }
  return path.membersComplete && count > 0 ? count : undefined;
}
