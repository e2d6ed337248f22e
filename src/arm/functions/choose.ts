import type { ListValue, ObjectValue, Reference, Unknown, Value } from '../../value/value.ts';
import { type Budget, equality } from '../equality.ts';
import { callText } from '../expression-text.ts';
import { DEEPEST, MOST_STEPS } from '../limits.ts';
import { idText } from '../resource-ids.ts';
import { waitingFor } from '../undecided.ts';

/** What an undecided condition chooses between. */
export interface Choice {
  readonly condition: Unknown;
  readonly whenTrue: Value;
  readonly whenFalse: Value;
}

/**
 * Remembers what a value was chosen between, so that functions which can go on in both branches do. A value that loses
 * this by being copied is no less right, only less exact.
 */
const CHOICES: WeakMap<Value, Choice> = new WeakMap();

/** What a value was chosen between, when a condition was undecided. */
export function choiceOf(value: Value): Choice | undefined {
  return CHOICES.get(value);
}

/**
 * The value of `condition ? whenTrue : whenFalse` while the condition is undecided: the branches where they are equal;
 * of two objects and of two lists what both have, with `more` for the rest; of two ids both references, `open` when a
 * branch is something else; otherwise something that waits for the condition. `name` and `args` are the call whose result
 * it is, for the expression.
 */
export function choose(choice: Choice, name = 'if', args?: readonly Value[]): Value {
  const { condition, whenTrue, whenFalse } = choice;
  const budget = { steps: MOST_STEPS };
  const chosen = merge(choice, budget, 0, () =>
    callText(name, args ?? [condition, whenTrue, whenFalse], budget),
  );
  if (chosen !== whenTrue && chosen !== whenFalse) CHOICES.set(chosen, choice);
  return chosen;
}

function merge(choice: Choice, budget: Budget, depth: number, name?: () => string | undefined): Value {
  const { condition, whenTrue, whenFalse } = choice;
  budget.steps -= 1;
  if (depth > DEEPEST || budget.steps < 0) return waitingFor(condition);
  if (equality(whenTrue, whenFalse, budget).is === 'true') return whenTrue;
  if (whenTrue.kind === 'object' && whenFalse.kind === 'object') {
    return mergeObjects(whenTrue, whenFalse, condition, budget, depth);
  }
  if (whenTrue.kind === 'list' && whenFalse.kind === 'list') {
    return mergeLists(whenTrue, whenFalse, condition, budget, depth);
  }
  const references = [...referencesOf(whenTrue), ...referencesOf(whenFalse)];
  const open = isOpen(whenTrue) || isOpen(whenFalse);
  const expression = name === undefined ? callText('if', [condition, whenTrue, whenFalse], budget) : name();
  return {
    kind: 'unknown',
    reason: condition.reason,
    origin: condition.origin,
    ...(references.length === 0 ? {} : { references: distinct(references) }),
    ...(references.length > 0 && open ? { open } : {}),
    ...(expression === undefined ? {} : { expression }),
  };
}

function mergeObjects(
  a: ObjectValue,
  b: ObjectValue,
  condition: Unknown,
  budget: Budget,
  depth: number,
): ObjectValue {
  const fields = new Map<string, Value>();
  const names = new Map<string, string>();
  for (const [name, whenTrue] of a.fields) {
    const whenFalse = b.fields.get(name);
    if (whenFalse === undefined) continue;
    fields.set(name, merge({ condition, whenTrue, whenFalse }, budget, depth + 1));
    const spelled = a.names?.get(name);
    if (spelled !== undefined) names.set(name, spelled);
  }
  const isWhole = fields.size === a.fields.size && fields.size === b.fields.size;
  const more = isWhole ? (a.more ?? b.more) : condition;
  return {
    kind: 'object',
    fields,
    origin: a.origin,
    ...(names.size === 0 ? {} : { names }),
    ...(more === undefined ? {} : { more: waitingFor(more) }),
  };
}

function mergeLists(
  a: ListValue,
  b: ListValue,
  condition: Unknown,
  budget: Budget,
  depth: number,
): ListValue {
  const more = a.more ?? b.more;
  if (more === undefined && a.items.length === b.items.length) {
    const items = a.items.map((whenTrue, index) =>
      merge({ condition, whenTrue, whenFalse: b.items[index] ?? whenTrue }, budget, depth + 1),
    );
    return { kind: 'list', items, origin: a.origin };
  }
  const rest = [...b.items];
  const shared = a.items.filter((item) => {
    const index = rest.findIndex((other) => equality(item, other, budget).is === 'true');
    if (index !== -1) rest.splice(index, 1);
    return index !== -1;
  });
  return { kind: 'list', items: shared, origin: a.origin, more: waitingFor(condition) };
}

function referencesOf(value: Value): readonly Reference[] {
  if (value.kind === 'unknown' && value.references !== undefined) return value.references;
  if (value.kind === 'known' && value.sensitive) return [];
  const id = value.kind === 'known' || value.kind === 'unknown' ? idText(value) : undefined;
  return id !== undefined && /^\/(?:subscriptions|providers)\/./.test(id) ? [{ id, property: 'id' }] : [];
}

function isOpen(value: Value): boolean {
  return referencesOf(value).length === 0 || (value.kind === 'unknown' && value.open === true);
}

function distinct(references: readonly Reference[]): readonly Reference[] {
  const seen = new Map(references.map((reference) => [`${reference.property}|${reference.id}`, reference]));
  return [...seen.values()];
}
