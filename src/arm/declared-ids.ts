import type { Unknown, Value } from '../value/value.ts';
import { mayBeEqual } from './id-match.ts';
import { childPattern, type IdPattern, parentPattern, readIdPattern, typeOf } from './id-pattern.ts';

/** The ids of the declared resources and of the elements written inside them. */
export interface DeclaredIds {
  /** The declared id that is the same for certain, else every one that may be the same. */
  find(pattern: IdPattern): DeclaredMatch;
}

export type DeclaredMatch =
  | { readonly kind: 'exact' }
  | { readonly kind: 'candidates'; readonly ids: readonly string[] }
  /** So many may be the same that naming them helps nobody. */
  | { readonly kind: 'many' }
  /** It may be one of the elements of a declared resource that cannot be read. */
  | { readonly kind: 'unread'; readonly waitsFor: Unknown };

/** An id that is declared, and why it may have elements that were not read: by collection, or of any collection. */
export interface DeclaredId {
  readonly pattern: IdPattern;
  readonly unread?: ReadonlyMap<string, Unknown> | Unknown;
}

const NOTHING: DeclaredMatch = { kind: 'candidates', ids: [] };
const MOST_CANDIDATES = 200;
/** Comparisons of ids with unknown parts in one model; after that every such id may be many. */
const MOST_COMPARISONS = 200_000;

/** Indexes ids, so that looking one up costs little however many there are. */
export function indexDeclaredIds(declared: readonly DeclaredId[]): DeclaredIds {
  const patterns = declared.map(({ pattern }) => pattern);
  const exact = new Map(declared.map(({ pattern, unread }) => [pattern.text, unread]));
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
    if (ids.length > 0) return { kind: 'candidates', ids: ids.map(({ text }) => text) };
    const waitsFor = unreadIn(pattern);
    return waitsFor === undefined ? NOTHING : { kind: 'unread', waitsFor };
  }

  /** Why the resource that the id is an element of may have it. */
  function unreadIn(pattern: IdPattern): Unknown | undefined {
    const parent = parentPattern(pattern);
    const unread = parent === undefined ? undefined : exact.get(parent.text);
    return unread === undefined || 'reason' in unread ? unread : unread.get(collectionOf(pattern));
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

/** The ids of a resource and of its elements: the named objects in the lists of its `properties`, and in theirs. */
export function declaredIdsOf(
  pattern: IdPattern,
  properties: Value | undefined,
  depth = 0,
): readonly DeclaredId[] {
  if (properties === undefined || depth === DEEPEST_ELEMENTS) return [{ pattern }];
  if (properties.kind === 'unknown') return [{ pattern, unread: properties }];
  if (properties.kind !== 'object') return [{ pattern }];
  const unread = new Map<string, Unknown>();
  const elements = [...properties.fields].flatMap(([collection, value]) => {
    if (value.kind === 'unknown') unread.set(collection, value);
    if (value.kind !== 'list') return [];
    if (value.more !== undefined) unread.set(collection, value.more);
    return value.items.flatMap((item): readonly DeclaredId[] => {
      if (item.kind === 'unknown') unread.set(collection, item);
      if (item.kind !== 'object') return [];
      const name = item.fields.get('name');
      if (name === undefined || name.kind === 'absent') return [];
      const own = ownPattern(item.fields.get('id')) ?? childPattern(pattern, collection, name);
      return declaredIdsOf(own, item.fields.get('properties'), depth + 1);
    });
  });
  const all: DeclaredId = { pattern, unread: properties.more ?? unread };
  return [all, ...elements];
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
