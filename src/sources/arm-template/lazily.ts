import type { Origin } from '../../text/origin.ts';
import type { Value } from '../../value/value.ts';
import type { Session } from './session.ts';

/**
 * Evaluates once, when first asked. What is asked for while it is being evaluated refers to itself: that is unknown, and
 * a problem. `what` names it in messages: `the variable x`.
 */
export function lazily(
  session: Session,
  what: string,
  origin: () => Origin,
  evaluate: () => Value,
): () => Value {
  let state: 'waiting' | 'running' | 'done' = 'waiting';
  let result: Value | undefined;
  return () => {
    if (state === 'done' && result !== undefined) return result;
    if (state === 'running') return session.fail(`${what} refers to itself`, origin());
    state = 'running';
    result = session.nest(evaluate) ?? session.fail(`${what} is defined through too many others`, origin());
    state = 'done';
    return result;
  };
}
