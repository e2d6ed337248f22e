import type { Origin } from '../text/origin.ts';
import type { Unknown, Value } from '../value/value.ts';
import { callText } from './expression-text.ts';

/**
 * The result of a function that waits for its arguments. It has the reason and the origin of the first unknown in them,
 * because that is what a person has to look at, and the call as its expression. Without an unknown in the arguments it
 * is Portcullis that cannot tell, and `gap` says why.
 */
export function undecided(
  name: string,
  args: readonly Value[],
  call: { readonly origin: Origin },
  gap = `the result of \`${name}\``,
): Unknown {
  const cause = firstUnknown(args) ?? unsupported(gap, call.origin);
  const expression = callText(name, args);
  return {
    kind: 'unknown',
    reason: cause.reason,
    origin: cause.origin,
    ...(expression === undefined ? {} : { expression }),
  };
}

/** Something Portcullis cannot tell. It equals nothing, not even another of its kind. */
export function unsupported(name: string, origin: Origin): Unknown {
  return { kind: 'unknown', reason: { kind: 'unsupported', name }, origin };
}

/** The same unknown without what names it: something that waits for the same cause. */
export function waitingFor({ reason, origin }: Unknown): Unknown {
  return { kind: 'unknown', reason, origin };
}

/** The first unknown in the values, as a person reads them: also inside lists and objects, and why they may have more. */
function firstUnknown(values: readonly Value[]): Unknown | undefined {
  for (const value of everyValue(values)) {
    if (value.kind === 'unknown') return value;
    if ((value.kind === 'list' || value.kind === 'object') && value.more !== undefined) return value.more;
  }
  return undefined;
}

/** Whether something in the values is secret. */
export function holdsSecret(values: readonly Value[]): boolean {
  for (const value of everyValue(values)) if (value.kind === 'known' && value.sensitive) return true;
  return false;
}

/** Every value in the values once, in reading order, without recursion: values may share parts and lie deep. */
function* everyValue(values: readonly Value[]): Generator<Value> {
  const seen = new Set<Value>();
  const waiting = [...values].reverse();
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    yield value;
    if ((value.kind !== 'list' && value.kind !== 'object') || seen.has(value)) continue;
    seen.add(value);
    const inside = value.kind === 'list' ? value.items : [...value.fields.values()];
    for (let index = inside.length - 1; index >= 0; index -= 1) {
      const next = inside[index];
      if (next !== undefined) waiting.push(next);
    }
  }
}
