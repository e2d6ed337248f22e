import { attributeAt } from '../access.ts';
import { toBoolean, unifyItems } from '../convert.ts';
import {
  compareText,
  type Data,
  failure,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSequence,
  isThing,
  type Later,
  listOf,
  type Mapping,
  type More,
  mapping,
  nameKind,
  tuple,
} from '../data.ts';
import { isDifferent, isEqual } from '../equality.ts';
import { primitiveText } from '../text.ts';
import { asObject, derive, isKnown, oneOf, unknownsIn, wholeOf } from '../unknown.ts';
import {
  type Definitions,
  entriesArg,
  itemsArg,
  partial,
  strict,
  textArg,
  wrongArgument,
} from './definition.ts';
import { uniteMore } from './lists.ts';
import { graphemes } from './strings.ts';

const MANY = 10_000;

/** Functions of maps and objects, and those of any collection. */
export const collectionFunctions: Definitions = {
  alltrue: partial(1, 1, ([list]) => allOrAny(list ?? null, false)),
  anytrue: partial(1, 1, ([list]) => allOrAny(list ?? null, true)),
  coalesce: partial(1, MANY, coalesce),
  contains: partial(2, 2, ([list, value]) => contains(list ?? null, value ?? null)),
  keys: partial(1, 1, ([map]) => keys(map ?? null)),
  length: partial(1, 1, ([value]) => length(value ?? null)),
  lookup: partial(2, 3, ([map, key, ...fallback]) => lookup(map ?? null, key ?? null, fallback)),
  merge: partial(0, MANY, merge),
  transpose: strict(1, 1, ([map]) => transpose(entriesArg(map))),
  values: partial(1, 1, ([map]) => values(map ?? null)),
  zipmap: partial(2, 2, ([names, items]) => zipmap(names ?? null, items ?? null)),
};

/** A map or an object; a thing is one too. What is unknown, or is none, is given as the second form. */
function asMapping(data: Data, name: string): Mapping | { readonly instead: Data } {
  if (isMapping(data)) return data;
  if (isThing(data)) return asObject(data);
  if (isLater(data)) return { instead: derive([data]) };
  return { instead: failure(`\`${name}\` needs a map, not ${nameKind(data)}`) };
}

function allOrAny(list: Data, decisive: boolean): Data {
  const name = decisive ? 'anytrue' : 'alltrue';
  const sequence = itemsArg(list);
  if (sequence === undefined) return isLater(list) ? derive([list]) : wrongArgument(name, 'a list');
  const unknown: Later[] = sequence.more === undefined ? [] : [sequence.more.why];
  for (const item of sequence.items) {
    const truth = item === null ? false : toBoolean(item);
    if (isFailure(truth)) return truth;
    if (truth === decisive) return decisive;
    unknown.push(...unknownsIn(truth));
  }
  return unknown.length === 0 ? !decisive : derive(unknown);
}

/** The first value that is neither null nor empty. The id of something that will be there is that. */
function coalesce(args: readonly Data[]): Data {
  const all = unifyItems(args);
  const uncertain: Data[] = [];
  for (const arg of all) {
    if (arg === null || arg === '') continue;
    const value = isThing(arg) ? wholeOf(arg) : arg;
    if (isLater(value) && (value.open || value.references.length === 0)) {
      uncertain.push(value);
      continue;
    }
    return uncertain.length === 0 ? arg : oneOf([...uncertain, value], derive(uncertain.flatMap(unknownsIn)));
  }
  if (uncertain.length === 0) return failure('`coalesce` of nothing but null and empty text');
  return oneOf(uncertain, derive(uncertain.flatMap(unknownsIn)));
}

function contains(list: Data, value: Data): Data {
  const sequence = itemsArg(list);
  if (sequence === undefined) {
    return isLater(list) ? derive([list, ...unknownsIn(value)]) : wrongArgument('contains', 'a list');
  }
  const isFound = isKnown(value) && sequence.items.some((item) => isKnown(item) && isEqual(item, value));
  if (isFound) return true;
  const open = sequence.items.filter(
    (item) => !isDifferent(item, value) && !(isKnown(item) && isKnown(value)),
  );
  const unknown = [...open.flatMap(unknownsIn), ...(sequence.more === undefined ? [] : [sequence.more.why])];
  if (unknown.length === 0 && open.length === 0) return false;
  return derive([...unknown, ...unknownsIn(value)]);
}

function keys(map: Data): Data {
  const object = asMapping(map, 'keys');
  if ('instead' in object) return object.instead;
  const { entries, kind, more } = object;
  const names = [...entries.keys()];
  const further: More | undefined =
    more === undefined ? undefined : { sample: derive([more.why]), why: more.why };
  return kind === 'map' ? listOf(names, further) : tuple(names, further);
}

function values(map: Data): Data {
  const object = asMapping(map, 'values');
  if ('instead' in object) return object.instead;
  const { entries, kind, more } = object;
  return kind === 'map' ? listOf([...entries.values()], more) : tuple([...entries.values()], more);
}

function length(value: Data): Data {
  if (isLater(value)) return derive([value]);
  if (typeof value === 'string') return graphemes(value).length;
  const collection = isThing(value) ? asObject(value) : value;
  if (!isSequence(collection) && !isMapping(collection))
    return wrongArgument('length', 'a collection or text');
  if (collection.more !== undefined) return derive([collection.more.why]);
  if (!isSequence(collection)) return collection.entries.size;
  const isUnsure = collection.kind === 'set' && collection.items.length > 1 && !isKnown(collection);
  return isUnsure ? derive(unknownsIn(collection)) : collection.items.length;
}

function lookup(map: Data, key: Data, [fallback]: readonly Data[]): Data {
  if (isLater(key)) {
    const found = attributeOfAny(map, key);
    return fallback === undefined ? found : oneOf([found, fallback], key);
  }
  const name = textArg(key);
  if (name === undefined) return wrongArgument('lookup', 'a key');
  if (isThing(map) && (map.closed ? map.names().includes(name) : true)) return map.attribute(name);
  if (isLater(map)) {
    const found = attributeAt(map, name);
    return fallback === undefined ? found : oneOf([found, fallback], derive([map]));
  }
  const object = asMapping(map, 'lookup');
  if ('instead' in object) return object.instead;
  const value = object.entries.get(name);
  if (value !== undefined) return value;
  if (object.more !== undefined) {
    const { sample, why } = object.more;
    return fallback === undefined ? sample : oneOf([sample, fallback], why);
  }
  return fallback ?? failure(`\`lookup\` does not find \`${name}\``);
}

function attributeOfAny(map: Data, key: Later): Data {
  const object = asMapping(map, 'lookup');
  if ('instead' in object) return object.instead;
  const all = [...object.entries.values()];
  return oneOf(object.more === undefined ? all : [...all, object.more.why], key);
}

/** Later arguments win, so that what may come from an unknown one may replace what came before. */
function merge(args: readonly Data[]): Data {
  const entries = new Map<string, Data>();
  const mores: More[] = [];
  let isMap = args.length > 0;
  for (const arg of args) {
    if (arg === null) continue;
    const object = isThing(arg) ? asObject(arg) : arg;
    if (isLater(object)) {
      for (const [name, value] of entries) entries.set(name, oneOf([value, object], object));
      mores.push({ sample: object, why: object });
      continue;
    }
    if (!isMapping(object)) return failure(`\`merge\` needs maps, not ${nameKind(arg)}`);
    if (object.kind === 'object') isMap = false;
    const { more } = object;
    if (more !== undefined) {
      for (const [name, value] of entries) {
        if (object.entries.has(name)) continue;
        entries.set(name, oneOf([value, more.sample], more.why));
      }
      mores.push(more);
    }
    for (const [name, value] of object.entries) entries.set(name, value);
  }
  return mapping(entries, isMap ? 'map' : 'object', uniteMore(mores));
}

function transpose(map: Mapping | undefined): Data {
  const lists = new Map<string, string[]>();
  for (const [name, list] of map?.entries ?? []) {
    for (const item of itemsArg(list)?.items ?? []) {
      const key = textArg(item) ?? '';
      const names = lists.get(key) ?? [];
      names.push(name);
      lists.set(key, names);
    }
  }
  if (map === undefined) return wrongArgument('transpose', 'a map of lists');
  return mapping(
    [...lists].map(([name, names]) => [name, listOf(names.sort(compareText))] as const),
    'map',
  );
}

function zipmap(names: Data, items: Data): Data {
  const left = itemsArg(names);
  const right = itemsArg(items);
  if (left === undefined || right === undefined) {
    const open = [...unknownsIn(names), ...unknownsIn(items)];
    return open.length > 0 ? derive(open) : wrongArgument('zipmap', 'two lists');
  }
  if (left.more !== undefined || right.more !== undefined || !isKnown(left)) {
    return derive([...unknownsIn(names), ...unknownsIn(items)]);
  }
  if (left.items.length !== right.items.length) return failure('`zipmap` with lists of different lengths');
  const entries = left.items.map((name, index) => {
    const key = isPrimitive(name) && name !== null ? primitiveText(name) : '';
    return [key, right.items[index] ?? null] as const;
  });
  return mapping(entries, right.kind === 'tuple' ? 'object' : 'map');
}
