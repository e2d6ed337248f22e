import { type Data, failure, isFailure, isLater, isSecret, listOf } from '../data.ts';
import { LONGEST_TEXT, partsOf, textOf } from '../text.ts';
import { derive, nameOf, unknownsIn, unsupported } from '../unknown.ts';
import {
  type Definition,
  type Definitions,
  itemsArg,
  numberArg,
  ofTexts,
  partial,
  strict,
  textArg,
  wrongArgument,
} from './definition.ts';

/** Functions of text, without formats and regular expressions. */
export const stringFunctions: Definitions = {
  chomp: ofTexts('chomp', 1, (text = '') => text.replace(/(?:\r\n|\r|\n)+$/, '')),
  endswith: ofTexts('endswith', 2, (text = '', end = '') => text.endsWith(end)),
  indent: partial(2, 2, ([spaces, text]) => indent(numberArg(spaces), text ?? null)),
  join: partial(1, 10_000, ([separator, ...lists]) => join(separator ?? null, lists)),
  lower: ofTexts('lower', 1, (text = '') => text.toLowerCase()),
  startswith: ofTexts('startswith', 2, (text = '', start = '') => text.startsWith(start)),
  strcontains: ofTexts('strcontains', 2, (text = '', part = '') => text.includes(part)),
  strrev: ofTexts('strrev', 1, (text = '') => graphemes(text).reverse().join('')),
  split: ofTexts('split', 2, (separator = '', text = '') => split(separator, text)),
  substr: strict(3, 3, ([text, offset, length]) =>
    substr(textArg(text), numberArg(offset), numberArg(length)),
  ),
  title: ofTexts('title', 1, (text = '') => title(text)),
  trim: ofTexts('trim', 2, (text = '', cutset = '') => trim(text, new Set(cutset))),
  trimprefix: ofTexts('trimprefix', 2, (text = '', prefix = '') =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimspace: trimSpace(),
  trimsuffix: ofTexts('trimsuffix', 2, (text = '', suffix = '') =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  upper: ofTexts('upper', 1, (text = '') => text.toUpperCase()),
};

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The characters of a text as people count them, which is how Terraform counts. */
export function graphemes(text: string): string[] {
  const isPlain = /^[\x20-\x7e]*$/.test(text);
  return isPlain ? text.split('') : [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Lines after the first begin with so many spaces. What is unknown in the text stays as it is. */
function indent(spaces: number | undefined, text: Data): Data {
  const parts = partsOf(text);
  if (isLater(text) && text.parts === undefined) return derive([text]);
  if (spaces === undefined || parts === undefined) return wrongArgument('indent', 'a number and text');
  const margin = `\n${' '.repeat(Math.min(Math.max(spaces, 0), 1000))}`;
  return bounded(parts.map((part) => (typeof part === 'string' ? part.replaceAll('\n', margin) : part)));
}

function bounded(parts: NonNullable<ReturnType<typeof partsOf>>): Data {
  const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
  return length > LONGEST_TEXT ? unsupported('text longer than 1 MB') : textOf(merged(parts));
}

/** Literal neighbours put together, empty ones left out. */
export function merged(
  parts: NonNullable<ReturnType<typeof partsOf>>,
): NonNullable<ReturnType<typeof partsOf>> {
  const result: (typeof parts)[number][] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else if (part !== '') result.push(part);
  }
  return result;
}

function trimSpace(): Definition {
  return partial(1, 1, ([text = null]) => {
    const parts = partsOf(text);
    if (parts === undefined) return wrongArgument('trimspace', 'text');
    if (isLater(text) && text.parts === undefined) {
      const name = nameOf(text);
      return derive([text], name === undefined ? undefined : `trimspace(${name})`);
    }
    const trimmed = parts.map((part, index) => {
      if (typeof part !== 'string') return part;
      const start = index === 0 ? part.trimStart() : part;
      return index === parts.length - 1 ? start.trimEnd() : start;
    });
    return textOf(merged(trimmed));
  });
}

function join(separator: Data, lists: readonly Data[]): Data {
  const between = partsOf(separator);
  const open = lists.flatMap((list) => {
    const sequence = itemsArg(list);
    if (sequence === undefined) return isLater(list) ? [list] : [];
    return sequence.more === undefined ? [] : [sequence.more.why, ...unknownsIn(list)];
  });
  if (open.length > 0) return derive([...open, ...unknownsIn(separator)]);
  if (between === undefined) return wrongArgument('join', 'a separator');
  const parts: (typeof between)[number][] = [];
  let isFirst = true;
  for (const list of lists) {
    const sequence = itemsArg(list);
    if (sequence === undefined) return wrongArgument('join', 'lists');
    for (const item of sequence.items) {
      const own = partsOf(item);
      if (own === undefined)
        return item === null ? failure('null in a list for `join`') : wrongArgument('join', 'lists of text');
      parts.push(...(isFirst ? [] : between), ...own);
      isFirst = false;
    }
  }
  const secret = lists.some((list) => itemsArg(list)?.items.some(isSecret) === true);
  const text = bounded(parts);
  return secret && !isFailure(text) && !isSecret(text) ? { kind: 'secret', value: text } : text;
}

function split(separator: string, text: string): Data {
  if (separator === '') return text === '' ? listOf([]) : listOf([...text]);
  return listOf(text.split(separator));
}

function substr(text: string | undefined, offset: number | undefined, length: number | undefined): Data {
  if (text === undefined || offset === undefined || length === undefined) {
    return wrongArgument('substr', 'text and two numbers');
  }
  const all = graphemes(text);
  const start = offset < 0 ? Math.max(all.length + offset, 0) : offset;
  return all.slice(start, length < 0 ? undefined : start + length).join('');
}

function title(text: string): string {
  return text.replaceAll(/(?<![\p{L}\p{N}_])\p{L}/gu, (letter) => letter.toUpperCase());
}

function trim(text: string, cutset: ReadonlySet<string>): string {
  const points = [...text];
  let start = 0;
  let end = points.length;
  while (start < end && cutset.has(points[start] ?? '')) start += 1;
  while (end > start && cutset.has(points[end - 1] ?? '')) end -= 1;
  return points.slice(start, end).join('');
}
