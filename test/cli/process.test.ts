import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PLAN = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const installed = mkdtempSync(path.join(tmpdir(), 'portcullis-process-'));
const cli = path.join(installed, 'dist/src/cli.js');
const work = path.join(installed, 'work');

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the package into a folder that looks like an installed one. */
beforeAll(() => {
  const compiler = path.resolve('node_modules/typescript/bin/tsc');
  spawnSync(process.execPath, [compiler, '--outDir', path.join(installed, 'dist')], { stdio: 'ignore' });
  cpSync('package.json', path.join(installed, 'package.json'));
  symlinkSync(path.resolve('node_modules'), path.join(installed, 'node_modules'));
  mkdirSync(path.join(work, 'infra'), { recursive: true });
  writeFileSync(path.join(work, 'infra', 'plan.json'), PLAN);
}, 120_000);

afterAll(() => rmSync(installed, { recursive: true, force: true }));

function run(
  args: readonly string[],
  options: { input?: Uint8Array; env?: Record<string, string> } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: work,
    encoding: 'utf8',
    input: options.input ?? '',
    env: { PATH: process.env.PATH, ...options.env },
  });
  return { code: status, stdout, stderr };
}

test('the version is printed without loading policies, engine or sources', () => {
  const bare = path.join(installed, 'bare');
  cpSync(path.join(installed, 'dist/src/cli.js'), path.join(bare, 'src/cli.js'));
  for (const folder of ['cli', 'text']) {
    cpSync(path.join(installed, 'dist/src', folder), path.join(bare, 'src', folder), { recursive: true });
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(bare, 'src/cli.js'), '--version'],
    { encoding: 'utf8' },
  );
  expect([status, stdout, stderr]).toEqual([0, `portcullis ${version}\n`, '']);
});

test('a blocked plan in a subdirectory is reported with its relative path', () => {
  const { code, stdout, stderr } = run(['check', '--format', 'json']);
  expect([code, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout)).toMatchObject({
    tool: { name: 'portcullis', version },
    roots: [{ id: 'infra/plan.json' }],
    findings: [{ location: { path: 'infra/plan.json' } }],
  });
  expect(run(['gate', path.join(work, 'infra/plan.json'), '--format', 'json'])).toEqual({
    code,
    stdout,
    stderr,
  });
});

test('a plan comes through a pipe', () => {
  const { code, stdout, stderr } = run(['gate', '-'], { input: PLAN });
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^error\[nsg-blocks-data-port\]: .+\n {2}--> \S+ \(<stdin>#/);
});

test('a plan may come late and in pieces, through a pipe that does not wait', async () => {
  const pipe = path.join(installed, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(pipe, constants.O_WRONLY);
  // Node makes the standard streams of a child wait, so the pipe comes as another descriptor.
  const command = `exec "${process.execPath}" "${cli}" gate - --format json <&3`;
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: work,
    stdio: ['ignore', 'pipe', 'inherit', reader],
  });
  closeSync(reader);
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  const half = Math.min(PLAN.byteLength >> 1, 4096);
  await pause(300);
  writeSync(writer, PLAN, 0, half);
  await pause(100);
  writeFileSync(writer, PLAN.subarray(half));
  closeSync(writer);
  expect(await closed).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ roots: [{ id: '<stdin>' }] });
});

test('a directory as standard input is refused', () => {
  const { status, stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', `"${process.execPath}" "${cli}" gate - < .`],
    { cwd: work, encoding: 'utf8' },
  );
  expect([status, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/^problem\[stdin-not-readable\]: standard input cannot be read \(EISDIR\)\n/);
});

test('a reader that stops reading is no failure', async () => {
  const plans = path.resolve('examples');
  const expected = run(['check', plans, '--format', 'json']);
  expect(expected.stdout.length).toBeGreaterThan(5000);
  const child = spawn(process.execPath, [cli, 'check', plans, '--format', 'json'], { cwd: work });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, stderr]).toEqual([expected.code, '']);
});

const hasFullDisk = existsSync('/dev/full');
(hasFullDisk ? test : test.skip)('a full disk is a failure', () => {
  const { status, stderr } = spawnSync(
    '/bin/sh',
    ['-c', `"${process.execPath}" "${cli}" gate infra/plan.json --fail-on never > /dev/full`],
    {
      cwd: work,
      encoding: 'utf8',
    },
  );
  expect([status, stderr]).toEqual([3, 'portcullis: standard output cannot be written (ENOSPC)\n']);
});

test('the page of a policy is printed as it is, and set off on demand', () => {
  const page = '# rule-without-probe\r\n\r\nSay `probe`.\n\n```hcl\n# `code`\n```\n\n\n';
  const folder = path.join(installed, 'policies/rule-without-probe');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'README.md'), page);
  expect(run(['explain', 'rule-without-probe'])).toEqual({
    code: 0,
    stdout: '# rule-without-probe\n\nSay `probe`.\n\n```hcl\n# `code`\n```\n',
    stderr: '',
  });
  expect(run(['explain', 'rule-without-probe', '--color', 'always']).stdout).toBe(
    '\u001b[1m# rule-without-probe\u001b[22m\n\nSay \u001b[36m`probe`\u001b[39m.\n\n' +
      '\u001b[2m```hcl\u001b[22m\n\u001b[2m# `code`\u001b[22m\n\u001b[2m```\u001b[22m\n',
  );
});

test('a bug is one line that asks for a report; the stack is for those who ask', () => {
  const { code, stdout, stderr } = run(['explain', 'basic-sku-retired']);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(
    new RegExp(`^portcullis ${version} failed: ENOENT.+; this is a bug, please report it with this line\n$`),
  );
  const debug = run(['explain', 'basic-sku-retired'], { env: { PORTCULLIS_DEBUG: '1' } });
  expect([debug.code, debug.stdout]).toEqual([3, '']);
  expect(debug.stderr).toMatch(/^Error: ENOENT.+\n(?: {4}at .+\n)+/);
});

test('a wrong command line ends with 2 and one line', () => {
  expect(run(['gaet'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'portcullis: unknown command `gaet`; did you mean `gate`?\n',
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Whether hcl2json was started in a run: it leaves a name of its own among the globals. */
function startsHcl2json(...args: readonly string[]): boolean {
  const preload = `process.on('exit', () => {
    process.stderr.write('__parse_terraform_config_wasm__' in globalThis ? 'started' : 'not started');
  })`;
  const hook = `--import=data:text/javascript,${encodeURIComponent(preload)}`;
  const { stderr } = spawnSync(process.execPath, [hook, cli, ...args], { cwd: work, encoding: 'utf8' });
  expect(['started', 'not started']).toContain(stderr);
  return stderr === 'started';
}

test('hcl2json is started for Terraform code without a plan, and for nothing else', () => {
  const code = path.join(work, 'code');
  cpSync('policies/nsg-blocks-data-port/examples/bad-default-deny', code, { recursive: true });
  expect(existsSync(path.join(code, 'main.tf'))).toBe(true);
  expect(startsHcl2json('gate', 'code/plan.json')).toBe(false);
  expect(startsHcl2json('check', 'infra')).toBe(false);
  rmSync(path.join(code, 'plan.json'));
  expect(startsHcl2json('check', 'code')).toBe(true);
});
