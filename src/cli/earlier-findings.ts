import path from 'node:path';
import { baselineOf, type KnownFinding } from '../engine/baseline.ts';
import type { CheckOptions } from '../engine/check.ts';
import { commitOf, type Git, gitOf, mergeBaseOf } from '../engine/git.ts';
import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { Arguments } from './arguments.ts';
import { checkRevision } from './check-revision.ts';
import type { Io } from './io.ts';
import type { LoadedConfig } from './load-config.ts';
import { quoted } from './nearest.ts';
import { valuesOf } from './settings.ts';
import { inTemporaryFolder } from './temporary-folder.ts';
import { UsageError } from './usage-error.ts';

export interface EarlierFindings {
  /** Left out without `--base`. */
  readonly known?: { readonly findings: readonly KnownFinding[]; readonly reason: string };
  readonly problems: readonly Problem[];
}

/**
 * The violations of `--base`: those of the last commit that HEAD has in common with it, so that what came to the other
 * branch later is not taken for something that was always there; of the revision itself where the clone holds no such
 * commit. `operands` are the paths that are checked. Throws a UsageError for what is no revision.
 */
export async function earlierFindings(
  args: Arguments,
  operands: readonly string[],
  io: Io,
  config: LoadedConfig,
  options: CheckOptions,
): Promise<EarlierFindings | { readonly problem: Problem }> {
  const name = valuesOf(args, 'base').at(-1);
  if (name === undefined) return { problems: [] };
  const git = repositoryOf(operands, io);
  const given = revisionCommit(git, name);
  const head = commitOf(git, 'HEAD');
  const common = head === undefined ? undefined : mergeBaseOf(git, head, given);
  if (common === undefined) {
    io.stderr(
      `portcullis: this clone holds no common commit of HEAD and ${quoted(name)}: compared with it directly\n`,
    );
  }
  const commit = common ?? given;
  return await inTemporaryFolder(async (folder) => {
    const part = { git, commit, name, operands };
    const report = await checkRevision(part, folder, options, config.exclusion, io);
    if ('problem' in report) return report;
    const { findings } = baselineOf(report);
    const reason = `was there before, at ${commit.slice(0, 12)} (${printable(name)})`;
    return { known: { findings, reason }, problems: report.problems.filter(isWorthTelling) };
  });
}

/** What is wrong in the past is not told again, unless it makes findings look new. */
function isWorthTelling({ code }: Problem): boolean {
  return code === 'revision-not-checked' || code === 'submodule-not-read';
}

function repositoryOf(operands: readonly string[], io: Io): Git {
  const places = operands.filter((operand) => operand !== '-');
  const roots = (places.length === 0 ? ['.'] : places).map((place) => ({
    place,
    git: gitOf(path.resolve(io.cwd, place)),
  }));
  const [first] = roots;
  const outside = roots.find(({ git }) => git === undefined);
  if (outside !== undefined || first?.git === undefined) {
    throw new UsageError(
      `\`--base\` needs a git repository, and ${quoted(outside?.place ?? '.')} is in none`,
    );
  }
  const { git } = first;
  const other = roots.find((root) => root.git?.root !== git.root);
  if (other === undefined) return git;
  throw new UsageError(
    `\`--base\` looks at one repository, and ${quoted(first.place)} and ${quoted(other.place)} are in two`,
  );
}

/** The commit of a revision that the user names. Throws a UsageError when it is none. */
export function revisionCommit(git: Git, name: string): string {
  const probe = git.run(['rev-parse', '--git-dir']);
  if (!('stdout' in probe)) {
    if (probe.isMissing) throw new UsageError('revisions are read with git, which is not on the PATH');
    throw new UsageError(`git cannot read the repository: ${probe.why}`);
  }
  const commit = commitOf(git, name);
  if (commit !== undefined) return commit;
  throw new UsageError(
    `${quoted(name)} is no revision that this clone holds; a shallow clone may need \`git fetch\` first`,
  );
}
