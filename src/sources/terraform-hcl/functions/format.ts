import { toBoolean, toNumber } from '../convert.ts';
import {
  conceal,
  type Data,
  failure,
  isFailure,
  isLater,
  isPrimitive,
  isSecret,
  isSequence,
  isThing,
  type Later,
  listOf,
  type Sequence,
} from '../data.ts';
import { joinText, numberText, primitiveText } from '../text.ts';
import { derive, unknownsIn, wholeOf } from '../unknown.ts';
import { writeJson } from './data-formats.ts';
import { type Definitions, partial, textArg, wrongArgument } from './definition.ts';
import { graphemes } from './strings.ts';

const MANY = 10_000;
const WIDEST = 1_000;

/** `format` and `formatlist`, with the verbs of Go that Terraform keeps. */
export const formatFunctions: Definitions = {
  format: partial(1, MANY, ([spec, ...args]) => format(spec ?? null, args)),
  formatlist: partial(1, MANY, ([spec, ...args]) => formatList(spec ?? null, args)),
};

interface Verb {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly letter: string;
}

const VERB = /%([ 0#+-]*)(\d+)?(?:\.(\d*))?(?:\[(\d+)\])?(.)?/su;

function format(spec: Data, args: readonly Data[]): Data {
  const text = textArg(spec);
  if (text === undefined)
    return isLater(spec) ? derive([spec, ...args.flatMap(unknownsIn)]) : wrongArgument('format', 'a format');
  const pieces: Data[] = [];
  let next = 0;
  let used = 0;
  for (let rest = text; rest !== ''; ) {
    const match = VERB.exec(rest);
    pieces.push(match === null ? rest : rest.slice(0, match.index));
    if (match === null) break;
    rest = rest.slice(match.index + match[0].length);
    const letter = match[5] ?? '';
    if (letter === '%' && match[0] === '%%') {
      pieces.push('%');
      continue;
    }
    const index = match[4] === undefined ? next : Number(match[4]) - 1;
    next = index + 1;
    used = Math.max(used, next);
    if (index < 0 || index >= args.length) return failure('`format` with too few arguments');
    const verb: Verb = {
      flags: match[1] ?? '',
      width: match[2] === undefined ? undefined : Number(match[2]),
      precision: match[3] === undefined ? undefined : Number(match[3]),
      letter,
    };
    if ((verb.width ?? 0) > WIDEST || (verb.precision ?? 0) > WIDEST)
      return failure('`format` with a width that is too large');
    const piece = formatOne(verb, args[index] ?? null);
    if (isFailure(piece)) return piece;
    pieces.push(piece);
  }
  return used < args.length ? failure('`format` with too many arguments') : joinText(pieces);
}

function formatOne(verb: Verb, arg: Data): Data {
  if (isSecret(arg)) return conceal(formatOne(verb, arg.value), true);
  if (isLater(arg) || isThing(arg)) {
    const value: Later = isThing(arg) ? wholeOf(arg) : arg;
    const isPlain = verb.flags === '' && verb.width === undefined && verb.precision === undefined;
    return isPlain && /^[svd]$/.test(verb.letter) ? value : derive([value]);
  }
  if (verb.letter === 'v') return formatAny(verb, arg);
  if (arg === null) return failure('null in `format`');
  if (!isPrimitive(arg)) {
    const unknown = unknownsIn(arg);
    return unknown.length > 0 ? derive(unknown) : failure('a collection in `format`');
  }
  switch (verb.letter) {
    case 's':
      return padded(cut(primitiveText(arg), verb), verb);
    case 'q':
      return padded(JSON.stringify(primitiveText(arg)), verb);
    case 't': {
      const truth = toBoolean(arg);
      return isFailure(truth) ? truth : padded(String(truth), verb);
    }
    default:
      return formatNumber(verb, toNumber(arg));
  }
}

function cut(text: string, { precision }: Verb): string {
  return precision === undefined ? text : graphemes(text).slice(0, precision).join('');
}

function formatAny(verb: Verb, arg: Data): Data {
  if (arg === null) return padded('null', verb);
  if (verb.flags.includes('#') || !isPrimitive(arg)) {
    const json = writeJson(arg);
    return typeof json === 'string' ? padded(json, verb) : json;
  }
  if (typeof arg === 'number') return formatNumber({ ...verb, letter: 'g' }, arg);
  return padded(typeof arg === 'string' ? cut(arg, verb) : String(arg), verb);
}

/** Fills a text to its width; the flag `-` puts the text first. */
function padded(text: string, { flags, width = 0 }: Verb): string {
  const missing = Math.max(width - graphemes(text).length, 0);
  return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

const BASES: Readonly<Record<string, number>> = { b: 2, d: 10, o: 8, x: 16, X: 16 };

function formatNumber(verb: Verb, value: Data): Data {
  if (typeof value !== 'number')
    return isFailure(value) ? value : failure('`format` of something that is no number');
  if (BASES[verb.letter] !== undefined && !Number.isInteger(value))
    return failure('`format` of a number that is not whole');
  const digits = digitsOf(verb, Math.abs(value));
  if (digits === undefined) return failure(`\`format\` with the verb \`%${verb.letter}\``);
  const { flags, width = 0 } = verb;
  const sign = value < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (!flags.includes('0') || flags.includes('-')) return padded(sign + digits, verb);
  return sign + digits.padStart(width - sign.length, '0');
}

function digitsOf({ letter, flags, precision }: Verb, value: number): string | undefined {
  const base = BASES[letter];
  if (base !== undefined) {
    const prefix = flags.includes('#') ? ({ b: '0b', o: '0', x: '0x', X: '0X' }[letter] ?? '') : '';
    const digits = BigInt(value)
      .toString(base)
      .padStart(precision ?? 0, '0');
    return prefix + (letter === 'X' ? digits.toUpperCase() : digits);
  }
  switch (letter) {
    case 'f':
      return fixed(value, precision ?? 6);
    case 'e':
    case 'E': {
      const text = goExponent(value.toExponential(precision ?? 6));
      return letter === 'E' ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G': {
      const text = shortest(value, precision);
      return letter === 'G' ? text.toUpperCase() : text;
    }
    default:
      return undefined;
  }
}

/** Half of the last digit goes to the even one. */
function fixed(value: number, digits: number): string {
  const scaled = value * 10 ** digits;
  const below = Math.floor(scaled);
  const isHalf = scaled - below === 0.5 && Number.isSafeInteger(below);
  return isHalf ? ((below + (below % 2)) / 10 ** digits).toFixed(digits) : value.toFixed(digits);
}

/** At least two digits in the exponent. */
function goExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Go writes an exponent below -4 and, for the shortest form, from 21 on. */
function shortest(value: number, precision: number | undefined): string {
  if (value === 0) return '0';
  const exponent = Number(value.toExponential().split('e')[1]);
  const limit = precision === undefined ? 21 : Math.max(precision, 1);
  if (exponent < -4 || exponent >= limit) {
    const text =
      precision === undefined ? value.toExponential() : value.toExponential(Math.max(precision, 1) - 1);
    return goExponent(text.replace(/\.?0+e/, 'e'));
  }
  const plain = precision === undefined ? numberText(value) : value.toPrecision(Math.max(precision, 1));
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}

/** `format` for each item of the lists, with the other arguments as they are. */
function formatList(spec: Data, args: readonly Data[]): Data {
  const lists = [spec, ...args].flatMap((arg): readonly Sequence[] => {
    const inner = isSecret(arg) ? arg.value : arg;
    return isSequence(inner) ? [inner] : [];
  });
  const [first] = lists;
  if (first === undefined) {
    const unknown = [spec, ...args].flatMap(unknownsIn);
    if (unknown.length > 0) return derive(unknown);
    const only = format(spec, args);
    return isFailure(only) ? only : listOf([only]);
  }
  const open = lists.flatMap(({ more }) => (more === undefined ? [] : [more.why]));
  if (open.length > 0) return derive([...open, ...[spec, ...args].flatMap(unknownsIn)]);
  const { length } = first.items;
  if (lists.some(({ items }) => items.length !== length))
    return failure('`formatlist` with lists of different lengths');
  const items: Data[] = [];
  for (let index = 0; index < length; index += 1) {
    const at = (arg: Data): Data => {
      const inner = isSecret(arg) ? arg.value : arg;
      return isSequence(inner) ? (inner.items[index] ?? null) : arg;
    };
    const item = format(at(spec), args.map(at));
    if (isFailure(item)) return item;
    items.push(item);
  }
  return listOf(items);
}
