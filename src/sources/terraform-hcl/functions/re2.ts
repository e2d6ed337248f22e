import { createRequire } from 'node:module';
import type * as Re2js from 're2js';
import { type Failure, failure, type Later } from '../data.ts';
import type { Run } from '../environment.ts';
import { unsupported } from '../unknown.ts';

/** A compiled regular expression. */
export interface Pattern {
  /** The names of the groups, in their order; undefined for those without. */
  readonly groups: readonly (string | undefined)[];
  /**
   * All matches, leftmost first, none overlapping; `limit` is the most. Unknown when that may take more steps than a run, or
   * one search, is given. The bound is of what may happen: each search may look at the rest of the text, with all
   * instructions of the pattern at each character.
   */
  matches(text: string, spend: Run['spend'], limit?: number): readonly Match[] | Later;
}

/** UTF-16 offsets of the whole and of the groups; undefined for a group that takes no part. */
export type Match = readonly (readonly [start: number, end: number] | undefined)[];

const require = createRequire(import.meta.url);
let re2js: typeof Re2js | undefined;

/** The package is loaded with the first pattern: most roots have none. */
function loadRe2js(): typeof Re2js {
  re2js ??= require('re2js') as typeof Re2js;
  return re2js;
}

/** Longer ones can take a second to compile, and nobody writes them. */
const LONGEST_PATTERN = 4_000;
const MOST_STEPS = 100_000_000;
/** A step takes 4 to 40 ns, an expression some microseconds. */
const STEPS_PER_UNIT = 100;
/** Each thread of a search carries the offsets of all groups: so many of them double a step. */
const GROUPS_PER_STEP = 25;

/**
 * Compiles a regular expression of RE2 (github.com/google/re2/wiki/Syntax), which is what Terraform uses: it is matched in time
 * linear in the text. A failure where Terraform refuses it; unknown where it is too large, or repeats the name of a group,
 * which `re2js` refuses and Terraform does not.
 */
export function compilePattern(source: string, spend: Run['spend']): Pattern | Failure | Later {
  const tooLarge = unsupported('a regular expression that is too large');
  if (source.length > LONGEST_PATTERN || !spend(20 * source.length)) return tooLarge;
  const { RE2JS, RE2JSSyntaxException } = loadRe2js();
  try {
    const compiled = RE2JS.compile(source);
    return spend(10 * compiled.programSize()) ? toPattern(compiled) : tooLarge;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) return tooLarge;
    if (error.error === 'duplicate capture group name') return unsupported('groups of one name');
    return failure(`\`${source}\` is no regular expression: ${error.error}`);
  }
}

function toPattern(compiled: Re2js.RE2JS): Pattern {
  const count = compiled.groupCount();
  const groups = Array.from({ length: count }, (): string | undefined => undefined);
  for (const [name, index] of Object.entries(compiled.namedGroups())) groups[index - 1] = name;
  const stepsPerCharacter = compiled.programSize() * (1 + count / GROUPS_PER_STEP);
  return {
    groups,
    matches(text, spend, limit = Number.POSITIVE_INFINITY) {
      const found: Match[] = [];
      const matcher = compiled.matcher(text);
      let steps = 0;
      for (let end = 0, previousEnd = -1; found.length < limit; previousEnd = end) {
        const more = stepsPerCharacter * (text.length - end + 1);
        steps += more;
        if (steps > MOST_STEPS || !spend(more / STEPS_PER_UNIT))
          return unsupported('a regular expression that may take too many steps');
        if (!matcher.find()) break;
        end = matcher.end();
        // Go leaves out an empty match behind another one.
        const isRepeated = matcher.start() === end && end === previousEnd;
        if (!isRepeated) found.push(toMatch(matcher, count));
      }
      return found;
    },
  };
}

function toMatch(matcher: Re2js.Matcher, count: number): Match {
  return Array.from({ length: count + 1 }, (_, group) => {
    const start = matcher.start(group);
    return start === -1 ? undefined : ([start, matcher.end(group)] as const);
  });
}
