import type { Unknown } from '../../value/value.ts';
import type { Path, PathMember } from '../path.ts';
import { lower } from '../rule-match.ts';
import type { DecidingRule } from '../trace.ts';
import { open } from './question.ts';

/** Who gets the new connections of a rule: semantics 2.3 and 2.4. */
export interface PoolHealth {
  /** Those that may get some. */
  readonly members: readonly PathMember[];
  /** Why it may be that nobody does. */
  readonly doubts: readonly Unknown[];
  /** What it is that certainly leaves nobody. */
  readonly dead?: DecidingRule;
}

/** The members of a path that are up, that may be, or that all are because none is. */
export function poolHealth(path: Path): PoolHealth {
  const states = path.members.map((member) => ({ member, state: stateOf(member) }));
  const running = states.filter(({ state }) => state !== 'down');
  const members = running.map(({ member }) => member);
  if (running.some(({ member, state }) => state === 'up' && member.member.uncertain === undefined)) {
    const answering = running.filter(({ state }) => state !== 'silent');
    return { members: answering.map(({ member }) => member), doubts: [] };
  }
  const isComplete = path.membersComplete || path.probe === 'blocked';
  const behaviour = path.probeResource?.noHealthyBackends;
  const isUpTogether = behaviour?.kind === 'known' && lower(behaviour) === 'allprobedup';
  if (members.length === 0)
    return isComplete ? { members, doubts: [], dead: allDown(path) } : { members, doubts: [] };
  if (isUpTogether) return { members, doubts: [] };
  const open = running.flatMap(({ state }) => (typeof state === 'object' ? state : []));
  const doubts = behaviour?.kind === 'unknown' ? [...open, behaviour] : open;
  const isDead = isComplete && doubts.length === 0 && running.every(({ state }) => state === 'silent');
  return isDead ? { members, doubts, dead: allSilent(path) } : { members, doubts };
}

/** `down` by its administrative state, `silent` to the probe, or why that is open. */
type State = 'up' | 'down' | 'silent' | readonly Unknown[];

/** An administrative state counts before the probe; a rule without a probe knows neither. */
function stateOf({ member, probe }: PathMember): State {
  if (probe === undefined) return 'up';
  const { adminState, label } = member;
  if (adminState?.kind === 'unknown') return [adminState];
  const written = adminState === undefined ? undefined : lower(adminState);
  if (written === 'up' || written === 'down') return written;
  if (probe.verdict === 'open') return 'up';
  if (probe.verdict === 'blocked') return 'silent';
  return probe.waitsFor.length > 0 ? probe.waitsFor : [open(`whether ${label} answers the probe`)];
}

function allDown({ members, origin }: Path): DecidingRule {
  const [state] = members.flatMap(({ member }) => member.adminState ?? []);
  return { name: 'every member is administratively down', effect: 'deny', origin: state?.origin ?? origin };
}

function allSilent({ members, origin }: Path): DecidingRule {
  const [diagnosis] = members.flatMap(({ probe }) => probe?.diagnosis ?? []);
  return {
    name: 'no member answers the probe',
    effect: 'deny',
    origin: diagnosis?.decisive.origin ?? origin,
  };
}
