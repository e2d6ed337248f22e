import { absent, known, type ListValue, type Unknown, type Value } from '../../value/value.ts';
import { equality } from '../equality.ts';
import { MOST_STEPS } from '../limits.ts';
import { eitherMore, objectBuilder } from '../object-builder.ts';
import { sortBy } from '../text-order.ts';
import { unsupported, waitingFor } from '../undecided.ts';
import type { Call, Lambda } from './call.ts';
import { described, type FunctionTable } from './definition.ts';
import { listOf } from './list-functions.ts';
import { namedFields } from './object-functions.ts';

type Args = readonly Value[];

/** Functions that take a lambda. What a list or object may have more of, the result may too. */
export const LAMBDA_FUNCTIONS: FunctionTable = {
  filter: onItems(filter, 1, 1),
  groupBy: onItems(groupBy, 1, 2),
  map: onItems(
    ({ items, more }, call, [lambda]) =>
      listOf(
        items.map((item, index) => run(lambda, call, item, known(index, call.origin))),
        more === undefined ? undefined : waitingFor(more),
        call,
      ),
    1,
    1,
  ),
  mapValues: {
    takes: ['object'],
    lambdas: [1, 1],
    run: ([value], call, [lambda]) => {
      if (value?.kind !== 'object') return call.fail('an object is missing');
      const builder = objectBuilder();
      for (const [name, field] of namedFields(value)) builder.set(name, run(lambda, call, field));
      const built = builder.build(call.origin);
      return value.more === undefined ? built : { ...built, more: waitingFor(value.more) };
    },
  },
  reduce: {
    takes: ['list', 'any'],
    lenient: true,
    picks: true,
    lambdas: [1, 1],
    run: ([value, start = absentStart], call, [lambda]) => {
      if (value?.kind === 'unknown') return waitingFor(value);
      if (value?.kind !== 'list') return call.fail('a list is missing');
      if (value.more !== undefined) return waitingFor(value.more);
      let result = start;
      for (const [index, item] of value.items.entries()) {
        result = run(lambda, call, result, item, known(index, call.origin));
      }
      return result;
    },
  },
  sort: onItems(sort, 1, 1),
  toObject: onItems(toObject, 1, 2),
};

const absentStart: Value = absent({ kind: 'platform', name: 'reduce', docs: '' });

function onItems(
  apply: (list: ListValue, call: Call, lambdas: readonly Lambda[]) => Value,
  least: number,
  most: number,
): FunctionTable[string] {
  return {
    takes: ['list'],
    lambdas: [least, most],
    run: ([value], call, lambdas) =>
      value?.kind === 'list' ? apply(value, call, lambdas) : call.fail('a list is missing'),
  };
}

function run(lambda: Lambda | undefined, call: Call, ...args: Args): Value {
  return lambda === undefined ? call.fail('a lambda is missing') : lambda(...args);
}

/** The items for which the lambda is true; those for which it is undecided may be among them. */
function filter({ items, more }: ListValue, call: Call, [lambda]: readonly Lambda[]): Value {
  const kept: Value[] = [];
  let open = more === undefined ? undefined : waitingFor(more);
  for (const [index, item] of items.entries()) {
    const answer = run(lambda, call, item, known(index, call.origin));
    if (answer.kind === 'unknown') open = eitherMore(open, waitingFor(answer));
    else if (answer.kind !== 'known' || typeof answer.value !== 'boolean')
      return call.fail(`\`filter\` asks for true or false, not ${described(answer)}`);
    else if (answer.value) kept.push(item);
  }
  return listOf(kept, open, call);
}

/**
 * Sorts by a lambda that says whether its first argument comes before its second. The positions are open where it is
 * undecided, and where it says so of two different items in neither order.
 */
function sort({ items, more }: ListValue, call: Call, [lambda]: readonly Lambda[]): Value {
  let cause = more === undefined ? undefined : waitingFor(more);
  const budget = { steps: MOST_STEPS };
  const precedes = (a: Value, b: Value): boolean | undefined => {
    const answer = run(lambda, call, a, b);
    if (answer.kind === 'known' && typeof answer.value === 'boolean') return answer.value;
    cause ??= answer.kind === 'unknown' ? waitingFor(answer) : call.fail('`sort` asks for true or false');
    return undefined;
  };
  const ordered = sortBy(items, (a, b) => {
    const before = precedes(a, b);
    if (before !== false) return before === true ? -1 : undefined;
    const after = precedes(b, a);
    if (after !== false) return after === true ? 1 : undefined;
    return equality(a, b, budget).is === 'true' ? 0 : undefined;
  });
  if (ordered === undefined) cause ??= unsupported('the order of items that sort alike', call.origin);
  return listOf(ordered ?? items, cause, call);
}

/** Two items that give one name and differ leave its value open: no source says which Azure keeps. */
function toObject({ items, more }: ListValue, call: Call, [nameOf, pick]: readonly Lambda[]): Value {
  const builder = objectBuilder();
  for (const item of items) {
    const name = run(nameOf, call, item);
    const value = pick === undefined ? item : run(pick, call, item);
    const earlier = name.kind === 'known' ? builder.get(String(name.value)) : undefined;
    const isSame = earlier === undefined || equality(earlier, value).is === 'true';
    const kept = isSame ? value : unsupported('a name that `toObject` makes twice', value.origin);
    if (!builder.setAt(name, kept))
      return call.fail(`\`toObject\` takes texts as names, not ${described(name)}`);
  }
  const built = builder.build(call.origin);
  const open = eitherMore(built.more, more === undefined ? undefined : waitingFor(more));
  return open === undefined ? built : { ...built, more: open };
}

function groupBy({ items, more }: ListValue, call: Call, [nameOf, pick]: readonly Lambda[]): Value {
  const groups = new Map<string, Value[]>();
  let open: Unknown | undefined = more === undefined ? undefined : waitingFor(more);
  for (const item of items) {
    const name = run(nameOf, call, item);
    const value = pick === undefined ? item : run(pick, call, item);
    if (name.kind === 'unknown') {
      open = eitherMore(open, waitingFor(name));
    } else if (name.kind === 'known' && typeof name.value === 'string') {
      const group = groups.get(name.value);
      if (group === undefined) groups.set(name.value, [value]);
      else group.push(value);
    } else {
      return call.fail(`\`groupBy\` takes texts as names, not ${described(name)}`);
    }
  }
  const builder = objectBuilder();
  for (const [name, group] of groups) {
    const [first] = group;
    if (builder.get(name) !== undefined) return call.fail('`groupBy` makes names that differ in case only');
    builder.set(name, { ...listOf(group, open, call), origin: first?.origin ?? call.origin });
  }
  const built = builder.build(call.origin);
  return open === undefined ? built : { ...built, more: open };
}
