import type { Value } from '../value/value.ts';
import { mayBeEqual } from './id-match.ts';
import { type IdPattern, readIdPattern, typeOf } from './id-pattern.ts';

/** The ids of the declared resources and of the elements written inside them. */
export interface DeclaredIds {
  /** The declared id that is the same for certain, else every one that may be the same. */
  find(pattern: IdPattern): DeclaredMatch;
}

export type DeclaredMatch =
  | { readonly kind: 'exact' }
  | { readonly kind: 'candidates'; readonly ids: readonly string[] }
  /** So many may be the same that naming them helps nobody. */
  | { readonly kind: 'many' };

const NOTHING: DeclaredMatch = { kind: 'candidates', ids: [] };
const MOST_CANDIDATES = 200;
/** Comparisons of ids with unknown parts in one model; after that every such id may be many. */
const MOST_COMPARISONS = 200_000;

/** Indexes ids, so that looking one up costs little however many there are. */
export function indexDeclaredIds(patterns: readonly IdPattern[]): DeclaredIds {
  const exact = new Set(patterns.map(({ text }) => text));
  const byEnd = new Map<string, IdPattern[]>();
  const byCollection = new Map<string, IdPattern[]>();
  for (const pattern of patterns) {
    append(byEnd, endOf(pattern), pattern);
    append(byCollection, collectionOf(pattern), pattern);
  }
  const found = new Map<string, DeclaredMatch>();
  let comparisons = 0;

  function search(pattern: IdPattern): DeclaredMatch {
    const collection = collectionOf(pattern);
    const among = pattern.segments.at(-1)?.isKnown
      ? [...(byEnd.get(endOf(pattern)) ?? []), ...(byEnd.get(`${collection}/?`) ?? [])]
      : (byCollection.get(collection) ?? []);
    const type = typeOf(pattern);
    comparisons += among.length;
    if (comparisons > MOST_COMPARISONS) return { kind: 'many' };
    const ids = among.filter((other) => hasType(other, type) && mayBeEqual(pattern, other));
    if (ids.length > MOST_CANDIDATES) return { kind: 'many' };
    return ids.length === 0 ? NOTHING : { kind: 'candidates', ids: ids.map(({ text }) => text) };
  }

  return {
    find(pattern) {
      if (exact.has(pattern.text)) return { kind: 'exact' };
      const known = found.get(pattern.text);
      if (known !== undefined) return known;
      const match = search(pattern);
      found.set(pattern.text, match);
      return match;
    },
  };
}

/** The addresses of a pool are elements of an element; nothing that is linked to lies deeper. */
export const DEEPEST_ELEMENTS = 2;

/** The patterns of the elements of a resource: the named objects in the lists of its `properties`, and theirs. */
export function elementPatterns(
  parent: IdPattern,
  properties: Value | undefined,
  child: (parent: IdPattern, collection: string, name: Value) => IdPattern,
  depth = 0,
): readonly IdPattern[] {
  if (properties?.kind !== 'object' || depth === DEEPEST_ELEMENTS) return [];
  return [...properties.fields].flatMap(([collection, value]) => {
    if (value.kind !== 'list') return [];
    return value.items.flatMap((item): readonly IdPattern[] => {
      if (item.kind !== 'object') return [];
      const own = ownPattern(item.fields.get('id'));
      const name = item.fields.get('name');
      if (own === undefined && name === undefined) return [];
      if (name === undefined || name.kind === 'absent') return [];
      const pattern = own ?? child(parent, collection, name);
      return [pattern, ...elementPatterns(pattern, item.fields.get('properties'), child, depth + 1)];
    });
  });
}

function ownPattern(id: Value | undefined): IdPattern | undefined {
  return id === undefined ? undefined : readIdPattern(id);
}

function hasType(pattern: IdPattern, type: string | undefined): boolean {
  return type === undefined || typeOf(pattern) === type;
}

/** The last collection and name of an id; `?` for a name that is not known. */
function endOf(pattern: IdPattern): string {
  const last = pattern.segments.at(-1);
  return `${collectionOf(pattern)}/${last?.isKnown ? last.text : '?'}`;
}

function collectionOf(pattern: IdPattern): string {
  return pattern.segments.at(-2)?.text ?? '';
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
