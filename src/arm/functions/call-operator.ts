import type { Value } from '../../value/value.ts';
import { known } from '../../value/value.ts';
import type { Call } from './call.ts';
import { callFunction } from './call-function.ts';
import { LAZY_FUNCTIONS } from './logic-functions.ts';

/** The functions Bicep compiles its operators to. */
const FUNCTION_OF: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '==': 'equals',
    '<': 'less',
    '<=': 'lessOrEquals',
    '>': 'greater',
    '>=': 'greaterOrEquals',
    '+': 'add',
    '-': 'sub',
    '*': 'mul',
    '/': 'div',
    '%': 'mod',
    '&&': 'and',
    '||': 'or',
    '!': 'not',
    '??': 'coalesce',
    '?:': 'if',
  }),
);

/**
 * Applies an operator: `==` `!=` `=~` `!~` `<` `<=` `>` `>=` `+` `-` (one or two operands) `*` `/` `%` `&&` `||` `!`
 * `??` `?:` of Bicep, or the ARM function that means the same: equals, less, lessOrEquals, greater, greaterOrEquals, add,
 * sub, mul, div, mod, and, or, not, coalesce, if. Both spellings give the same expression. `and`, `or`, `coalesce` and `if`
 * evaluate only the operands they need; while a condition is undecided, both branches.
 */
export function callOperator(operator: string, args: readonly (() => Value)[], call: Call): Value {
  const name = FUNCTION_OF.get(operator) ?? operator.toLowerCase();
  const lazy = LAZY_FUNCTIONS.get(name);
  if (lazy !== undefined)
    return args.length === 0 ? call.fail(`\`${operator}\` has no operand`) : lazy(args, call);
  const values = args.map((arg) => arg());
  const apply = (functionName: string, ...operands: readonly Value[]): Value =>
    callFunction(functionName, operands, call) ?? call.fail(`there is no operator \`${operator}\``);
  const inLowerCase = (): readonly Value[] => values.map((value) => apply('toLower', value));
  switch (operator) {
    case '!=':
      return apply('not', apply('equals', ...values));
    case '=~':
      return apply('equals', ...inLowerCase());
    case '!~':
      return apply('not', apply('equals', ...inLowerCase()));
    default:
      return name === 'sub' && values.length === 1
        ? apply(name, known(0, call.origin), ...values)
        : apply(name, ...values);
  }
}

/** Whether a function looks at its arguments only as it needs them, so that `callOperator` should call it. */
export function isLazy(name: string): boolean {
  return LAZY_FUNCTIONS.has(name.toLowerCase());
}
