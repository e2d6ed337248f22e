import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, runCli } from '../support/cli.ts';

const GOOD = readFileSync('policies/http-probe-without-path/examples/good-health-page/main.bicep', 'utf8');
const BAD = readFileSync('policies/http-probe-without-path/examples/bad-no-path/main.bicep', 'utf8');
const TERRAFORM = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/main.tf', 'utf8');
const USE_MODULE = `module shared '../modules/shared.bicep' = { name: 'shared' }\n`;

/** Two healthy applications that share a module, a broken one, and a broken one in Terraform. */
function repository(): string {
  return folderOf({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/shared.bicep': `param tags object = {}\noutput tags object = tags\n`,
    'one/main.bicep': `${GOOD}\n${USE_MODULE}`,
    'two/main.bicep': `${GOOD}\n${USE_MODULE}`,
    'broken/main.bicep': BAD,
    'terraform/main.tf': TERRAFORM,
    'terraform/README.md': 'Notes.\n',
  });
}

async function checkedRoots(
  cwd: string,
  ...changed: readonly string[]
): Promise<readonly [number, string[]]> {
  const { code, stdout } = await runCli(['check', '--changed', '--format=json', '--', ...changed], { cwd });
  const { roots } = JSON.parse(stdout) as { roots: readonly { id: string }[] };
  return [code, roots.map(({ id }) => id)];
}

test.each<[string, readonly string[], number, readonly string[]]>([
  ['a root is checked when its own file changed', ['one/main.bicep'], 0, ['one/main.bicep']],
  [
    'every root that uses a changed module is checked',
    ['modules/shared.bicep'],
    0,
    ['one/main.bicep', 'two/main.bicep'],
  ],
  [
    'a broken root that changed fails',
    ['broken/main.bicep', 'one/main.bicep'],
    1,
    ['broken/main.bicep', 'one/main.bicep'],
  ],
  ['a directory of Terraform code is a root', ['terraform/main.tf'], 1, ['terraform']],
  ['a file that no root reads changes nothing', ['terraform/README.md'], 0, []],
  ['a file that is gone changes nothing', ['two/gone.bicep'], 0, []],
])('%s', async (_, changed, code, roots) => {
  expect(await checkedRoots(repository(), ...changed)).toEqual([code, roots]);
});

test('the paths may be absolute, lead through a link, and start from a folder below', async () => {
  const folder = repository();
  symlinkSync(path.join(folder, 'one'), path.join(folder, 'alias'));
  expect(await checkedRoots(folder, path.join(folder, 'one/main.bicep'))).toEqual([0, ['one/main.bicep']]);
  expect(await checkedRoots(folder, 'alias/main.bicep')).toEqual([0, ['one/main.bicep']]);
  expect(await checkedRoots(path.join(folder, 'one'), '../modules/shared.bicep')).toEqual([
    0,
    ['main.bicep'],
  ]);
});

test('a change of the configuration bears on every root', async () => {
  const folder = repository();
  const all = ['broken/main.bicep', 'one/main.bicep', 'two/main.bicep', 'terraform'];
  const config = path.join(folder, 'portcullis.yaml');
  writeFileSync(config, 'failOn: never\n');
  expect(await checkedRoots(folder, 'portcullis.yaml')).toEqual([0, all]);
});

test('a suppression of another root is not called unused', async () => {
  const folder = repository();
  const suppressions = [
    { policy: 'nsg-blocks-data-port', subject: 'lb-none/http', reason: 'for another root' },
  ];
  writeFileSync(path.join(folder, 'portcullis.json'), JSON.stringify({ suppressions }));
  const whole = await runCli(['check'], { cwd: folder });
  expect(whole.stdout).toContain('problem[suppression-unused]');
  const part = await runCli(['check', '--changed', 'one/main.bicep'], { cwd: folder });
  expect(part.stdout).not.toContain('problem[');
});

test('it says that nothing was read, and wants files', async () => {
  const cwd = repository();
  const { code, stderr } = await runCli(['check', '--changed', 'terraform/README.md'], { cwd });
  expect([code, stderr]).toEqual([0, 'portcullis: no root reads the changed files\n']);
  expect(await runCli(['check', '--changed'], { cwd })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'portcullis: `--changed` needs the changed files\n',
  });
});
