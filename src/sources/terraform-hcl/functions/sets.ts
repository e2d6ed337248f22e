import { canonicalKey, setOf } from '../convert.ts';
import { type Data, listOf, type Sequence, tuple } from '../data.ts';
import { type Definitions, itemsArg, strict, wrongArgument } from './definition.ts';
import { LONGEST_LIST, tooLong } from './lists.ts';

const MANY = 10_000;

/** Functions of sets. Lists are converted to sets first. */
export const setFunctions: Definitions = {
  setintersection: strict(1, MANY, (args) =>
    combine('setintersection', args, (first, others) =>
      first.filter((item) => others.every((keys) => keys.has(canonicalKey(item)))),
    ),
  ),
  setsubtract: strict(2, 2, (args) =>
    combine('setsubtract', args, (first, others) =>
      first.filter((item) => others.every((keys) => !keys.has(canonicalKey(item)))),
    ),
  ),
  setunion: strict(1, MANY, (args) => {
    const sequences = args.map(itemsArg);
    const items = sequences.flatMap((sequence) => sequence?.items ?? []);
    return sequences.includes(undefined) ? wrongArgument('setunion', 'sets') : setOf(items);
  }),
  setproduct: strict(1, MANY, (args) => product(args.map(itemsArg))),
};

function combine(
  name: string,
  args: readonly Data[],
  choose: (first: readonly Data[], others: readonly ReadonlySet<string>[]) => readonly Data[],
): Data {
  const sequences = args.map(itemsArg);
  const [first, ...rest] = sequences;
  if (first === undefined || rest.includes(undefined)) return wrongArgument(name, 'sets');
  const others = rest.map((sequence) => new Set((sequence?.items ?? []).map(canonicalKey)));
  return setOf(choose(first.items, others));
}

/** All combinations: a set when all arguments are sets, else a list in the order of the arguments. */
function product(sequences: readonly (Sequence | undefined)[]): Data {
  let combinations: (readonly Data[])[] = [[]];
  let isSet = true;
  for (const sequence of sequences) {
    if (sequence === undefined) return wrongArgument('setproduct', 'sets or lists');
    if (sequence.kind !== 'set') isSet = false;
    if (combinations.length * sequence.items.length > LONGEST_LIST) return tooLong();
    combinations = combinations.flatMap((start) => sequence.items.map((item) => [...start, item]));
  }
  const items = combinations.map((items) => tuple(items));
  return isSet ? { kind: 'set', items } : listOf(items);
}
