import { readFileSync } from 'node:fs';
import { folderOf, runCli } from '../support/cli.ts';

// What files from Windows look like: their line ends, their encodings, and the paths they hold.

const BAD_BICEP = readFileSync('policies/http-probe-without-path/examples/bad-no-path/main.bicep', 'utf8');
const GUEST_BICEP = readFileSync('policies/data-port-not-listening/examples/bad-nginx/main.bicep', 'utf8');
const GUEST_TERRAFORM = readFileSync('policies/data-port-not-listening/examples/bad-nginx/main.tf', 'utf8');
const TERRAFORM = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/main.tf', 'utf8');
const PLAN = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json', 'utf8');

const LOAD_BALANCER = {
  type: 'Microsoft.Network/loadBalancers',
  apiVersion: '2024-05-01',
  name: "[parameters('name')]",
  location: 'westeurope',
  sku: { name: 'Basic' },
  properties: { probes: [{ name: 'health', properties: { protocol: 'Http', port: 80 } }] },
};
const TEMPLATE = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { name: { type: 'string' } },
  resources: [LOAD_BALANCER],
};
const PARAMETERS = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
  contentVersion: '1.0.0.0',
  parameters: { name: { value: 'lb-old' } },
};
const WHAT_IF = {
  status: 'Succeeded',
  changes: [
    {
      resourceId: '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb-old',
      changeType: 'Create',
      after: { ...LOAD_BALANCER, name: 'lb-old' },
    },
  ],
};
const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** One repository for each kind of file that is read; every file in it ends its lines with a line feed. */
const REPOSITORIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Bicep: { 'main.bicep': BAD_BICEP },
  'a set-up script in Bicep': { 'main.bicep': GUEST_BICEP },
  'Bicep parameters and a module': {
    'main.bicep': `param name string\nmodule net './net/main.bicep' = { name: 'net', params: { name: name } }\n`,
    'net/main.bicep': BAD_BICEP.replace(/^/, 'param name string\n'),
    'prod.bicepparam': `using './main.bicep'\nparam name = 'prod'\n`,
  },
  'Terraform code': { 'main.tf': TERRAFORM },
  'a set-up script in Terraform': { 'main.tf': GUEST_TERRAFORM },
  'Terraform variables and a module': {
    'main.tf': `variable "name" {\n  type = string\n}\n\nmodule "net" {\n  source = "./modules/net"\n}\n`,
    'terraform.tfvars': 'name = "prod"\n',
    'modules/net/main.tf': TERRAFORM,
  },
  'an ARM template and its parameters': {
    'main.json': json(TEMPLATE),
    'main.parameters.json': json(PARAMETERS),
  },
  'a what-if result': { 'what-if.json': json(WHAT_IF) },
  'a plan': { 'plan.json': PLAN },
  'a configuration in YAML': {
    'plan.json': PLAN,
    'portcullis.yaml': 'failOn: never\npolicies:\n  nsg-blocks-data-port: warning\n',
  },
  'a configuration in JSON': {
    'plan.json': PLAN,
    'portcullis.json': json({ failOn: 'never', baseline: 'known.json' }),
    'known.json': json({ version: 1, findings: [] }),
  },
  'a suppression in Bicep': {
    'main.bicep': BAD_BICEP.replace(
      /^.*name: 'health'$/m,
      (line) => `// portcullis:allow http-probe-without-path answered by the gateway\n${line}`,
    ),
  },
  'a suppression in Terraform': {
    'main.tf': TERRAFORM.replace(
      /^resource "azurerm_lb_rule"/m,
      (line) => `# portcullis:allow nsg-blocks-data-port opened by hand\n${line}`,
    ),
  },
};

const windowsLines = (text: string): string => text.replaceAll('\n', '\r\n');
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${windowsLines(text)}`, 'utf16le');
const ENCODINGS: Readonly<Record<string, (text: string) => string | Uint8Array>> = {
  CRLF: windowsLines,
  'a byte order mark': (text) => `\ufeff${text}`,
  both: (text) => `\ufeff${windowsLines(text)}`,
  'UTF-16 as Windows PowerShell writes it': utf16,
};

interface Report {
  readonly findings: readonly unknown[];
  readonly suppressed: readonly unknown[];
}

/** Terraform reads nothing but UTF-8, and neither does a configuration. */
const ONLY_UTF8 = /Terraform|configuration/;

function encoded(
  files: Readonly<Record<string, string>>,
  name: string,
): Readonly<Record<string, string | Uint8Array>> {
  const encode = ENCODINGS[name] ?? utf16;
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, encode(text)]));
}

const CASES = Object.keys(REPOSITORIES).flatMap((what) =>
  Object.keys(ENCODINGS).flatMap((name) =>
    ENCODINGS[name] === utf16 && ONLY_UTF8.test(what) ? [] : [[what, name] as const],
  ),
);

test.each(CASES)('%s with %s is judged like the same with line feeds', async (what, name) => {
  const files = REPOSITORIES[what] ?? {};
  const args = ['check', '--format', 'json'];
  const plain = await runCli(args, { cwd: folderOf(files) });
  const { findings, suppressed } = JSON.parse(plain.stdout) as Report;
  expect(findings.length + suppressed.length).toBeGreaterThan(0);
  expect(await runCli(args, { cwd: folderOf(encoded(files, name)) })).toEqual(plain);
});

test.each(Object.keys(REPOSITORIES).filter((what) => ONLY_UTF8.test(what)))(
  '%s in UTF-16 is refused, not overlooked',
  async (what) => {
    const { code, stderr } = await runCli(['check'], {
      cwd: folderOf(encoded(REPOSITORIES[what] ?? {}, 'UTF-16')),
    });
    expect([2, 3]).toContain(code);
    expect(stderr).toMatch(/cannot be used|is not text in UTF-8/);
  },
);

test.each([
  [
    'Terraform',
    { 'main.tf': 'module "net" {\n  source = ".\\\\modules\\\\net"\n}\n', 'modules/net/main.tf': TERRAFORM },
    '.',
    'modules/net/main.tf',
  ],
  [
    'Bicep',
    { 'main.bicep': "module net 'net\\\\main.bicep' = { name: 'net' }\n", 'net/main.bicep': BAD_BICEP },
    'main.bicep',
    'net/main.bicep',
  ],
])('a module of %s may be named with backslashes', async (_, files, root, place) => {
  const { stdout } = await runCli(['check', '--format', 'json'], { cwd: folderOf(files) });
  expect(JSON.parse(stdout)).toMatchObject({
    roots: [{ path: root }],
    findings: expect.arrayContaining([
      expect.objectContaining({ location: expect.objectContaining({ path: place }) }),
    ]),
  });
});
