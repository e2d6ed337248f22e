import { absent, known, type Value } from '../../value/value.ts';
import { isText, scalarText } from '../partial-text.ts';
import { undecided } from '../undecided.ts';
import type { Call } from './call.ts';
import { type FunctionTable, textAt } from './definition.ts';
import { jsonText } from './json-text.ts';
import { readJson } from './read-json.ts';

type Args = readonly Value[];

/** Functions that turn one type into another, and the constants. A converted value keeps the origin of what it was. */
export const CONVERT_FUNCTIONS: FunctionTable = {
  any: { takes: ['any'], lenient: true, picks: true, run: (args, call) => args[0] ?? absent(call.origin) },
  bool: { takes: ['text|number|truth'], run: toTruth },
  false: { takes: [], run: (_, call) => known(false, call.origin) },
  float: { takes: ['text|number'], run: toFloat },
  int: { takes: ['text|number'], run: toInteger },
  json: { takes: ['text'], run: (args, call) => json(textAt(args, 0), args, call) },
  null: { takes: [], run: (_, call) => absent(call.origin) },
  string: { takes: ['any'], lenient: true, run: toText },
  true: { takes: [], run: (_, call) => known(true, call.origin) },
};

/** Reads a text as JSON; what it holds is as secret as the text. */
export function json(text: string, args: Args, call: Call): Value {
  const [source] = args;
  const read = readJson(text, source?.origin ?? call.origin);
  if ('fault' in read) return call.fail(read.fault);
  return source?.kind === 'known' && source.sensitive ? secret(read.value) : read.value;
}

function secret(value: Value): Value {
  switch (value.kind) {
    case 'known':
      return { ...value, sensitive: true };
    case 'list':
      return { ...value, items: value.items.map(secret) };
    case 'object':
      return { ...value, fields: new Map([...value.fields].map(([name, field]) => [name, secret(field)])) };
    default:
      return value;
  }
}

/** `true` and `false` in any case, and numbers, of which 0 is false; no source settles what other texts give. */
function toTruth([value]: Args, call: Call): Value {
  if (value?.kind !== 'known') return call.fail('`bool` has no argument');
  if (typeof value.value === 'number') return { ...value, value: value.value !== 0 };
  if (typeof value.value === 'boolean') return value;
  const text = value.value.toLowerCase();
  if (text === 'true' || text === 'false') return { ...value, value: text === 'true' };
  return call.fail('`bool` takes `true` or `false`');
}

function toInteger([value]: Args, call: Call): Value {
  if (value?.kind !== 'known') return call.fail('`int` has no argument');
  const number = typeof value.value === 'string' ? integerIn(value.value) : Number(value.value);
  if (number === undefined || !Number.isSafeInteger(number)) return call.fail('`int` takes a whole number');
  return { ...value, value: number };
}

function integerIn(text: string): number | undefined {
  return /^\s*[+-]?\d{1,16}\s*$/.test(text) ? Number(text) + 0 : undefined;
}

function toFloat([value]: Args, call: Call): Value {
  if (value?.kind !== 'known') return call.fail('`float` has no argument');
  if (typeof value.value === 'number') return value;
  const text = String(value.value).trim();
  if (!/^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return call.fail('`float` takes a number');
  return { ...value, value: Number(text) };
}

/** A text stays as it is, truth values read `True` and `False`, everything else is JSON. */
function toText(args: Args, call: Call): Value {
  const [value = absent(call.origin)] = args;
  switch (value.kind) {
    case 'known':
      return { ...value, value: scalarText(value.value) };
    case 'unknown':
      return isText(value) ? value : undecided('string', args, call);
    case 'absent':
      return call.fail('`string` of null');
    default:
      return jsonText(value, '"', call);
  }
}
