import { known, list, type Unknown, type Value } from '../../value/value.ts';
import { guid } from '../guid.ts';
import { MOST_TEXT } from '../limits.ts';
import { eitherMore } from '../object-builder.ts';
import {
  isPartialText,
  isText,
  joinText,
  mapParts,
  scalarText,
  type TextPart,
  textOfParts,
  textParts,
} from '../partial-text.ts';
import { lowerCase, upperCase } from '../text-equality.ts';
import { undecided } from '../undecided.ts';
import { uniqueString } from '../unique-string.ts';
import type { Call } from './call.ts';
import { described, type FunctionTable, numberAt, textAt } from './definition.ts';
import { formatText } from './format.ts';
import { listOf } from './list-functions.ts';
import { hasEnd, isLike, skipText, splitText, takeText } from './text-pieces.ts';
import { truthValue } from './truth-value.ts';

type Args = readonly Value[];

/** Functions that make and search texts. */
export const TEXT_FUNCTIONS: FunctionTable = {
  concat: { takes: ['any...'], lenient: true, run: concat },
  endsWith: { takes: ['text', 'text'], lenient: true, run: (args, call) => end('endsWith', args, call) },
  format: {
    takes: ['text', 'any...?'],
    lenient: true,
    run: (args, call) =>
      args[0]?.kind === 'unknown'
        ? undecided('format', args, call)
        : formatText(textAt(args, 0), args.slice(1), call),
  },
  guid: { takes: ['text...'], run: (args, call) => known(guid(textsOf(args)), call.origin) },
  join: { takes: ['list', 'text'], lenient: true, run: join },
  like: {
    takes: ['text', 'text'],
    run: (args, call) => known(isLike(textAt(args, 0), textAt(args, 1)), call.origin),
  },
  padLeft: { takes: ['text|number', 'number', 'text?'], run: padLeft },
  replace: { takes: ['text', 'text', 'text'], lenient: true, run: replace },
  split: { takes: ['text', 'text|list'], lenient: true, run: split },
  startsWith: { takes: ['text', 'text'], lenient: true, run: (args, call) => end('startsWith', args, call) },
  substring: { takes: ['text', 'number', 'number?'], lenient: true, run: substring },
  toLower: {
    takes: ['text'],
    lenient: true,
    run: (args, call) => changeCase('toLower', args, lowerCase, call),
  },
  toUpper: {
    takes: ['text'],
    lenient: true,
    run: (args, call) => changeCase('toUpper', args, upperCase, call),
  },
  trim: { takes: ['text'], lenient: true, run: trim },
  uniqueString: {
    takes: ['text...'],
    run: (args, call) => known(uniqueString(textsOf(args)), call.origin),
  },
};

function textsOf(args: Args): readonly string[] {
  return args.map((arg) => (arg.kind === 'known' ? scalarText(arg.value) : ''));
}

/**
 * Lists one after the other, or texts. An unknown argument among lists may add items anywhere; one alone among unknowns
 * may be either, so their result has no parts.
 */
function concat(args: Args, call: Call): Value {
  if (args.some(({ kind }) => kind === 'list')) {
    const items: Value[] = [];
    let more: Unknown | undefined;
    for (const arg of args) {
      if (arg.kind === 'unknown') more = eitherMore(more, arg);
      else if (arg.kind !== 'list')
        return call.fail(`\`concat\` takes lists or texts, not a list and ${described(arg)}`);
      else {
        for (const item of arg.items) items.push(item);
        more = eitherMore(more, arg.more);
      }
    }
    return listOf(items, more, call);
  }
  const hasText = args.some((arg) => arg.kind === 'known' || (arg.kind === 'unknown' && isText(arg)));
  if (!hasText && args.some(({ kind }) => kind === 'unknown')) return undecided('concat', args, call);
  return joinText(args, call);
}

function end(name: 'startsWith' | 'endsWith', args: Args, call: Call): Value {
  const [text, wanted] = args;
  if (text === undefined || wanted === undefined) return call.fail(`\`${name}\` has too few arguments`);
  return truthValue(hasEnd(text, wanted, name === 'startsWith' ? 'start' : 'end'), name, args, call);
}

function join(args: Args, call: Call): Value {
  const [items, delimiter] = args;
  if (items?.kind !== 'list' || items.more !== undefined || delimiter?.kind === 'unknown')
    return undecided('join', args, call);
  const separator = textAt(args, 1);
  if (separator.length * items.items.length > MOST_TEXT) return call.fail('a text is longer than 1 MiB');
  const pieces = items.items.flatMap((item, index) =>
    index === 0 ? [item] : [known(separator, call.origin), item],
  );
  return joinText(pieces, call);
}

function padLeft(args: Args, call: Call): Value {
  const [value] = args;
  const text = value?.kind === 'known' ? scalarText(value.value) : '';
  const width = numberAt(args, 1);
  const filler = args.length > 2 ? textAt(args, 2) : ' ';
  if (filler.length !== 1) return call.fail('`padLeft` takes one character to fill with');
  if (width > MOST_TEXT) return call.fail('a text is longer than 1 MiB');
  return known(text.padStart(width, filler), call.origin);
}

/** One character is replaced in every part for itself; a longer text could begin in one part and end in the next. */
function replace(args: Args, call: Call): Value {
  const [text, from, to] = args;
  if (from?.kind !== 'known' || to?.kind !== 'known' || text === undefined)
    return undecided('replace', args, call);
  const [old, fresh] = [String(from.value), String(to.value)];
  if (old === '') return call.fail('`replace` looks for the empty text');
  const isSecret = text.kind === 'unknown' && (from.sensitive || to.sensitive);
  if (isSecret || (text.kind === 'unknown' && old.length !== 1)) return undecided('replace', args, call);
  const literals = text.kind === 'known' ? [String(text.value)] : (textParts(text) ?? []);
  let length = 0;
  for (const part of literals) {
    if (typeof part !== 'string') continue;
    length += part.length + (part.split(old).length - 1) * Math.max(fresh.length - old.length, 0);
    if (length > MOST_TEXT) return call.fail('a text is longer than 1 MiB');
  }
  return mapParts(
    text,
    (part) => part.split(old).join(fresh),
    (part) => undecided('replace', [part, from, to], call),
  );
}

function split(args: Args, call: Call): Value {
  const [text, delimiter] = args;
  if (text === undefined || delimiter === undefined || delimiter.kind === 'unknown')
    return undecided('split', args, call);
  const delimiters = delimiter.kind === 'list' ? delimiter.items : [delimiter];
  const texts: string[] = [];
  for (const item of delimiters) {
    if (item.kind === 'unknown') return undecided('split', args, call);
    if (item.kind !== 'known' || typeof item.value !== 'string')
      return call.fail(`\`split\` takes texts to split at, not ${described(item)}`);
    texts.push(item.value);
  }
  if (delimiter.kind === 'list' && delimiter.more !== undefined) return undecided('split', args, call);
  const pieces = splitText(text, texts);
  if (pieces === undefined) return undecided('split', args, call);
  const secret = text.kind === 'known' && text.sensitive;
  const items = pieces.map((piece) => {
    const value = textOfParts(piece, text.origin);
    return secret && value.kind === 'known' ? { ...value, sensitive: true as const } : value;
  });
  return list(items, call.origin);
}

function substring(args: Args, call: Call): Value {
  const [text, start, count] = args;
  if (text === undefined || start?.kind !== 'known' || count?.kind === 'unknown')
    return undecided('substring', args, call);
  const from = numberAt(args, 1);
  const size = count === undefined ? undefined : numberAt(args, 2);
  if (from < 0 || (size !== undefined && size < 0)) return call.fail('`substring` counts from below 0');
  if (text.kind === 'known') {
    const { length } = String(text.value);
    if (from + (size ?? 0) > length)
      return call.fail(`\`substring\` reaches beyond a text of ${length} characters`);
    return takeText(skipText(text, from, call), size ?? length, call);
  }
  const parts = text.kind === 'unknown' && isPartialText(text) ? text.parts : [];
  const [first] = parts;
  const isWritten = typeof first === 'string' && from + (size ?? 0) <= first.length;
  if (!isWritten) return undecided('substring', args, call);
  const rest = skipText(text, from, call);
  return size === undefined ? rest : takeText(rest, size, call);
}

/** Case is changed part by part; what was changed already stays as it is. */
function changeCase(name: string, args: Args, change: (text: string) => string, call: Call): Value {
  const [text] = args;
  if (text === undefined) return call.fail(`\`${name}\` has no argument`);
  const prefix = `${name.toLowerCase()}(`;
  return mapParts(text, change, (part: Unknown) =>
    part.expression?.startsWith(prefix) && part.expression.endsWith(')')
      ? part
      : undecided(name, [part], call),
  );
}

function trim(args: Args, call: Call): Value {
  const [text] = args;
  if (text?.kind === 'known') return { ...text, value: String(text.value).trim() };
  const parts: readonly TextPart[] = text === undefined ? [] : (textParts(text) ?? []);
  const [first, last] = [parts.at(0), parts.at(-1)];
  const isTrimmed = [first, last].every((part) => typeof part === 'string');
  if (!isTrimmed || text === undefined) return undecided('trim', args, call);
  const trimmedParts = parts.map((part, index) => {
    if (typeof part !== 'string') return part;
    const start = index === 0 ? part.trimStart() : part;
    return index === parts.length - 1 ? start.trimEnd() : start;
  });
  const isWhole = [trimmedParts.at(0), trimmedParts.at(-1)].every((part) => part !== '');
  return isWhole ? textOfParts(trimmedParts, text.origin) : undecided('trim', args, call);
}
