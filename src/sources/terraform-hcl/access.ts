import {
  conceal,
  type Data,
  failure,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSequence,
  isThing,
  type Later,
  nameKind,
  reveal,
  type Sequence,
} from './data.ts';
import { primitiveText } from './text.ts';
import { isKnown, oneOf, overChoices, unknownsIn, wholeOf } from './unknown.ts';

/** `of.name` */
export function attributeAt(of: Data, name: string): Data {
  const { data, secret } = reveal(of);
  return conceal(attributeIn(data, name), secret);
}

function attributeIn(data: Data, name: string): Data {
  if (isFailure(data)) return data;
  if (isThing(data)) return data.attribute(name);
  if (isLater(data)) {
    return (
      overChoices([data], ([one]) => attributeAt(one ?? null, name)) ??
      step(
        data,
        /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`,
      )
    );
  }
  if (isMapping(data)) {
    const value = data.entries.has(name) ? data.entries.get(name) : data.more?.sample;
    return value === undefined ? failure(`an object has no attribute \`${name}\``) : value;
  }
  return failure(`${nameKind(data)} has no attribute \`${name}\``);
}

/** `of[key]` */
export function indexAt(of: Data, key: Data): Data {
  const collection = reveal(of);
  const index = reveal(key);
  if (isFailure(collection.data)) return collection.data;
  if (isFailure(index.data)) return index.data;
  const secret = collection.secret || index.secret;
  return conceal(indexIn(collection.data, index.data), secret);
}

function indexIn(data: Data, key: Data): Data {
  if (isLater(key)) return unknownIndex(data, key);
  if (key === null || !isPrimitive(key)) return failure(`${nameKind(key)} as an index`);
  if (isThing(data) || isMapping(data)) return attributeIn(data, primitiveText(key));
  if (isLater(data)) {
    return (
      overChoices([data], ([one]) => indexAt(one ?? null, key)) ?? step(data, `[${JSON.stringify(key)}]`)
    );
  }
  if (!isSequence(data) || data.kind === 'set') return failure(`${nameKind(data)} has no index`);
  const position = typeof key === 'number' ? key : Number(primitiveText(key));
  if (!Number.isInteger(position) || position < 0) {
    return failure(`\`${primitiveText(key)}\` is no position in a list`);
  }
  return itemAt(data, position);
}

function itemAt(sequence: Sequence, position: number): Data {
  const { items, more } = sequence;
  if (more === undefined) {
    const item = items[position];
    return item === undefined ? failure(`a list of ${items.length} items has no position ${position}`) : item;
  }
  if (items.length === 0) return position === 0 ? more.sample : perhaps(more.sample, more.why);
  return oneOf([...items, more.sample], more.why);
}

/** A value that may also be another one of its kind. */
function perhaps(sample: Data, why: Later): Data {
  const alternative = isThing(sample) ? wholeOf(sample) : sample;
  if (isLater(alternative)) return { ...alternative, open: alternative.references.length > 0 };
  return oneOf([alternative, why], why);
}

/** With an index that is not known it is any of the items. */
function unknownIndex(data: Data, key: Later): Data {
  const choices = isKnown(data)
    ? overChoices([data, key], ([of, at]) => indexAt(of ?? null, at ?? null))
    : undefined;
  if (choices !== undefined && !isFailure(choices)) return choices;
  if (isSequence(data) || isMapping(data)) {
    const values = isSequence(data) ? data.items : [...data.entries.values()];
    if (data.more === undefined) return oneOf(values, key);
    if (values.length === 0) return data.more.sample;
    return oneOf([...values, data.more.sample], key);
  }
  if (isLater(data)) return step(data, `[${key.expression ?? '?'}]`);
  if (isThing(data)) return oneOf([data, key], key);
  return failure(`${nameKind(data)} has no index`);
}

/** A part of an unknown value. A part of a copy is a copy of that part. */
function step(of: Later, path: string): Later {
  const { reason, origin, references, open, expression } = of;
  const name = expression === undefined ? undefined : expression + path;
  const isCopy = references.length > 0 && reason.kind === 'known-after-apply' && references.length === 1;
  return {
    kind: 'later',
    reason: isCopy && name !== undefined && !open ? { ...reason, name } : reason,
    references: references.map(({ id, property }) => {
      const isFixed = open && property !== '';
      return { id, property: isFixed ? property : (property + path).replace(/^\./, '') };
    }),
    open,
    ...(origin === undefined ? {} : { origin }),
    ...(name === undefined ? {} : { expression: name }),
  };
}

/** `of[*]`: the items, each as `each` sees it. */
export function splat(of: Data, each: (item: Data) => Data): Data {
  const { data, secret } = reveal(of);
  return conceal(splatOf(data, each), secret);
}

function splatOf(data: Data, each: (item: Data) => Data): Data {
  if (isFailure(data)) return data;
  if (data === null) return { kind: 'tuple', items: [] };
  if (isLater(data)) {
    const choices = overChoices([data], ([one]) => splat(one ?? null, each));
    if (choices !== undefined) return choices;
    const sample = each(perhaps(data, data));
    if (isFailure(sample)) return sample;
    return { kind: 'tuple', items: [], more: { sample, why: unknownsIn(sample)[0] ?? data } };
  }
  if (!isSequence(data)) {
    const item = each(data);
    return isFailure(item) ? item : { kind: 'tuple', items: [item] };
  }
  const kind = data.kind === 'tuple' ? 'tuple' : 'list';
  const items: Data[] = [];
  for (const item of data.items) {
    const result = each(item);
    if (isFailure(result)) return result;
    items.push(result);
  }
  if (data.more === undefined) return { kind, items };
  const sample = each(data.more.sample);
  if (isFailure(sample)) return sample;
  return { kind, items, more: { sample, why: data.more.why } };
}
