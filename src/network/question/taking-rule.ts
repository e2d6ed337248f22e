import type { Frontend, LoadBalancer } from '../../model/azure/load-balancer.ts';
import { linkOf } from '../../model/model.ts';
import { textOr } from '../../value/shown.ts';
import type { Unknown } from '../../value/value.ts';
import type { Protocol } from '../packets/packet.ts';
import type { Path } from '../path.ts';
import { isSameCondition } from '../topology.ts';
import type { FrontendEnd } from './ends.ts';
import { type Ground, open, type Question } from './question.ts';

/** The rules that take a packet to some frontends, one for each frontend that has one. */
export interface Taking {
  readonly paths: ReadonlyMap<Frontend, Path>;
  /** Why other rules may take it. */
  readonly doubts: readonly Unknown[];
}

/** Finds the rules that take a packet at frontends of one balancer. */
export function takingRules({ paths }: Ground, { protocol, port }: Question, end: FrontendEnd): Taking {
  const { balancer, frontends } = end;
  const taking = new Map<Frontend, Path>();
  const doubtful: Path[] = [];
  for (const path of paths) {
    if (!mayStandAt(path, end)) continue;
    const takes = takesPacket(path, protocol, port);
    if (takes === 'no') continue;
    const { frontend } = path;
    if (takes === 'maybe' || frontend === undefined || !isCertain(path, balancer)) {
      doubtful.push(path);
      continue;
    }
    const other = taking.get(frontend);
    if (other === undefined || (isEveryPort(other) && !isEveryPort(path))) taking.set(frontend, path);
  }
  // A port of a frontend has one rule, which comes before a rule for every port.
  const isSettled = (frontend: Frontend | undefined): boolean => {
    const path = frontend === undefined ? undefined : taking.get(frontend);
    return path !== undefined && !isEveryPort(path);
  };
  if (frontends.length > 0 && frontends.every(isSettled)) return { paths: taking, doubts: [] };
  const doubts = doubtful
    .filter(({ frontend }) => !isSettled(frontend))
    .flatMap((path) => reasonsOf(path, balancer, protocol));
  return { paths: taking, doubts: [...unseenRules(end, protocol), ...doubts] };
}

/** Rules of a balancer that is not settled stand on one of their own, which may be this one. */
function mayStandAt({ loadBalancer, frontend }: Path, { balancer, frontends }: FrontendEnd): boolean {
  if (frontend !== undefined) return frontends.includes(frontend);
  const { name } = loadBalancer;
  if (name.kind !== 'unknown' || loadBalancer.frontends.unknown !== name) return loadBalancer === balancer;
  const link = linkOf(name);
  return link.kind === 'one-of'
    ? link.open || link.ids.includes(balancer.id)
    : name.reason.kind !== 'outside';
}

function isCertain({ loadBalancer, rule }: Path, balancer: LoadBalancer): boolean {
  const { condition } = rule;
  return (
    loadBalancer === balancer && (condition === undefined || isSameCondition(condition, balancer.condition))
  );
}

function unseenRules({ balancer, frontends }: FrontendEnd, protocol: Protocol): readonly Unknown[] {
  const { rules, natRules, natPools } = balancer;
  const more = [rules, natRules, natPools].flatMap((collection) => collection.unknown ?? []);
  // A Standard public frontend may answer pings itself.
  const isPinged = protocol === 'icmp' && frontends.some(({ publicIp }) => publicIp.kind !== 'none');
  return isPinged
    ? [...more, open(`whether ${textOr(balancer.name, balancer.address)} answers pings`)]
    : more;
}

/** Why it is open whether a rule takes a packet. */
function reasonsOf(path: Path, balancer: LoadBalancer, protocol: Protocol): readonly Unknown[] {
  const { name, rule, loadBalancer, frontend } = path;
  const { condition, protocol: taken, frontendPort, frontendPortEnd } = rule;
  const owner = loadBalancer === balancer ? undefined : loadBalancer.name;
  const unsettled = [taken, frontendPort, frontendPortEnd, condition, owner].filter(
    (value) => value?.kind === 'unknown',
  );
  if (unsettled.length > 0) return unsettled;
  return frontend === undefined ? path.waitsFor : [open(`whether ${name} takes ${protocol}`)];
}

function isEveryPort({ rule }: Path): boolean {
  return rule.frontendPort.kind === 'known' && rule.frontendPort.value === 0;
}

function takesPacket({ rule, scheme }: Path, protocol: Protocol, port: number): 'yes' | 'no' | 'maybe' {
  if (rule.protocol.kind !== 'known' || rule.frontendPort.kind !== 'known') return 'maybe';
  const named = rule.protocol.value.toLowerCase();
  const isProtocol = named === 'all' || named === protocol || (named === 'quic' && protocol === 'udp');
  if (!isProtocol) return 'no';
  // All is TCP and UDP, and ICMP behind an internal frontend: semantics 0.2.
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  if (!hasPorts && !(protocol === 'icmp' && scheme === 'internal')) return 'maybe';
  const first = rule.frontendPort.value;
  if (first === 0) return 'yes';
  if (rule.frontendPortEnd.kind === 'unknown') return 'maybe';
  const last = rule.frontendPortEnd.kind === 'known' ? rule.frontendPortEnd.value : first;
  return port >= first && port <= last ? 'yes' : 'no';
}
