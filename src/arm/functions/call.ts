import type { Origin } from '../../text/origin.ts';
import type { Unknown, Value } from '../../value/value.ts';
import type { DeploymentScope } from '../deployment-scope.ts';

/** What a function may ask about where it is called. */
export interface Call {
  /** Of the call expression: the origin of results that nobody wrote. */
  readonly origin: Origin;
  readonly scope: DeploymentScope;
  /** Reports a failing expression once and gives the unknown that stands for it. */
  fail(message: string): Unknown;
}

/**
 * The body of a lambda. It gets every argument the function can give, also those it did not declare: the item and its
 * index for `map` and `filter`, the accumulator, the item and its index for `reduce`.
 */
export type Lambda = (...args: readonly Value[]) => Value;
