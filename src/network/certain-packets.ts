import type { Judgement, Question } from './judge.ts';
import { box, intersectPackets, NOTHING, type PacketSet, wherever } from './packets/packet-set.ts';
import { type Reach, reach } from './reach.ts';

/** Packets of a flow to one member, with any destination: what is certain whichever address the member has. */
export interface CertainPackets {
  /** They certainly get in. */
  readonly passes: PacketSet;
  /** They certainly do not. */
  readonly drops: PacketSet;
}

const NONE: CertainPackets = { passes: NOTHING, drops: NOTHING };

/** What the answer about a member says for certain about parts of the packets, also while the whole is undecided. */
export function certainPackets({ verdict, questions = [] }: Judgement): CertainPackets {
  const [first, ...others] = questions.map((question) => certainAt(question, verdict));
  return others.reduce(
    (common, each) => ({
      passes: intersectPackets(common.passes, each.passes),
      drops: intersectPackets(common.drops, each.drops),
    }),
    first ?? NONE,
  );
}

function certainAt(question: Question, verdict: Judgement['verdict']): CertainPackets {
  const { destination, ...sides } = question.query;
  if (verdict === 'open') return { passes: box(sides), drops: NOTHING };
  if (verdict === 'blocked') return { passes: NOTHING, drops: box(sides) };
  if (!question.isWhole) return NONE;
  const { allowed, denied } = reachOf(question);
  return {
    passes: mayBeClosed(question) ? NOTHING : wherever(allowed, destination),
    drops: wherever(denied, destination),
  };
}

const answers = new WeakMap<Question, Reach>();

/** The answer of the symbolic engine to a question, computed once while the question lives. */
export function reachOf(question: Question): Reach {
  const { query, filters, membership, adminRules } = question;
  const reached = answers.get(question) ?? reach(query, filters, membership, adminRules);
  answers.set(question, reached);
  return reached;
}

function mayBeClosed({ filters, options }: Question): boolean {
  return options.closedWithoutGroup !== 'no' && filters.every((filter) => filter === 'none');
}
