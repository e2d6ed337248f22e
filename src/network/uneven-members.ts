import type { AddressBook } from './address-book.ts';
import { type CertainPackets, certainPackets, reachOf } from './certain-packets.ts';
import { type Diagnosis, diagnosePart } from './diagnose.ts';
import type { Judgement } from './judge.ts';
import type { Member } from './members.ts';
import { box, intersectPackets, isNoPackets, NOTHING, unionPackets } from './packets/packet-set.ts';
import type { Path } from './path.ts';
import { replayDropped } from './replay.ts';
import type { Trace } from './trace.ts';

/** A member that is certainly worse off than the rule as a whole. */
export interface UnevenMember {
  readonly member: Member;
  /** `blocked` when none of the packets gets in, `partial` when some do not that another member lets in. */
  readonly verdict: 'blocked' | 'partial';
  readonly diagnosis: Diagnosis;
  /** One of those packets, replayed at this member. */
  readonly evidence: () => Trace;
}

/**
 * The certain members that drop packets of a rule although the rule is not closed as a whole: those that get none, and
 * those that get some but drop others that certainly reach another member. What all members drop alike is left out.
 */
export function unevenMembers(
  book: AddressBook,
  path: Path,
  what: 'data' | 'probe',
): readonly UnevenMember[] {
  const overall = path[what];
  if (overall === 'blocked' || overall === 'open' || overall === 'none') return [];
  const judged = path.members.flatMap((each) => {
    const judgement = each.member.uncertain === undefined ? each[what] : undefined;
    return judgement === undefined ? [] : [{ member: each.member, judgement }];
  });
  const known = new Map<unknown, CertainPackets>();
  const certain = (judgement: Judgement): CertainPackets => {
    const key = judgement.questions ?? judgement;
    const found = known.get(key) ?? certainPackets(judgement);
    known.set(key, found);
    return found;
  };
  const isMixed = judged.some(({ judgement }) => judgement.verdict === 'partial');
  let elsewhere = NOTHING;
  if (isMixed)
    for (const { judgement } of judged) elsewhere = unionPackets(elsewhere, certain(judgement).passes);
  return judged.flatMap(({ member, judgement }) => {
    const { verdict, diagnosis, evidence } = judgement;
    if (verdict === 'blocked') {
      return diagnosis === undefined || evidence === undefined
        ? []
        : [{ member, verdict, diagnosis, evidence }];
    }
    if (verdict !== 'partial') return [];
    const uneven = intersectPackets(certain(judgement).drops, elsewhere);
    return isNoPackets(uneven) ? [] : (partly(book, member, judgement, uneven) ?? []);
  });
}

function partly(
  book: AddressBook,
  member: Member,
  { questions = [] }: Judgement,
  packets: typeof NOTHING,
): UnevenMember | undefined {
  const [question] = questions;
  const [placement] = member.placements;
  if (question === undefined || placement === undefined) return undefined;
  const { query, options, secrets } = question;
  const here = intersectPackets(packets, box({ destination: query.destination }));
  const trace = replayDropped(book, here, { placement, options, secrets });
  if (trace?.decisive === undefined) return undefined;
  const diagnosis = diagnosePart(query, reachOf(question), trace.decisive);
  return { member, verdict: 'partial', diagnosis, evidence: () => trace };
}
