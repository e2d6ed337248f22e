import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { policies } from '../../policies/index.ts';
import { readConfig } from '../../src/config/read-config.ts';
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

test('PORTCULLIS_CONFIG names the configuration where the command line names none', async () => {
  const folder = folderOf({ 'plan.json': BLOCKED, 'never.yaml': 'failOn: never\n', 'error.yaml': '' });
  const env = { PORTCULLIS_CONFIG: 'never.yaml' };
  const run = async (...args: readonly string[]): Promise<number> =>
    (await runCli(['check', ...args], { cwd: folder, env })).code;
  expect(await run()).toBe(0);
  expect(await run('--config=error.yaml')).toBe(1);
  expect((await runCli(['check'], { cwd: folder, env: { PORTCULLIS_CONFIG: '' } })).code).toBe(1);
  const missing = await runCli(['check'], { cwd: folder, env: { PORTCULLIS_CONFIG: 'no.yaml' } });
  expect([missing.code, missing.stderr]).toEqual([
    2,
    'portcullis: the configuration `no.yaml` cannot be read\n',
  ]);
});

const ALL = `version: 1
failOn: info
policies: { single-member-pool: off, rule-without-probe: error }
clients: [{ name: lab, addresses: [198.51.100.7] }]
azure: { subscription: s, resourceGroup: from-file }
exclude: ['**/samples']
baseline: known.json
suppressions: [{ policy: nsg-blocks-probe, path: infra/a.tf, reason: '::error::x' }]
`;

test('--print-config prints what the flag, the environment and the file make, as a configuration', async () => {
  const folder = folderOf({ 'portcullis.yaml': ALL, 'infra/a.tf': '' });
  const cwd = path.join(folder, 'infra');
  const args = [
    'check',
    '--print-config',
    '--fail-on=warning',
    '--resource-group=rg',
    '--skip=vnet-tag-undefined',
  ];
  const { code, stdout, stderr } = await runCli(args, { cwd, env: { PORTCULLIS_STRICT: '1' } });
  expect([code, stderr]).toEqual([0, '']);
  const printed = parse(stdout) as { readonly policies: Readonly<Record<string, string>> };
  expect(printed).toEqual({
    version: 1,
    failOn: 'warning',
    strict: true,
    policies: printed.policies,
    clients: [{ name: 'lab', addresses: ['198.51.100.7'] }],
    azure: { subscription: 's', resourceGroup: 'rg' },
    exclude: ['**/samples'],
    baseline: '../known.json',
    suppressions: [{ policy: 'nsg-blocks-probe', path: 'a.tf', reason: '::error::x' }],
  });
  const own = new Map(policies.map(({ meta }) => [meta.id, meta.severity]));
  expect(Object.entries(printed.policies).filter(([id, level]) => own.get(id) !== level)).toEqual([
    ['rule-without-probe', 'error'],
    ['single-member-pool', 'off'],
    ['vnet-tag-undefined', 'off'],
  ]);
  expect('config' in readConfig(stdout, 'x', [...own.keys()])).toBe(true);
  const json = await runCli(
    args.map((word) => (word === '--print-config' ? `${word}=json` : word)),
    {
      cwd,
      env: { PORTCULLIS_STRICT: '1' },
    },
  );
  expect(JSON.parse(json.stdout)).toEqual(printed);
});

test('without a configuration, --print-config prints what holds without one', async () => {
  const { stdout } = await runCli(['gate', '--print-config'], { cwd: folderOf() });
  expect(parse(stdout)).toMatchObject({
    failOn: 'error',
    strict: false,
    clients: [],
    azure: {},
    exclude: [],
  });
});

test.each([
  ['xml', '`--print-config` cannot be `xml`'],
  ['', '`--print-config` needs a value'],
])('--print-config=%s is a usage error', async (format, message) => {
  const { code, stderr } = await runCli(['check', `--print-config=${format}`], { cwd: folderOf() });
  expect([code, stderr.startsWith(`portcullis: ${message}`)]).toEqual([2, true]);
});

test('--version --verbose says what a bug report needs', async () => {
  const folder = folderOf({ '.git': '', 'portcullis.yml': '', 'infra/a.tf': '' });
  const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const { code, stdout } = await runCli(['--version', '--verbose'], { cwd: path.join(folder, 'infra') });
  expect(code).toBe(0);
  const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(lines).toEqual([
    [`portcullis ${version}`],
    ['node', `${process.versions.node} (${process.platform} ${process.arch})`],
    ['@cdktf/hcl2json', dependencies['@cdktf/hcl2json']],
    ['@azure/bicep-types', dependencies['@azure/bicep-types']],
    ['git', expect.stringMatching(/^\d+\.\d+/)],
    ['configuration', '../portcullis.yml'],
    [''],
  ]);
  expect((await runCli(['check', '--verbose'])).stderr).toBe(
    'portcullis: `--verbose` goes with `--version`\n',
  );
});

test('a parameters file reads the environment only when it is allowed to', async () => {
  const { webTier } = await import('../support/web-tier.ts');
  const folder = folderOf({
    'main.bicep': webTier({ port: 'port', before: 'param port string\n' }),
    'main.bicepparam': "using 'main.bicep'\nparam port = readEnvironmentVariable('PORT')\n",
  });
  const dataOf = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await runCli(['paths', '--format=json', ...args], {
      cwd: folder,
      env: { PORT: '8080' },
    });
    const { paths } = JSON.parse(stdout) as { readonly paths: readonly { readonly data: string }[] };
    return paths.map(({ data }) => data);
  };
  expect(await dataOf()).toEqual(['unknown']);
  expect(await dataOf('--allow-env')).toEqual(['open']);
});

const TYPES = {
  'index.json': JSON.stringify({
    resources: { 'Contoso.Web/gates@2024-01-01': { $ref: 'web/types.json#/2' } },
    resourceFunctions: {},
  }),
  'web/types.json': JSON.stringify([
    { $type: 'StringType' },
    {
      $type: 'ObjectType',
      name: 'gate',
      properties: {
        name: { type: { $ref: '#/0' }, flags: 9 },
        height: { type: { $ref: '#/0' }, flags: 0 },
      },
    },
    {
      $type: 'ResourceType',
      name: 'Contoso.Web/gates@2024-01-01',
      body: { $ref: '#/1' },
      readableScopes: 8,
      writableScopes: 8,
    },
  ]),
};

test('bodies are checked against a catalogue of resource types that the command line names', async () => {
  const folder = folderOf({
    ...TYPES,
    'main.bicep': "resource g 'Contoso.Web/gates@2024-01-01' = {\n  name: 'g'\n  heigth: '3'\n}\n",
  });
  const messagesOf = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await runCli(['check', '--format=json', ...args], { cwd: folder });
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly message: string }[] };
    return findings.map(({ message }) => message);
  };
  expect(await messagesOf()).toEqual([]);
  expect(await messagesOf('--azure-types=index.json')).toEqual([
    '`g` sets `heigth`, and there is no such property',
  ]);
});

test.each([
  ['no.json', 'the resource types `no.json` cannot be read'],
  ['main.bicep', '`main.bicep` is not an index of Azure resource types; name the file'],
])('--azure-types=%s is a usage error', async (file, message) => {
  const folder = folderOf({ 'main.bicep': 'x' });
  const { code, stderr } = await runCli(['check', `--azure-types=${file}`], { cwd: folder });
  expect([code, stderr.startsWith(`portcullis: ${message}`)]).toEqual([2, true]);
});
