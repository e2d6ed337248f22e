import {
  type Data,
  failure,
  isMapping,
  isSecret,
  isSequence,
  type Mapping,
  type Primitive,
  type Sequence,
} from '../data.ts';
import type { Environment } from '../environment.ts';
import { primitiveText } from '../text.ts';

/** One function of the Terraform language. */
export interface Definition {
  readonly least: number;
  readonly most: number;
  /** It is given unknown and secret items inside its arguments, and unknown arguments. Others get known data alone. */
  readonly partial?: true;
  /** It sees which of its arguments are secret, and decides what is secret in the result. */
  readonly raw?: true;
  /** It takes null as an argument; others refuse it. */
  readonly nullable?: true;
  call(args: readonly Data[], environment: Environment): Data;
}

/** Functions by name. */
export type Definitions = Readonly<Record<string, Definition>>;

/** A function of so many arguments, all of them known. */
export function strict(
  least: number,
  most: number,
  call: (args: readonly Data[], environment: Environment) => Data,
): Definition {
  return { least, most, call };
}

/** A function that passes unknown items on. */
export function partial(
  least: number,
  most: number,
  call: (args: readonly Data[], environment: Environment) => Data,
): Definition {
  return { least, most, partial: true, nullable: true, call };
}

/** An argument as text; a number reads as its digits. Undefined for anything else. */
export function textArg(data: Data | undefined): string | undefined {
  if (data === undefined || data === null || typeof data === 'object') return undefined;
  return primitiveText(data);
}

/** An argument as a number; text that spells one reads as it. Undefined for anything else. */
export function numberArg(data: Data | undefined): number | undefined {
  if (typeof data === 'number') return data;
  const isDecimal = typeof data === 'string' && /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(data);
  return isDecimal ? Number(data) : undefined;
}

/** The failure of a function that is given the wrong kind of argument. */
export function wrongArgument(name: string, expected: string): Data {
  return failure(`\`${name}\` needs ${expected}`);
}

/** The items of a list, a tuple or a set. */
export function itemsArg(data: Data | undefined): Sequence | undefined {
  if (data === undefined) return undefined;
  const inner = isSecret(data) ? data.value : data;
  return isSequence(inner) ? inner : undefined;
}

/** The entries of a map or an object. */
export function entriesArg(data: Data | undefined): Mapping | undefined {
  if (data === undefined) return undefined;
  const inner = isSecret(data) ? data.value : data;
  return isMapping(inner) ? inner : undefined;
}

/** A function of text that gives text, a number or a truth value. */
export function ofTexts(
  name: string,
  count: number,
  call: (...texts: readonly string[]) => Data,
): Definition {
  return strict(count, count, (args) => {
    const texts = args.flatMap((arg) => textArg(arg) ?? []);
    return texts.length === count ? call(...texts) : wrongArgument(name, 'text');
  });
}

/** A function of numbers. */
export function ofNumbers(
  name: string,
  count: number,
  call: (...numbers: readonly number[]) => Primitive | Data,
): Definition {
  return strict(count, count, (args) => {
    const numbers = args.flatMap((arg) => numberArg(arg) ?? []);
    return numbers.length === count ? call(...numbers) : wrongArgument(name, 'numbers');
  });
}
