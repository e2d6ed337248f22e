import { known, type Value } from '../../value/value.ts';
import { MOST_TEXT } from '../limits.ts';
import { joinText, scalarText } from '../partial-text.ts';
import { undecided } from '../undecided.ts';
import type { Call } from './call.ts';
import { jsonText } from './json-text.ts';

const HOLE = /\{(\d{1,6})(?:,\s*(-?\d{1,6})\s*)?(?::([^{}]*))?\}/y;

/**
 * A text put together as .NET's String.Format does, which `format` is documented to use: `{index,width:format}`, doubled
 * braces for one. Truth values read `True` and `False`, null reads as nothing, lists and objects as JSON with single
 * quotes. Unknown values keep their place as parts of the text.
 */
export function formatText(template: string, values: readonly Value[], call: Call): Value {
  const pieces: Value[] = [];
  let literal = '';
  let length = 0;
  const close = (): void => {
    if (literal !== '') pieces.push(known(literal, call.origin));
    literal = '';
  };
  for (let index = 0; index < template.length; ) {
    const character = template.charAt(index);
    if (character !== '{' && character !== '}') {
      literal += character;
      index += 1;
    } else if (template.charAt(index + 1) === character) {
      literal += character;
      index += 2;
    } else {
      HOLE.lastIndex = index;
      const hole = HOLE.exec(template);
      const value = values[Number(hole?.[1])];
      if (hole === null) return call.fail('a format has a brace that is no placeholder');
      if (value === undefined) return call.fail(`a format uses \`{${hole[1]}}\`, which has no argument`);
      const text = holeText(value, Number(hole[2] ?? 0), hole[3] ?? '', call);
      length += text.kind === 'known' ? String(text.value).length : 0;
      if (length > MOST_TEXT) return call.fail('a text is longer than 1 MiB');
      close();
      pieces.push(text);
      index += hole[0].length;
    }
  }
  close();
  return joinText(pieces, call);
}

/** A text with values in it, as `'${a}-${b}'` of Bicep: what `format('{0}-{1}', a, b)` gives. */
export function interpolate(values: readonly Value[], call: Call): Value {
  return joinText(
    values.map((value) => holeText(value, 0, '', call)),
    call,
  );
}

function holeText(value: Value, width: number, format: string, call: Call): Value {
  if (value.kind === 'unknown') {
    if (width === 0 && format === '') return value;
    return undecided('format', [known(`{0,${width}:${format}}`, call.origin), value], call);
  }
  if (value.kind === 'list' || value.kind === 'object') {
    const text = jsonText(value, "'", call);
    return width === 0 || text.kind !== 'known' ? text : { ...text, value: pad(String(text.value), width) };
  }
  if (value.kind === 'absent') return known(pad('', width), value.origin);
  const text = typeof value.value === 'number' ? formatNumber(value.value, format) : scalarText(value.value);
  if (text === undefined) return call.fail(`the number format \`${format}\` is not supported`);
  return { ...value, value: pad(text, width) };
}

function pad(text: string, width: number): string {
  const most = Math.min(Math.abs(width), MOST_TEXT + 1);
  return width < 0 ? text.padEnd(most) : text.padStart(most);
}

/**
 * An integer in a standard numeric format of .NET (`D`, `X`, `N`, `F`, `G`) or a custom one of zeros (`000`), in the
 * invariant culture. Undefined for what is not supported, among it negative numbers in hexadecimal, whose width depends
 * on a type the template does not name.
 */
function formatNumber(value: number, format: string): string | undefined {
  if (format === '') return String(value);
  const sign = value < 0 ? '-' : '';
  const digits = String(Math.abs(value));
  if (!Number.isSafeInteger(value)) return undefined;
  if (/^0+$/.test(format)) return sign + digits.padStart(format.length, '0');
  const [, letter = '', precision = ''] = /^([a-z])(\d{0,2})$/i.exec(format) ?? [];
  const places = precision === '' ? undefined : Number(precision);
  switch (letter.toLowerCase()) {
    case 'd':
      return sign + digits.padStart(places ?? 0, '0');
    case 'x': {
      if (value < 0) return undefined;
      const text = value.toString(16).padStart(places ?? 0, '0');
      return letter === 'X' ? text.toUpperCase() : text;
    }
    case 'n':
      return sign + digits.replace(/\B(?=(?:\d{3})+$)/g, ',') + fraction(places);
    case 'f':
      return sign + digits + fraction(places);
    case 'g':
      return places === undefined || places >= digits.length || places === 0 ? sign + digits : undefined;
    default:
      return undefined;
  }
}

function fraction(places = 2): string {
  return places === 0 ? '' : `.${'0'.repeat(places)}`;
}
