import { type Data, type Failure, failure, isLater, type Later, listOf, mapping, tuple } from '../data.ts';
import type { Run } from '../environment.ts';
import { LONGEST_TEXT, partsOf, textOf } from '../text.ts';
import { derive, unknownsIn, unsupported } from '../unknown.ts';
import { type Definitions, partial, strict, textArg, wrongArgument } from './definition.ts';
import { compilePattern, type Match, type Pattern } from './re2.ts';
import { merged } from './strings.ts';

/** Functions of regular expressions, and `replace`, which takes one between slashes. */
export const patternFunctions: Definitions = {
  regex: strict(2, 2, ([pattern, text], { run }) => first(textArg(pattern), textArg(text), run)),
  regexall: strict(2, 2, ([pattern, text], { run }) => all(textArg(pattern), textArg(text), run)),
  replace: partial(3, 3, ([text, wanted, other], { run }) =>
    replace(text ?? null, wanted ?? null, other ?? null, run),
  ),
};

/** The pattern of `regex` and `regexall`, whose groups all have names, or none has. */
function compileNamed(source: string, run: Run): Pattern | Failure | Later {
  const pattern = compile(source, run);
  if ('kind' in pattern) return pattern;
  const named = pattern.groups.filter((name) => name !== undefined);
  const isMixed = named.length > 0 && named.length < pattern.groups.length;
  return isMixed ? failure('a regular expression with named and unnamed groups') : pattern;
}

function compile(source: string, run: Run): Pattern | Failure | Later {
  const known = run.patterns.get(source);
  if (known !== undefined) return known;
  const pattern = compilePattern(source, run.spend);
  run.patterns.set(source, pattern);
  return pattern;
}

/** The text that matched, or its groups: an object when they have names, else a list. */
function toData({ groups: names }: Pattern, text: string, match: Match): Data {
  const [whole, ...groups] = match.map((part) => (part === undefined ? null : text.slice(part[0], part[1])));
  if (groups.length === 0) return whole ?? null;
  if (names.every((name) => name === undefined)) return tuple(groups);
  return mapping(names.map((name, index) => [name ?? '', groups[index] ?? null] as const));
}

function first(source: string | undefined, text: string | undefined, run: Run): Data {
  if (source === undefined || text === undefined) return wrongArgument('regex', 'text');
  const pattern = compileNamed(source, run);
  if ('kind' in pattern) return pattern;
  const found = pattern.matches(text, run.spend, 1);
  if ('kind' in found) return found;
  const [match] = found;
  return match === undefined ? failure('`regex` does not match') : toData(pattern, text, match);
}

function all(source: string | undefined, text: string | undefined, run: Run): Data {
  if (source === undefined || text === undefined) return wrongArgument('regexall', 'text');
  const pattern = compileNamed(source, run);
  if ('kind' in pattern) return pattern;
  const found = pattern.matches(text, run.spend);
  return 'kind' in found ? found : listOf(found.map((match) => toData(pattern, text, match)));
}

/**
 * In a text that is partly known, only white space is replaced, which no unknown part can be put together with: addresses,
 * names and ids hold none.
 */
function replace(data: Data, wantedData: Data, otherData: Data, run: Run): Data {
  const wanted = textArg(wantedData);
  const other = textArg(otherData);
  const text = textArg(data);
  if (wanted !== undefined && other !== undefined && text !== undefined)
    return replaceIn(text, wanted, other, run);
  const parts = partsOf(data);
  const isPartly = isLater(data) && data.parts !== undefined && parts !== undefined;
  if (isPartly && wanted !== undefined && other !== undefined && /^\s+$/.test(wanted)) {
    return textOf(
      merged(parts.map((part) => (typeof part === 'string' ? part.replaceAll(wanted, other) : part))),
    );
  }
  const unknown = [data, wantedData, otherData].flatMap(unknownsIn);
  return unknown.length > 0 ? derive(unknown) : wrongArgument('replace', 'text');
}

function replaceIn(text: string, wanted: string, other: string, run: Run): Data {
  const isPattern = wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/');
  if (!isPattern) {
    const growth = other.length * (text.length + 1);
    if (growth > LONGEST_TEXT && text.split(wanted).length * other.length > LONGEST_TEXT) {
      return unsupported('text longer than 1 MB');
    }
    return text.replaceAll(wanted, () => other);
  }
  const pattern = compile(wanted.slice(1, -1), run);
  if ('kind' in pattern) return pattern;
  const found = pattern.matches(text, run.spend);
  if ('kind' in found) return found;
  let result = '';
  let end = 0;
  for (const match of found) {
    const [start, stop] = match[0] ?? [0, 0];
    result += text.slice(end, start) + expand(other, text, match, pattern.groups);
    end = stop;
    if (result.length > LONGEST_TEXT) return unsupported('text longer than 1 MB');
  }
  return result + text.slice(end);
}

const REFERENCE = /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;

/**
 * `$1`, `$name` and `${name}` stand for groups, `$$` for a dollar sign. A name is as long as it can be; a number that begins
 * with 0 is a name (pkg.go.dev/regexp#Regexp.Expand).
 */
function expand(
  template: string,
  text: string,
  match: Match,
  names: readonly (string | undefined)[],
): string {
  return template.replaceAll(REFERENCE, (_, plain?: string, braced?: string) => {
    const name = plain ?? braced;
    if (name === undefined) return '$';
    const index = /^(?:0|[1-9]\d*)$/.test(name) ? Number(name) : names.indexOf(name) + 1 || undefined;
    const group = index === undefined ? undefined : match[index];
    return group === undefined ? '' : text.slice(group[0], group[1]);
  });
}
