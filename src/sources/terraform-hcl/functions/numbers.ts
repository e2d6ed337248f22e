import { type Data, failure, isFailure } from '../data.ts';
import { settled } from '../operators.ts';
import {
  type Definitions,
  itemsArg,
  numberArg,
  ofNumbers,
  strict,
  textArg,
  wrongArgument,
} from './definition.ts';

const MANY = 10_000;

/** Functions of numbers. */
export const numberFunctions: Definitions = {
  abs: ofNumbers('abs', 1, (value = 0) => Math.abs(value)),
  ceil: ofNumbers('ceil', 1, (value = 0) => Math.ceil(settled(value)) + 0),
  floor: ofNumbers('floor', 1, (value = 0) => Math.floor(settled(value)) + 0),
  log: ofNumbers('log', 2, (value = 1, base = 10) => finite(settled(Math.log(value) / Math.log(base)))),
  max: strict(1, MANY, (args) => extreme('max', args, (a, b) => a > b)),
  min: strict(1, MANY, (args) => extreme('min', args, (a, b) => a < b)),
  pow: ofNumbers('pow', 2, (base = 0, exponent = 0) => finite(base ** exponent)),
  signum: ofNumbers('signum', 1, (value = 0) =>
    Number.isInteger(value) ? Math.sign(value) : wrongArgument('signum', 'a whole number'),
  ),
  sum: strict(1, 1, ([list]) => sum(list)),
  parseint: strict(2, 2, ([text, base]) => parseInteger(textArg(text) ?? '', numberArg(base) ?? 10)),
};

function finite(value: number): Data {
  return Number.isFinite(value) ? value : failure('a number without a value');
}

function extreme(name: string, args: readonly Data[], isBetter: (a: number, b: number) => boolean): Data {
  let best: number | undefined;
  for (const arg of args) {
    const value = numberArg(arg);
    if (value === undefined) return wrongArgument(name, 'numbers');
    if (best === undefined || isBetter(value, best)) best = value;
  }
  return best ?? wrongArgument(name, 'numbers');
}

function sum(list: Data | undefined): Data {
  const items = itemsArg(list)?.items ?? [];
  if (items.length === 0) return wrongArgument('sum', 'a list that is not empty');
  let total: Data = 0;
  for (const item of items) {
    const value = numberArg(item);
    total = value === undefined ? wrongArgument('sum', 'numbers') : settled(Number(total) + value);
    if (isFailure(total)) return total;
  }
  return total;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Bases to 36 do not tell the cases of letters apart. */
function parseInteger(text: string, base: number): Data {
  const match = /^([+-]?)([0-9A-Za-z]+)$/.exec(text);
  if (match === null || base < 2 || base > 62) return failure(`\`${text}\` is no number in base ${base}`);
  let value = 0;
  for (const digit of match[2] ?? '') {
    const place = DIGITS.indexOf(base <= 36 ? digit.toLowerCase() : digit);
    if (place === -1 || place >= base) return failure(`\`${text}\` is no number in base ${base}`);
    value = value * base + place;
  }
  return match[1] === '-' ? -value : value;
}
