import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { folderOf } from '../support/cli.ts';
import { type Ran, runProgram, useRelease } from '../support/release.ts';
import { readXml } from '../support/xml-reader.ts';

const release = useRelease();
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const GATES = path.resolve('examples/gates');
const GOOD = readFileSync('policies/http-probe-without-path/examples/good-health-page/main.bicep', 'utf8');
const BAD = readFileSync('policies/http-probe-without-path/examples/bad-no-path/main.bicep', 'utf8');
const BLOCKED = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json', 'utf8');
const OPEN = readFileSync('policies/nsg-blocks-data-port/examples/good-both-levels/plan.json', 'utf8');

/** Of whoever runs the tests, no setting bears on them. */
const home = folderOf({
  '.gitconfig': '[user]\nname = Tester\nemail = tester@example.com\n[init]\ndefaultBranch = main\n',
});

function envOf(...programs: readonly string[]): Readonly<Record<string, string>> {
  const bins = [...programs, path.dirname(release.bin), path.dirname(process.execPath)];
  return {
    PATH: [...bins, process.env.PATH].join(path.delimiter),
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    PRE_COMMIT_HOME: path.join(home, 'pre-commit'),
    npm_config_cache: path.join(home, 'npm'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
}

function sh(script: string, cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return runProgram('/bin/sh', ['-c', script], { cwd, env: { ...envOf(), ...env } });
}

async function git(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return await runProgram('git', args, { cwd, env: envOf() });
}

/** A repository with one commit. */
async function repositoryOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = folderOf(files);
  for (const args of [
    ['init'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', 'first', '--allow-empty'],
  ]) {
    expect((await git(folder, ...args)).code).toBe(0);
  }
  return folder;
}

function stage(folder: string, text: string): Promise<Ran> {
  writeFileSync(path.join(folder, 'infra/main.bicep'), text);
  return git(folder, 'add', '--all');
}

function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

function recipe(name: string): string {
  return readFileSync(path.join(GATES, name), 'utf8');
}

let made: Promise<string> | undefined;

/** A repository whose tag is made by the script of the release. */
function releaseRepository(): Promise<string> {
  made ??= repositoryOf({ 'README.md': 'Before the release.\n' }).then(async (folder) => {
    const { code, stdout } = await runProgram('/bin/sh', [release.tagScript], { cwd: folder, env: envOf() });
    expect([code, stdout]).toEqual([0, '']);
    return folder;
  });
  return made;
}

test('the script of a release makes its tags and touches nothing else', async () => {
  const folder = await releaseRepository();
  expect((await git(folder, 'tag')).stdout).toBe(`v${version.split('.')[0]}\nv${version}\n`);
  expect((await git(folder, 'status', '--porcelain')).stdout).toBe('');
  expect((await git(folder, 'log', '--format=%s', `v${version}`)).stdout).toBe(
    `Portcullis ${version}\nfirst\n`,
  );
  const held = (await git(folder, 'ls-tree', '-r', '--name-only', `v${version}`)).stdout.split('\n');
  expect(held).toEqual(
    expect.arrayContaining(['action.yml', 'dist/action.js', 'dist/cli.js', 'dist/hcl2json/main.wasm.gz']),
  );
  expect(held.filter((name) => name.startsWith('src/') || name.startsWith('node_modules/'))).toEqual([]);
});

test('npm installs the command from the tag, and runs nothing for it', async () => {
  const url = `git+file://${await releaseRepository()}#v${version}`;
  const [line = ''] = /npm install --global .*/.exec(recipe('gitlab-ci.yml')) ?? [];
  const prefix = path.join(home, 'global');
  const installed = await sh(line.replace(/"git\+https:[^"]+"/, `"${url}"`), home, {
    npm_config_prefix: prefix,
  });
  expect(installed.code).toBe(0);
  const { stdout } = await runProgram(path.join(prefix, 'bin/portcullis'), ['--version'], { env: envOf() });
  expect(stdout).toBe(`portcullis ${version}\n`);
});

const withPreCommit = has('pre-commit') ? test : test.skip;

withPreCommit.each(['portcullis', 'portcullis-changed'])(
  'the hook %s of pre-commit stops a commit that breaks a path, and no other',
  async (hook) => {
    const hooks = await releaseRepository();
    const config = recipe('pre-commit-config.yaml')
      .replace('https://github.com/OWNER/portcullis', hooks)
      .replace('id: portcullis', `id: ${hook}`);
    const folder = await repositoryOf({ 'infra/main.bicep': GOOD, '.pre-commit-config.yaml': config });
    const commit = (): Promise<Ran> => git(folder, 'commit', '--message', 'change');
    expect((await runProgram('pre-commit', ['install'], { cwd: folder, env: envOf() })).code).toBe(0);

    await stage(folder, BAD);
    const refused = await commit();
    const told = refused.stdout + refused.stderr;
    expect([refused.code, told]).toEqual([1, expect.stringContaining('error[http-probe-without-path]')]);
    expect(told).toContain('- exit code: 1\n');

    // What is staged counts, not what lies in the working tree.
    await stage(folder, `${GOOD}\n`);
    writeFileSync(path.join(folder, 'infra/main.bicep'), BAD);
    expect((await commit()).code).toBe(0);
    expect((await git(folder, 'status', '--porcelain')).stdout).toBe(' M infra/main.bicep\n');

    await git(folder, 'checkout', '.');
    writeFileSync(path.join(folder, 'notes.txt'), 'no infrastructure\n');
    await git(folder, 'add', '--all');
    const skipped = await commit();
    expect([skipped.code, skipped.stdout + skipped.stderr]).toEqual([0, expect.stringContaining('Skipped')]);
  },
);

test('the plain hook of Git judges what is staged', async () => {
  const folder = await repositoryOf({ 'infra/main.bicep': GOOD });
  const hook = path.join(folder, '.git/hooks/pre-commit');
  mkdirSync(path.dirname(hook), { recursive: true });
  cpSync(path.join(GATES, 'git-hook.sh'), hook);
  chmodSync(hook, 0o755);
  await stage(folder, BAD);
  const refused = await git(folder, 'commit', '--message', 'bad');
  expect([refused.code, refused.stdout + refused.stderr]).toEqual([
    1,
    expect.stringContaining('http-probe-without-path'),
  ]);
  // Also with --all, for which Git uses another index.
  await git(folder, 'reset', '--quiet', '--hard');
  writeFileSync(path.join(folder, 'infra/main.bicep'), BAD);
  expect((await git(folder, 'commit', '--all', '--message', 'bad')).code).toBe(1);
  await stage(folder, `${GOOD}\n`);
  writeFileSync(path.join(folder, 'infra/main.bicep'), BAD);
  expect((await git(folder, 'commit', '--message', 'good')).code).toBe(0);
  await git(folder, 'checkout', '.');
  writeFileSync(path.join(folder, 'notes.txt'), 'no infrastructure\n');
  await git(folder, 'add', '--all');
  expect(await git(folder, 'commit', '--quiet', '--message', 'notes')).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});

(has('lefthook') ? test : test.skip)('lefthook stops a commit that breaks a path', async () => {
  const folder = await repositoryOf({ 'infra/main.bicep': GOOD, 'lefthook.yml': recipe('lefthook.yml') });
  expect((await runProgram('lefthook', ['install'], { cwd: folder, env: envOf() })).code).toBe(0);
  await stage(folder, BAD);
  const refused = await git(folder, 'commit', '--message', 'bad');
  expect([refused.code, refused.stdout + refused.stderr]).toEqual([
    1,
    expect.stringContaining('http-probe-without-path'),
  ]);
  await stage(folder, `${GOOD}\n`);
  expect((await git(folder, 'commit', '--message', 'good')).code).toBe(0);
});

/** A folder with a program `terraform` that knows one plan and writes down how it is called. */
function fakeTerraform(plan: string): { readonly bin: string; readonly calls: () => readonly string[] } {
  const bin = folderOf({ 'plan.json': plan, calls: '' });
  const calls = path.join(bin, 'calls');
  const script = `#!/bin/sh\necho "$*" >> "${calls}"\nif [ "$1" = show ]; then cat "${bin}/plan.json"; fi\n`;
  writeFileSync(path.join(bin, 'terraform'), script, { mode: 0o755 });
  return { bin, calls: () => readFileSync(calls, 'utf8').trimEnd().split('\n') };
}

const PLANS: readonly (readonly [what: string, plan: string, code: number])[] = [
  ['a healthy plan', OPEN, 0],
  ['a blocked plan', BLOCKED, 1],
  ['half of a plan', BLOCKED.slice(0, 3000), 3],
  ['an empty plan file', '', 3],
];

test.each(PLANS)('the gate in plain CI: %s', async (_, plan, code) => {
  const { bin, calls } = fakeTerraform(plan);
  const cwd = folderOf();
  const ran = await runProgram('/bin/sh', [path.join(GATES, 'plan-gate.sh')], { cwd, env: envOf(bin) });
  expect(ran.code).toBe(code);
  const before = ['plan -input=false -out=tfplan', 'show -json tfplan'];
  expect(calls()).toEqual(code === 0 ? [...before, 'apply -input=false tfplan'] : before);
});

test.each(PLANS)('the hook of an HCP Terraform agent: %s', async (_, plan, code) => {
  const { bin, calls } = fakeTerraform(plan);
  const env = { ...envOf(bin), PORTCULLIS_PLAN: 'agent.tfplan' };
  const hook = path.join(GATES, 'hcp-agent-post-plan.sh');
  expect((await runProgram('/bin/sh', [hook], { cwd: folderOf(), env })).code).toBe(code);
  expect(calls()).toEqual(['show -json agent.tfplan']);
});

test('the hook of an HCP Terraform agent fails where it is not told the plan', async () => {
  const hook = path.join(GATES, 'hcp-agent-post-plan.sh');
  expect((await runProgram('/bin/sh', [hook], { cwd: folderOf(), env: envOf() })).code).not.toBe(0);
});

test.each(PLANS)('the hook of Terragrunt: %s', async (_, plan, code) => {
  const { bin, calls } = fakeTerraform(plan);
  const [, list = '[]'] = /execute\s+= (\[.*\])/.exec(recipe('terragrunt.hcl')) ?? [];
  const [program = '', ...args] = JSON.parse(list) as string[];
  const env = { ...envOf(bin), TG_CTX_TF_PATH: path.join(bin, 'terraform'), TG_CTX_COMMAND: 'plan' };
  expect((await runProgram(program, args, { cwd: folderOf(), env })).code).toBe(code);
  expect(calls()).toEqual(['show -json tfplan']);
});

interface AtlantisFile {
  readonly workflows: {
    readonly portcullis: Readonly<Record<string, { readonly steps: readonly unknown[] }>>;
  };
}

function atlantisRun(name: string, stageName: string): string {
  const { steps } = (parse(recipe(name)) as AtlantisFile).workflows.portcullis[stageName] ?? { steps: [] };
  const last = steps.at(-1) as { readonly run: string };
  expect(steps.slice(0, -1).at(-1)).toBe('show');
  return last.run;
}

test.each(PLANS)('the plan step of Atlantis: %s', async (_, plan, code) => {
  const cwd = folderOf({ 'show.json': plan });
  const { code: ended } = await sh(atlantisRun('atlantis.yaml', 'plan'), cwd, {
    SHOWFILE: path.join(cwd, 'show.json'),
  });
  expect(ended).toBe(code);
});

test.each(PLANS)('the policy check of Atlantis: %s', async (_, plan, code) => {
  const cwd = folderOf({ 'show.json': plan });
  const run = atlantisRun('atlantis-policies.yaml', 'policy_check');
  const { code: ended, stdout } = await sh(run, cwd, { SHOWFILE: path.join(cwd, 'show.json') });
  // A finding is for the owners to judge; an unreadable plan is nothing that anybody could approve.
  expect([ended, stdout.trim() === '', /fail/i.test(stdout)]).toEqual([
    code === 3 ? 3 : 0,
    false,
    code !== 0,
  ]);
});

interface Job {
  readonly script?: readonly string[];
  readonly artifacts?: { readonly reports: Readonly<Record<string, string>> };
}

test.each([
  ['broken', BAD, 1],
  ['healthy', GOOD, 0],
])('the job of GitLab on a %s repository', async (_, text, code) => {
  const { script = [], artifacts } = (parse(recipe('gitlab-ci.yml')) as { portcullis: Job }).portcullis;
  const cwd = folderOf({ 'infra/main.bicep': text });
  expect((await sh(script.join(' && '), cwd)).code).toBe(code);
  const report = (name: string): string =>
    readFileSync(path.join(cwd, artifacts?.reports[name] ?? ''), 'utf8');
  const issues = JSON.parse(report('codequality')) as readonly { readonly severity: string }[];
  expect(issues.some(({ severity }) => severity === 'critical')).toBe(code === 1);
  expect(readXml(report('junit')).name).toBe('testsuites');
});

test('the job of Azure Pipelines writes its log, its summary and its SARIF file', async () => {
  const { steps } = parse(recipe('azure-pipelines.yml')) as {
    steps: readonly { readonly script?: string; readonly displayName?: string }[];
  };
  const staging = folderOf();
  const scriptOf = (name: string): string =>
    (steps.find(({ displayName }) => displayName === name)?.script ?? '').replaceAll(
      '$(Build.ArtifactStagingDirectory)',
      staging,
    );
  const checked = await sh(scriptOf('portcullis'), folderOf({ 'infra/main.bicep': BAD }));
  expect([checked.code, checked.stdout.split('\n')[0]]).toEqual([
    1,
    expect.stringMatching(/^##vso\[task\.logissue type=error;sourcepath=infra\/main\.bicep;/),
  ]);
  expect(
    JSON.parse(readFileSync(path.join(staging, 'CodeAnalysisLogs/portcullis.sarif'), 'utf8')),
  ).toMatchObject({
    version: '2.1.0',
  });
  const { stdout } = await sh(scriptOf('summary'), staging);
  const [, summary = ''] = /^##vso\[task\.uploadsummary\](.+)\n$/.exec(stdout) ?? [];
  expect(readFileSync(summary, 'utf8')).toContain('## Portcullis: ');
});

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly WorkflowStep[] }>>;
}

interface WorkflowStep {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

function stepsOf(name: string): readonly WorkflowStep[] {
  return Object.values((parse(recipe(name)) as Workflow).jobs).flatMap(({ steps }) => steps);
}

test('reviewdog gets everything that is found, and the step fails when nothing could be read', async () => {
  const run = stepsOf('reviewdog.yml').at(-1)?.run ?? '';
  const bin = folderOf();
  const reviewdog = '#!/bin/sh\necho "$*" > arguments\ncat > diagnostics\n';
  writeFileSync(path.join(bin, 'reviewdog'), reviewdog, { mode: 0o755 });
  const bash = (cwd: string): Promise<Ran> => runProgram('bash', ['-e', '-c', run], { cwd, env: envOf(bin) });
  const cwd = folderOf({ 'infra/main.bicep': BAD });
  expect((await bash(cwd)).code).toBe(0);
  expect(readFileSync(path.join(cwd, 'arguments'), 'utf8')).toContain('-f=rdjson');
  const { diagnostics } = JSON.parse(readFileSync(path.join(cwd, 'diagnostics'), 'utf8')) as {
    diagnostics: object[];
  };
  expect(diagnostics).toContainEqual(expect.objectContaining({ severity: 'ERROR' }));
  expect((await bash(folderOf({ 'plan.json': BLOCKED.slice(0, 3000) }))).code).toBe(3);
});

test('the recipes name this version', () => {
  const texts = [...readdirSync(GATES, { encoding: 'utf8' }).map(recipe), readFileSync('README.md', 'utf8')];
  const named = texts.flatMap((text) => text.match(/\bv\d+\.\d+\.\d+\b/g) ?? []);
  expect([...new Set(named)]).toEqual([`v${version}`]);
  const majors = texts.flatMap((text) => text.match(/OWNER\/portcullis@\S+/g) ?? []);
  expect([...new Set(majors)]).toEqual([`OWNER/portcullis@v${version.split('.')[0]}`]);
});

test.each(['github-pull-request.yml', 'github-plan.yml'])(
  '%s uses inputs and outputs that the action has',
  (name) => {
    const action = parse(readFileSync(path.join(release.tag, 'action.yml'), 'utf8')) as {
      readonly inputs: object;
      readonly outputs: object;
    };
    const ours = stepsOf(name).filter(({ uses }) => uses?.startsWith('OWNER/portcullis@') === true);
    expect(ours).toHaveLength(1);
    for (const input of Object.keys(ours[0]?.with ?? {})) expect(action.inputs).toHaveProperty([input]);
    for (const [, output = ''] of recipe(name).matchAll(/steps\.portcullis\.outputs\.([\w-]+)/g)) {
      expect(action.outputs).toHaveProperty([output]);
    }
  },
);
