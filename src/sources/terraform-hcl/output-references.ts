import type { Reference } from '../../value/value.ts';
import { type Data, isFailure, isLater, isPrimitive, isSecret, isSequence, isThing } from './data.ts';
import { isKnown } from './unknown.ts';

/** Larger values are not looked through to their end. */
const MOST_STEPS = 20_000;

/** Everything a value refers to; `open` when it may hold something that could not be followed. */
export function referencesIn(data: Data): {
  readonly references: readonly Reference[];
  readonly open: boolean;
} {
  const references = new Map<string, Reference>();
  const seen = new Set<object>();
  const pending: Data[] = [data];
  let open = false;
  const add = (reference: Reference): void => {
    references.set(`${reference.id}|${reference.property}`, reference);
  };

  for (let step = 0; step < pending.length && step < MOST_STEPS; step += 1) {
    const next = pending[step] ?? null;
    if (isPrimitive(next) || isKnown(next) || seen.has(next)) continue;
    seen.add(next);
    if (isSecret(next)) pending.push(next.value);
    else if (isFailure(next)) open = true;
    else if (isLater(next)) {
      for (const reference of next.references) add(reference);
      const { kind } = next.reason;
      if (next.open || kind === 'module' || kind === 'unsupported') open = true;
    } else if (isThing(next)) {
      if (next.reference !== undefined && next.reference.property === '') add(next.reference);
      else for (const name of next.names()) pending.push(next.attribute(name));
    } else {
      pending.push(...(isSequence(next) ? next.items : next.entries.values()));
      if (next.more !== undefined) pending.push(next.more.sample, next.more.why);
    }
  }
  return { references: [...references.values()], open: open || pending.length > MOST_STEPS };
}
