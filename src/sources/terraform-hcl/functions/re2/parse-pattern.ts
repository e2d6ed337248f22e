import {
  foldCase,
  inRanges,
  type Matches,
  PERL_CLASSES,
  POSIX_CLASSES,
  unicodeClass,
} from './character-class.ts';
import type { ParsedPattern, Pattern } from './pattern.ts';

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

const NO_FLAGS: Flags = { i: false, m: false, s: false, U: false };
/** The limit of RE2 for `{n,m}`. */
const MOST_REPEATS = 1000;
const DEEPEST = 100;
const EMPTY: Pattern = { kind: 'empty' };

/** Parses a regular expression of RE2; a fault says what is wrong with it. */
export function parsePattern(source: string): ParsedPattern | { readonly fault: string } {
  let offset = 0;
  let fault: string | undefined;
  const groups: (string | undefined)[] = [];
  const pattern = readChoice(NO_FLAGS, 0);
  if (offset < source.length) fail('a `)` without its `(`');
  return fault === undefined ? { pattern, groups } : { fault };

  function fail(message: string): Pattern {
    fault ??= message;
    offset = source.length;
    return EMPTY;
  }

  function take(token: string): boolean {
    if (!source.startsWith(token, offset)) return false;
    offset += token.length;
    return true;
  }

  function takePoint(): number {
    const point = source.codePointAt(offset) ?? 0;
    offset += point > 0xffff ? 2 : 1;
    return point;
  }

  /** Alternatives up to a `)`. Flags that are set inside hold to the end of the group. */
  function readChoice(outer: Flags, depth: number): Pattern {
    if (depth > DEEPEST) return fail('groups nested too deeply');
    let flags = outer;
    const choices: Pattern[] = [];
    let parts: Pattern[] = [];
    while (offset < source.length && source[offset] !== ')') {
      if (take('|')) {
        choices.push({ kind: 'sequence', parts });
        parts = [];
        continue;
      }
      const switched = takeFlags(flags);
      if (switched !== undefined) {
        flags = switched;
        continue;
      }
      parts.push(readRepetition(flags, depth));
    }
    const last: Pattern = { kind: 'sequence', parts };
    return choices.length === 0 ? last : { kind: 'choice', parts: [...choices, last] };
  }

  /** `(?i)`, which sets flags for what follows. */
  function takeFlags(flags: Flags): Flags | undefined {
    const match = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(source.slice(offset, offset + 16));
    if (match === null) return undefined;
    offset += match[0].length;
    return withFlags(flags, match[1] ?? '', match[2] ?? '');
  }

  function readRepetition(flags: Flags, depth: number): Pattern {
    let of = readAtom(flags, depth);
    while (true) {
      const range = takeRange();
      if (range === undefined) return of;
      const [least, most] = range;
      if (least > MOST_REPEATS || (most ?? 0) > MOST_REPEATS || (most !== undefined && least > most)) {
        return fail('a repetition that RE2 refuses');
      }
      const lazy = take('?');
      of = { kind: 'repetition', of, least, most, greedy: lazy === flags.U };
      if (/^[*+?]/.test(source.slice(offset, offset + 1))) return fail('a repetition of a repetition');
    }
  }

  function takeRange(): readonly [number, number | undefined] | undefined {
    if (take('*')) return [0, undefined];
    if (take('+')) return [1, undefined];
    if (take('?')) return [0, 1];
    const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(source.slice(offset, offset + 24));
    if (match === null) return undefined;
    offset += match[0].length;
    const least = Number(match[1]);
    if (match[2] === undefined) return [least, least];
    return [least, match[3] === '' ? undefined : Number(match[3])];
  }

  function readAtom(flags: Flags, depth: number): Pattern {
    const character = source[offset];
    if (character === '(') return readGroup(flags, depth);
    if (character === '[') return readClass(flags);
    if (character === '\\') return readEscape(flags);
    if (character === '*' || character === '+' || character === '?') return fail('a repetition of nothing');
    if (take('.')) return { kind: 'character', matches: (point) => flags.s || point !== 10 };
    if (take('^')) return { kind: 'assertion', holds: flags.m ? 'line-start' : 'text-start' };
    if (take('$')) return { kind: 'assertion', holds: flags.m ? 'line-end' : 'text-end' };
    return literal(takePoint(), flags);
  }

  function readGroup(flags: Flags, depth: number): Pattern {
    offset += 1;
    const named = /^\?P?<(\w+)>/.exec(source.slice(offset, offset + 80));
    const plain = /^\?([imsU]*)(?:-([imsU]+))?:/.exec(source.slice(offset, offset + 16));
    let inner = flags;
    let index: number | undefined;
    if (plain !== null) {
      offset += plain[0].length;
      inner = withFlags(flags, plain[1] ?? '', plain[2] ?? '');
    } else if (named === null && source[offset] === '?') {
      return fail('a group that RE2 does not know');
    } else {
      offset += named?.[0].length ?? 0;
      groups.push(named?.[1]);
      index = groups.length;
    }
    const of = readChoice(inner, depth + 1);
    if (!take(')')) return fail('a `(` without its `)`');
    return index === undefined ? of : { kind: 'group', of, index };
  }

  function readEscape(flags: Flags): Pattern {
    offset += 1;
    if (take('Q')) {
      const end = source.indexOf('\\E', offset);
      const text = source.slice(offset, end === -1 ? source.length : end);
      offset = end === -1 ? source.length : end + 2;
      return { kind: 'sequence', parts: [...text].map((one) => literal(one.codePointAt(0) ?? 0, flags)) };
    }
    if (take('A')) return { kind: 'assertion', holds: 'text-start' };
    if (take('z')) return { kind: 'assertion', holds: 'text-end' };
    if (take('b')) return { kind: 'assertion', holds: 'word-edge' };
    if (take('B')) return { kind: 'assertion', holds: 'no-word-edge' };
    const matches = readClassEscape();
    if (matches !== undefined) return { kind: 'character', matches: flags.i ? foldCase(matches) : matches };
    const point = readEscapedPoint();
    return point === undefined ? fail('an escape that RE2 does not know') : literal(point, flags);
  }

  /** A class behind a backslash that has been read. */
  function readClassEscape(): Matches | undefined {
    const letter = source[offset] ?? '';
    if (Object.hasOwn(PERL_CLASSES, letter)) {
      offset += 1;
      return PERL_CLASSES[letter];
    }
    const match = /^([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(source.slice(offset, offset + 80));
    if (match === null) return undefined;
    const matches = unicodeClass(match[3] ?? match[4] ?? '');
    if (matches === undefined) return undefined;
    offset += match[0].length;
    const isNegated = (match[1] === 'P') !== (match[2] === '^');
    return isNegated ? (point) => !matches(point) : matches;
  }

  /** The character behind a backslash that has been read. */
  function readEscapedPoint(): number | undefined {
    const hex = /^x(?:([\dA-Fa-f]{2})|\{([\dA-Fa-f]{1,6})\})/.exec(source.slice(offset, offset + 9));
    if (hex !== null) {
      offset += hex[0].length;
      const point = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
      return point > 0x10ffff ? undefined : point;
    }
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(source.slice(offset, offset + 3));
    if (octal !== null) {
      offset += octal[0].length;
      return Number.parseInt(octal[0], 8);
    }
    const character = source[offset] ?? '';
    const control = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }[character];
    if (control !== undefined) {
      offset += 1;
      return control;
    }
    return character === '' || /[\w]/.test(character) ? undefined : takePoint();
  }

  function readClass(flags: Flags): Pattern {
    offset += 1;
    const isNegated = take('^');
    const tests: Matches[] = [];
    for (let isFirst = true; source[offset] !== ']' || isFirst; isFirst = false) {
      if (offset >= source.length) return fail('a `[` without its `]`');
      const test = readClassItem();
      if (test === undefined) return fail('a character class that RE2 does not know');
      tests.push(test);
    }
    offset += 1;
    const any: Matches = (point) => tests.some((test) => test(point));
    const folded = flags.i ? foldCase(any) : any;
    return { kind: 'character', matches: isNegated ? (point) => !folded(point) : folded };
  }

  function readClassItem(): Matches | undefined {
    const posix = /^\[:(\^?)(\w+):\]/.exec(source.slice(offset, offset + 16));
    if (posix !== null) {
      offset += posix[0].length;
      const name = posix[2] ?? '';
      const matches = Object.hasOwn(POSIX_CLASSES, name) ? POSIX_CLASSES[name] : undefined;
      return posix[1] === '^' && matches !== undefined ? (point) => !matches(point) : matches;
    }
    if (take('\\')) {
      const matches = readClassEscape();
      if (matches !== undefined) return matches;
      offset -= 1;
    }
    const low = readClassPoint();
    if (low === undefined) return undefined;
    if (source[offset] !== '-' || source[offset + 1] === ']' || offset + 1 >= source.length) {
      return (point) => point === low;
    }
    offset += 1;
    const high = readClassPoint();
    return high === undefined || high < low ? undefined : inRanges([[low, high]]);
  }

  function readClassPoint(): number | undefined {
    return take('\\') ? readEscapedPoint() : takePoint();
  }
}

function withFlags(flags: Flags, on: string, off: string): Flags {
  const value = (name: keyof Flags): boolean => (flags[name] || on.includes(name)) && !off.includes(name);
  return { i: value('i'), m: value('m'), s: value('s'), U: value('U') };
}

function literal(point: number, { i }: Flags): Pattern {
  const matches: Matches = (other) => other === point;
  return { kind: 'character', matches: i ? foldCase(matches) : matches };
}
