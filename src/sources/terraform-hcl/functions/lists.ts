import { indexAt } from '../access.ts';
import { canonicalKey, unifyItems } from '../convert.ts';
import {
  compareText,
  type Data,
  failure,
  isLater,
  isSequence,
  isThing,
  type Later,
  listOf,
  type More,
  nameKind,
  type Sequence,
  tuple,
} from '../data.ts';
import { isEqual } from '../equality.ts';
import { derive, isKnown, oneOf, unknownsIn, unsupported, wholeOf } from '../unknown.ts';
import {
  type Definitions,
  itemsArg,
  numberArg,
  partial,
  strict,
  textArg,
  wrongArgument,
} from './definition.ts';

const MANY = 10_000;
/** Longer lists are not made. */
export const LONGEST_LIST: number = 100_000;
/** The limit of Terraform. */
const LONGEST_RANGE = 1024;

/** Functions of lists. */
export const listFunctions: Definitions = {
  chunklist: partial(2, 2, ([list, size]) => chunk(list ?? null, numberArg(size))),
  coalescelist: partial(1, MANY, coalesceList),
  compact: partial(1, 1, ([list]) => compact(list ?? null)),
  concat: partial(1, MANY, (lists) => concat(lists)),
  distinct: partial(1, 1, ([list]) => distinct(list ?? null)),
  element: partial(2, 2, ([list, index]) => element(list ?? null, index ?? null)),
  flatten: partial(1, 1, ([list]) => flatten(list ?? null)),
  index: strict(2, 2, ([list, value]) => {
    const position = itemsArg(list)?.items.findIndex((item) => isEqual(item, value ?? null)) ?? -1;
    return position === -1 ? failure('`index` does not find the item') : position;
  }),
  matchkeys: strict(3, 3, ([values, keys, wanted]) =>
    matchKeys(itemsArg(values), itemsArg(keys), itemsArg(wanted)),
  ),
  one: partial(1, 1, ([list]) => one(list ?? null)),
  range: strict(1, 3, (args) => range(args.map(numberArg))),
  reverse: partial(1, 1, ([list]) => mapItems(list ?? null, 'reverse', (items) => [...items].reverse())),
  slice: partial(3, 3, ([list, start, end]) => slice(list ?? null, start ?? null, end ?? null)),
  sort: strict(1, 1, ([list]) => sort(itemsArg(list))),
};

function mapItems(list: Data, name: string, change: (items: readonly Data[]) => readonly Data[]): Data {
  const sequence = itemsArg(list);
  if (sequence === undefined) return notAList(list, name);
  if (sequence.more !== undefined) return derive([sequence.more.why, ...unknownsIn(list)]);
  return { kind: sequence.kind === 'set' ? 'list' : sequence.kind, items: change(sequence.items) };
}

/** What a function gives for an argument that is not a list: unknown if that is, else a failure. */
function notAList(list: Data, name: string): Data {
  if (isLater(list)) return derive([list]);
  if (isThing(list)) return derive([wholeOf(list)]);
  return failure(`\`${name}\` needs a list, not ${nameKind(list)}`);
}

function chunk(list: Data, size: number | undefined): Data {
  if (size === undefined || size < 0) return wrongArgument('chunklist', 'a size');
  const chunks = mapItems(list, 'chunklist', (items) => {
    const step = Math.max(size === 0 ? items.length : size, 1);
    const count = Math.ceil(items.length / step);
    return Array.from({ length: count }, (_, index) => listOf(items.slice(index * step, (index + 1) * step)));
  });
  return isSequence(chunks) ? { ...chunks, kind: 'list' } : chunks;
}

/** The first list that is not empty. */
function coalesceList(lists: readonly Data[]): Data {
  for (const [index, list] of lists.entries()) {
    const sequence = itemsArg(list);
    if (sequence !== undefined && sequence.items.length > 0) return list;
    const isOpen = isLater(list) || sequence?.more !== undefined;
    if (isOpen) return oneOf(lists.slice(index), derive(unknownsIn(list)));
    if (sequence === undefined && list !== null) return notAList(list, 'coalescelist');
  }
  return failure('`coalescelist` of nothing but empty lists');
}

function compact(list: Data): Data {
  const sequence = itemsArg(list);
  if (sequence === undefined) return notAList(list, 'compact');
  const kept = sequence.items.filter((item) => item !== null && item !== '');
  const doubtful = kept.filter((item) => !isKnown(item) && !isCopy(item));
  const certain = unifyItems(kept.filter((item) => !doubtful.includes(item)));
  const [first] = doubtful;
  if (first === undefined) return listOf(certain, sequence.more);
  const why = derive(unknownsIn(first));
  return listOf(certain, sequence.more ?? { sample: first, why });
}

/** The id of something that will be there is neither null nor empty. */
function isCopy(data: Data): boolean {
  return isLater(data) && data.references.length > 0 && !data.open;
}

function concat(lists: readonly Data[]): Data {
  const items: Data[] = [];
  const mores: More[] = [];
  let isList = true;
  for (const list of lists) {
    const sequence = itemsArg(list);
    if (sequence === undefined) {
      if (!isLater(list)) return notAList(list, 'concat');
      mores.push({ sample: list, why: list });
      continue;
    }
    if (sequence.kind === 'set') return failure('`concat` needs lists, not a set');
    items.push(...sequence.items);
    if (items.length > LONGEST_LIST) return tooLong();
    if (sequence.kind === 'tuple') isList = false;
    if (sequence.more !== undefined) mores.push(sequence.more);
  }
  const more = uniteMore(mores);
  return isList ? listOf(items, more) : tuple(items, more);
}

export function tooLong(): Later {
  return unsupported(`lists of more than ${LONGEST_LIST} items`);
}

/** One description of the further items that several collections may have. */
export function uniteMore(mores: readonly More[]): More | undefined {
  const [first] = mores;
  if (first === undefined || mores.length === 1) return first;
  return {
    sample: oneOf(
      mores.map(({ sample }) => sample),
      first.why,
    ),
    why: first.why,
  };
}

function distinct(list: Data): Data {
  const sequence = itemsArg(list);
  if (sequence === undefined) return notAList(list, 'distinct');
  const kept = new Map<string, Data>();
  for (const item of unifyItems(sequence.items)) {
    const key = canonicalKey(item);
    if (!kept.has(key)) kept.set(key, item);
  }
  return listOf([...kept.values()], sequence.more);
}

/** The item at a position that wraps around. */
function element(list: Data, index: Data): Data {
  const sequence = itemsArg(list);
  if (sequence === undefined) return isLater(list) ? indexAt(list, index) : notAList(list, 'element');
  if (isLater(index) || sequence.more !== undefined) return indexAt({ ...sequence, kind: 'list' }, index);
  const position = numberArg(index);
  const { length } = sequence.items;
  if (position === undefined || !Number.isInteger(position))
    return wrongArgument('element', 'a whole number');
  if (length === 0) return failure('`element` of an empty list');
  return sequence.items[((position % length) + length) % length] ?? null;
}

function flatten(list: Data): Data {
  const items: Data[] = [];
  const mores: More[] = [];
  if (itemsArg(list) === undefined) return notAList(list, 'flatten');
  const pending: Data[] = [list];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const sequence = itemsArg(next);
    if (sequence === undefined) {
      // An unknown item may itself be a list, but an attribute that is copied as a whole is one value.
      if (isLater(next) && !isCopy(next)) mores.push({ sample: next, why: next });
      else items.push(next);
    } else {
      for (let index = sequence.items.length - 1; index >= 0; index -= 1) {
        pending.push(sequence.items[index] ?? null);
      }
      if (sequence.more !== undefined) mores.push(flatMore(sequence.more));
    }
    if (items.length + pending.length > LONGEST_LIST) return tooLong();
  }
  return tuple(items, uniteMore(mores));
}

/** What a further item that is a list would add: what is in it. */
function flatMore(more: More): More {
  const { sample, why } = more;
  if (!isSequence(sample)) return more;
  const samples = [...sample.items, ...(sample.more === undefined ? [] : [sample.more.sample])];
  return { sample: oneOf(samples, why), why };
}

function matchKeys(
  values: Sequence | undefined,
  keys: Sequence | undefined,
  wanted: Sequence | undefined,
): Data {
  if (values === undefined || keys === undefined || wanted === undefined)
    return wrongArgument('matchkeys', 'lists');
  if (values.items.length !== keys.items.length)
    return failure('`matchkeys` with lists of different lengths');
  const searched = new Set(wanted.items.map(canonicalKey));
  return listOf(values.items.filter((_, index) => searched.has(canonicalKey(keys.items[index] ?? null))));
}

/** Null for no item, the item for one. */
function one(list: Data): Data {
  if (list === null) return null;
  const sequence = itemsArg(list);
  if (sequence === undefined) return isLater(list) ? indexAt(list, 0) : list;
  const { items, more } = sequence;
  if (items.length > 1) return failure('`one` of several items');
  const [only] = items;
  if (more === undefined) return only ?? null;
  if (only !== undefined) return only;
  return oneOf([more.sample, null], more.why);
}

function range(args: readonly (number | undefined)[]): Data {
  if (args.includes(undefined)) return wrongArgument('range', 'numbers');
  const [first = 0, second, third] = args;
  const start = second === undefined ? 0 : first;
  const end = second ?? first;
  const step = third ?? (end < start ? -1 : 1);
  if (step === 0 || (end < start && step > 0) || (end > start && step < 0)) {
    return start === end ? listOf([]) : failure('`range` with a step that leads away from its end');
  }
  const items: Data[] = [];
  for (let value = start; step > 0 ? value < end : value > end; value += step) {
    if (items.length === LONGEST_RANGE) return failure(`\`range\` of more than ${LONGEST_RANGE} numbers`);
    items.push(value);
  }
  return listOf(items);
}

function slice(list: Data, start: Data, end: Data): Data {
  const from = numberArg(start);
  const to = numberArg(end);
  const sequence = itemsArg(list);
  if (sequence === undefined) return notAList(list, 'slice');
  if (isLater(start) || isLater(end))
    return derive([...unknownsIn(start), ...unknownsIn(end), ...unknownsIn(list)]);
  if (from === undefined || to === undefined) return wrongArgument('slice', 'two positions');
  if (sequence.more === undefined && (from < 0 || from > to || to > sequence.items.length)) {
    return failure('`slice` outside of its list');
  }
  return mapItems(list, 'slice', (items) => items.slice(from, to));
}

function sort(sequence: Sequence | undefined): Data {
  const texts = sequence?.items.map(textArg) ?? [undefined];
  if (texts.includes(undefined)) return wrongArgument('sort', 'a list of text');
  return listOf(texts.flatMap((text) => text ?? []).sort(compareText));
}
