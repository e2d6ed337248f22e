import { type Data, failure, isLater, listOf, mapping, tuple } from '../data.ts';
import { LONGEST_TEXT, partsOf, textOf } from '../text.ts';
import { derive, unknownsIn, unsupported } from '../unknown.ts';
import { type Definitions, partial, strict, textArg, wrongArgument } from './definition.ts';
import { compilePattern, type Match, type Matcher } from './re2/match.ts';
import { merged } from './strings.ts';

/** Functions of regular expressions, and `replace`, which takes one between slashes. */
export const patternFunctions: Definitions = {
  regex: strict(2, 2, ([pattern, text]) => first(textArg(pattern), textArg(text))),
  regexall: strict(2, 2, ([pattern, text]) => all(textArg(pattern), textArg(text))),
  replace: partial(3, 3, ([text, wanted, other]) => replace(text ?? null, wanted ?? null, other ?? null)),
};

const compiled = new Map<string, Matcher | { readonly fault: string }>();
const MOST_COMPILED = 500;

function compile(source: string): Matcher | { readonly fault: string } {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const matcher = compilePattern(source);
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(source, matcher);
  return matcher;
}

function find(source: string, text: string, limit?: number): readonly Match[] | Data {
  const matcher = compile(source);
  if ('fault' in matcher) return failure(`\`${source}\` is ${matcher.fault}`);
  return matcher.matches(text, limit) ?? unsupported('a regular expression that takes too many steps');
}

function isMatches(found: readonly Match[] | Data): found is readonly Match[] {
  return Array.isArray(found);
}

/** The text that matched, or its groups: an object when they have names, else a list. */
function toData(source: string, text: string, match: Match): Data {
  const matcher = compile(source);
  const names = 'fault' in matcher ? [] : matcher.groups;
  const [whole, ...groups] = match.map((part) => (part === undefined ? null : text.slice(part[0], part[1])));
  if (groups.length === 0) return whole ?? null;
  if (names.every((name) => name === undefined)) return tuple(groups);
  if (names.includes(undefined)) return failure('a regular expression with named and unnamed groups');
  return mapping(names.map((name, index) => [name ?? '', groups[index] ?? null] as const));
}

function first(source: string | undefined, text: string | undefined): Data {
  if (source === undefined || text === undefined) return wrongArgument('regex', 'text');
  const found = find(source, text, 1);
  if (!isMatches(found)) return found;
  const [match] = found;
  return match === undefined ? failure('`regex` does not match') : toData(source, text, match);
}

function all(source: string | undefined, text: string | undefined): Data {
  if (source === undefined || text === undefined) return wrongArgument('regexall', 'text');
  const found = find(source, text);
  return isMatches(found) ? listOf(found.map((match) => toData(source, text, match))) : found;
}

/**
 * In a text that is partly known, only white space is replaced, which no unknown part can be put together with: addresses,
 * names and ids hold none.
 */
function replace(data: Data, wantedData: Data, otherData: Data): Data {
  const wanted = textArg(wantedData);
  const other = textArg(otherData);
  const text = textArg(data);
  if (wanted !== undefined && other !== undefined && text !== undefined)
    return replaceIn(text, wanted, other);
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

function replaceIn(text: string, wanted: string, other: string): Data {
  const isPattern = wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/');
  if (!isPattern) {
    const growth = other.length * (text.length + 1);
    if (growth > LONGEST_TEXT && text.split(wanted).length * other.length > LONGEST_TEXT) {
      return unsupported('text longer than 1 MB');
    }
    return text.replaceAll(wanted, () => other);
  }
  const source = wanted.slice(1, -1);
  const found = find(source, text);
  if (!isMatches(found)) return found;
  const matcher = compile(source);
  const names = 'fault' in matcher ? [] : matcher.groups;
  let result = '';
  let end = 0;
  for (const match of found) {
    const [start, stop] = match[0] ?? [0, 0];
    result += text.slice(end, start) + expand(other, text, match, names);
    end = stop;
    if (result.length > LONGEST_TEXT) return unsupported('text longer than 1 MB');
  }
  return result + text.slice(end);
}

/** `$1`, `$name` and `${name}` stand for groups, `$$` for a dollar sign. A name is as long as it can be. */
function expand(
  template: string,
  text: string,
  match: Match,
  names: readonly (string | undefined)[],
): string {
  return template.replaceAll(/\$(?:\$|(\w+)|\{(\w+)\})/g, (_, plain?: string, braced?: string) => {
    const name = plain ?? braced;
    if (name === undefined) return '$';
    const index = /^\d+$/.test(name) ? Number(name) : names.indexOf(name) + 1;
    const isGroup = /^\d+$/.test(name) || index > 0;
    const group = isGroup ? match[index] : undefined;
    return group === undefined ? '' : text.slice(group[0], group[1]);
  });
}
