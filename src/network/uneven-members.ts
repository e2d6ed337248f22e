import type { AddressBook } from './address-book.ts';
import { type CertainPackets, certainPackets, reachOf } from './certain-packets.ts';
import { type Diagnosis, diagnosePart } from './diagnose.ts';
import type { Judgement, Question } from './judge.ts';
import type { Member } from './members.ts';
import { box, intersectPackets, isNoPackets, type PacketSet, unionAllPackets } from './packets/packet-set.ts';
import type { Path } from './path.ts';
import type { Placement } from './placement.ts';
import { replayDropped } from './replay.ts';
import type { Trace } from './trace.ts';

/** A member that is certainly worse off than the rule as a whole. */
export interface UnevenMember {
  readonly member: Member;
  /** `blocked` when none of the packets gets in, `partial` when some do not that another member lets in. */
  readonly verdict: 'blocked' | 'partial';
  /** It has no group at all where that closes it. */
  readonly isWithoutGroup: boolean;
  /** What drops the packets, and one of them, replayed at this member. */
  readonly explain: () => Explanation;
}

interface Explanation {
  readonly diagnosis: Diagnosis;
  readonly evidence: Trace;
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
  if (path[what] === 'blocked') return [];
  const judged = path.members.flatMap((each) => {
    const judgement = each.member.uncertain === undefined ? each[what] : undefined;
    return judgement === undefined ? [] : [{ member: each.member, judgement }];
  });
  const known = new Map<Judgement['questions'], CertainPackets>();
  const certain = (judgement: Judgement): CertainPackets => {
    const found = known.get(judgement.questions) ?? certainPackets(judgement);
    known.set(judgement.questions, found);
    return found;
  };
  let elsewhere: PacketSet | undefined;
  const missing = new Map<CertainPackets, PacketSet>();
  const missedBy = (judgement: Judgement): PacketSet => {
    const packets = certain(judgement);
    elsewhere ??= unionAllPackets(judged.map((each) => certain(each.judgement).passes));
    const found = missing.get(packets) ?? intersectPackets(packets.drops, elsewhere);
    missing.set(packets, found);
    return found;
  };
  return judged.flatMap(({ member, judgement }): UnevenMember[] => {
    const { verdict, diagnosis, evidence } = judgement;
    if (verdict === 'blocked' && diagnosis !== undefined && evidence !== undefined) {
      const isWithoutGroup = diagnosis.id === 'no-security-group';
      return [{ member, verdict, isWithoutGroup, explain: () => ({ diagnosis, evidence: evidence() }) }];
    }
    const [question] = judgement.questions ?? [];
    const [placement] = member.placements;
    if (verdict !== 'partial' || question === undefined || placement === undefined) return [];
    const packets = missedBy(judgement);
    if (isNoPackets(packets)) return [];
    const explain = (): Explanation => explainPart(book, question, placement, packets);
    return [{ member, verdict, isWithoutGroup: false, explain }];
  });
}

function explainPart(
  book: AddressBook,
  question: Question,
  placement: Placement,
  packets: PacketSet,
): Explanation {
  const { query, options, secrets } = question;
  const here = intersectPackets(packets, box({ destination: query.destination }));
  const evidence = replayDropped(book, here, { placement, options, secrets });
  if (evidence?.decisive === undefined) throw new Error('a packet that is dropped is dropped by a rule');
  return { diagnosis: diagnosePart(query, reachOf(question), evidence.decisive), evidence };
}
