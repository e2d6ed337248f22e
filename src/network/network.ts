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
  return { topology, paths, problems: [...problems.values()] };
}
