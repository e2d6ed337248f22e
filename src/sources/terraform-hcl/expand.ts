import { attributeNamed, type Block } from './body.ts';
import { toNumber } from './convert.ts';
import {
  type Data,
  type Failure,
  failure,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSequence,
  isThing,
  type Later,
  mapping,
  nameKind,
  reveal,
} from './data.ts';
import { bind, type Environment } from './environment.ts';
import { primitiveText } from './text.ts';
import { asObject, causeOf, derive, oneOf, unknownsIn, unsupported } from './unknown.ts';

/** One instance of a resource, a module or a dynamic block. */
export interface Member {
  /** Undefined for what is not repeated. */
  readonly key: string | number | undefined;
  readonly environment: Environment;
  /** Why it may not exist. */
  readonly condition?: Later;
}

/** What `count` and `for_each` make of a block. */
export interface Expansion {
  readonly form: 'single' | 'count' | 'each';
  readonly members: readonly Member[];
  /** What stands for any number of further instances, whose keys are not known. */
  readonly further?: Member & { readonly condition: Later };
}

/** More instances of one block than this are not made. */
const MOST_INSTANCES = 10_000;

/**
 * The instances of a block. What cannot be evaluated gives one instance that stands for any number; `refuse` is told about
 * what Terraform would refuse and gives the reason.
 */
export function expand(
  { body }: Block,
  environment: Environment,
  evaluate: (name: 'count' | 'for_each') => Data,
  refuse: (data: Data) => Later,
): Expansion {
  if (attributeNamed(body, 'count') !== undefined) return expandCount(evaluate('count'), environment, refuse);
  if (attributeNamed(body, 'for_each') === undefined) {
    return { form: 'single', members: [{ key: undefined, environment }] };
  }
  return expandEach(evaluate('for_each'), environment, refuse);
}

function expandCount(value: Data, environment: Environment, refuse: (data: Data) => Later): Expansion {
  const data = toNumber(reveal(value).data);
  const withIndex = (index: Data): Environment => bind(environment, { count: mapping([['index', index]]) });
  if (isLater(data) && data.choices !== undefined) {
    const counts = data.choices.map((choice) => (typeof choice === 'number' ? choice : Number.NaN));
    const most = Math.max(...counts);
    if (isCount(most)) {
      const least = Math.min(...counts);
      const members = Array.from({ length: most }, (_, key): Member => {
        const member = { key, environment: withIndex(key) };
        return key < least ? member : { ...member, condition: data };
      });
      return { form: 'count', members };
    }
  }
  if (typeof data === 'number' && isCount(data)) {
    const members = Array.from({ length: data }, (_, key): Member => ({ key, environment: withIndex(key) }));
    return { form: 'count', members };
  }
  const isTooMany = typeof data === 'number' && data > MOST_INSTANCES;
  const limit = `a count above ${MOST_INSTANCES}`;
  if (isTooMany) environment.run.report('not-evaluated', `Portcullis does not evaluate ${limit}`);
  const open = isTooMany ? unsupported(limit) : data;
  const why = isLater(open)
    ? open
    : refuse(isFailure(data) ? data : failure(`${nameKind(data)} as a \`count\``));
  const further = { key: undefined, environment: withIndex(derive([why])), condition: why };
  return { form: 'count', members: [], further };
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MOST_INSTANCES;
}

function expandEach(value: Data, environment: Environment, refuse: (data: Data) => Later): Expansion {
  const { data } = reveal(value);
  const withEach = (key: Data, item: Data): Environment =>
    bind(environment, {
      each: mapping([
        ['key', key],
        ['value', item],
      ]),
    });
  if (isLater(data) && data.choices !== undefined) return expandChoices(data, data.choices, withEach, refuse);
  const entries = entriesOf(data);
  if (!isEntries(entries)) {
    const why = isLater(entries) ? entries : refuse(entries);
    const sample = { ...why, open: why.references.length > 0 };
    const further = { key: undefined, environment: withEach(derive([why]), sample), condition: why };
    return { form: 'each', members: [], further };
  }
  const members = [...entries.certain].map(
    ([key, item]): Member => ({ key, environment: withEach(key, item) }),
  );
  if (entries.more === undefined) return { form: 'each', members };
  const { key, sample, why } = entries.more;
  return {
    form: 'each',
    members,
    further: { key: undefined, environment: withEach(key, sample), condition: why },
  };
}

/** One of several known collections: what is in all of them is certain. */
function expandChoices(
  cause: Later,
  choices: readonly Data[],
  withEach: (key: Data, item: Data) => Environment,
  refuse: (data: Data) => Later,
): Expansion {
  const maps = choices.map((choice) => entriesOf(choice === null ? mapping([]) : choice));
  const values = new Map<string, Data[]>();
  for (const entries of maps) {
    if (!isEntries(entries)) {
      const why = isLater(entries) ? cause : refuse(entries);
      const further = { key: undefined, environment: withEach(derive([why]), derive([why])), condition: why };
      return { form: 'each', members: [], further };
    }
    for (const [key, item] of entries.certain) values.set(key, [...(values.get(key) ?? []), item]);
  }
  const members = [...values].map(([key, items]): Member => {
    const environment = withEach(key, oneOf(items, cause));
    return items.length === maps.length ? { key, environment } : { key, environment, condition: cause };
  });
  return { form: 'each', members };
}

interface Entries {
  readonly certain: ReadonlyMap<string, Data>;
  readonly more?: { readonly key: Data; readonly sample: Data; readonly why: Later };
}

function isEntries(entries: Entries | Later | Failure): entries is Entries {
  return 'certain' in entries;
}

/** The keys and values of a map, an object, or a set of text. */
function entriesOf(data: Data): Entries | Later | Failure {
  if (isFailure(data) || isLater(data)) return data;
  const collection = isThing(data) ? asObject(data) : data;
  if (isMapping(collection)) {
    const { entries, more } = collection;
    if (more === undefined) return { certain: entries };
    return { certain: entries, more: { key: derive([more.why]), ...more } };
  }
  if (!isSequence(collection) || collection.kind !== 'set')
    return failure(`${nameKind(data)} as a \`for_each\``);
  const certain = new Map<string, Data>();
  const unknown: Later[] = [];
  for (const item of collection.items) {
    const inner = reveal(item).data;
    if (isPrimitive(inner) && inner !== null) certain.set(primitiveText(inner), inner);
    else if (inner === null) return failure('null in a `for_each`');
    else unknown.push(...unknownsIn(inner));
  }
  if (collection.more !== undefined) unknown.push(collection.more.why, ...unknownsIn(collection.more.sample));
  if (unknown.length === 0) return { certain };
  const sample = oneOf(unknown, causeOf(unknown));
  return { certain, more: { key: sample, sample, why: causeOf(unknown) } };
}
