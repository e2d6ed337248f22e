import { FALSE, undecided as open, or, TRUE, type Truth, truth } from '../../value/truth.ts';
import { absent, known, type ListValue, list, type Unknown, type Value } from '../../value/value.ts';
import { equality } from '../equality.ts';
import { MOST_STEPS } from '../limits.ts';
import { eitherMore } from '../object-builder.ts';
import { isPartialText, textParts } from '../partial-text.ts';
import { textEquality } from '../text-equality.ts';
import { undecided, waitingFor } from '../undecided.ts';
import { accessFromEnd, tryAccessFromEnd, tryGet } from './access.ts';
import type { Call } from './call.ts';
import { described, type FunctionTable, numberAt } from './definition.ts';
import { itemSet } from './item-set.ts';
import { containsText, lastCharacter, positionOf, skipText, takeText } from './text-pieces.ts';
import { truthValue } from './truth-value.ts';

const MOST_RANGE = 10_000;
const HIGHEST = 2_147_483_647;

type Args = readonly Value[];

/** Functions on lists, and those that work on lists, texts and objects alike. */
export const LIST_FUNCTIONS: FunctionTable = {
  array: {
    takes: ['any'],
    picks: true,
    run: (args, call) => (args[0]?.kind === 'list' ? args[0] : list(args, call.origin)),
  },
  createArray: { takes: ['any...?'], lenient: true, run: (args, call) => list(args, call.origin) },
  contains: {
    takes: ['text|list|object', 'any'],
    lenient: true,
    run: (args, call) =>
      pair(args, call, (value, item) => truthValue(containment(value, item), 'contains', args, call)),
  },
  distinct: {
    takes: ['list'],
    run: (args, call) => onList(args, call, ({ items, more }) => uniqueItems(items, more, call)),
  },
  empty: {
    takes: ['null|text|list|object'],
    lenient: true,
    run: (args, call) => one(args, call, (value) => truthValue(emptiness(value), 'empty', args, call)),
  },
  first: {
    takes: ['list|text'],
    lenient: true,
    picks: true,
    run: (args, call) =>
      one(args, call, (value) => (value.kind === 'list' ? itemAt(value, 0, call) : takeText(value, 1, call))),
  },
  flatten: { takes: ['list'], run: (args, call) => onList(args, call, (lists) => flatten(lists, call)) },
  indexFromEnd: {
    takes: ['list', 'number'],
    lenient: true,
    picks: true,
    run: (args, call) => pair(args, call, (value, position) => accessFromEnd(value, position, call)),
  },
  indexOf: {
    takes: ['text|list', 'any'],
    lenient: true,
    run: (args, call) => pair(args, call, (value, item) => position('first', value, item, call)),
  },
  last: {
    takes: ['list|text'],
    lenient: true,
    picks: true,
    run: (args, call) =>
      one(args, call, (value) =>
        value.kind === 'list' ? itemAt(value, -1, call) : lastCharacter(value, call),
      ),
  },
  lastIndexOf: {
    takes: ['text|list', 'any'],
    lenient: true,
    run: (args, call) => pair(args, call, (value, item) => position('last', value, item, call)),
  },
  length: {
    takes: ['text|list|object'],
    run: (args, call) => one(args, call, (value) => length(value, call)),
  },
  max: { takes: ['number|list...'], run: (args, call) => extreme('max', args, call) },
  min: { takes: ['number|list...'], run: (args, call) => extreme('min', args, call) },
  range: {
    takes: ['number', 'number'],
    run: (args, call) => range(numberAt(args, 0), numberAt(args, 1), call),
  },
  skip: { takes: ['list|text', 'number'], lenient: true, run: (args, call) => cut('skip', args, call) },
  take: { takes: ['list|text', 'number'], lenient: true, run: (args, call) => cut('take', args, call) },
  tryGet: {
    takes: ['any', 'any...'],
    lenient: true,
    picks: true,
    run: ([value, ...keys], call) => (value === undefined ? absent(call.origin) : tryGet(value, keys, call)),
  },
  tryIndexFromEnd: {
    takes: ['any', 'any', 'any...?'],
    lenient: true,
    picks: true,
    run: (args, call) =>
      pair(args, call, (value, position) =>
        tryGet(tryAccessFromEnd(value, position, call), args.slice(2), call),
      ),
  },
};

/** A list with a reason why it may have more, when there is one. */
export function listOf(items: Args, more: Unknown | undefined, call: Call): ListValue {
  return more === undefined ? list(items, call.origin) : { ...list(items, call.origin), more };
}

/** The items without repetition. Two that may be equal both stay, and the list may then have another length. */
export function uniqueItems(items: Args, more: Unknown | undefined, call: Call): ListValue {
  const seen = itemSet();
  const unique: Value[] = [];
  let open = more;
  for (const item of items) {
    const isRepeated = seen.has(item);
    if (isRepeated.is === 'true') continue;
    if (isRepeated.is === 'unknown') open = eitherMore(open, waitsFor(isRepeated));
    seen.add(item);
    unique.push(item);
  }
  return listOf(unique, open, call);
}

/** What an undecided answer waits for first, without its expression: the answer is not that value. */
export function waitsFor(answer: Truth): Unknown | undefined {
  const cause = answer.is === 'unknown' ? answer.waitsFor[0] : undefined;
  return cause === undefined ? undefined : waitingFor(cause);
}

function containment(value: Value, item: Value): Truth {
  switch (value.kind) {
    case 'list': {
      const budget = { steps: MOST_STEPS };
      let found: Truth = FALSE;
      for (const other of value.items) {
        found = or(found, equality(other, item, budget));
        if (found.is === 'true') return TRUE;
      }
      return value.more === undefined ? found : or(found, open(value.more));
    }
    case 'object': {
      const rest = value.more === undefined ? FALSE : open(value.more);
      if (item.kind !== 'unknown') {
        const name = textParts(item)?.join('').toLowerCase() ?? '';
        return value.fields.has(name) ? TRUE : rest;
      }
      const name = textParts(item) ?? [];
      const mayBe = [...value.fields.keys()].some((key) => textEquality(name, [key], true).is !== 'false');
      return mayBe ? open(item) : rest;
    }
    case 'unknown':
      return isPartialText(value) ? containsText(value, item) : open(value);
    default:
      return containsText(value, item);
  }
}

function emptiness(value: Value): Truth {
  switch (value.kind) {
    case 'absent':
      return TRUE;
    case 'known':
      return truth(value.value === '');
    case 'unknown':
      return isPartialText(value) && value.parts.some((part) => typeof part === 'string')
        ? FALSE
        : open(value);
    default: {
      const size = value.kind === 'list' ? value.items.length : value.fields.size;
      if (size > 0) return FALSE;
      return value.more === undefined ? TRUE : open(value.more);
    }
  }
}

function itemAt(value: ListValue, index: number, call: Call): Value {
  if (value.more !== undefined) return waitingFor(value.more);
  return value.items.at(index) ?? absent(call.origin);
}

function length(value: Value, call: Call): Value {
  if (value.kind === 'known') return known(String(value.value).length, call.origin);
  if (value.kind !== 'list' && value.kind !== 'object') return undecided('length', [value], call);
  if (value.more !== undefined) return waitingFor(value.more);
  return known(value.kind === 'list' ? value.items.length : value.fields.size, call.origin);
}

function flatten(lists: ListValue, call: Call): Value {
  let more = lists.more;
  const items: Value[] = [];
  for (const inner of lists.items) {
    if (inner.kind === 'unknown') more = eitherMore(more, inner);
    else if (inner.kind !== 'list')
      return call.fail(`\`flatten\` takes a list of lists, not one with ${described(inner)}`);
    else {
      for (const item of inner.items) items.push(item);
      more = eitherMore(more, inner.more);
    }
  }
  return listOf(items, more, call);
}

function position(from: 'first' | 'last', value: Value, item: Value, call: Call): Value {
  const name = from === 'first' ? 'indexOf' : 'lastIndexOf';
  if (value.kind === 'list') {
    if (value.more !== undefined) return waitingFor(value.more);
    const budget = { steps: MOST_STEPS };
    for (let step = 0; step < value.items.length; step += 1) {
      const index = from === 'first' ? step : value.items.length - 1 - step;
      const answer = equality(value.items[index] ?? item, item, budget);
      if (answer.is === 'true') return known(index, call.origin);
      if (answer.is === 'unknown') return truthValue(answer, name, [value, item], call);
    }
    return known(-1, call.origin);
  }
  const found = positionOf(value, item, from);
  return found === undefined ? undecided(name, [value, item], call) : known(found, call.origin);
}

function extreme(which: 'min' | 'max', args: Args, call: Call): Value {
  const numbers: number[] = [];
  for (const value of args.flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg]))) {
    if (value.kind === 'unknown') return undecided(which, args, call);
    if (value.kind !== 'known' || typeof value.value !== 'number')
      return call.fail(`\`${which}\` takes numbers, not ${described(value)}`);
    numbers.push(value.value);
  }
  const open = args.find((arg) => arg.kind === 'list' && arg.more !== undefined);
  if (open?.kind === 'list' && open.more !== undefined) return waitingFor(open.more);
  const [first, ...others] = numbers;
  if (first === undefined) return call.fail(`\`${which}\` has no number to choose from`);
  const found = others.reduce((a, b) => (which === 'min' ? Math.min(a, b) : Math.max(a, b)), first);
  return known(found, call.origin);
}

function range(start: number, count: number, call: Call): Value {
  if (!Number.isInteger(start) || !Number.isInteger(count)) return call.fail('`range` takes whole numbers');
  if (count < 0 || count > MOST_RANGE)
    return call.fail(`\`range\` counts from 0 to ${MOST_RANGE} items, not ${count}`);
  if (start + count > HIGHEST) return call.fail(`\`range\` ends above ${HIGHEST}`);
  const items = Array.from({ length: count }, (_, index) => known(start + index, call.origin));
  return list(items, call.origin);
}

function cut(which: 'skip' | 'take', args: Args, call: Call): Value {
  return pair(args, call, (value, count) => {
    if (count.kind === 'unknown') {
      return value.kind === 'list' ? listOf([], waitingFor(count), call) : undecided(which, args, call);
    }
    const number = Math.max(numberAt(args, 1), 0);
    if (value.kind !== 'list') {
      return which === 'take' ? takeText(value, number, call) : skipText(value, number, call);
    }
    if (value.more === undefined) {
      const items = which === 'take' ? value.items.slice(0, number) : value.items.slice(number);
      return list(items, call.origin);
    }
    if (number === 0) return which === 'take' ? list([], call.origin) : value;
    return listOf([], value.more, call);
  });
}

function one(args: Args, call: Call, run: (value: Value) => Value): Value {
  return run(args[0] ?? absent(call.origin));
}

function pair(args: Args, call: Call, run: (first: Value, second: Value) => Value): Value {
  return run(args[0] ?? absent(call.origin), args[1] ?? absent(call.origin));
}

function onList(args: Args, call: Call, run: (list: ListValue) => Value): Value {
  const [value] = args;
  return value?.kind === 'list' ? run(value) : call.fail('a list is missing');
}
