import type {
  ForwardingRule,
  Frontend,
  LoadBalancer,
  LoadBalancingRule,
} from '../model/azure/load-balancer.ts';
import type { Link } from '../model/model.ts';
import { type Unknown, unknown } from '../value/value.ts';
import { dataFlow, type FlowContext, type FlowOrUnknown, probeFlow } from './flows.ts';
import type { Judge, Judgement } from './judge.ts';
import type { MemberReader, Members } from './members.ts';
import type { Path, PathMember, Scheme } from './path.ts';
import { textOr } from './placement.ts';
import type { Verdict } from './reach.ts';
import type { Topology } from './topology.ts';

interface Context extends FlowContext {
  readonly judge: Judge;
  readonly readMembers: MemberReader;
}

/** Every path of the root, in the order of the source. */
export function buildPaths(context: Context): readonly Path[] {
  return context.topology.loadBalancers.flatMap((balancer) => [
    ...balancer.rules.items.map((rule) => rulePath(context, balancer, rule)),
    ...balancer.natRules.items.map((rule) => {
      const { readMembers } = context;
      const members =
        rule.pool.kind === 'none' ? readMembers.ofAttachments(rule.id) : readMembers.ofPools([rule.pool]);
      return path(context, balancer, rule, {
        kind: 'nat',
        pools: [rule.pool],
        members,
        probe: { kind: 'none' },
      });
    }),
    ...balancer.natPools.items.map((pool) =>
      path(context, balancer, pool, {
        kind: 'nat',
        pools: [],
        members: context.readMembers.ofAttachments(pool.id),
        probe: { kind: 'none' },
      }),
    ),
  ]);
}

function rulePath(context: Context, balancer: LoadBalancer, rule: LoadBalancingRule): Path {
  const members = context.readMembers.ofPools(rule.pools.items);
  const more = rule.pools.unknown === undefined ? members.more : [...members.more, rule.pools.unknown];
  return path(context, balancer, rule, {
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

function path(context: Context, balancer: LoadBalancer, rule: ForwardingRule, target: Target): Path {
  const frontend = frontendOf(context.topology, rule);
  const scheme = schemeOf(frontend);
  const probe = target.probe.kind === 'to' ? context.topology.probes.get(target.probe.id) : undefined;
  const isProbed = target.probe.kind !== 'none';
  const candidates = target.members.members.filter((member) => hasFamily(member.version, frontend));
  const dataPackets = dataFlow(context, balancer, rule, frontend, scheme);
  const probePackets = probeFlow(balancer, target.probe, probe, rule, frontend);
  const members = candidates.map(
    (member): PathMember => ({
      member,
      data: judgeOr(context.judge, member, dataPackets),
      probe: isProbed ? judgeOr(context.judge, member, probePackets) : undefined,
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
  const telling = isDecided(data)
    ? members.map((member) => member.data)
    : members.flatMap((member) => member.probe ?? []);
  const diagnosis = telling.find((judgement) => judgement.diagnosis !== undefined)?.diagnosis;
  const ruleName = textOr(rule.name, rule.address);
  return {
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

function isDecided(verdict: Verdict | 'none'): boolean {
  return verdict === 'blocked' || verdict === 'partial';
}

function judgeOr(judge: Judge, member: PathMember['member'], flow: FlowOrUnknown): Judgement {
  return 'unknown' in flow ? { verdict: 'unknown', waitsFor: flow.unknown } : judge(member, flow);
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

function distinct(reasons: readonly Unknown[]): readonly Unknown[] {
  const seen = new Map(
    reasons.map((reason) => [`${reason.reason.kind} ${reason.reason.name}`, reason] as const),
  );
  return [...seen.values()];
}
