import { known, list, type ObjectValue, object, type Value } from '../../value/value.ts';
import { objectBuilder } from '../object-builder.ts';
import { nameOrder, sortBy } from '../text-order.ts';
import { unsupported, waitingFor } from '../undecided.ts';
import type { Call } from './call.ts';
import { described, type FunctionTable } from './definition.ts';
import { listOf } from './list-functions.ts';
import { intersection, shallowMerge, union } from './merge.ts';

type Args = readonly Value[];

/** Functions on objects, and those that merge lists or objects. */
export const OBJECT_FUNCTIONS: FunctionTable = {
  createObject: { takes: ['any...?'], lenient: true, run: createObject },
  intersection: { takes: ['any', 'any...'], lenient: true, run: intersection },
  items: {
    takes: ['object'],
    run: (args, call) =>
      sorted(args, call, (name, value) => object({ key: known(name, value.origin), value }, value.origin)),
  },
  objectKeys: {
    takes: ['object'],
    run: (args, call) => sorted(args, call, (name, value) => known(name, value.origin)),
  },
  shallowMerge: {
    takes: ['list'],
    run: ([objects], call) =>
      objects?.kind === 'list' ? shallowMerge(objects, call) : call.fail('a list is missing'),
  },
  union: { takes: ['any', 'any...?'], lenient: true, run: union },
};

function createObject(args: Args, call: Call): Value {
  const builder = objectBuilder();
  for (let index = 0; index < args.length; index += 2) {
    const [name, value] = [args[index], args[index + 1]];
    if (name === undefined || value === undefined)
      return call.fail('`createObject` has a name without a value');
    if (!builder.setAt(name, value))
      return call.fail(`\`createObject\` takes texts as names, not ${described(name)}`);
  }
  return builder.build(call.origin);
}

/** The fields in the order of their names. Where no source settles the order, the positions in the list are open. */
function sorted(args: Args, call: Call, make: (name: string, value: Value) => Value): Value {
  const [value] = args;
  if (value?.kind !== 'object') return call.fail('an object is missing');
  const entries = [...namedFields(value)];
  const ordered = sortBy(entries, ([a], [b]) => nameOrder(a, b));
  const items = (ordered ?? entries).map(([name, field]) => make(name, field));
  if (value.more !== undefined) return listOf(items, waitingFor(value.more), call);
  if (ordered !== undefined) return list(items, call.origin);
  return listOf(
    items,
    unsupported('the order in which Azure lists the names of an object', value.origin),
    call,
  );
}

/** The fields of an object under their names as they are written. */
export function* namedFields(value: ObjectValue): Generator<readonly [name: string, value: Value]> {
  for (const [name, field] of value.fields) yield [value.names?.get(name) ?? name, field];
}
