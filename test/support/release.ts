import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What `npm run release` has built. All paths are absolute. */
export interface Release {
  /** What the release tag holds. */
  readonly tag: string;
  /** Makes the tag in the repository of the working directory. */
  readonly tagScript: string;
  /** A folder into which the packed package was installed. */
  readonly installed: string;
  /** The command in there. */
  readonly bin: string;
}

const BUILT = path.resolve('.release');
/** What a release is made of. */
const INGREDIENTS = [
  '.ci',
  'action.yml',
  'examples',
  'package-lock.json',
  'package.json',
  'policies',
  'src',
  'README.md',
];
const LAST_WRITTEN = 'tag.sh';

/** The release of the present sources: the one in `.release` unless something is newer, else one for the test file alone. */
export function useRelease(): Release {
  if (isFresh()) return releaseIn(BUILT);
  const scratch = mkdtempSync(path.join(tmpdir(), 'portcullis-release-'));
  const folder = path.join(scratch, 'out');
  beforeAll(() => {
    const built = spawnSync(process.execPath, ['.ci/release.mjs', '--out', folder], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
  }, 180_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  return releaseIn(folder);
}

function releaseIn(folder: string): Release {
  const installed = path.join(folder, 'installed');
  return {
    tag: path.join(folder, 'tag'),
    tagScript: path.join(folder, LAST_WRITTEN),
    installed,
    bin: path.join(installed, 'node_modules/.bin/portcullis'),
  };
}

function isFresh(): boolean {
  const built = statSync(path.join(BUILT, LAST_WRITTEN), { throwIfNoEntry: false });
  return built !== undefined && INGREDIENTS.every((name) => newestIn(name) <= built.mtimeMs);
}

function newestIn(name: string): number {
  const stats = statSync(name);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const below = readdirSync(name, { recursive: true, encoding: 'utf8' });
  return Math.max(...below.map((file) => statSync(path.join(name, file)).mtimeMs));
}

/** What a process left behind. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
}

/** Runs a program in an environment that holds nothing but PATH and what is given. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd = process.cwd(), env = {}, input = '' }: RunOptions = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { PATH: process.env.PATH, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
