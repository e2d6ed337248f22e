import type { Model } from '../model/model.ts';
import type { Problem } from '../text/problem.ts';
import { createAddressBook } from './address-book.ts';
import { createJudge } from './judge.ts';
import { createMemberReader } from './members.ts';
import type { Path } from './path.ts';
import { buildPaths } from './paths.ts';
import type { Level, Placement } from './placement.ts';
import type { Filter } from './reach.ts';
import { compileGroup } from './security-rules.ts';
import { buildTopology, type Topology } from './topology.ts';

/** What the resources of a root mean for packets. */
export interface Network {
  readonly topology: Topology;
  readonly paths: readonly Path[];
  /** The paths whose rule names the pool with this lower-case id. */
  pathsOfPool(id: string): readonly Path[];
  /** Rules and addresses that Azure would not accept. */
  readonly problems: readonly Problem[];
}

export function buildNetwork(model: Model): Network {
  const topology = buildTopology(model);
  const book = createAddressBook();
  const filters = new Map<string, Filter>();
  const problems = new Map<string, Problem>();

  function compile(group: Level['group'], place: Placement): Filter {
    if (group === 'none' || 'unreadable' in group) return group;
    const key = `${group.id}|${place.surroundings.key}`;
    const known = filters.get(key);
    if (known !== undefined) return known;
    const { compiled, problems: found } = compileGroup(group, place.surroundings, book);
    for (const problem of found) problems.set(problem.message, problem);
    filters.set(key, compiled);
    return compiled;
  }

  const judge = createJudge(book, compile);
  const paths = buildPaths({ topology, book, judge, readMembers: createMemberReader(topology) });
  const byPool = indexByPool(paths);
  return { topology, paths, pathsOfPool: (id) => byPool.get(id) ?? [], problems: [...problems.values()] };
}

function indexByPool(paths: readonly Path[]): ReadonlyMap<string, readonly Path[]> {
  const index = new Map<string, Path[]>();
  for (const path of paths) {
    for (const link of path.pools) {
      for (const id of link.kind === 'to' ? [link.id] : link.kind === 'one-of' ? link.ids : []) {
        const known = index.get(id);
        if (known === undefined) index.set(id, [path]);
        else known.push(path);
      }
    }
  }
  return index;
}
