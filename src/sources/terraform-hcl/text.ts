import {
  conceal,
  type Data,
  failure,
  isFailure,
  isLater,
  isPrimitive,
  isThing,
  type Later,
  nameKind,
  reveal,
} from './data.ts';
import { derive, overChoices, unsupported, wholeOf } from './unknown.ts';

/** Longer text is not built: nothing that matters is longer, and text that doubles in a loop is. */
export const LONGEST_TEXT: number = 1024 * 1024;
/** Text of more parts than this does not keep them. */
const MOST_PARTS = 5_000;
/** An unknown part counts as so many characters. */
const LATER_LENGTH = 64;

/** A number as Terraform writes it: in decimal digits, without an exponent. */
export function numberText(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', first = '', rest = '', exponent] = match;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${first}${rest}`;
  return sign + first + rest.padEnd(shift, '0');
}

/** The text of a primitive value, as Terraform converts it; undefined for null. */
export function primitiveText(value: string | number | boolean): string {
  return typeof value === 'number' ? numberText(value) : String(value);
}

/**
 * Puts text together. Where a part is not known the result is not either, and keeps what stands around it; its name is put together
 * from the names of its parts.
 */
export function joinText(values: readonly Data[]): Data {
  const parts: (string | Later)[] = [];
  let secret = false;
  let length = 0;
  for (const value of values) {
    const revealed = reveal(value);
    secret ||= revealed.secret;
    const { data } = revealed;
    if (isFailure(data)) return data;
    if (isThing(data)) return failure(`${nameKind(data)} where text is needed`);
    if (isLater(data)) {
      for (const part of data.encoding === undefined ? (data.parts ?? [data]) : [data]) add(part);
      continue;
    }
    if (data === null || !isPrimitive(data)) return failure(`${nameKind(data)} where text is needed`);
    add(primitiveText(data));
  }
  if (length > LONGEST_TEXT) return unsupported('text longer than 1 MB');
  return conceal(textOf(parts), secret);

  function add(part: string | Later): void {
    const last = parts.at(-1);
    length += typeof part === 'string' ? part.length : LATER_LENGTH;
    if (length > LONGEST_TEXT) return;
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
}

/** The text of parts of which neighbours are not both literal. */
export function textOf(parts: readonly (string | Later)[]): Data {
  const unknown = parts.filter((part) => typeof part !== 'string');
  if (unknown.length === 0) return parts.join('');
  if (parts.length > MOST_PARTS) return derive(unknown);
  const choices = overChoices(
    parts.map((part) => part),
    (known) => known.map((part) => (isPrimitive(part) && part !== null ? primitiveText(part) : '')).join(''),
  );
  if (choices !== undefined) return choices;
  const names = parts.map((part) => (typeof part === 'string' ? part : part.expression));
  const name = names.some((one) => one === undefined)
    ? undefined
    : `"${parts.map((part) => (typeof part === 'string' ? part : `\${${part.expression}}`)).join('')}"`;
  return { ...derive(unknown, name), parts };
}

/** The literal and unknown parts of a text; undefined for what is no text. */
export function partsOf(data: Data): readonly (string | Later)[] | undefined {
  const { data: value } = reveal(data);
  if (isLater(value)) return value.encoding === undefined ? (value.parts ?? [value]) : [value];
  if (isThing(value)) return [wholeOf(value)];
  if (!isPrimitive(value) || value === null) return undefined;
  const text = primitiveText(value);
  return text === '' ? [] : [text];
}
