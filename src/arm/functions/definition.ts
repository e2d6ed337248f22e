import type { ObjectValue, Value } from '../../value/value.ts';
import type { Call, Lambda } from './call.ts';

/**
 * One function of the language. `takes` names the kinds its arguments may have, `text|list` for either; `?` at the end
 * makes an argument optional, `...` stands for one or more, `...?` for any number of them. `any` includes null.
 */
export interface ArmFunction {
  readonly takes: readonly string[];
  /** The least and the most lambdas; none when left out. */
  readonly lambdas?: readonly [least: number, most: number];
  /** It sees unknown arguments. For every other function an unknown argument makes the result unknown. */
  readonly lenient?: true;
  /** It gives back an argument or a part of one as it is: whether that is secret is known from itself. */
  readonly picks?: true;
  readonly run: (args: readonly Value[], call: Call, lambdas: readonly Lambda[]) => Value;
}

/** Functions by the name the documentation writes. */
export type FunctionTable = Readonly<Record<string, ArmFunction>>;

/** The kind of a value as `takes` and messages name it. */
export function kindOf(value: Value): string {
  if (value.kind === 'absent') return 'null';
  if (value.kind !== 'known') return value.kind;
  if (typeof value.value === 'string') return 'text';
  return typeof value.value === 'number' ? 'number' : 'truth';
}

/** The kind of a value as messages name it, with its article. */
export function described(value: Value): string {
  const kind = kindOf(value);
  if (kind === 'null') return kind;
  if (kind === 'truth') return 'a truth value';
  return `${/^[aou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** The text of an argument that `takes` says is a text, else the empty text. */
export function textAt(args: readonly Value[], index: number): string {
  const arg = args[index];
  return arg?.kind === 'known' && typeof arg.value === 'string' ? arg.value : '';
}

/** The number of an argument that `takes` says is a number, else `missing`. */
export function numberAt(args: readonly Value[], index: number, missing = 0): number {
  const arg = args[index];
  return arg?.kind === 'known' && typeof arg.value === 'number' ? arg.value : missing;
}

export function objectAt(args: readonly Value[], index: number): ObjectValue | undefined {
  const arg = args[index];
  return arg?.kind === 'object' ? arg : undefined;
}
