import { FALSE, or, TRUE, type Truth } from '../../value/truth.ts';
import type { Value } from '../../value/value.ts';
import { equality } from '../equality.ts';
import { MOST_STEPS } from '../limits.ts';

/** Items that were seen, for questions whether another one is among them. Scalars are found without a search. */
export interface ItemSet {
  /** Whether an equal item was added. */
  has(item: Value): Truth;
  add(item: Value): void;
}

export function itemSet(items: readonly Value[] = []): ItemSet {
  const scalars = new Set<string | number | boolean>();
  const known: Value[] = [];
  const others: Value[] = [];
  const budget = { steps: 10 * MOST_STEPS };
  const add = (item: Value): void => {
    if (item.kind !== 'known') {
      others.push(item);
    } else if (!scalars.has(item.value)) {
      scalars.add(item.value);
      known.push(item);
    }
  };
  for (const item of items) add(item);

  return {
    add,
    has(item) {
      if (item.kind === 'known' && scalars.has(item.value)) return TRUE;
      let found: Truth = FALSE;
      for (const other of item.kind === 'unknown' ? [...others, ...known] : others) {
        found = or(found, equality(item, other, budget));
        if (found.is === 'true') return TRUE;
      }
      return found;
    },
  };
}
