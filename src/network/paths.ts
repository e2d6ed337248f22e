import type { Collection } from '../model/azure/element.ts';
import type {
  ForwardingRule,
  Frontend,
  LoadBalancer,
  LoadBalancingRule,
} from '../model/azure/load-balancer.ts';
import type { Link } from '../model/model.ts';
import { textOr } from '../value/shown.ts';
import { type Unknown, unknown } from '../value/value.ts';
import type { ClientFinder, PathClient } from './clients.ts';
import { joinJudgements, judgeDeparture } from './departure.ts';
import { dataFlow, type FlowContext, type FlowOrUnknown, probeFlow } from './flows.ts';
import type { Compiler, Judge, Judgement } from './judge.ts';
import type { Member, MemberReader, Members } from './members.ts';
import type { Path, PathMember, Scheme } from './path.ts';
import type { Placement } from './placement.ts';
import type { Verdict } from './reach.ts';
import { settleTags, type TagReading } from './surroundings.ts';
import type { Topology } from './topology.ts';
import { isSameCondition } from './topology.ts';

/** The paths of a root, and what each of them would be if an open point about tags were settled. */
export interface PathsOfRoot {
  readonly paths: readonly Path[];
  readonly supposing: (path: Path, reading: TagReading) => Path;
}

interface Context extends FlowContext {
  readonly rebuild: Map<Path, (reading: TagReading) => Path>;
  readonly reading?: TagReading;
  readonly judge: Judge;
  readonly compile: Compiler;
  readonly clients: ClientFinder;
  readonly readMembers: MemberReader;
}

/** Every path of the root, by the names of load balancers and rules. */
export function buildPaths(given: Omit<Context, 'rebuild' | 'reading'>): PathsOfRoot {
  const context: Context = { ...given, rebuild: new Map() };
  const paths = pathsOfBalancers(context);
  return { paths, supposing: (path, reading) => context.rebuild.get(path)?.(reading) ?? path };
}

function pathsOfBalancers(context: Context): readonly Path[] {
  return context.topology.loadBalancers.flatMap((balancer) => [
    ...balancer.rules.items.flatMap((rule) => rulePaths(context, balancer, rule)),
    ...balancer.natRules.items.flatMap((rule) => {
      const { readMembers } = context;
      const members =
        rule.pool.kind === 'none' ? readMembers.ofAttachments(rule.id) : readMembers.ofPools([rule.pool]);
      return pathsOf(context, balancer, rule, {
        kind: 'nat',
        pools: [rule.pool],
        members,
        probe: { kind: 'none' },
      });
    }),
    ...balancer.natPools.items.flatMap((pool) =>
      pathsOf(context, balancer, pool, {
        kind: 'nat',
        pools: [],
        members: context.readMembers.ofAttachments(pool.id),
        probe: { kind: 'none' },
      }),
    ),
  ]);
}

function rulePaths(context: Context, balancer: LoadBalancer, rule: LoadBalancingRule): readonly Path[] {
  const members = context.readMembers.ofPools(rule.pools.items);
  const more = rule.pools.unknown === undefined ? members.more : [...members.more, rule.pools.unknown];
  return pathsOf(context, balancer, rule, {
    kind: 'rule',
    pools: rule.pools.items,
    members: { ...members, more },
    probe: rule.probe,
  });
}

interface Target {
  readonly pools: readonly Link[];
  readonly kind: Path['kind'];
  readonly members: Members;
  readonly probe: Link;
}

/** One path for each client of the rule. */
function pathsOf(
  context: Context,
  balancer: LoadBalancer,
  rule: ForwardingRule,
  target: Target,
): readonly Path[] {
  const frontend = frontendOf(context.topology, balancer, rule);
  const scheme = schemeOf(frontend);
  const members = target.members.members.map((member) => underSameCondition(member, balancer));
  const settled = { ...target, members: { ...target.members, members } };
  const family = familyOf(frontend, members);
  return context.clients
    .clientsOf(rule, frontend, scheme, family ?? 4)
    .map((client) => path(context, balancer, rule, settled, { frontend, scheme, family, client }));
}

/** A member that exists whenever the load balancer does is a certain one. */
function underSameCondition(member: Member, { condition }: LoadBalancer): Member {
  if (member.uncertain === undefined || !isSameCondition(member.uncertain, condition)) return member;
  const { uncertain: _, ...certain } = member;
  return certain;
}

interface End {
  readonly frontend: Frontend | undefined;
  readonly scheme: Scheme;
  /** Undefined when neither the frontend nor the members tell. */
  readonly family: 4 | 6 | undefined;
  readonly client: PathClient;
}

function path(
  context: Context,
  balancer: LoadBalancer,
  rule: ForwardingRule,
  target: Target,
  { frontend, scheme, family, client }: End,
): Path {
  const probe = partOf(balancer.probes, target.probe, (id) => context.topology.probes.get(id));
  const isProbed = target.probe.kind !== 'none';
  const candidates = target.members.members
    .flatMap((member) => ofFamily(member, frontend))
    .map((member) => readAt(member, context.reading));
  const noFamily = family === undefined ? { unknown: [eitherVersion(rule, frontend)] } : undefined;
  const dataPackets = noFamily ?? dataFlow(context, balancer, rule, frontend, scheme, client);
  const departure = departureOf(context, client, dataPackets);
  const probePackets = noFamily ?? probeFlow(balancer, target.probe, probe, rule, family ?? 4);
  const members = candidates.map(
    (member): PathMember => ({
      member,
      data: isAsked(context, 'data')
        ? arrive(departure, judgeOr(context.judge, member, dataPackets))
        : LEFT_OUT,
      probe: isProbed
        ? isAsked(context, 'probe')
          ? judgeOr(context.judge, member, probePackets)
          : LEFT_OUT
        : undefined,
    }),
  );
  const isOtherFamily = candidates.length === 0 && target.members.members.length > 0;
  const more = isOtherFamily ? [...target.members.more, otherFamily(rule)] : target.members.more;
  const data = overall(members, 'data', more.length === 0);
  const probeVerdict = isProbed ? overall(members, 'probe', more.length === 0) : 'none';
  const uncertain = members.flatMap(({ member }) => member.uncertain ?? []);
  const undecided = [
    ...(data === 'unknown' || probeVerdict === 'unknown' ? [...more, ...uncertain] : []),
    ...(members.length === 0 ? [...reasonsOf(dataPackets), noMember(rule)] : []),
    ...members.flatMap((member) => [...member.data.waitsFor, ...(member.probe?.waitsFor ?? [])]),
  ];
  const telling = isDecided(data) ? 'data' : isDecided(probeVerdict) ? 'probe' : undefined;
  const [diagnosis] = members.flatMap((member) => (telling && member[telling]?.diagnosis) ?? []);
  const ruleName = textOr(rule.name, rule.address);
  const built: Path = {
    name: `${textOr(balancer.name, balancer.address)}/${target.kind === 'nat' ? 'nat:' : ''}${ruleName}`,
    kind: target.kind,
    address: rule.address,
    origin: rule.origin,
    loadBalancer: balancer,
    rule,
    frontend,
    pools: target.pools,
    probeLink: target.probe,
    scheme,
    client: client.name,
    clientKind: client.kind,
    data,
    probe: probeVerdict,
    probeResource: probe,
    members,
    membersComplete: more.length === 0 && uncertain.length === 0,
    waitsFor: distinct(undecided),
    ...(diagnosis === undefined ? {} : { diagnosis }),
  };
  const read = new Map<TagReading, Path>();
  context.rebuild.set(built, (reading) => {
    const known =
      read.get(reading) ??
      path({ ...context, reading, rebuild: new Map() }, balancer, rule, target, {
        frontend,
        scheme,
        family,
        client,
      });
    read.set(reading, known);
    return known;
  });
  return built;
}

const LEFT_OUT: Judgement = { verdict: 'unknown', waitsFor: [] };

/** What tags hold about probes is supposed to see what the probe does then, and what they hold about clients likewise. */
function isAsked({ reading }: Context, what: 'data' | 'probe'): boolean {
  return reading === undefined || reading.startsWith('probe') === (what === 'probe');
}

function readAt(member: Member, reading: TagReading | undefined): Member {
  return reading === undefined ? member : { ...member, placements: settlePlaces(member.placements, reading) };
}

function settlePlaces(places: readonly Placement[], reading: TagReading | undefined): readonly Placement[] {
  if (reading === undefined) return places;
  return places.map((place) => ({ ...place, surroundings: settleTags(place.surroundings, reading) }));
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

function isDecided(verdict: Verdict | 'none'): boolean {
  return verdict === 'blocked' || verdict === 'partial';
}

function judgeOr(judge: Judge, member: PathMember['member'], flow: FlowOrUnknown): Judgement {
  return 'unknown' in flow ? { verdict: 'unknown', waitsFor: flow.unknown } : judge(member, flow);
}

/** What the security groups of a client in this root do; undefined when it stands elsewhere. */
function departureOf(
  { book, compile, reading }: Context,
  client: PathClient,
  flow: FlowOrUnknown,
): Judgement | undefined {
  if ('unknown' in flow) return undefined;
  const places = settlePlaces(client.places, reading);
  const judgements = places.map((place) => judgeDeparture(book, compile, place, flow));
  const [first, ...others] = judgements;
  if (first === undefined || others.length === 0) return first;
  if (first.verdict !== 'unknown' && others.every(({ verdict }) => verdict === first.verdict)) return first;
  const doubts = places.flatMap((place) => place.doubts);
  return { verdict: 'unknown', waitsFor: [...doubts, ...judgements.flatMap(({ waitsFor }) => waitsFor)] };
}

function arrive(departure: Judgement | undefined, arrival: Judgement): Judgement {
  return departure === undefined ? arrival : joinJudgements(departure, arrival);
}

function noMember(rule: ForwardingRule): Unknown {
  return unknown({ kind: 'outside', name: `a member that ${rule.address} sends packets to` }, rule.origin);
}

function otherFamily(rule: ForwardingRule): Unknown {
  const name = `a member with an address of the IP version of the frontend of ${rule.address}`;
  return unknown({ kind: 'outside', name }, rule.origin);
}

function reasonsOf(flow: FlowOrUnknown): readonly Unknown[] {
  return 'unknown' in flow ? flow.unknown : [];
}

/** What a rule names is a part of its own balancer, also where another of this name is declared for other cases. */
function partOf<T extends { readonly id: string }>(
  { items }: Collection<T>,
  link: Link,
  anywhere: (id: string) => T | undefined,
): T | undefined {
  if (link.kind !== 'to') return undefined;
  return items.find(({ id }) => id === link.id) ?? anywhere(link.id);
}

function frontendOf(
  topology: Topology,
  balancer: LoadBalancer,
  { frontend }: ForwardingRule,
): Frontend | undefined {
  return partOf(balancer.frontends, frontend, (id) => topology.frontends.get(id)?.frontend);
}

/** Public or internal is decided per frontend: semantics 9.3. */
function schemeOf(frontend: Frontend | undefined): Scheme {
  if (frontend === undefined) return 'unknown';
  const isPublic = frontend.publicIp.kind !== 'none' || frontend.publicIpPrefix.kind !== 'none';
  const isInternal = frontend.subnet.kind !== 'none';
  if (isPublic === isInternal) return 'unknown';
  return isPublic ? 'public' : 'internal';
}

/** A balancer does not translate between IP versions, so the members tell where the frontend does not. */
function familyOf(frontend: Frontend | undefined, members: readonly Member[]): 4 | 6 | undefined {
  const version = frontend?.version;
  const versions =
    version?.kind === 'known' ? [version.value.toLowerCase()] : members.map((member) => member.version);
  const [only = 'ipv4', ...others] = new Set(versions);
  if (others.length > 0 || versions.includes(undefined)) return undefined;
  return only === 'ipv6' ? 6 : 4;
}

function eitherVersion(rule: ForwardingRule, frontend: Frontend | undefined): Unknown {
  if (frontend?.version.kind === 'unknown') return frontend.version;
  return unknown({ kind: 'known-after-apply', name: `the IP version of ${rule.address}` }, rule.origin);
}

/** The member, if its IP version may be that of the frontend; while it is not known, it may not be a member at all. */
function ofFamily(member: Member, frontend: Frontend | undefined): readonly Member[] {
  if (frontend?.version.kind !== 'known') return [member];
  const { version, ipConfiguration, uncertain } = member;
  if (version !== undefined) return version === frontend.version.value.toLowerCase() ? [member] : [];
  const open = uncertain ?? ipConfiguration?.version;
  return [open?.kind === 'unknown' ? { ...member, uncertain: open } : member];
}

function distinct(reasons: readonly Unknown[]): readonly Unknown[] {
  const seen = new Map(
    reasons.map((reason) => [`${reason.reason.kind} ${reason.reason.name}`, reason] as const),
  );
  return [...seen.values()];
}
