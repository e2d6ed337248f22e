import type { Value } from '../../value/value.ts';
import type { Call } from './call.ts';

/**
 * Applies an operator: `==` `!=` `=~` `!~` `<` `<=` `>` `>=` `+` `-` (one or two operands) `*` `/` `%` `&&` `||` `!`
 * `??` `?:` of Bicep, or the name of the ARM function that means the same: equals, less, lessOrEquals, greater,
 * greaterOrEquals, add, sub, mul, div, mod, and, or, not, coalesce, if. Operands are taken lazily, for short circuits.
 */
export function callOperator(operator: string, args: readonly (() => Value)[], call: Call): Value {
  return call.fail(`operator \`${operator}\` with ${args.length} operands`);
}
