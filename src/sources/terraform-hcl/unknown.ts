import type { Origin } from '../../text/origin.ts';
import type { Reason } from '../../value/reason.ts';
import type { Reference } from '../../value/value.ts';
import {
  type Data,
  isFailure,
  isLater,
  isPrimitive,
  isSecret,
  isSequence,
  isThing,
  type Later,
  type Mapping,
  mapping,
  type Primitive,
  type Thing,
} from './data.ts';
import { isEqual } from './equality.ts';

/** More references than this say nothing any more. */
const MOST_REFERENCES = 200;
const LONGEST_EXPRESSION = 400;
const MOST_CHOICES = 8;

/** A value that nothing is known of but why. */
export function later(reason: Reason, origin?: Origin): Later {
  const common = { kind: 'later', reason, references: [], open: false } as const;
  return origin === undefined ? common : { ...common, origin };
}

/** A gap of Portcullis itself. */
export function unsupported(name: string): Later {
  return later({ kind: 'unsupported', name });
}

/** A value that is exactly an attribute of something in the root. */
export function copyOf(reference: Reference, reason: Reason, expression: string): Later {
  return { kind: 'later', reason, references: [reference], open: false, expression };
}

/**
 * A value that is made from unknown ones in a way that is not followed. It may be none of what they are copies of. What is
 * not known for another reason than the apply counts first: it may be anything, not only something new.
 */
export function derive(from: readonly Later[], expression?: string): Later {
  const cause = causeOf(from);
  const references = unite(from.map((one) => one.references));
  return {
    kind: 'later',
    reason: cause.reason,
    references,
    open: references.length > 0,
    ...(cause.origin === undefined ? {} : { origin: cause.origin }),
    ...(expression === undefined || expression.length > LONGEST_EXPRESSION ? {} : { expression }),
  };
}

/** The value that is waited for first. */
export function causeOf(from: readonly Later[]): Later {
  const cause = from.find(({ reason }) => reason.kind !== 'known-after-apply') ?? from[0];
  return cause ?? unsupported('an unknown value');
}

function unite(lists: readonly (readonly Reference[])[]): readonly Reference[] {
  const united = new Map<string, Reference>();
  for (const references of lists) {
    for (const reference of references) united.set(`${reference.id}|${reference.property}`, reference);
    if (united.size > MOST_REFERENCES) return [];
  }
  return [...united.values()];
}

/**
 * One of several values, of which `why` decides. Equal values are that value; copies of attributes are the candidates of a
 * link; known values are kept as choices. Where a known value, such as null, may stand instead of a copy, the references
 * include what decides that.
 */
export function oneOf(data: readonly Data[], why: Later): Data {
  const [first, ...rest] = data;
  if (first === undefined) return why;
  if (data.length === 1) return first;
  const alternatives = data.map((one) => (isThing(one) ? wholeOf(one) : one));
  if (isKnown(first) && rest.every((other) => isKnown(other) && isEqual(first, other))) return first;
  const choices = choicesOf(alternatives);
  const known = alternatives.filter(isKnown);
  const unknown = alternatives.flatMap((one) => (isKnown(one) ? [] : unknownsIn(one)));
  const decisive = known.length > 0 && unknown.length > 0 ? why.references : [];
  const references = unite([...unknown.map((one) => one.references), decisive]);
  const exact = alternatives.every((one) => isLater(one) && one.references.length > 0 && !one.open);
  const cause = causeOf([why, ...unknown]);
  const mayBeOld = known.some((one) => one !== null && one !== '');
  return {
    kind: 'later',
    reason: mayBeOld ? anyTime(cause.reason) : cause.reason,
    references,
    open: references.length > 0 && !exact,
    ...(cause.origin === undefined ? {} : { origin: cause.origin }),
    ...(choices === undefined ? {} : { choices }),
  };
}

/** The reason for a value that can also be one that exists before the apply. */
function anyTime(reason: Reason): Reason {
  return reason.kind === 'known-after-apply' ? { ...reason, kind: 'runtime' } : reason;
}

function choicesOf(alternatives: readonly Data[]): readonly Data[] | undefined {
  const choices: Data[] = [];
  for (const data of alternatives) {
    const possible = isLater(data) ? data.choices : isKnown(data) ? [data] : undefined;
    if (possible === undefined) return undefined;
    for (const one of possible) if (!choices.some((other) => isEqual(other, one))) choices.push(one);
    if (choices.length > MOST_CHOICES) return undefined;
  }
  return choices;
}

/**
 * Applies a function of known values to arguments of which some are one of a few known values. Undefined when that is not
 * so, or when there are too many combinations.
 */
export function overChoices(args: readonly Data[], call: (args: readonly Data[]) => Data): Data | undefined {
  const open = args.filter((data) => isLater(data) && data.choices !== undefined);
  if (open.length === 0 || args.some((data) => !open.includes(data) && !isKnown(data))) return undefined;
  let combinations: readonly (readonly Data[])[] = [[]];
  for (const data of args) {
    const possible = isLater(data) ? (data.choices ?? []) : [data];
    if (combinations.length * possible.length > 2 * MOST_CHOICES) return undefined;
    combinations = combinations.flatMap((start) => possible.map((one) => [...start, one]));
  }
  const results = combinations.map(call);
  const failed = results.find((result) => isFailure(result));
  if (failed !== undefined) return failed;
  return oneOf(results, causeOf(open.filter(isLater)));
}

const knownness = new WeakMap<object, boolean>();

/** Whether nothing in the value is unknown. */
export function isKnown(data: Data): boolean {
  if (isPrimitive(data)) return true;
  if (isLater(data) || isFailure(data) || isThing(data)) return false;
  const remembered = knownness.get(data);
  if (remembered !== undefined) return remembered;
  const answer = isSecret(data)
    ? isKnown(data.value)
    : data.more === undefined &&
      (isSequence(data) ? data.items.every(isKnown) : [...data.entries.values()].every(isKnown));
  knownness.set(data, answer);
  return answer;
}

/** What is unknown in a value, at most a few hundred. */
export function unknownsIn(data: Data): readonly Later[] {
  const found: Later[] = [];
  collect(data, found);
  return found;
}

function collect(data: Data, found: Later[]): void {
  if (isKnown(data) || found.length > 2 * MOST_REFERENCES || isPrimitive(data) || isFailure(data)) return;
  if (isLater(data)) found.push(data);
  else if (isSecret(data)) collect(data.value, found);
  else if (isThing(data)) found.push(wholeOf(data));
  else {
    for (const item of isSequence(data) ? data.items : data.entries.values()) collect(item, found);
    if (data.more !== undefined) {
      found.push(data.more.why);
      collect(data.more.sample, found);
    }
  }
}

/** A thing as one unknown value. */
export function wholeOf(thing: Thing): Later {
  const { name, reference } = thing;
  const reason = { kind: 'known-after-apply', name } as const;
  return reference === undefined ? { ...later(reason), expression: name } : copyOf(reference, reason, name);
}

/** The attributes of a thing as an object. */
export function asObject(thing: Thing): Mapping {
  const entries = thing.names().map((name) => [name, thing.attribute(name)] as const);
  if (thing.closed) return mapping(entries);
  const why = wholeOf(thing);
  return mapping(entries, 'object', { sample: derive([why]), why });
}

/** How a value is called inside the expression of another one; undefined when that is not worth the length. */
export function nameOf(data: Data): string | undefined {
  if (isLater(data)) return data.expression;
  return isPrimitive(data) ? literalName(data) : undefined;
}

function literalName(data: Primitive): string | undefined {
  const text = JSON.stringify(data);
  return text.length > LONGEST_EXPRESSION ? undefined : text;
}
