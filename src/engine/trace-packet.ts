import { buildNetwork } from '../network/network.ts';
import type { Protocol } from '../network/packets/packet.ts';
import type { End, NotFound } from '../network/question/ends.ts';
import type { Answer } from '../network/question/question.ts';
import type { Problem } from '../text/problem.ts';
import { type Input, type LoadOptions, loadRoots } from './load-roots.ts';
import type { Root } from './report.ts';

/** A question as it is typed. */
export interface PacketQuestion {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  /** 0 for protocols without ports. */
  readonly port: number;
}

/** What happens to a packet, or why that cannot be told. */
export type TraceResult =
  | { readonly root: Root; readonly answer: Answer; readonly problems: readonly Problem[] }
  /** A word that names nothing, or several things; `names` are those that could be meant. */
  | {
      readonly unclear: string;
      readonly how: NotFound['kind'];
      readonly names: readonly string[];
      readonly problems: readonly Problem[];
    }
  | { readonly noRoot: true; readonly problems: readonly Problem[] };

/** Answers for the first root in which both ends can be found. */
export async function tracePacket(
  inputs: readonly Input[],
  question: PacketQuestion,
  options: LoadOptions,
): Promise<TraceResult> {
  const { roots, problems } = await loadRoots(inputs, options);
  let unclear: TraceResult = { noRoot: true, problems };
  for (const { root, model, problems: own } of roots) {
    const network = buildNetwork(model);
    const [from, to] = [network.findEnd(question.from), network.findEnd(question.to)];
    if (isEnd(from) && isEnd(to)) {
      const { protocol, port } = question;
      const answer = network.answer({ from, to, protocol, port });
      return { root, answer, problems: [...problems, ...own, ...network.problems] };
    }
    const [word, missing] = isEnd(from) ? [question.to, to] : [question.from, from];
    if (isEnd(missing)) continue;
    if (!('names' in unclear) || missing.kind === 'ambiguous') {
      unclear = { unclear: word, how: missing.kind, names: missing.names, problems };
    }
  }
  return unclear;
}

function isEnd(end: End | NotFound): end is End {
  return end.kind !== 'not-found' && end.kind !== 'ambiguous';
}
