import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { folderOf } from '../support/cli.ts';
import { type Ran, runProgram, useRelease } from '../support/release.ts';

const release = useRelease();

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const action = parse(readFileSync('action.yml', 'utf8')) as ActionFile;
const BLOCKED = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json', 'utf8');
const OPEN = readFileSync('policies/nsg-blocks-data-port/examples/good-both-levels/plan.json', 'utf8');
const BAD_TERRAFORM = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/main.tf', 'utf8');
const BAD_BICEP = readFileSync('policies/http-probe-without-path/examples/bad-no-path/main.bicep', 'utf8');

interface Step extends Ran {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the action on a workspace, in the environment of a runner: every input is set, to its default or to nothing. */
async function step(
  files: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
  prepare: (workspace: string) => void = () => {},
): Promise<Step> {
  const workspace = folderOf({ '.git/HEAD': 'ref: refs/heads/main\n', ...files });
  prepare(workspace);
  const runner = folderOf({ output: '', summary: '', 'elsewhere/x': '' });
  mkdirSync(path.join(runner, 'temp'));
  const given = Object.entries(action.inputs).map(([name, { default: otherwise = '' }]) => [
    `INPUT_${name.toUpperCase()}`,
    inputs[name] ?? otherwise,
  ]);
  const env = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: path.join(runner, 'output'),
    GITHUB_STEP_SUMMARY: path.join(runner, 'summary'),
    RUNNER_TEMP: path.join(runner, 'temp'),
    ...Object.fromEntries(given),
  };
  const main = path.join(release.tag, action.runs.main);
  const ran = await runProgram(process.execPath, [main], { cwd: path.join(runner, 'elsewhere'), env });
  return {
    ...ran,
    outputs: readOutputs(readFileSync(env.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

/** As a runner reads the file: `name=value`, or `name<<delimiter` with the lines up to the delimiter. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && delimiter !== undefined) {
      outputs[name] = lines.splice(0, lines.indexOf(delimiter)).join('\n');
      lines.shift();
    } else if (line.includes('='))
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return outputs;
}

/** Every line that a runner takes for a command. */
function commandsIn(stdout: string): readonly string[] {
  return stdout.split(/\r\n|\r|\n/).filter((line) => /^\s*::|##(?:vso)?\[/.test(line));
}

test('the action needs the newest Node of GitHub, and its program is on the tag', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  expect(existsSync(path.join(release.tag, action.runs.main))).toBe(true);
  expect(existsSync(path.join(release.tag, 'action.yml'))).toBe(true);
});

test('a blocked plan fails the step, with an annotation, a picture, files and outputs', async () => {
  const { code, stdout, stderr, outputs, summary } = await step(
    { 'plan.json': BLOCKED },
    { plan: 'plan.json', 'sarif-file': 'portcullis.sarif' },
  );
  expect([code, stderr]).toEqual([1, '']);
  expect(commandsIn(stdout)).toEqual([
    expect.stringMatching(/^::error file=plan\.json,title=Portcullis error\[nsg-blocks-data-port\]::/),
  ]);
  expect(summary).toMatch(/## Portcullis: 1 violation\n[\s\S]*```mermaid\nflowchart /);
  expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(action.outputs).toSorted());
  expect(outputs).toMatchObject({
    findings: '1',
    errors: '1',
    unknown: '0',
    problems: '0',
    'exit-code': '1',
  });
  expect(JSON.parse(readFileSync(outputs['report-file'] ?? '', 'utf8'))).toMatchObject({ version: 1 });
  expect(JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8'))).toMatchObject({ version: '2.1.0' });
});

test('a healthy plan passes', async () => {
  const { code, stdout, outputs, summary } = await step({ 'plan.json': OPEN }, { plan: 'plan.json' });
  expect([code, commandsIn(stdout)]).toEqual([0, []]);
  expect(outputs).toMatchObject({ findings: '0', errors: '0', 'exit-code': '0' });
  expect(outputs).not.toHaveProperty('sarif-file');
  expect(summary).toContain('## Portcullis: no violations');
});

test('everything in the workspace is checked, Terraform code by the WebAssembly beside the bundle', async () => {
  const { code, stdout } = await step({ 'network/main.tf': BAD_TERRAFORM, 'app/main.bicep': BAD_BICEP });
  expect(code).toBe(1);
  expect(commandsIn(stdout).map((command) => /file=([^,]+),line=\d+/.exec(command)?.[1])).toEqual(
    expect.arrayContaining(['network/main.tf', 'app/main.bicep']),
  );
});

test('annotations are placed from the root of the repository, wherever the step works', async () => {
  const { code, stdout } = await step(
    { 'infra/app/main.bicep': BAD_BICEP, 'other/main.tf': BAD_TERRAFORM },
    { 'working-directory': 'infra', paths: '\n  app \n\n' },
  );
  expect(code).toBe(1);
  for (const command of commandsIn(stdout)) expect(command).toContain(' file=infra/app/main.bicep,');
});

test('inputs are the options of the command line', async () => {
  const files = { 'a/main.bicep': BAD_BICEP, 'reach.yaml': 'failOn: error\n' };
  expect((await step(files, { 'fail-on': 'never' })).code).toBe(0);
  expect((await step(files, { skip: 'http-probe-without-path\nmembers-without-egress' })).code).toBe(0);
  const only = { only: 'members-without-egress', config: 'reach.yaml' };
  expect((await step(files, only)).code).toBe(0);
  expect((await step(files, { ...only, 'fail-on': 'warning' })).code).toBe(1);
  const unknown = 'policies/nsg-blocks-data-port/examples/unknown-port/plan.json';
  const open = { 'plan.json': readFileSync(unknown, 'utf8') };
  expect((await step(open)).code).toBe(0);
  expect((await step(open, { strict: 'true' })).code).toBe(4);
});

test('what the base of a pull request has already is not reported', async () => {
  const commit = (workspace: string): void => {
    rmSync(path.join(workspace, '.git'), { recursive: true });
    const git = (...args: readonly string[]): void => {
      const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
      execFileSync('git', [...author, ...args], { cwd: workspace, stdio: 'ignore' });
    };
    git('init', '--initial-branch=main');
    git('add', '--all');
    git('commit', '--message=base');
    mkdirSync(path.join(workspace, 'new'));
    writeFileSync(path.join(workspace, 'new/main.bicep'), BAD_BICEP);
  };
  const files = { 'old/main.bicep': BAD_BICEP };
  const { code, stdout } = await step(files, { 'base-ref': 'main' }, commit);
  const places = commandsIn(stdout).map((command) => /file=([^,]+),/.exec(command)?.[1]);
  expect([code, new Set(places)]).toEqual([1, new Set(['new/main.bicep'])]);
});

test('ten annotations of a kind are written, and the rest is counted', async () => {
  const roots = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`r${index}/main.bicep`, BAD_BICEP]),
  );
  const { stdout, outputs, summary } = await step(roots);
  const kinds = commandsIn(stdout).map((command) => /^::(\w+) /.exec(command)?.[1]);
  expect(kinds.filter((kind) => kind === 'error')).toHaveLength(10);
  expect(kinds.filter((kind) => kind === 'warning')).toHaveLength(10);
  const leftOut = Number(outputs.findings) - kinds.length;
  expect(leftOut).toBeGreaterThan(0);
  expect(stdout).toContain(`\n${leftOut} more without an annotation`);
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
});

test('annotations and summary can be left out', async () => {
  const { code, stdout, summary } = await step(
    { 'plan.json': BLOCKED },
    { plan: 'plan.json', annotations: 'false', summary: 'false' },
  );
  expect([code, commandsIn(stdout), summary]).toEqual([1, [], '']);
  expect(stdout).toMatch(/^error\[nsg-blocks-data-port\]: /);
});

test.each<[Readonly<Record<string, string>>, string]>([
  [{ plan: 'plan.json', paths: '.' }, 'the inputs `plan` and `paths` exclude each other'],
  [{ annotations: 'maybe' }, 'the input `annotations` is true or false, not `maybe`'],
  [{ 'working-directory': 'nowhere' }, 'the working directory `nowhere` does not exist'],
  [{ 'fail-on': 'errors' }, '`--fail-on` cannot be `errors`; did you mean `error`?'],
  [{ only: 'no-such-policy' }, 'unknown policy `no-such-policy`'],
  [{ paths: '--quiet' }, '`--quiet` does not exist'],
  [{ 'sarif-file': 'nowhere/p.sarif' }, 'the directory of the report `nowhere/p.sarif` does not exist'],
])('%j is refused with the reason beside the red step', async (inputs, reason) => {
  const { code, stdout, outputs, summary } = await step({ 'plan.json': OPEN }, inputs);
  expect([code, outputs]).toEqual([2, { 'exit-code': '2' }]);
  expect(commandsIn(stdout)).toEqual([expect.stringMatching(/^::error title=Portcullis could not check::/)]);
  expect(stdout).toContain(reason);
  expect(summary).toContain('## Portcullis could not check');
});

test('every mistake in a configuration is told', async () => {
  const { code, stdout, summary } = await step({
    'portcullis.yaml': 'failOn: x\nstrikt: true\n',
    'plan.json': OPEN,
  });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^::error [^\n]*portcullis\.yaml:1:\d+[^\n]*%0A[^\n]*portcullis\.yaml:2:\d+/m);
  expect(summary).toContain('portcullis.yaml:2:');
});

test('a plan that cannot be read fails closed', async () => {
  const plan = { 'plan.json': BLOCKED.slice(0, 2000) };
  const { code, stdout, outputs } = await step(plan, { plan: 'plan.json' });
  expect([code, outputs['exit-code'], outputs.problems]).toEqual([3, '3', '1']);
  expect(commandsIn(stdout)).toEqual([expect.stringMatching(/^::error file=plan\.json,/)]);
});

test('no text of a plan becomes a command, an output, a part of the summary or an escape sequence', async () => {
  const evil =
    '\\r\\n::error::forged\\n##[error]forged ##vso[task.complete]\\u001b[31m\\n```\\nfindings=0\\n<img src=x>';
  const plan = BLOCKED.replaceAll('lb-portal', `lb-portal${evil}`).replaceAll('nsg-portal', `nsg${evil}`);
  const { code, stdout, stderr, outputs, summary } = await step(
    { 'plan.json': plan },
    { plan: 'plan.json', 'sarif-file': 'a.sarif\nfindings<<EOF' },
  );
  expect(code).toBe(1);
  const commands = commandsIn(`${stdout}\n${stderr}`);
  expect(commands).toHaveLength(1);
  expect(commands[0]).toMatch(/^::error file=plan\.json,title=Portcullis error\[nsg-blocks-data-port\]::/);
  expect(outputs).toMatchObject({ findings: '1' });
  expect(outputs['sarif-file']).toMatch(/\/a\.sarif\nfindings<<EOF$/);
  expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(action.outputs).toSorted());
  expect(`${stdout}${stderr}${summary}`).not.toContain('\u001b');
  expect(stdout).toContain('forged');
  expect(summary).toContain('forged');
  expect(summary).not.toMatch(/^(?:::|findings=)|(?<!`[^`\n]*)<img/m);
});

test('without the files of a runner the step still judges', async () => {
  const workspace = folderOf({ 'plan.json': BLOCKED });
  const env = {
    GITHUB_WORKSPACE: workspace,
    INPUT_PLAN: 'plan.json',
    RUNNER_TEMP: mkdtempSync(`${workspace}/t`),
  };
  const { code, stdout } = await runProgram(process.execPath, [path.join(release.tag, action.runs.main)], {
    env,
  });
  expect([code, commandsIn(stdout).length]).toEqual([1, 1]);
});

test('every input of the action is read', () => {
  const source = readFileSync('src/action/inputs.ts', 'utf8');
  const unread = Object.keys(action.inputs).filter((name) => !source.includes(`'${name}'`));
  expect(unread).toEqual([]);
});
