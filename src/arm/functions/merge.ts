import { and, TRUE, type Truth } from '../../value/truth.ts';
import type { ListValue, ObjectValue, Unknown, Value } from '../../value/value.ts';
import { equality } from '../equality.ts';
import { DEEPEST, MOST_STEPS } from '../limits.ts';
import { eitherMore, objectBuilder } from '../object-builder.ts';
import { isPartialText } from '../partial-text.ts';
import { undecided, unsupported, waitingFor } from '../undecided.ts';
import type { Call } from './call.ts';
import { choiceOf, choose } from './choose.ts';
import { described } from './definition.ts';
import { itemSet } from './item-set.ts';
import { listOf, uniqueItems, waitsFor } from './list-functions.ts';

type Args = readonly Value[];

/**
 * `union`: lists without repetition in the order of the arguments, or objects merged into each other, of which the later
 * one wins and objects inside are merged likewise while lists are replaced (Bicep object functions). Names are compared
 * without case. Null as an argument adds nothing.
 */
export function union(args: Args, call: Call): Value {
  const kind = sharedKind('union', args, call);
  if (typeof kind !== 'string') return kind;
  if (kind === 'list') {
    let more: Unknown | undefined;
    const items: Value[] = [];
    for (const arg of args) {
      if (arg.kind === 'unknown') more = eitherMore(more, arg);
      if (arg.kind !== 'list') continue;
      for (const item of arg.items) items.push(item);
      more = eitherMore(more, arg.more);
    }
    return uniqueItems(items, more, call);
  }
  return fold(args, call, (merged, next) => mergeDeep(merged, next, { steps: MOST_STEPS }, 0));
}

/** `shallowMerge`, and `...` in an object: the fields of the later objects replace those of the earlier ones. */
export function shallowMerge(objects: ListValue, call: Call): Value {
  const odd = objects.items.find(({ kind }) => kind !== 'object' && kind !== 'unknown' && kind !== 'absent');
  if (odd !== undefined) return call.fail(`\`shallowMerge\` takes objects, not ${described(odd)}`);
  const merged = fold(objects.items, call, (before, next) => {
    const builder = objectBuilder(before);
    builder.spread(next);
    return builder.build(call.origin);
  });
  if (objects.more === undefined || merged.kind !== 'object') return merged;
  const builder = objectBuilder(merged);
  builder.cloud(waitingFor(objects.more));
  return builder.build(call.origin);
}

/** `intersection`: what the first list or object has in common with all others, in its order. */
export function intersection(args: Args, call: Call): Value {
  const kind = sharedKind('intersection', args, call);
  if (typeof kind !== 'string') return kind;
  const [first, ...others] = args;
  if (first?.kind === 'list') return commonItems(first, others, call);
  if (first?.kind === 'object') return commonFields(first, others, call);
  const cause = args.find((arg): arg is Unknown => arg.kind === 'unknown');
  if (cause === undefined) return call.fail('`intersection` of null');
  return kind === 'list'
    ? listOf([], waitingFor(cause), call)
    : { kind: 'object', fields: new Map(), origin: call.origin, more: waitingFor(cause) };
}

/** Whether all arguments are lists or all objects; an unknown one fits, null too. Else the result of the call. */
function sharedKind(name: string, args: Args, call: Call): 'list' | 'object' | Unknown {
  const odd = args.find(({ kind }) => kind === 'known');
  if (odd !== undefined) return call.fail(`\`${name}\` takes lists or objects, not ${described(odd)}`);
  const hasList = args.some(({ kind }) => kind === 'list');
  const hasObject = args.some(({ kind }) => kind === 'object');
  if (hasList && hasObject) return call.fail(`\`${name}\` takes lists or objects, not both`);
  if (!hasList && !hasObject) {
    return args.some(({ kind }) => kind === 'unknown')
      ? undecided(name, args, call)
      : call.fail(`\`${name}\` of nothing but null`);
  }
  return hasList ? 'list' : 'object';
}

/** Merges one object after the other; what is chosen by an undecided condition is merged in both branches. */
function fold(args: Args, call: Call, merge: (merged: ObjectValue, next: Value) => ObjectValue): Value {
  let merged: ObjectValue = { kind: 'object', fields: new Map(), origin: call.origin };
  for (const arg of args) {
    const choice = choiceOf(arg);
    if (choice === undefined) {
      merged = merge(merged, arg);
      continue;
    }
    const chosen = choose({
      condition: choice.condition,
      whenTrue: merge(merged, choice.whenTrue),
      whenFalse: merge(merged, choice.whenFalse),
    });
    merged = chosen.kind === 'object' ? chosen : merge(merged, arg);
  }
  return merged;
}

function mergeDeep(a: ObjectValue, b: Value, budget: { steps: number }, depth: number): ObjectValue {
  const builder = objectBuilder(a);
  if (b.kind === 'unknown') builder.cloud(b);
  if (b.kind !== 'object') return builder.build(a.origin);
  if (b.more !== undefined) builder.cloud(b.more, b.fields);
  for (const [name, next] of b.fields) {
    const spelled = b.names?.get(name) ?? name;
    const earlier = a.fields.get(name) ?? a.more;
    budget.steps -= 1;
    const isTooLarge = budget.steps < 0 || depth > DEEPEST;
    builder.set(
      spelled,
      isTooLarge ? unsupported('a union this large', next.origin) : over(earlier, next, budget, depth),
    );
  }
  return builder.build(a.origin);
}

/** What a later field makes of an earlier one. No source says whether null replaces a value: that stays undecided. */
function over(earlier: Value | undefined, next: Value, budget: { steps: number }, depth: number): Value {
  if (earlier === undefined || earlier.kind === 'absent' || earlier === next) return next;
  switch (next.kind) {
    case 'absent':
      return unsupported('what `union` makes of null', next.origin);
    case 'unknown': {
      const isSet = isPartialText(next) || (next.references !== undefined && next.open !== true);
      return isSet ? next : waitingFor(next);
    }
    case 'object':
      if (earlier.kind === 'object') return mergeDeep(earlier, next, budget, depth + 1);
      return earlier.kind === 'unknown' ? mayHaveMore(next, earlier, budget, depth + 1) : next;
    default:
      return next;
  }
}

/** An object merged over something unknown, which may be an object with further fields at any depth. */
function mayHaveMore(
  value: ObjectValue,
  cause: Unknown,
  budget: { steps: number },
  depth: number,
): ObjectValue {
  const start: ObjectValue = {
    kind: 'object',
    fields: new Map(),
    origin: value.origin,
    more: waitingFor(cause),
  };
  return mergeDeep(start, value, budget, depth);
}

function commonItems(first: ListValue, others: Args, call: Call): Value {
  const sets = others.map((other) => (other.kind === 'list' ? itemSet(other.items) : undefined));
  let more = first.more;
  for (const other of others) {
    if (other.kind === 'unknown') more = eitherMore(more, waitingFor(other));
    if (other.kind === 'list' && other.more !== undefined) more = eitherMore(more, waitingFor(other.more));
  }
  const items: Value[] = [];
  for (const item of first.items) {
    const answers = sets.map((set, index) =>
      set === undefined ? (others[index]?.kind === 'unknown' ? 'open' : 'false') : set.has(item),
    );
    const certain = answers.filter((answer): answer is Truth => typeof answer !== 'string');
    if (answers.includes('false') || certain.some(({ is }) => is === 'false')) continue;
    const all = and(...certain);
    if (all.is === 'true' && !answers.includes('open')) items.push(item);
    else more = eitherMore(more, waitsFor(all));
  }
  return uniqueItems(items, more, call);
}

function commonFields(first: ObjectValue, others: Args, call: Call): Value {
  const builder = objectBuilder();
  let more = first.more;
  for (const other of others) {
    if (other.kind === 'unknown') more = eitherMore(more, waitingFor(other));
    if (other.kind === 'object' && other.more !== undefined) more = eitherMore(more, waitingFor(other.more));
  }
  for (const [name, field] of first.fields) {
    let common: Truth = TRUE;
    let isMissing = false;
    for (const other of others) {
      const value = other.kind === 'object' ? other.fields.get(name) : undefined;
      if (value !== undefined) common = and(common, equality(field, value));
      else isMissing = true;
      const isNested = field.kind === 'object' && value?.kind === 'object' && common.is === 'false';
      if (isNested) more = eitherMore(more, unsupported('the intersection of nested objects', field.origin));
    }
    if (common.is === 'unknown') more = eitherMore(more, waitsFor(common));
    if (common.is === 'true' && !isMissing) builder.set(first.names?.get(name) ?? name, field);
  }
  const built = builder.build(call.origin);
  return more === undefined ? built : { ...built, more };
}
