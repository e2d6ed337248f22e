import type {
  ForwardingRule,
  Frontend,
  LoadBalancer,
  LoadBalancingRule,
  Probe,
} from '../model/azure/load-balancer.ts';
import type { Link } from '../model/model.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { AddressBook } from './address-book.ts';
import type { Flow, Judge, Judgement } from './judge.ts';
import type { MemberReader, Members } from './members.ts';
import type { TraceOptions } from './packet.ts';
import { type AddressSet, EMPTY, type IntervalSet, range } from './packets/interval-set.ts';
import { protocolSet } from './packets/packet.ts';
import type { Path, PathMember, Scheme } from './path.ts';
import { type Placement, type PrivateAddress, surroundingsOf, textOr } from './placement.ts';
import type { Verdict } from './reach.ts';
import type { Topology } from './topology.ts';

interface Context {
  readonly topology: Topology;
  readonly book: AddressBook;
  readonly judge: Judge;
  readonly readMembers: MemberReader;
}

const ALL_PORTS = range(1, 65_536);

/** Every path of the root, in the order of the source. */
export function buildPaths(context: Context): readonly Path[] {
  return context.topology.loadBalancers.flatMap((balancer) => [
    ...balancer.rules.items.map((rule) => rulePath(context, balancer, rule)),
    ...balancer.natRules.items.map((rule) => {
      const { readMembers } = context;
      const members =
        rule.pool.kind === 'none' ? readMembers.ofAttachments(rule.id) : readMembers.ofPools([rule.pool]);
      return path(context, balancer, rule, { kind: 'nat', members, probe: { kind: 'none' } });
    }),
    ...balancer.natPools.items.map((pool) =>
      path(context, balancer, pool, {
        kind: 'nat',
        members: context.readMembers.ofAttachments(pool.id),
        probe: { kind: 'none' },
      }),
    ),
  ]);
}

function rulePath(context: Context, balancer: LoadBalancer, rule: LoadBalancingRule): Path {
  const members = context.readMembers.ofPools(rule.pools.items);
  const more = rule.pools.unknown === undefined ? members.more : [...members.more, rule.pools.unknown];
  return path(context, balancer, rule, { kind: 'rule', members: { ...members, more }, probe: rule.probe });
}

interface Target {
  readonly kind: Path['kind'];
  readonly members: Members;
  readonly probe: Link;
}

function path(context: Context, balancer: LoadBalancer, rule: ForwardingRule, target: Target): Path {
  const frontend = frontendOf(context.topology, rule);
  const scheme = schemeOf(frontend);
  const probe = target.probe.kind === 'to' ? context.topology.probes.get(target.probe.id) : undefined;
  const isProbed = target.probe.kind !== 'none';
  const unmodelled = whyNotModelled(balancer, rule, frontend, scheme);
  const candidates = target.members.members.filter((member) => hasFamily(member.version, frontend));
  const dataFlow = unmodelled ?? dataFlowOf(context, balancer, rule, frontend, scheme);
  const probeFlow = unmodelledProbe(balancer) ?? probeFlowOf(target.probe, probe, rule, frontend);
  const members = candidates.map(
    (member): PathMember => ({
      member,
      data: judgeOr(context.judge, member, dataFlow),
      probe: isProbed ? judgeOr(context.judge, member, probeFlow) : undefined,
    }),
  );
  const { more } = target.members;
  const data = overall(members, 'data', more.length === 0);
  const probeVerdict = isProbed ? overall(members, 'probe', more.length === 0) : 'none';
  const uncertain = members.flatMap(({ member }) => member.uncertain ?? []);
  const undecided = [
    ...(data === 'unknown' || probeVerdict === 'unknown' ? [...more, ...uncertain] : []),
    ...(members.length === 0 ? reasonsOf(dataFlow) : []),
    ...members.flatMap((member) => [...member.data.waitsFor, ...(member.probe?.waitsFor ?? [])]),
  ];
  const telling = [
    ...members.map((member) => member.data),
    ...members.flatMap((member) => member.probe ?? []),
  ];
  const diagnosis = telling.find((judgement) => judgement.diagnosis !== undefined)?.diagnosis;
  const ruleName = textOr(rule.name, rule.address);
  const isDecided = (verdict: Verdict | 'none'): boolean => verdict === 'blocked' || verdict === 'partial';
  return {
    name: `${textOr(balancer.name, balancer.address)}/${target.kind === 'nat' ? 'nat:' : ''}${ruleName}`,
    kind: target.kind,
    address: rule.address,
    origin: rule.origin,
    loadBalancer: balancer,
    rule,
    frontend,
    scheme,
    client: scheme === 'public' ? 'internet' : scheme === 'internal' ? 'vnet' : 'unknown',
    data,
    probe: probeVerdict,
    probeResource: probe,
    members,
    membersComplete: more.length === 0 && uncertain.length === 0,
    waitsFor: distinct(undecided),
    ...(diagnosis !== undefined && (isDecided(data) || isDecided(probeVerdict)) ? { diagnosis } : {}),
  };
}

/**
 * The verdict over all members. A mixture needs members that are certain ones; agreement must include those that
 * only may be members, and nothing may be missing.
 */
function overall(members: readonly PathMember[], what: 'data' | 'probe', complete: boolean): Verdict {
  const verdictsOf = (among: readonly PathMember[]): Set<Verdict> =>
    new Set(among.flatMap((member) => member[what]?.verdict ?? []));
  const certain = verdictsOf(members.filter(({ member }) => member.uncertain === undefined));
  if (certain.has('partial') || (certain.has('open') && certain.has('blocked'))) return 'partial';
  const all = verdictsOf(members);
  const [only] = all;
  return all.size === 1 && only !== undefined && complete ? only : 'unknown';
}

type FlowOrUnknown = Flow | { readonly unknown: readonly Unknown[] };

function judgeOr(judge: Judge, member: PathMember['member'], flow: FlowOrUnknown): Judgement {
  return 'unknown' in flow ? { verdict: 'unknown', waitsFor: flow.unknown } : judge(member, flow);
}

function reasonsOf(flow: FlowOrUnknown): readonly Unknown[] {
  return 'unknown' in flow ? flow.unknown : [];
}

function frontendOf(topology: Topology, rule: ForwardingRule): Frontend | undefined {
  return rule.frontend.kind === 'to' ? topology.frontends.get(rule.frontend.id)?.frontend : undefined;
}

/** Public or internal is decided per frontend: semantics 9.3. */
function schemeOf(frontend: Frontend | undefined): Scheme {
  if (frontend === undefined) return 'unknown';
  const isPublic = frontend.publicIp.kind !== 'none' || frontend.publicIpPrefix.kind !== 'none';
  const isInternal = frontend.subnet.kind !== 'none';
  if (isPublic === isInternal) return 'unknown';
  return isPublic ? 'public' : 'internal';
}

function hasFamily(version: string | undefined, frontend: Frontend | undefined): boolean {
  if (version === undefined || frontend === undefined || frontend.version.kind !== 'known') return true;
  return frontend.version.value.toLowerCase() === version;
}

/** What this version does not model: gateway and global load balancers, and frontends that cannot be told. */
function whyNotModelled(
  balancer: LoadBalancer,
  rule: ForwardingRule,
  frontend: Frontend | undefined,
  scheme: Scheme,
): FlowOrUnknown | undefined {
  const special = unmodelledProbe(balancer);
  if (special !== undefined) return special;
  if (frontend === undefined) {
    const { frontend: link } = rule;
    if (link.kind === 'one-of' || link.kind === 'unknown') return { unknown: [link.waitsFor] };
    const name = link.kind === 'to' ? link.id : `the frontend of ${rule.address}`;
    return { unknown: [balancer.frontends.unknown ?? unknown({ kind: 'outside', name }, rule.origin)] };
  }
  if (scheme !== 'unknown') return undefined;
  const name = `whether the frontend of ${rule.address} is public or internal`;
  return { unknown: [unknown({ kind: 'known-after-apply', name }, frontend.origin)] };
}

function unmodelledProbe(balancer: LoadBalancer): { readonly unknown: readonly Unknown[] } | undefined {
  const isNot = (value: Evaluated<string>, expected: readonly string[]): Unknown | undefined => {
    if (value.kind === 'unknown') return value;
    if (value.kind === 'absent' || expected.includes(value.value.toLowerCase())) return undefined;
    return unknown({ kind: 'unsupported', name: `a ${value.value} load balancer` }, value.origin);
  };
  const reasons = [isNot(balancer.sku, ['standard', 'basic']), isNot(balancer.tier, ['regional'])];
  const unsupported = reasons.filter((reason) => reason?.reason.kind === 'unsupported');
  const found = unsupported.flatMap((reason) => (reason === undefined ? [] : [reason]));
  return found.length === 0 ? undefined : { unknown: found };
}

function dataFlowOf(
  context: Context,
  balancer: LoadBalancer,
  rule: ForwardingRule,
  frontend: Frontend | undefined,
  scheme: Scheme,
): FlowOrUnknown {
  const settled: Unknown[] = [];
  const protocol = protocolsOf(rule, scheme, settled);
  const ports = portsOf(rule, settled);
  const frontendPort = rule.frontendPort.kind === 'known' ? rule.frontendPort.value : undefined;
  const client = scheme === 'public' ? 'internet' : 'vnet';
  const version = frontend?.version;
  return {
    what: 'data',
    key: `data|${rule.id}`,
    protocol,
    settled,
    ports,
    client,
    family: version?.kind === 'known' && version.value.toLowerCase() === 'ipv6' ? 6 : 4,
    frontend: (placement) => frontendAddress(context, frontend, placement),
    floatingIp: rule.floatingIp,
    frontendPort,
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

function protocolsOf(rule: ForwardingRule, scheme: Scheme, settled: Unknown[]): IntervalSet {
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
  settled.push(protocol.kind === 'unknown' ? protocol : unsettled('protocol', rule));
  return protocolSet('tcp', 'udp');
}

/** With floating IP the pages disagree whether the port is translated, so both ports must give one answer. */
function portsOf(rule: ForwardingRule, settled: Unknown[]): IntervalSet {
  const { backendPort, frontendPort, floatingIp } = rule;
  if (backendPort.kind !== 'known') {
    settled.push(backendPort.kind === 'unknown' ? backendPort : unsettled('backend port', rule));
    return ALL_PORTS;
  }
  if (backendPort.value === 0) return ALL_PORTS;
  const port = single(backendPort.value);
  const mayFloat = floatingIp.kind !== 'known' || floatingIp.value;
  if (!mayFloat || (frontendPort.kind === 'known' && frontendPort.value === backendPort.value)) return port;
  settled.push(unknown({ kind: 'runtime', name: 'whether floating IP translates the port' }, rule.origin));
  return frontendPort.kind === 'known'
    ? [...port, ...single(frontendPort.value)].sort((a, b) => a - b)
    : ALL_PORTS;
}

function single(port: number): [number, number] {
  return [port, port + 1];
}

function unsettled(what: string, rule: ForwardingRule): Unknown {
  return unknown({ kind: 'unsupported', name: `the ${what} of ${rule.address}` }, rule.origin);
}

/** Probes are TCP to the private address, also with floating IP: semantics 0.2 and 2.1. */
function probeFlowOf(
  link: Link,
  probe: Probe | undefined,
  rule: ForwardingRule,
  frontend: Frontend | undefined,
): FlowOrUnknown {
  if (probe === undefined) {
    if (link.kind === 'one-of' || link.kind === 'unknown') return { unknown: [link.waitsFor] };
    const name = link.kind === 'to' ? link.id : `the probe of ${rule.address}`;
    return { unknown: [unknown({ kind: 'outside', name }, rule.origin)] };
  }
  const { port } = probe;
  const isKnown = port.kind === 'known';
  return {
    what: 'probe',
    key: `probe|${probe.id}|${frontend?.version.kind === 'known' ? frontend.version.value : ''}`,
    protocol: protocolSet('tcp'),
    settled: isKnown
      ? []
      : [
          port.kind === 'unknown'
            ? port
            : unknown({ kind: 'unsupported', name: 'a probe without a port' }, probe.origin),
        ],
    ports: isKnown ? single(port.value) : ALL_PORTS,
    client: 'probe',
    family: frontend?.version.kind === 'known' && frontend.version.value.toLowerCase() === 'ipv6' ? 6 : 4,
    frontend: () => EMPTY,
    floatingIp: { ...probe.port, kind: 'known', value: false },
    frontendPort: undefined,
    closedWithoutGroup: 'no',
  };
}

function frontendAddress(context: Context, frontend: Frontend | undefined, placement: Placement): AddressSet {
  const { topology, book } = context;
  if (frontend === undefined) return EMPTY;
  if (frontend.publicIp.kind === 'to') {
    const publicIp = topology.publicIps.get(frontend.publicIp.id);
    if (publicIp === undefined) return EMPTY;
    return book.publicAddress(publicIp.id, `${publicIp.address} address`, publicIp.ipAddress);
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

function distinct(reasons: readonly Unknown[]): readonly Unknown[] {
  const seen = new Map(
    reasons.map((reason) => [`${reason.reason.kind} ${reason.reason.name}`, reason] as const),
  );
  return [...seen.values()];
}
