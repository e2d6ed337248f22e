import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { errorCode } from '../sources/terraform-plan/saved-plan.ts';
import { printable } from '../text/printable.ts';
import { repositoryAbove } from './open-files.ts';

/** What git prints, or why it could not. */
export type GitAnswer =
  | { readonly stdout: Buffer }
  /** `isMissing`: there is no git to run. `why` is its first line of error, fit for a message; perhaps empty. */
  | { readonly isMissing: boolean; readonly why: string };

/** A repository as git sees it. Every call only reads. */
export interface Git {
  /** The absolute path of the root of the working tree. */
  readonly root: string;
  run(args: readonly string[], input?: string): GitAnswer;
}

/**
 * Nothing of the repository may run and nothing may be downloaded: hooks and the file system monitor are off, objects that a
 * partial clone left out stay out (older versions of git do not know the variable, and then no protocol is allowed), and
 * a bare repository inside of a working tree is not taken for the repository. Filters, attributes and diff drivers have no
 * say in the commands that are used: they read objects as they are stored.
 */
const SAFE_OPTIONS = [
  '--no-pager',
  '--literal-pathspecs',
  ...['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'safe.bareRepository=explicit'].flatMap(
    (setting) => ['-c', setting],
  ),
];
const SAFE_ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};
/** What a git that runs a hook says about its own repository, which need not be the one that is asked for. */
const OF_A_HOOK = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
];
const MOST_BYTES = 1024 * 1024 * 1024;

/** The repository that holds a folder; undefined outside of any. */
export function gitOf(folder: string): Git | undefined {
  const root = repositoryAbove(path.resolve(folder));
  return root === undefined ? undefined : { root, run: (args, input) => runGit(root, args, input) };
}

function runGit(root: string, args: readonly string[], input = ''): GitAnswer {
  const env: NodeJS.ProcessEnv = { ...process.env, ...SAFE_ENVIRONMENT };
  for (const name of OF_A_HOOK) delete env[name];
  const { status, stdout, stderr, error } = spawnSync('git', [...SAFE_OPTIONS, ...args], {
    cwd: root,
    env,
    input,
    maxBuffer: MOST_BYTES,
    windowsHide: true,
  });
  if (error !== undefined) return { isMissing: errorCode(error) === 'ENOENT', why: errorCode(error) };
  if (status === 0) return { stdout };
  const [line = ''] = stderr.toString('utf8').trim().split('\n');
  return { isMissing: false, why: printable(line) };
}

/** The commit a revision names; undefined when it names none. */
export function commitOf(git: Git, revision: string): string | undefined {
  if (revision.startsWith('-') || revision.includes('\n')) return undefined;
  const answer = git.run(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  return 'stdout' in answer ? idIn(answer.stdout) : undefined;
}

/** The last common ancestor of two commits; undefined where the clone holds none. */
export function mergeBaseOf(git: Git, one: string, other: string): string | undefined {
  const answer = git.run(['merge-base', one, other]);
  return 'stdout' in answer ? idIn(answer.stdout) : undefined;
}

function idIn(stdout: Buffer): string | undefined {
  return /^[0-9a-f]{40,64}$/m.exec(stdout.toString('latin1'))?.[0];
}
