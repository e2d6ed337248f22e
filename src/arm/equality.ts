import { and, FALSE, TRUE, type Truth, truth, undecided } from '../value/truth.ts';
import type { ListValue, ObjectValue, Unknown, Value } from '../value/value.ts';
import { DEEPEST, MOST_STEPS } from './limits.ts';
import { isPartialText, textParts } from './partial-text.ts';
import { isSame, textEquality } from './text-equality.ts';
import { unsupported } from './undecided.ts';

/**
 * Whether two values are equal as `equals` and `==` say: types differ or agree, texts are compared with case, lists in
 * order, objects without order. True when the values are certainly equal, also unknown ones with equal expressions; false
 * when they certainly differ; else it waits for the unknowns between them. Field names that differ in nothing but case
 * leave it undecided, because no source says how Azure compares them. `budget` is what is left for many comparisons;
 * without it each may take its own time.
 */
export function equality(a: Value, b: Value, budget: Budget = { steps: MOST_STEPS }): Truth {
  return compare(a, b, budget, 0);
}

/** Values that may still be looked at. */
export interface Budget {
  steps: number;
}

function compare(a: Value, b: Value, budget: Budget, depth: number): Truth {
  budget.steps -= 1;
  if (a === b) return TRUE;
  if (budget.steps < 0 || depth > DEEPEST) return undecided(unsupported('a comparison this large', a.origin));
  if (a.kind === 'unknown') return compareUnknown(a, b);
  if (b.kind === 'unknown') return compareUnknown(b, a);
  if (a.kind === 'known' && b.kind === 'known') return truth(a.value === b.value);
  if (a.kind === 'absent' && b.kind === 'absent') return TRUE;
  if (a.kind === 'list' && b.kind === 'list') return compareLists(a, b, budget, depth);
  if (a.kind === 'object' && b.kind === 'object') return compareObjects(a, b, budget, depth);
  return FALSE;
}

function compareUnknown(a: Unknown, b: Value): Truth {
  if (b.kind === 'unknown' && isSame(a, b)) return TRUE;
  if (b.kind === 'unknown' && idOf(a) !== undefined && idOf(b) !== undefined)
    return truth(idOf(a) === idOf(b));
  const isText = isPartialText(a);
  const left = textParts(a);
  const right = b.kind === 'known' && typeof b.value !== 'string' ? undefined : textParts(b);
  if (left === undefined || right === undefined || b.kind === 'absent') {
    return isText ? FALSE : undecided(a);
  }
  return isText || (b.kind === 'unknown' && isPartialText(b)) ? textEquality(left, right) : undecided(a);
}

/** The resource whose id the unknown certainly is: ids of two resources differ. */
function idOf({ references, open }: Unknown): string | undefined {
  const [first, ...others] = references ?? [];
  return open !== true && others.length === 0 && first?.property === 'id' ? first.id : undefined;
}

function compareLists(a: ListValue, b: ListValue, budget: Budget, depth: number): Truth {
  const more = a.more ?? b.more;
  if (more !== undefined) {
    const [whole, part] = a.more === undefined ? [a, b] : [b, a];
    return whole.more === undefined && whole.items.length < part.items.length ? FALSE : undecided(more);
  }
  if (a.items.length !== b.items.length) return FALSE;
  let all: Truth = TRUE;
  for (const [index, item] of a.items.entries()) {
    const other = b.items[index];
    if (other !== undefined) all = and(all, compare(item, other, budget, depth + 1));
    if (all.is === 'false') return FALSE;
  }
  return all;
}

function compareObjects(a: ObjectValue, b: ObjectValue, budget: Budget, depth: number): Truth {
  const names = new Set([...a.fields.keys(), ...b.fields.keys()]);
  let all: Truth = TRUE;
  for (const name of names) {
    const left = a.fields.get(name);
    const right = b.fields.get(name);
    if (left === undefined || right === undefined) {
      const more = left === undefined ? a.more : b.more;
      all = and(all, more === undefined ? FALSE : undecided(more));
    } else {
      all = and(all, compare(left, right, budget, depth + 1));
      if ((a.names?.get(name) ?? name) !== (b.names?.get(name) ?? name)) {
        all = and(all, undecided(unsupported('field names that differ in case only', left.origin)));
      }
    }
    if (all.is === 'false') return FALSE;
  }
  const more = a.more ?? b.more;
  return more === undefined ? all : and(all, undecided(more));
}
