import { decodedText } from '../value/encoded-text.ts';
import type { Unknown, Value } from '../value/value.ts';
import { decodeBase64, LONGEST_TEXT } from './decode.ts';

/** A text in which what only deployment settles stands as a hole: its position in `holes` between two private characters. */
export interface FlatText {
  readonly text: string;
  readonly holes: readonly Unknown[];
  readonly sensitive: boolean;
}

const HOLE = /\uE000(\d+)\uE001/g;
const DEEPEST = 8;

/**
 * A value as flat text; `encoded` says that it is base64, though readable text is taken as well. Undefined when nothing
 * can be read: no text, compressed beyond bounds, too long.
 */
export function flatten(value: Value, encoded: boolean): FlatText | undefined {
  if (value.kind === 'known') {
    const written = String(value.value);
    const text = encoded ? (decodeBase64(written) ?? written) : written;
    if (text.length > LONGEST_TEXT) return undefined;
    return { text: withoutMarks(text), holes: [], sensitive: value.sensitive === true };
  }
  if (value.kind !== 'unknown') return undefined;
  const holes: Unknown[] = [];
  const text = textOf(value, holes, 0);
  return text.length > LONGEST_TEXT ? undefined : { text, holes, sensitive: false };
}

function textOf(value: Unknown, holes: Unknown[], depth: number): string {
  const decoded = decodedText(value);
  if (decoded?.encoding === 'base64' && depth < DEEPEST) return textOf(decoded.text, holes, depth + 1);
  const { parts } = value;
  if (parts === undefined || parts.length < 2 || depth >= DEEPEST) {
    holes.push(value);
    return `\uE000${holes.length - 1}\uE001`;
  }
  return parts
    .map((part) => (typeof part === 'string' ? withoutMarks(part) : textOf(part, holes, depth + 1)))
    .join('');
}

function withoutMarks(text: string): string {
  return text.replace(/[\uE000\uE001]/g, '?');
}

/** The same text for a reader: holes become `...`. */
export function shownText(text: string): string {
  return text.replace(HOLE, '...');
}

/** The places of the holes that fit. */
export function holesIn({ text, holes }: FlatText, fits: (hole: Unknown) => boolean): readonly string[] {
  return [...text.matchAll(HOLE)].flatMap(([mark, index]) => {
    const hole = holes[Number(index)];
    return hole !== undefined && fits(hole) ? [mark] : [];
  });
}

/** Whether a hole is certainly one word: an address, a name or an id of a resource. */
export function isWord({ references, open }: Unknown): boolean {
  return references?.length === 1 && open !== true && ADDRESS.test(references[0]?.property ?? '');
}

const ADDRESS = /^(privateIPAddress|ipAddress|fqdn|id)$/i;
