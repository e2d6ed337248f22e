import { isWord } from './character-class.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Assertion, Pattern } from './pattern.ts';

/** A compiled regular expression. */
export interface Matcher {
  /** The names of the groups, in their order; undefined for those without. */
  readonly groups: readonly (string | undefined)[];
  /**
   * All matches, leftmost first, none overlapping, each as UTF-16 offsets of the whole and of its groups; a group that takes
   * no part is undefined. `limit` is the most matches. Undefined when the text is too long for the pattern.
   */
  matches(text: string, limit?: number): readonly Match[] | undefined;
}

export type Match = readonly (readonly [start: number, end: number] | undefined)[];

type Instruction =
  | { readonly op: 'character'; readonly matches: (point: number) => boolean }
  | { readonly op: 'assertion'; readonly holds: Assertion }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'match' };

const MOST_INSTRUCTIONS = 20_000;
const MOST_STEPS = 10_000_000;

/** Compiles a pattern of RE2. A fault says why it is none, or that it is too large. Matching takes a bounded number of steps. */
export function compilePattern(source: string): Matcher | { readonly fault: string } {
  const parsed = parsePattern(source);
  if ('fault' in parsed) return parsed;
  const program = compile(parsed.pattern);
  if (program === undefined) return { fault: 'a regular expression that is too large' };
  const { groups } = parsed;
  return {
    groups,
    matches(text, limit = Number.POSITIVE_INFINITY) {
      return allMatches(program, text, 2 * (groups.length + 1), limit);
    },
  };
}

function compile(pattern: Pattern): readonly Instruction[] | undefined {
  const program: Instruction[] = [];
  let isTooLarge = false;
  emit({ kind: 'group', of: pattern, index: 0 });
  program.push({ op: 'match' });
  return isTooLarge ? undefined : program;

  function emit(node: Pattern): void {
    if (program.length > MOST_INSTRUCTIONS) {
      isTooLarge = true;
      return;
    }
    switch (node.kind) {
      case 'empty':
        return;
      case 'character':
        program.push({ op: 'character', matches: node.matches });
        return;
      case 'assertion':
        program.push({ op: 'assertion', holds: node.holds });
        return;
      case 'sequence':
        for (const part of node.parts) emit(part);
        return;
      case 'group':
        program.push({ op: 'save', slot: 2 * node.index });
        emit(node.of);
        program.push({ op: 'save', slot: 2 * node.index + 1 });
        return;
      case 'choice':
        emitChoice(node.parts);
        return;
      default:
        emitRepetition(node);
    }
  }

  function emitChoice(parts: readonly Pattern[]): void {
    const jumps: { op: 'jump'; to: number }[] = [];
    for (const [index, part] of parts.entries()) {
      if (index === parts.length - 1) {
        emit(part);
        break;
      }
      const split: Instruction = { op: 'split', first: program.length + 1, second: 0 };
      program.push(split);
      emit(part);
      const jump = { op: 'jump' as const, to: 0 };
      program.push(jump);
      jumps.push(jump);
      split.second = program.length;
    }
    for (const jump of jumps) jump.to = program.length;
  }

  function emitRepetition({ of, least, most, greedy }: Pattern & { readonly kind: 'repetition' }): void {
    for (let count = 0; count < least && !isTooLarge; count += 1) emit(of);
    if (most === undefined) {
      const start = program.length;
      const split = branch(greedy);
      emit(of);
      program.push({ op: 'jump', to: start });
      close(split, greedy);
      return;
    }
    const splits: (Instruction & { op: 'split' })[] = [];
    for (let count = least; count < most && !isTooLarge; count += 1) {
      splits.push(branch(greedy));
      emit(of);
    }
    for (const split of splits) close(split, greedy);
  }

  function branch(greedy: boolean): Instruction & { op: 'split' } {
    const next = program.length + 1;
    const split = { op: 'split' as const, first: greedy ? next : 0, second: greedy ? 0 : next };
    program.push(split);
    return split;
  }

  function close(split: Instruction & { op: 'split' }, greedy: boolean): void {
    if (greedy) split.second = program.length;
    else split.first = program.length;
  }
}

interface Thread {
  readonly at: number;
  readonly slots: readonly number[];
}

function allMatches(
  program: readonly Instruction[],
  text: string,
  slots: number,
  limit: number,
): readonly Match[] | undefined {
  const found: Match[] = [];
  const work = { steps: 0 };
  let previousEnd = -1;
  for (let from = 0; from <= text.length && found.length < limit; ) {
    const match = firstMatch(program, text, from, slots, work);
    if (work.steps > MOST_STEPS) return undefined;
    if (match === undefined) break;
    const [start, end] = match[0] ?? [0, 0];
    const isEmptyBehindAnother = start === end && start === previousEnd;
    if (!isEmptyBehindAnother) found.push(match);
    previousEnd = end;
    from = end > start ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return found;
}

/** Runs all alternatives side by side (Pike's machine): the first in order that matches wins. */
function firstMatch(
  program: readonly Instruction[],
  text: string,
  from: number,
  slots: number,
  work: { steps: number },
): Match | undefined {
  let threads: Thread[] = [];
  let best: readonly number[] | undefined;
  const unset: readonly number[] = Array.from({ length: slots }, () => -1);
  for (let offset = from; ; ) {
    const seen = new Uint8Array(program.length);
    const current: Thread[] = [];
    for (const { at, slots: kept } of threads) follow(at, kept, offset, seen, current);
    if (best === undefined) follow(0, unset, offset, seen, current);
    const point = text.codePointAt(offset);
    const next: Thread[] = [];
    for (const { at, slots: kept } of current) {
      const instruction = program[at];
      if (instruction?.op === 'match') {
        best = kept;
        break;
      }
      if (instruction?.op === 'character' && point !== undefined && instruction.matches(point)) {
        next.push({ at: at + 1, slots: kept });
      }
    }
    work.steps += current.length + 1;
    const isDone = point === undefined || (next.length === 0 && best !== undefined);
    if (isDone || work.steps > MOST_STEPS) break;
    threads = next;
    offset += point > 0xffff ? 2 : 1;
  }
  return best === undefined ? undefined : toMatch(best);

  /** Goes on to where a character is needed, without recursion. */
  function follow(
    start: number,
    startSlots: readonly number[],
    offset: number,
    seen: Uint8Array,
    into: Thread[],
  ): void {
    const stack: Thread[] = [{ at: start, slots: startSlots }];
    for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
      const { at, slots: kept } = thread;
      const instruction = program[at];
      if (instruction === undefined || seen[at] === 1) continue;
      seen[at] = 1;
      work.steps += 1;
      if (instruction.op === 'jump') stack.push({ at: instruction.to, slots: kept });
      else if (instruction.op === 'split') {
        stack.push({ at: instruction.second, slots: kept }, { at: instruction.first, slots: kept });
      } else if (instruction.op === 'save') {
        stack.push({ at: at + 1, slots: kept.with(instruction.slot, offset) });
      } else if (instruction.op === 'assertion') {
        if (holdsAt(instruction.holds, text, offset)) stack.push({ at: at + 1, slots: kept });
      } else into.push(thread);
    }
  }
}

function toMatch(slots: readonly number[]): Match {
  const match: (readonly [number, number] | undefined)[] = [];
  for (let slot = 0; slot < slots.length; slot += 2) {
    const start = slots[slot] ?? -1;
    const end = slots[slot + 1] ?? -1;
    match.push(start === -1 || end === -1 ? undefined : [start, end]);
  }
  return match;
}

function holdsAt(assertion: Assertion, text: string, offset: number): boolean {
  switch (assertion) {
    case 'text-start':
      return offset === 0;
    case 'text-end':
      return offset === text.length;
    case 'line-start':
      return offset === 0 || text[offset - 1] === '\n';
    case 'line-end':
      return offset === text.length || text[offset] === '\n';
    default: {
      const before = offset > 0 && isWord(text.charCodeAt(offset - 1));
      const after = offset < text.length && isWord(text.charCodeAt(offset));
      return (before !== after) === (assertion === 'word-edge');
    }
  }
}
