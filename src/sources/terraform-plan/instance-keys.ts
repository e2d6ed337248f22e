import type { Key } from './references.ts';

/** What is read of a value by the expression that mentions it. */
export interface Access {
  /** Steps into the value, as far as the plan keeps them; never empty. */
  readonly path: readonly Key[];
  /** Set when the last step is a computed index: all that the index is in the instances that evaluate it. */
  readonly computed?: { readonly by: 'count' | 'text'; readonly peers: readonly Key[] };
}

/** Things that are told apart by their keys: the instances of a resource, or those of a module. */
export interface Keyed<T> {
  readonly byKey: ReadonlyMap<Key | undefined, T>;
  /** The known value of the argument `name`. */
  nameOf(member: T): string | undefined;
}

/** Finds the one member of a group that an access means; undefined when that cannot be told. */
export type PickMember = <T>(group: Keyed<T>, access: Access | undefined) => T | undefined;

const SEVERAL = Symbol('several');

/**
 * A plan drops computed indices, and what a `for` expression built a collection from. The index is therefore taken to be
 * what stands at its place (`each.key`, a literal key into an output), and only where nothing speaks against it:
 * - a member has that key, and no other has it as its `name` (`{ for s in azurerm_subnet.main : s.name => s.id }`); or no
 *   member has that key and exactly one has it as its `name`;
 * - `count.index` needs as many members as instances that count, so that neither `count.index + 1` nor
 *   `floor(count.index / 2)` passes for it; a literal number never counts, because a `for` can leave out items;
 * - a computed text does not count where all its values with one and the same text before or behind them are keys as well
 *   (`"${each.key}-pe"`).
 */
export function memberPicker(): PickMember {
  const names = new Map<object, ReadonlyMap<string, unknown>>();
  const affixed = new Map<object, Map<object, boolean>>();

  const membersByName = <T>({ byKey, nameOf }: Keyed<T>): ReadonlyMap<string, T | typeof SEVERAL> => {
    const existing = names.get(byKey);
    // Only this function fills the map, with members of the same group.
    if (existing !== undefined) return existing as ReadonlyMap<string, T | typeof SEVERAL>;
    const members = new Map<string, T | typeof SEVERAL>();
    for (const member of byKey.values()) {
      const name = nameOf(member);
      if (name !== undefined) members.set(name, members.has(name) ? SEVERAL : member);
    }
    names.set(byKey, members);
    return members;
  };

  const isAffixed = (byKey: ReadonlyMap<Key | undefined, unknown>, peers: readonly Key[]): boolean => {
    const known = affixed.get(byKey) ?? new Map<object, boolean>();
    affixed.set(byKey, known);
    const answer = known.get(peers) ?? hasAffix(byKey, peers);
    known.set(peers, answer);
    return answer;
  };

  return (group, access) => {
    const [key, ...further] = access?.path ?? [];
    if (access === undefined || key === undefined) return undefined;
    const { byKey } = group;
    const computed = further.length === 0 ? access.computed : undefined;
    if (typeof key === 'number') {
      return computed?.by === 'count' && computed.peers.length === byKey.size ? byKey.get(key) : undefined;
    }
    if (computed !== undefined && isAffixed(byKey, computed.peers)) return undefined;
    const member = byKey.get(key);
    const named = membersByName(group).get(key);
    if (member === undefined) return named === SEVERAL ? undefined : named;
    return named === undefined || named === member ? member : undefined;
  };
}

/** Whether there is a text to put before or behind each of `peers` so that all of them become keys again. */
function hasAffix(byKey: ReadonlyMap<Key | undefined, unknown>, peers: readonly Key[]): boolean {
  const [first] = peers;
  if (typeof first !== 'string' || first === '') return true;
  for (const key of byKey.keys()) {
    if (typeof key !== 'string' || key.length <= first.length) continue;
    for (let at = key.indexOf(first); at !== -1; at = key.indexOf(first, at + 1)) {
      const before = key.slice(0, at);
      const behind = key.slice(at + first.length);
      if (peers.every((peer) => byKey.has(`${before}${peer}${behind}`))) return true;
    }
  }
  return false;
}
