import { toBoolean, toNumber } from './convert.ts';
import {
  conceal,
  type Data,
  failure,
  isFailure,
  isLater,
  isThing,
  type Later,
  nameKind,
  reveal,
} from './data.ts';
import { isDifferent, isEqual } from './equality.ts';
import type { BinaryOperator } from './expression.ts';
import { derive, isKnown, nameOf, overChoices, unknownsIn, wholeOf } from './unknown.ts';

/** `-operand` and `!operand` */
export function applyUnary(operator: '-' | '!', operand: Data): Data {
  const { data, secret } = reveal(operand);
  const value = operator === '-' ? toNumber(data) : toBoolean(data);
  if (isFailure(value)) return value;
  if (isLater(value)) {
    const name = nameOf(value);
    return (
      overChoices([value], ([one]) => applyUnary(operator, one ?? null)) ??
      conceal(derive([value], name === undefined ? undefined : `${operator}${name}`), secret)
    );
  }
  if (typeof value === 'number') return conceal(-value, secret);
  return typeof value === 'boolean' ? conceal(!value, secret) : failure(`${nameKind(data)} as an operand`);
}

/** All operators but `&&` and `||`. */
export function applyBinary(operator: Exclude<BinaryOperator, '&&' | '||'>, left: Data, right: Data): Data {
  const first = reveal(left);
  const second = reveal(right);
  if (isFailure(first.data)) return first.data;
  if (isFailure(second.data)) return second.data;
  const secret = first.secret || second.secret;
  const isEquality = operator === '==' || operator === '!=';
  const answer = isEquality
    ? compareEqual(operator, first.data, second.data)
    : calculate(operator, first.data, second.data);
  return conceal(answer, secret);
}

function compareEqual(operator: '==' | '!=', left: Data, right: Data): Data {
  if (isKnown(left) && isKnown(right)) return isEqual(left, right) === (operator === '==');
  const choices = overChoices([left, right], ([a, b]) => applyBinary(operator, a ?? null, b ?? null));
  if (choices !== undefined) return choices;
  if (isSame(left, right)) return operator === '==';
  if (isDifferent(left, right)) return operator === '!=';
  return unknownResult(operator, left, right);
}

/** The same unknown value twice. */
function isSame(left: Data, right: Data): boolean {
  if (!isLater(left) || !isLater(right)) return left === right && isThing(left);
  return left.expression !== undefined && left.expression === right.expression;
}

function calculate(operator: string, left: Data, right: Data): Data {
  const a = toNumber(left);
  const b = toNumber(right);
  if (isFailure(a)) return a;
  if (isFailure(b)) return b;
  if (isLater(a) || isLater(b)) {
    return (
      overChoices([a, b], ([x, y]) => calculate(operator, x ?? null, y ?? null)) ??
      unknownResult(operator, a, b)
    );
  }
  if (typeof a !== 'number' || typeof b !== 'number') return failure('null as an operand');
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '+':
      return settled(a + b);
    case '-':
      return settled(a - b);
    case '*':
      return settled(a * b);
    case '/':
      return b === 0 ? failure('a division by zero') : settled(a / b);
    default:
      return b === 0 ? failure('a division by zero') : settled(a % b);
  }
}

/**
 * Terraform calculates with 512 bits, so that `0.1 * 30` is 3. A result so close to a number with few digits that only
 * the 53 bits here tell it apart is that number.
 */
export function settled(value: number): number {
  const whole = Math.round(value);
  if (Math.abs(value - whole) < 1e-12 * Math.max(1, Math.abs(value))) return whole + 0;
  const short = Number(value.toPrecision(15));
  return Math.abs(short - value) < 4e-16 * Math.abs(value) ? short : value;
}

function unknownResult(operator: string, left: Data, right: Data): Later {
  const unknown = [...unknownsOf(left), ...unknownsOf(right)];
  const names = [nameOf(left), nameOf(right)];
  const name = names.includes(undefined) ? undefined : `(${names.join(` ${operator} `)})`;
  return derive(unknown, name);
}

function unknownsOf(data: Data): readonly Later[] {
  return isThing(data) ? [wholeOf(data)] : unknownsIn(data);
}

/** `&&` and `||`: known as soon as one side decides, whatever the other one is. */
export function applyLogical(operator: '&&' | '||', left: Data, evaluateRight: () => Data): Data {
  const decisive = operator === '||';
  const first = logicalOperand(left);
  if (isFailure(first.data)) return first.data;
  if (first.data === decisive) return conceal(decisive, first.secret);
  const second = logicalOperand(evaluateRight());
  const secret = first.secret || second.secret;
  if (isFailure(second.data)) return second.data;
  if (second.data === decisive) return conceal(decisive, secret);
  if (isLater(first.data) || isLater(second.data)) {
    const unknown = [first.data, second.data].filter(isLater);
    return conceal(unknown.length === 1 ? (unknown[0] ?? null) : derive(unknown), secret);
  }
  return conceal(!decisive, secret);
}

function logicalOperand(operand: Data): { readonly data: Data; readonly secret: boolean } {
  const { data, secret } = reveal(operand);
  return { data: data === null ? failure('null as an operand') : toBoolean(data), secret };
}
