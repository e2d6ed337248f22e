import type { Truth } from '../../value/truth.ts';
import { known, type Value } from '../../value/value.ts';
import { callText } from '../expression-text.ts';
import { waitingFor } from '../undecided.ts';
import type { Call } from './call.ts';

/** An answer as the value of the call that asks; an undecided one waits for the first thing that keeps it open. */
export function truthValue(answer: Truth, name: string, args: readonly Value[], call: Call): Value {
  if (answer.is !== 'unknown') return known(answer.is === 'true', call.origin);
  const [cause] = answer.waitsFor;
  const expression = callText(name, args);
  if (cause === undefined) return call.fail(`\`${name}\` cannot be decided`);
  return { ...waitingFor(cause), ...(expression === undefined ? {} : { expression }) };
}
