import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { folderOf, runCli } from '../support/cli.ts';

const read = (folder: string, file: string): string => readFileSync(path.join(folder, file), 'utf8');

test('three files and the schema are written at the root of the repository, and every one is named', async () => {
  const folder = folderOf({ '.git': '', 'infra/main.bicep': '' });
  const { code, stdout, stderr } = await runCli(['init'], { cwd: path.join(folder, 'infra') });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(
    [
      'wrote ../portcullis.yaml',
      'wrote ../portcullis.schema.json',
      'wrote ../.pre-commit-config.yaml',
      'wrote ../.github/workflows/portcullis.yml; write the owner of your copy of Portcullis for <owner>',
      '',
    ].join('\n'),
  );
  expect(read(folder, 'portcullis.yaml')).toMatch(
    /^# yaml-language-server: \$schema=\.\/portcullis\.schema\.json\n/,
  );
  expect(JSON.parse(read(folder, 'portcullis.schema.json'))).toMatchObject({
    title: 'Configuration of Portcullis',
  });
  expect((await runCli(['check'], { cwd: folder })).code).toBe(0);
});

test('the hook runs on what is read and on the configuration, and nothing else', async () => {
  const folder = folderOf();
  await runCli(['init'], { cwd: folder });
  const { repos } = parse(read(folder, '.pre-commit-config.yaml')) as {
    readonly repos: readonly [
      { readonly hooks: readonly [{ readonly files: string; readonly exclude: string }] },
    ];
  };
  const [{ files, exclude }] = repos[0].hooks;
  const runs = (file: string): boolean => new RegExp(files).test(file) && !new RegExp(exclude).test(file);
  const yes = [
    'main.bicep',
    'a/dev.bicepparam',
    'a/b.tf',
    'a.tf.json',
    'x.auto.tfvars',
    'p.json',
    'portcullis.yaml',
    'a/portcullis.yml',
  ];
  expect(yes.filter((file) => !runs(file))).toEqual([]);
  expect(['README.md', 'a.tfx', 'my-portcullis.yaml', '.terraform/modules/a/main.tf'].filter(runs)).toEqual(
    [],
  );
});

test('the workflow looks at the common commit, and shows the difference and what is new', async () => {
  const folder = folderOf();
  await runCli(['init'], { cwd: folder });
  const workflow = parse(read(folder, '.github/workflows/portcullis.yml')) as {
    readonly on: readonly string[];
    readonly permissions: unknown;
    readonly jobs: {
      readonly check: { readonly steps: readonly { readonly run?: string; readonly with?: unknown }[] };
    };
  };
  expect([workflow.on, workflow.permissions]).toEqual([
    ['pull_request', 'merge_group'],
    { contents: 'read' },
  ]);
  const { steps } = workflow.jobs.check;
  expect(steps[0]?.with).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
  const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
  expect(commands.slice(1)).toEqual([
    'portcullis diff "$BASE..." --fail-on never --format markdown >> "$GITHUB_STEP_SUMMARY"',
    'portcullis check --base "$BASE" --format github',
  ]);
});

test('where the package is a dependency, the workflow and the hint of the editor use it', async () => {
  const folder = folderOf({
    'package.json': '{ "devDependencies": { "portcullis": "0.1.0" } }',
    'node_modules/portcullis/src/config/portcullis.schema.json': '{}',
  });
  const { stdout } = await runCli(['init'], { cwd: folder });
  expect(stdout).not.toContain('schema');
  expect(read(folder, 'portcullis.yaml')).toContain(
    '$schema=./node_modules/portcullis/src/config/portcullis.schema.json\n',
  );
  expect(read(folder, '.github/workflows/portcullis.yml')).toContain('npx --no-install portcullis check');
});

test('nothing is overwritten, not even by its other name or through a link that leads nowhere', async () => {
  const folder = folderOf({
    'portcullis.json': '{}',
    '.pre-commit-config.yaml': 'repos: []\n',
  });
  mkdirSync(path.join(folder, '.github/workflows'), { recursive: true });
  symlinkSync('/nowhere/at/all', path.join(folder, '.github/workflows/portcullis.yml'));
  const { code, stdout } = await runCli(['init'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^kept portcullis\.json, which is there\n/);
  expect(stdout).toContain(
    'kept .pre-commit-config.yaml, which is there; what belongs into it:\n\n  - repo: local\n',
  );
  expect(stdout).toContain('kept .github/workflows/portcullis.yml, which is there\n');
  expect([read(folder, 'portcullis.json'), read(folder, '.pre-commit-config.yaml')]).toEqual([
    '{}',
    'repos: []\n',
  ]);
  expect(existsSync(path.join(folder, 'portcullis.yaml'))).toBe(false);
});

test('a second time nothing is written and nothing is to be added', async () => {
  const folder = folderOf();
  await runCli(['init'], { cwd: folder });
  const { code, stdout } = await runCli(['init'], { cwd: folder });
  expect([code, stdout.split('\n').filter((line) => !/^kept \S+, which is there$/.test(line))]).toEqual([
    0,
    [''],
  ]);
});

test('--dry-run shows what it would write, and writes nothing', async () => {
  const folder = folderOf();
  const { code, stdout } = await runCli(['init', '--dry-run'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toContain('would write portcullis.yaml:\n\n# yaml-language-server');
  expect(stdout).toContain('would write .github/workflows/portcullis.yml:\n\nname: portcullis\n');
  expect(
    ['portcullis.yaml', '.pre-commit-config.yaml', '.github'].some((file) =>
      existsSync(path.join(folder, file)),
    ),
  ).toBe(false);
});

test('a file that cannot be written is told, and ends with 3', async () => {
  const folder = folderOf({ '.github': 'a file' });
  const { code, stdout, stderr } = await runCli(['init'], { cwd: folder });
  expect([code, stderr]).toEqual([
    3,
    'portcullis: `.github/workflows/portcullis.yml` cannot be written (ENOTDIR)\n',
  ]);
  expect(stdout).toContain('wrote portcullis.yaml\n');
});

test('an operand is a usage error', async () => {
  expect((await runCli(['init', 'x'], { cwd: folderOf() })).stderr).toBe(
    'portcullis: `init` takes no operand\n',
  );
});
