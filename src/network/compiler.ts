import type { Problem } from '../text/problem.ts';
import type { AddressBook } from './address-book.ts';
import type { Compiler } from './judge.ts';
import type { Filter } from './reach.ts';
import { type CompiledRule, compileAdminRules, compileGroup } from './security-rules.ts';

/** Compiles every group and every set of admin rules once per place and direction, and keeps what Azure would refuse. */
export function createCompiler(book: AddressBook): {
  readonly compile: Compiler;
  readonly problems: () => readonly Problem[];
} {
  const filters = new Map<string, Filter>();
  const adminRules = new Map<string, readonly CompiledRule[]>();
  const problems = new Map<string, Problem>();

  function keep(found: readonly Problem[]): void {
    for (const problem of found) problems.set(problem.message, problem);
  }

  const compile: Compiler = {
    group(group, { surroundings }, direction) {
      if (group === 'none' || 'unreadable' in group) return group;
      const key = `${direction} ${group.id}|${surroundings.key}`;
      const known = filters.get(key);
      if (known !== undefined) return known;
      const { compiled, problems: found } = compileGroup(group, direction, surroundings, book);
      keep(found);
      filters.set(key, compiled);
      return compiled;
    },
    adminRules({ adminRules: applied, surroundings }, direction) {
      if (applied.length === 0) return [];
      const key = `${direction} ${surroundings.key}`;
      const known = adminRules.get(key);
      if (known !== undefined) return known;
      const { compiled, problems: found } = compileAdminRules(applied, direction, surroundings, book);
      keep(found);
      adminRules.set(key, compiled);
      return compiled;
    },
  };
  return { compile, problems: () => [...problems.values()] };
}
