import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type CheckOptions, check } from '../engine/check.ts';
import type { Exclusion } from '../engine/find-inputs.ts';
import type { Git } from '../engine/git.ts';
import type { Report } from '../engine/report.ts';
import { writeSnapshot } from '../engine/snapshot.ts';
import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { Io } from './io.ts';
import { readInputs } from './read-inputs.ts';

/** A commit and what of it is looked at. */
export interface RevisionPart {
  readonly git: Git;
  readonly commit: string;
  /** As the user wrote it. */
  readonly name: string;
  /** Paths in the working tree. What the commit does not hold is left out. */
  readonly operands: readonly string[];
}

/**
 * Checks a commit as if it were the working tree. An empty folder takes its files, which have to stay for as long as the
 * report is read. A root that cannot be read is a warning, because a broken state in the past is no reason to refuse its
 * repair; a commit that this clone does not hold is a fatal problem.
 */
export async function checkRevision(
  { git, commit, name, operands }: RevisionPart,
  folder: string,
  options: CheckOptions,
  exclusion: Exclusion,
  io: Io,
): Promise<Report | { readonly problem: Problem }> {
  const snapshot = writeSnapshot(git, commit, folder);
  if ('problem' in snapshot) return snapshot;
  const { placeOf, roots } = snapshot;
  const cwd = placeOf(io.cwd);
  const inside = (operands.length === 0 ? ['.'] : operands)
    .filter((operand) => operand !== '-')
    .map((operand) => placeOf(path.resolve(io.cwd, operand)))
    .filter((operand) => existsSync(operand) && isBelow(realpathSync(operand), roots));
  const found =
    inside.length === 0
      ? { inputs: [], problems: [] }
      : readInputs(inside, { ...io, cwd }, { ...exclusion, from: placeOf(exclusion.from) });
  // A saved plan of another state is nothing that the user allowed to be run.
  const { terraform: _, ...others } = options;
  const report = await check(found.inputs, { ...others, place: { cwd, roots } });
  const problems = [...snapshot.problems, ...found.problems, ...report.problems];
  return { ...report, problems: problems.map((problem) => asWarning(problem, name)) };
}

/** A path that is a link in the revision may lead anywhere. */
function isBelow(place: string, roots: readonly string[]): boolean {
  return roots.some((root) => {
    const relative = path.relative(realpathSync(root), place);
    return !relative.startsWith('..') && !path.isAbsolute(relative);
  });
}

function asWarning(problem: Problem, name: string): Problem {
  if (problem.severity !== 'fatal') return problem;
  return {
    ...problem,
    code: 'revision-not-checked',
    message: `at \`${printable(name)}\`: ${problem.message}; what is found there counts as new`,
    severity: 'warning',
  };
}
