import { linkOf } from '../../model/model.ts';
import type { Origin } from '../../text/origin.ts';
import type { Reference, Unknown, Value } from '../../value/value.ts';

/** A link with more candidates than this is unknown: nothing can be said for all of them, and lists of them add up. */
export const MOST_CANDIDATES = 128;

/** Links of which any, or none, may stand in one place. */
export interface Possibility {
  add(other: Value): void;
  /** The union of the candidates, open. The same object until something is added. */
  value(): Unknown;
}

/** A place where so far only `first` may stand. `waitsFor` says why it is not certain. */
export function createPossibility(first: Value, waitsFor: Unknown): Possibility {
  const others: [Unknown, ...Unknown[]] = [candidate(first)];
  const seen = new Set<readonly Reference[] | undefined>([others[0].references]);
  let merged: Unknown | undefined;

  function candidate(link: Value): Unknown {
    return unknownOf(link, waitsFor.reason, first.origin);
  }

  return {
    add(other) {
      const next = candidate(other);
      if (seen.has(next.references)) return;
      seen.add(next.references);
      others.push(next);
      merged = undefined;
    },
    value() {
      merged ??= merge(others, true);
      return merged;
    },
  };
}

/** Both may stand there. */
export function eitherOf(first: Unknown, second: Unknown): Unknown {
  return merge([first, second], true);
}

/** The one link of several that each certainly stand in a property for one: Azure keeps one of them. */
export function oneOf(first: Value, ...others: readonly Value[]): Value {
  const target = linkOf(first);
  const isSame = others.every((link) => {
    const other = linkOf(link);
    return other.kind === 'to' && target.kind === 'to' && other.id === target.id;
  });
  if (isSame) return first;
  const reason = { kind: 'unsupported', name: 'two associations of one kind' } as const;
  const [head, ...rest] = [first, ...others].map((link) => unknownOf(link, reason, link.origin));
  return head === undefined ? first : merge([head, ...rest], false);
}

/** The union of the candidates. When one has no candidates it can be anything, and so can the union. */
function merge(values: readonly [Unknown, ...Unknown[]], open: boolean): Unknown {
  const { reason, origin } = values[0];
  const references = new Map<string, Reference>();
  for (const value of values) {
    if (value.references === undefined) return { kind: 'unknown', reason, origin };
    for (const reference of value.references) references.set(reference.id, reference);
  }
  if (references.size > MOST_CANDIDATES) return { kind: 'unknown', reason, origin };
  const isOpen = open || values.some((value) => value.open === true);
  return {
    kind: 'unknown',
    reason,
    origin,
    references: [...references.values()],
    ...(isOpen ? { open: true } : {}),
  };
}

function unknownOf(link: Value, reason: Unknown['reason'], origin: Origin): Unknown {
  const target = linkOf(link);
  if (target.kind === 'to' && link.kind === 'known') {
    return { kind: 'unknown', reason, origin, references: [{ id: target.id, property: 'id' }] };
  }
  if (link.kind !== 'unknown' || link.references === undefined) return { kind: 'unknown', reason, origin };
  const { references, open } = link;
  return { kind: 'unknown', reason, origin, references, ...(open === true ? { open } : {}) };
}
