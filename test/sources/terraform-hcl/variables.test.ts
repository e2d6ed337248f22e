import type { VariableInputs } from '../../../src/sources/terraform-hcl/variable-values.ts';
import { instanceIn, read, readFiles } from './read-text.ts';

const MAIN = `
variable "v" {
  type    = string
  default = "default"
}
resource "test" "x" {
  v = var.v
}
`;

/** Each source of values in the order of precedence that Terraform documents, the weakest first. */
const SOURCES: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  inputs: VariableInputs,
])[] = [
  ['environment', {}, { environment: { v: 'environment' } }],
  ['terraform.tfvars', { 'terraform.tfvars': 'v = "terraform.tfvars"\n' }, {}],
  ['terraform.tfvars.json', { 'terraform.tfvars.json': '{"v": "terraform.tfvars.json"}' }, {}],
  ['a.auto.tfvars', { 'a.auto.tfvars': 'v = "a.auto.tfvars"\n' }, {}],
  ['b.auto.tfvars.json', { 'b.auto.tfvars.json': '{"v": "b.auto.tfvars.json"}' }, {}],
  ['given', { 'prod.tfvars': 'v = "given"\n' }, { options: [{ file: 'prod.tfvars' }] }],
];

test.each(SOURCES.map(([name], index) => [name, index] as const))(
  '%s wins over everything before it',
  async (name, index) => {
    const files = Object.assign({ 'main.tf': MAIN }, ...SOURCES.slice(0, index + 1).map(([, more]) => more));
    const inputs = Object.assign({}, ...SOURCES.slice(0, index + 1).map(([, , more]) => more));
    const { root, problems } = await readFiles(files, inputs);
    expect(problems).toEqual([]);
    expect(read(root, 'test.x', 'v')).toBe(name);
  },
);

test('the last option wins, file or value', async () => {
  const files = { 'main.tf': MAIN, 'a.tfvars': 'v = "file"\n' };
  const value = { name: 'v', text: 'value' };
  const { root: first } = await readFiles(files, { options: [value, { file: 'a.tfvars' }] });
  const { root: second } = await readFiles(files, { options: [{ file: 'a.tfvars' }, value] });
  expect(read(first, 'test.x', 'v')).toBe('file');
  expect(read(second, 'test.x', 'v')).toBe('value');
});

test('values that are known to hold win over all', async () => {
  const { root } = await readFiles(
    { 'main.tf': MAIN, 'terraform.tfvars': 'v = "file"\n' },
    { options: [{ name: 'v', text: 'option' }], given: { v: 'plan' } },
  );
  expect(read(root, 'test.x', 'v')).toBe('plan');
});

test.each([
  ['string', '["a"]', '["a"]'],
  ['number', '8080', 8080],
  ['bool', 'true', true],
  ['list(string)', '["a", "b"]', ['a', 'b']],
  ['map(number)', '{ a = 1 }', { a: 1 }],
  ['any', '[1]', [1]],
])('text for a variable of type %s is %s', async (type, text, expected) => {
  const main = `variable "v" { type = ${type} }\nresource "test" "x" {\n  v = var.v\n}\n`;
  const { root } = await readFiles(main, { environment: { v: text } });
  expect(read(root, 'test.x', 'v')).toEqual(expected);
});

test('text for a variable without a type is that text', async () => {
  const { root } = await readFiles('variable "v" {}\nresource "test" "x" {\n  v = var.v\n}\n', {
    options: [{ name: 'v', text: '[1]' }],
  });
  expect(read(root, 'test.x', 'v')).toBe('[1]');
});

test('a required variable without a value is unknown and names itself and its declaration', async () => {
  const { root, problems } = await readFiles(
    'variable "port" {\n  type = number\n}\nresource "test" "x" {\n  v = var.port\n}\n',
  );
  expect(problems).toEqual([]);
  expect(instanceIn(root, 'test.x').attribute('v')).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'parameter', name: 'var.port' },
    origin: { path: 'main.tf', line: 1, column: 1, endLine: 1, endColumn: 16 },
    expression: 'var.port',
  });
});

test.each([
  ['variable-value-not-constant', 'warning', { 'a.auto.tfvars': 'v = var.other\n' }, {}],
  ['variable-value-not-constant', 'warning', {}, { options: [{ name: 'list', text: '[' }] }],
  ['hcl-syntax', 'fatal', { 'a.auto.tfvars': 'v = \n' }, {}],
  ['file-not-readable', 'fatal', {}, { options: [{ file: 'nowhere.tfvars' }] }],
  ['file-outside-root', 'fatal', {}, { options: [{ file: '../../x.tfvars' }] }],
  ['file-outside-root', 'fatal', {}, { options: [{ file: '/etc/x.tfvars' }] }],
])('%s is %s', async (code, severity, files, inputs) => {
  const main = `${MAIN}variable "list" {\n  type    = list(string)\n  default = []\n}\nresource "test" "y" {\n  v = var.list\n}\n`;
  const { root, problems } = await readFiles({ 'main.tf': main, ...files }, inputs);
  expect(root === undefined).toBe(severity === 'fatal');
  expect(problems).toMatchObject([{ code, severity }]);
});

test('the workspace is the one that is given', async () => {
  const { root } = await readFiles('resource "test" "x" {\n  v = terraform.workspace\n}\n');
  expect(read(root, 'test.x', 'v')).toBe('default');
});

const LIBRARY = `
variable "ports" {
  type    = list(string)
  default = []
}
variable "cidr" {
  type    = string
  default = null
}
variable "sku" {
  default = "Standard"
}
resource "test" "x" {
  ports = var.ports
  cidr  = var.cidr
  sku   = var.sku
}
`;

const SETTINGS = 'provider "azurerm" {\n  features {}\n}\n';

test.each<
  [
    where: string,
    directory: string,
    settings: string,
    variables: VariableInputs,
    ports: unknown,
    cidr: unknown,
  ]
>([
  ['written for callers', 'modules/rule', '', {}, '?parameter var.ports', '?parameter var.cidr'],
  ['in a folder of its own', 'rule', '', {}, [], null],
  ['with a provider', 'modules/rule', SETTINGS, {}, [], null],
  ['with a backend', 'modules/rule', 'terraform {\n  backend "local" {}\n}\n', {}, [], null],
  ['with values', 'modules/rule', '', { environment: { cidr: '10.0.0.0/8' } }, [], '10.0.0.0/8'],
])('empty defaults of a module %s', async (_, directory, settings, variables, ports, cidr) => {
  const { root } = await readFiles({ [`${directory}/main.tf`]: settings + LIBRARY }, variables, directory);
  const values = ['ports', 'cidr', 'sku'].map((name) => read(root, 'test.x', name));
  expect(values).toEqual([ports, cidr, 'Standard']);
});
