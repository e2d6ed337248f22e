import { readFileSync } from 'node:fs';
import { folderOf, runCli } from '../support/cli.ts';

const BLOCKED = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json');

test('a configuration sets severities, turns policies off, declares clients and says what fails', async () => {
  const folder = folderOf({
    'plan.json': BLOCKED,
    'portcullis.yaml':
      'policies: { nsg-blocks-data-port: info }\nfailOn: warning\nclients: [{ name: lab, addresses: [198.51.100.7] }]\n',
  });
  const config = `--config=${folder}/portcullis.yaml`;
  const { code, stdout } = await runCli(['check', folder, config, '--format=json']);
  const report = JSON.parse(stdout) as {
    readonly findings: readonly { readonly policy: string; readonly severity: string }[];
    readonly paths: readonly { readonly client: string }[];
  };
  const severities = report.findings
    .filter(({ policy }) => policy === 'nsg-blocks-data-port')
    .map(({ severity }) => severity);
  expect(new Set(severities)).toEqual(new Set(['info']));
  expect(report.paths.map(({ client }) => client)).toContain('lab');
  expect(code).toBe(0);
  expect((await runCli(['check', folder, config, '--fail-on=info'])).code).toBe(1);
});

test('the environment comes between the flag and the configuration', async () => {
  const folder = folderOf({ 'plan.json': BLOCKED, 'portcullis.yaml': 'failOn: never\n' });
  const config = `--config=${folder}/portcullis.yaml`;
  const env = { PORTCULLIS_FAIL_ON: 'error' };
  expect((await runCli(['check', folder, config])).code).toBe(0);
  expect((await runCli(['check', folder, config], { env })).code).toBe(1);
  expect((await runCli(['check', folder, config, '--fail-on=never'], { env })).code).toBe(0);
});

test('a configuration that cannot be used ends with exit code 2 and every place in it', async () => {
  const folder = folderOf({ 'plan.json': BLOCKED, 'portcullis.yaml': 'failOn: errors\npolicy: {}\n' });
  const { code, stdout, stderr } = await runCli(['check', folder, `--config=${folder}/portcullis.yaml`]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('portcullis.yaml:1:9: `failOn` must be one of error, warning, info, never');
  expect(stderr).toContain('portcullis.yaml:2:1: unknown key `policy`');
});

test('a configuration that does not exist ends with exit code 2', async () => {
  const folder = folderOf({ 'plan.json': BLOCKED });
  const { code, stderr } = await runCli(['check', folder, '--config=missing.yaml']);
  expect(code).toBe(2);
  expect(stderr).toContain('missing.yaml');
});
