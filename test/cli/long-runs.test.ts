import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderOf } from '../support/cli.ts';
import { repositoryOf } from '../support/git.ts';
import { webTier } from '../support/web-tier.ts';

const installed = mkdtempSync(path.join(tmpdir(), 'portcullis-long-runs-'));
const cli = path.join(installed, 'dist/src/cli.js');
const children: ChildProcess[] = [];

/** Builds the package into a folder that looks like an installed one. */
beforeAll(() => {
  const compiler = path.resolve('node_modules/typescript/bin/tsc');
  spawnSync(process.execPath, [compiler, '--outDir', path.join(installed, 'dist')], { stdio: 'ignore' });
  cpSync('package.json', path.join(installed, 'package.json'));
  symlinkSync(path.resolve('node_modules'), path.join(installed, 'node_modules'));
}, 120_000);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(installed, { recursive: true, force: true });
});

/** A run that goes on, and what it has written so far. */
interface Running {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
  /** Waits until the output fits, or fails with all that came. */
  readonly until: (isEnough: () => boolean) => Promise<void>;
}

function start(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(command, [...args], { cwd, env: { PATH: process.env.PATH, ...env } });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) =>
    child.on('close', (code, signal) => resolve([code, signal])),
  );
  const until = async (isEnough: () => boolean): Promise<void> => {
    for (let waited = 0; !isEnough(); waited += 50) {
      if (waited > 30_000) throw new Error(`nothing more came after\n${stdout}\n${stderr}`);
      await pause(50);
    }
  };
  return { child, stdout: () => stdout, stderr: () => stderr, ended, until };
}

function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  return start(process.execPath, [cli, ...args], cwd, env);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const count = (text: string, part: string): number => text.split(part).length - 1;

test('--watch checks again after each change, in new folders too, and ends with 0 on Ctrl+C', async () => {
  const folder = folderOf({ 'infra/main.bicep': webTier() });
  const watching = run(['check', '--watch', '--only=nsg-blocks-data-port'], folder);
  await watching.until(() => watching.stderr().includes('folders, until Ctrl+C\n'));
  expect(watching.stdout()).toMatch(/^checked 1 path: no violations/);

  writeFileSync(path.join(folder, 'infra/main.bicep'), webTier({ port: 80 }));
  await watching.until(() => /checked 1 path: 1 violation /.test(watching.stdout()));

  mkdirSync(path.join(folder, 'new/deep'), { recursive: true });
  await pause(500);
  writeFileSync(path.join(folder, 'new/deep/main.bicep'), webTier());
  await watching.until(() => /checked 2 paths: 1 violation /.test(watching.stdout()));

  writeFileSync(path.join(folder, 'portcullis.yaml'), 'failOn: [');
  await watching.until(() => watching.stderr().includes('the configuration cannot be used'));
  writeFileSync(path.join(folder, 'portcullis.yaml'), 'exclude: [new]\n');
  await watching.until(() => count(watching.stdout(), 'checked 1 path: 1 violation ') === 2);

  watching.child.kill('SIGINT');
  expect(await watching.ended).toEqual([0, null]);
  expect(watching.stdout()).not.toContain('\u001b');
});

test('--watch sees a module beside the paths, and is not woken by its own report or by git', async () => {
  const folder = folderOf({
    'infra/main.bicep': "module tier '../modules/tier.bicep' = { name: 'tier' }\n",
    'modules/tier.bicep': webTier(),
    '.git/HEAD': 'ref: refs/heads/main\n',
  });
  const args = ['check', 'infra', '--watch', '--format=text', '--format=json=infra/report.json'];
  const watching = run(args, folder);
  await watching.until(() => watching.stderr().includes('folders, until Ctrl+C\n'));
  writeFileSync(path.join(folder, '.git/index'), 'x');
  await pause(1200);
  expect(watching.stderr()).not.toContain('something changed');
  writeFileSync(path.join(folder, 'modules/tier.bicep'), webTier({ port: 80 }));
  await watching.until(() => watching.stdout().includes('error[nsg-blocks-data-port]'));
  watching.child.kill('SIGINT');
  expect((await watching.ended)[0]).toBe(0);
  expect(count(watching.stderr(), 'something changed')).toBe(1);
});

test('--watch ends at once when the command line cannot be carried out', async () => {
  for (const [args, message] of [
    [['check', '--watch', '-'], '`--watch` cannot wait for standard input'],
    [['check', '--watch', 'nothing-here'], '`nothing-here` does not exist'],
    [['check', '--watch', '--only=x'], 'unknown policy `x`'],
    [['gate', '--watch', 'x'], '`--watch` is not an option of `gate`'],
  ] as const) {
    const watching = run(args, folderOf());
    expect(await watching.ended).toEqual([2, null]);
    expect(watching.stderr()).toContain(`portcullis: ${message}`);
  }
});

/** Of util-linux: runs a command in a terminal of its own. */
const TERMINAL = 'script';
const version = spawnSync(TERMINAL, ['--version'], { encoding: 'utf8' });
const hasTerminal = version.stdout?.includes('util-linux') === true;

(hasTerminal ? test : test.skip)('--watch clears a terminal before each report', async () => {
  const folder = folderOf({ 'main.bicep': webTier() });
  const command = `exec '${process.execPath}' '${cli}' check --watch --only=nsg-blocks-data-port`;
  const watching = start(TERMINAL, ['-qec', command, '/dev/null'], folder, { TERM: 'xterm' });
  const clear = '\u001b[2J\u001b[3J\u001b[H';
  await watching.until(() => watching.stdout().includes('until Ctrl+C'));
  writeFileSync(path.join(folder, 'main.bicep'), webTier({ port: 80 }));
  await watching.until(() => watching.stdout().includes('1 violation'));
  expect(count(watching.stdout(), clear)).toBe(2);
  watching.child.stdin?.write('\u0003');
  expect((await watching.ended)[0]).toBe(0);
});

/** A git that does what git does and then sends a signal to whoever called it. */
function gitThatSends(signal: string): string {
  const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
  const folder = folderOf();
  const script = `#!/bin/sh\ncase "$*" in *cat-file*) kill -${signal} $PPID ;; esac\nexec '${real}' "$@"\n`;
  writeFileSync(path.join(folder, 'git'), script, { mode: 0o755 });
  return `${folder}:${process.env.PATH}`;
}

test.each(['INT', 'TERM', 'HUP'])('SIG%s ends a comparison and leaves nothing behind', async (signal) => {
  const folder = repositoryOf({ 'main.bicep': webTier() });
  const temporary = folderOf();
  for (const args of [
    ['diff', 'HEAD'],
    ['check', '--base=HEAD'],
  ]) {
    const ended = run(args, folder, { PATH: gitThatSends(signal), TMPDIR: temporary });
    expect(await ended.ended).toEqual([null, `SIG${signal}`]);
    expect(ended.stdout()).toBe('');
    expect(readdirSync(temporary)).toEqual([]);
  }
});

test('Ctrl+C during a comparison ends --watch with 0 and leaves nothing behind', async () => {
  const folder = repositoryOf({ 'main.bicep': webTier() });
  const temporary = folderOf();
  const env = { PATH: gitThatSends('INT'), TMPDIR: temporary };
  const watching = run(['check', '--watch', '--base=HEAD'], folder, env);
  expect(await watching.ended).toEqual([0, null]);
  expect(readdirSync(temporary)).toEqual([]);
});

test('without git a revision cannot be read, which is said', async () => {
  const folder = repositoryOf({ 'main.bicep': webTier() });
  for (const args of [
    ['diff', 'HEAD'],
    ['check', '--base=HEAD'],
  ]) {
    const ended = run(args, folder, { PATH: folderOf() });
    expect(await ended.ended).toEqual([2, null]);
    expect(ended.stderr()).toBe('portcullis: revisions are read with git, which is not on the PATH\n');
  }
});

test('a temporary folder that cannot be written to is no bug', async () => {
  const folder = repositoryOf({ 'main.bicep': webTier() });
  const ended = run(['diff', 'HEAD'], folder, { TMPDIR: path.join(folder, 'no/such/folder') });
  expect(await ended.ended).toEqual([2, null]);
  expect(ended.stderr()).toContain('portcullis: no temporary folder can be made in');
});

test('the exit code of a comparison comes through the installed command, with spaces in the paths', async () => {
  const folder = repositoryOf({ 'a b/é.bicep': webTier() });
  writeFileSync(path.join(folder, 'a b/é.bicep'), webTier({ port: 80 }));
  const ended = run(['diff', 'main', 'a b', '--format', 'text', '--format', 'json=out put.json'], folder);
  expect(await ended.ended).toEqual([1, null]);
  expect([ended.stderr(), ended.stdout()]).toEqual(['', expect.stringContaining('open -> blocked')]);
  expect(readdirSync(folder)).toContain('out put.json');
});
