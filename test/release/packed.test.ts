import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { policies } from '../../policies/index.ts';
import { REPORT_FORMATS } from '../../src/cli/outputs.ts';
import { folderOf, runCli } from '../support/cli.ts';
import { type Ran, type RunOptions, runProgram, useRelease } from '../support/release.ts';
import { readXml } from '../support/xml-reader.ts';

const release = useRelease();
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

function portcullis(args: readonly string[], options?: RunOptions): Promise<Ran> {
  return runProgram(release.bin, args, options);
}

const EXAMPLES = 'policies/nsg-blocks-data-port/examples';
const BLOCKED = `${EXAMPLES}/bad-default-deny/plan.json`;
const OPEN = `${EXAMPLES}/good-both-levels/plan.json`;
const UNKNOWN = `${EXAMPLES}/unknown-port/plan.json`;
const BAD_BICEP = 'policies/http-probe-without-path/examples/bad-no-path';
const NO_PROBE = 'policies/rule-without-probe/examples/bad-no-probe/plan.json';

test.each<[string, number]>([
  ['--version', 0],
  ['--help', 0],
  ['help gate', 0],
  ['policies', 0],
  ['explain basic-sku-retired', 0],
  [`gate ${OPEN}`, 0],
  [`gate ${BLOCKED} --fail-on never`, 0],
  [`gate ${BLOCKED} --format atlantis`, 0],
  [`gate ${UNKNOWN}`, 0],
  [`gate ${NO_PROBE}`, 0],
  [`paths ${BLOCKED}`, 0],
  [`gate ${BLOCKED}`, 1],
  [`gate ${NO_PROBE} --fail-on warning`, 1],
  [`check ${BAD_BICEP}`, 1],
  ['check examples/internal-tier-loopback --fail-on info', 1],
  ['', 2],
  ['gaet', 2],
  [`gate ${OPEN} --nope`, 2],
  [`gate ${OPEN} ${BLOCKED}`, 2],
  ['check no/such/folder', 2],
  ['explain no-such-policy', 2],
  [`check ${OPEN} --format no-such-format`, 2],
  [`check ${OPEN} --format json=no/such/folder/report.json`, 2],
  [`check ${OPEN} --config package.json`, 2],
  ['gate no-such-plan.json', 3],
  ['gate test/fixtures/plan-input/errored.json', 3],
  ['gate test/fixtures/plan-input/partial.json', 3],
  ['gate package.json', 3],
  [`gate ${UNKNOWN} --strict`, 4],
])('the installed `portcullis %s` ends with %i', async (line, expected) => {
  const { code, stdout, stderr } = await portcullis(line === '' ? [] : line.split(' '));
  expect(code).toBe(expected);
  if (expected === 2) expect([stdout, stderr]).toEqual(['', expect.stringMatching(/\S/)]);
  expect(stderr).not.toContain('this is a bug');
});

test('a plan on standard input is gated, whole or not at all', async () => {
  const plan = readFileSync(BLOCKED);
  expect((await portcullis(['gate', '-'], { input: plan })).code).toBe(1);
  expect((await portcullis(['gate', '-'], { input: plan.subarray(0, plan.byteLength >> 1) })).code).toBe(3);
  expect((await portcullis(['gate', '-'], { input: '' })).code).toBe(3);
});

test('a large file of Terraform is read beside the main thread, and ends with it', async () => {
  const rule = (index: number) => `resource "azurerm_network_security_rule" "rule_${index}" {
  name                        = "rule-${index}"
  resource_group_name         = "rg"
  network_security_group_name = "nsg-${index}"
  priority                    = ${index === 0 ? 5_000 : 100}
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "${'10.0.0.0/24'.padEnd(200)}"
  destination_port_range      = "443"
  destination_address_prefix  = "*"
}
`;
  const files = [5_000, 9_500].map((count) =>
    Array.from({ length: count }, (_, index) => rule(index)).join(''),
  );
  expect(files.map((text) => Math.floor(text.length / 1024 / 1024))).toEqual([3, 6]);
  const [read, refused] = await Promise.all(
    files.map((text) => portcullis(['check', '.'], { cwd: folderOf({ 'main.tf': text }) })),
  );
  expect([read?.code, read?.stderr]).toEqual([1, '']);
  expect(read?.stdout).toContain('main.tf:5:3');
  expect([refused?.code, refused?.stderr]).toEqual([3, expect.stringContaining('is larger than 5 MB')]);
}, 120_000);

test('the environment is between flag and configuration', async () => {
  const cwd = folderOf({ 'portcullis.yaml': 'failOn: never\n', 'plan.json': readFileSync(BLOCKED) });
  expect((await portcullis(['gate', 'plan.json'], { cwd })).code).toBe(0);
  const env = { PORTCULLIS_FAIL_ON: 'error' };
  expect((await portcullis(['gate', 'plan.json'], { cwd, env })).code).toBe(1);
  expect((await portcullis(['gate', 'plan.json', '--fail-on=never'], { cwd, env })).code).toBe(0);
});

test('a baseline takes known findings away', async () => {
  const cwd = folderOf({ 'plan.json': readFileSync(BLOCKED) });
  expect((await portcullis(['baseline', 'create'], { cwd })).code).toBe(0);
  expect(
    (await portcullis(['gate', 'plan.json', '--baseline', 'portcullis-baseline.json'], { cwd })).code,
  ).toBe(0);
});

const lines = (text: string): readonly string[] => text.trimEnd().split('\n');

/** What another program would do with a report of one blocked path, without knowing Portcullis. */
const VALID: Readonly<Record<(typeof REPORT_FORMATS)[number], (report: string) => void>> = {
  text: (report) => expect(report).toMatch(/^error\[nsg-blocks-data-port\]: .+\n {2}--> /),
  json: (report) =>
    expect(JSON.parse(report)).toMatchObject({ version: 1, findings: [{ policy: 'nsg-blocks-data-port' }] }),
  jsonl: (report) => {
    const types = lines(report).map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toContain('finding');
  },
  sarif: (report) =>
    expect(JSON.parse(report)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'nsg-blocks-data-port', codeFlows: [{}] }] }],
    }),
  gitlab: (report) =>
    expect(JSON.parse(report)).toEqual([
      {
        description: expect.any(String),
        check_name: 'nsg-blocks-data-port',
        fingerprint: expect.stringMatching(/^[0-9a-f]+$/),
        severity: expect.stringMatching(/^(?:info|minor|major|critical|blocker)$/),
        location: { path: expect.not.stringMatching(/^[./]/), lines: { begin: expect.any(Number) } },
      },
    ]),
  rdjson: (report) =>
    expect(JSON.parse(report)).toMatchObject({
      source: { name: 'portcullis' },
      diagnostics: [{ severity: 'ERROR', location: { path: expect.any(String) } }],
    }),
  junit: (report) => expect(readXml(report)).toMatchObject({ name: 'testsuites' }),
  github: (report) =>
    expect(lines(report)[0]).toMatch(/^::error file=[^,:]+,(?:line=\d+,endLine=\d+,.*)?title=[^:]+::\S/),
  azure: (report) =>
    expect(lines(report)[0]).toMatch(/^##vso\[task\.logissue type=error;(?:\w+=[^;\]]*;)+\]\S/),
  markdown: (report) => expect(report).toMatch(/\n```mermaid\nflowchart [\s\S]+\n```\n/),
  atlantis: (report) => expect(lines(report)[0]).toMatch(/^FAIL - /),
};

test.each(REPORT_FORMATS)('the installed command writes valid %s', async (format) => {
  const { stdout, stderr } = await portcullis(['gate', BLOCKED, '--format', format]);
  expect(stderr).toBe('');
  expect(stdout.startsWith('\ufeff')).toBe(false);
  VALID[format](stdout);
});

const FALSE_TEMPLATE = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [
    {
      type: 'Microsoft.Network/loadBalancers',
      apiVersion: '2024-05-01',
      name: 'lb-old',
      location: 'westeurope',
      sku: { name: 'Basic' },
      properties: { probes: [{ name: 'health', properties: { protocol: 'Http', port: 80 } }], prots: [] },
    },
  ],
};
const WHAT_IF = {
  status: 'Succeeded',
  changes: [
    {
      resourceId: `/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb-old`,
      changeType: 'Create',
      after: { ...FALSE_TEMPLATE.resources[0], type: 'Microsoft.Network/loadBalancers' },
    },
  ],
};

/** One input for each part of the bundle that is loaded late: a language, a package, a file of WebAssembly, a worker. */
const BUNDLED: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
  'a plan': { 'plan.json': readFileSync(BLOCKED) },
  Bicep: { 'main.bicep': readFileSync(`${BAD_BICEP}/main.bicep`) },
  'Bicep that starts a server by cloud-init': {
    'main.bicep': readFileSync('policies/data-port-not-listening/examples/bad-nginx/main.bicep'),
  },
  'Bicep with a misspelt property': {
    'main.bicep': readFileSync('policies/resource-body-invalid/examples/bad-body/main.bicep'),
  },
  'an ARM template': { 'main.json': JSON.stringify(FALSE_TEMPLATE) },
  'a what-if result': { 'what-if.json': JSON.stringify(WHAT_IF) },
  'Terraform code': { 'main.tf': readFileSync(`${EXAMPLES}/bad-default-deny/main.tf`) },
  'Terraform code of 300 kB': {
    'main.tf': `${readFileSync(`${EXAMPLES}/bad-default-deny/main.tf`, 'utf8')}\n${'# padding\n'.repeat(30_000)}`,
  },
  'a configuration in YAML': {
    'plan.json': readFileSync(BLOCKED),
    'portcullis.yaml': 'policies: { nsg-blocks-data-port: warning }\n',
  },
};

test.each(Object.entries(BUNDLED))('%s is judged by the bundle as by the sources', async (_, files) => {
  const cwd = folderOf(files);
  const args = ['check', '--format', 'json'];
  const packed = await portcullis(args, { cwd });
  expect(packed).toEqual(await runCli(args, { cwd }));
  expect(JSON.parse(packed.stdout)).toMatchObject({ findings: expect.arrayContaining([expect.anything()]) });
});

test('the page of every policy is in the package', async () => {
  for (const { meta } of policies) {
    const page = path.join(release.installed, 'node_modules/portcullis/policies', meta.id, 'README.md');
    expect(readFileSync(page, 'utf8')).toContain(`# ${meta.id}`);
  }
  expect((await portcullis(['explain', 'rule-without-probe'])).stdout).toMatch(/^# rule-without-probe\n/);
});

test('the package needs no other package and runs no script when it is installed', () => {
  const folder = path.join(release.installed, 'node_modules');
  expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(['portcullis']);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'portcullis/package.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ name: 'portcullis', version });
  for (const key of ['scripts', 'dependencies', 'devDependencies', 'optionalDependencies']) {
    expect(manifest).not.toHaveProperty(key);
  }
});

test('the licences and the bill of materials name everything that is bundled', () => {
  const folder = path.join(release.installed, 'node_modules/portcullis');
  const licences = readFileSync(path.join(folder, 'THIRD-PARTY.txt'), 'utf8');
  const { components } = JSON.parse(readFileSync(path.join(folder, 'sbom.cdx.json'), 'utf8')) as {
    components: readonly { name: string; version: string }[];
  };
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  for (const { name, version: bundled } of components) expect(licences).toContain(`\n${name} ${bundled} (`);
  expect(licences).toContain('\ngithub.com/hashicorp/hcl/v2 v');
});

test('the library has types that a strict program compiles against', async () => {
  const program = `import { check, policies, toJsonReport, type JsonReport, type Report } from 'portcullis';
    const report: Report = await check([], { policies });
    const json: JsonReport = toJsonReport(report, '1.0.0');
    // @ts-expect-error A version is a text.
    toJsonReport(report, 1);
    export const count: number = json.findings.length;`;
  const cwd = folderOf({ 'program.mts': program });
  symlinkSync(path.join(release.installed, 'node_modules'), path.join(cwd, 'node_modules'));
  const compiler = path.resolve('node_modules/typescript/bin/tsc');
  const types = path.resolve('node_modules/@types');
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', 'node'];
  const args = [compiler, ...options, '--typeRoots', types, 'program.mts'];
  expect(await runProgram(process.execPath, args, { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
});
