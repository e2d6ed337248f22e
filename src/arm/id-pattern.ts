import type { Unknown, Value } from '../value/value.ts';
import { isPartialText, scalarText } from './partial-text.ts';
import { onlyId, withoutCase } from './resource-ids.ts';

/** A piece of a text: literal, in lower case, or a name for what is not known. Equal names are equal values. */
export type Piece =
  | { readonly literal: string; readonly unknown?: never }
  | { readonly unknown: string; readonly literal?: never };

/** What stands between two slashes of an id. */
export interface IdSegment {
  /** Lower case, with `{expression}` for what is not known. */
  readonly text: string;
  readonly isKnown: boolean;
  readonly pieces: readonly Piece[];
}

/** A resource id, or the beginning of one, of which parts may not be known. */
export interface IdPattern {
  /** The id as it stands in a model: lower case, with `{expression}` in place of unknown parts. */
  readonly text: string;
  readonly isKnown: boolean;
  /** An unknown before the first slash: it can stand for any number of segments. */
  readonly lead?: string;
  readonly segments: readonly IdSegment[];
}

let anonymous = 0;
const names = new WeakMap<Unknown, string>();

/** The text of a value as it stands in ids: lower case, with `{expression}` in place of unknown parts. */
export function canonicalText(value: Value): string {
  return piecesOf(value).map(textOf).join('');
}

/** Reads a text as a resource id. Undefined when it cannot be one, for example because it does not begin with a slash. */
export function readIdPattern(value: Value): IdPattern | undefined {
  if (value.kind !== 'known' && value.kind !== 'unknown') return undefined;
  if (value.kind === 'known' && !(typeof value.value === 'string' && value.value.startsWith('/')))
    return undefined;
  if (value.kind === 'unknown' && !isPartialText(value)) return undefined;
  const [first = [], ...rest] = splitAtSlashes(piecesOf(value));
  const [lead] = first;
  if (rest.length === 0 || first.length > 1 || lead?.literal !== undefined) return undefined;
  const segments = rest.map(segmentOf);
  if (segments.at(-1)?.text === '') segments.pop();
  if (segments.length === 0) return undefined;
  return patternOf(lead?.unknown, segments);
}

/** Reads an id of a model, in which unknown parts stand in braces. */
export function parseCanonicalId(text: string): IdPattern | undefined {
  const [first = [], ...rest] = splitAtSlashes(piecesOfCanonical(text));
  const [lead] = first;
  if (rest.length === 0 || first.length > 1 || lead?.literal !== undefined) return undefined;
  return patternOf(lead?.unknown, rest.map(segmentOf));
}

function piecesOfCanonical(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (let open = text.indexOf('{'); open !== -1; open = text.indexOf('{', start)) {
    const close = closingBrace(text, open);
    if (close === -1) break;
    if (open > start) pieces.push({ literal: text.slice(start, open) });
    pieces.push({ unknown: text.slice(open + 1, close) });
    start = close + 1;
  }
  if (start < text.length) pieces.push({ literal: text.slice(start) });
  return pieces;
}

/** The pattern of an element or child: the id, a collection, and the name. */
export function childPattern(parent: IdPattern, collection: string, name: Value): IdPattern {
  const segments = [segmentOf([{ literal: collection.toLowerCase() }]), segmentOf(piecesOf(name))];
  return patternOf(parent.lead, [...parent.segments, ...segments]);
}

/** The pattern without its last type and name; undefined for resources that have no parent. */
export function parentPattern(pattern: IdPattern): IdPattern | undefined {
  const provider = pattern.segments.findLastIndex(({ text }) => text === 'providers');
  if (pattern.segments.length - provider < 6) return undefined;
  return patternOf(pattern.lead, pattern.segments.slice(0, -2));
}

/** The type the id ends with, in lower case: `microsoft.network/loadbalancers/probes`. Undefined where it is not whole. */
export function typeOf(pattern: IdPattern): string | undefined {
  const { segments } = pattern;
  const provider = segments.findLastIndex(({ text }) => text === 'providers');
  if (provider === -1) {
    const isGroup = segments.length === 4 && segments[2]?.text === 'resourcegroups';
    return isGroup && pattern.lead === undefined ? 'microsoft.resources/resourcegroups' : undefined;
  }
  const path = segments.slice(provider + 1);
  if (path.length < 3 || path.length % 2 === 0) return undefined;
  const [namespace, ...rest] = path;
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)]
    .map((segment) => segment?.text ?? '')
    .join('/');
}

function piecesOf(value: Value): readonly Piece[] {
  if (value.kind === 'known') return [{ literal: scalarText(value.value).toLowerCase() }];
  if (value.kind === 'absent') return [];
  if (value.kind !== 'unknown') return [{ unknown: `a ${value.kind}` }];
  if (!isPartialText(value)) return [{ unknown: nameOf(value) }];
  return value.parts.flatMap((part, index): readonly Piece[] => {
    if (typeof part === 'string') return [{ literal: part.toLowerCase() }];
    const id = index === 0 ? onlyId(part) : undefined;
    return id === undefined ? [{ unknown: nameOf(part) }] : piecesOfCanonical(id);
  });
}

function nameOf(value: Unknown): string {
  if (value.expression !== undefined) return withoutCase(value.expression);
  const given = names.get(value);
  if (given !== undefined) return given;
  anonymous += 1;
  const name = `unknown ${anonymous}`;
  names.set(value, name);
  return name;
}

function splitAtSlashes(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const segments: Piece[][] = [[]];
  for (const piece of pieces) {
    if ('unknown' in piece) {
      segments.at(-1)?.push(piece);
      continue;
    }
    const [first = '', ...rest] = piece.literal.split('/');
    if (first !== '') segments.at(-1)?.push({ literal: first });
    for (const text of rest) segments.push(text === '' ? [] : [{ literal: text }]);
  }
  return segments;
}

function segmentOf(pieces: readonly Piece[]): IdSegment {
  return { text: pieces.map(textOf).join(''), isKnown: pieces.every(isLiteral), pieces };
}

function patternOf(lead: string | undefined, segments: readonly IdSegment[]): IdPattern {
  const text = `${lead === undefined ? '' : `{${lead}}`}${segments.map((segment) => `/${segment.text}`).join('')}`;
  const isKnown = lead === undefined && segments.every((segment) => segment.isKnown);
  return lead === undefined ? { text, isKnown, segments } : { text, isKnown, lead, segments };
}

function isLiteral(piece: Piece): boolean {
  return 'literal' in piece;
}

function textOf(piece: Piece): string {
  return 'literal' in piece ? piece.literal : `{${piece.unknown}}`;
}

/** The brace that closes the one at `open`; braces inside quotes do not count. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let offset = open; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    if (character === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return offset;
    }
  }
  return -1;
}
