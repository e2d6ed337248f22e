// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes the holes of its strings that way.

import { readBicep } from '../../../src/sources/bicep/read-bicep.ts';
import { outlineBicep } from '../../../src/sources/bicep/uses.ts';
import { read } from './plain.ts';

const MAIN = `
param a string
param b int = 1
param c string?
@allowed(['only'])
param d string
param e 'one'
output all array = [a, b, c, d, e]
`;

test('a parameter has the value given, its default, nothing, or the only value it may have; else it is unknown', () => {
  expect(read(MAIN).outputs.all).toEqual(["?parameters('a')", 1, null, 'only', 'one']);
  expect(read(MAIN, {}, { parameters: { A: 'x', b: 2, c: 'y' } }).outputs.all).toEqual([
    'x',
    2,
    'y',
    'only',
    'one',
  ]);
});

const LIBRARY = `
param rules array = []
param subnet string = ''
param sku string = 'Standard'
output all array = [rules, subnet, sku]
`;

test('empty defaults of a module for callers elsewhere decide nothing', () => {
  const all = (isForCallers: boolean, parameters = {}): unknown =>
    read(LIBRARY, {}, { isForCallers, parameters }).outputs.all;
  expect(all(true)).toEqual(["?parameters('rules')", "?parameters('subnet')", 'Standard']);
  expect(all(false)).toEqual([[], '', 'Standard']);
  expect(all(true, { sku: 'Basic' })).toEqual([[], '', 'Basic']);
});

test('JSON parameters count in their order, and what is given before them', () => {
  const file = (path: string, parameters: object): { path: string; text: string } => ({
    path,
    text: JSON.stringify({ parameters }),
  });
  const { outputs, problems } = read(
    MAIN,
    {},
    {
      parameterFiles: [
        file('1.json', { a: { value: 'first' }, b: { value: 5 }, C: { value: 'c' } }),
        file('2.json', { a: { value: 'second' }, d: { reference: { keyVault: {} } }, other: { value: 1 } }),
      ],
      parameters: { b: 7 },
    },
  );
  expect(outputs.all).toEqual(['second', 7, 'c', '?d', 'one']);
  expect(problems).toEqual(['parameter-not-declared: the file has no parameter `other`']);
});

const readParameters = (text: string, files: Record<string, string>, rest = {}): ReturnType<typeof read> =>
  read(text, { 'main.bicep': MAIN, ...files }, { path: 'prod.bicepparam', ...rest });

test('a parameter file gives values to the file it uses', () => {
  const { outputs, problems, root } = readParameters(
    "using './main.bicep'\nimport { base } from 'shared.bicep'\nvar x = 'p'\nparam a = '${x}-${base}'\nparam b = length(a)\n",
    { 'shared.bicep': "@export()\nvar base = 'q'\n" },
  );
  expect(problems).toEqual([]);
  expect(outputs.all).toEqual(['p-q', 3, null, 'only', 'one']);
  expect(root.files).toEqual(['prod.bicepparam', 'main.bicep', 'shared.bicep']);
});

test('a parameter file extends another: its own values go first', () => {
  const { outputs } = readParameters(
    "using 'main.bicep'\nextends 'base/base.bicepparam'\nparam a = 'own'\n",
    {
      'base/base.bicepparam': "using none\nextends '../all.bicepparam'\nparam a = 'base'\nparam b = 2\n",
      'all.bicepparam': "using none\nparam b = 3\nparam c = 'all'\n",
    },
  );
  expect(outputs.all).toEqual(['own', 2, 'all', 'only', 'one']);
});

test('values given from outside go before those of the file', () => {
  expect(
    readParameters("using 'main.bicep'\nparam a = 'x'\n", {}, { parameters: { a: 'y' } }).outputs.all,
  ).toEqual(['y', 1, null, 'only', 'one']);
});

test('environment variables are known only to whoever may read them', () => {
  const text =
    "using 'main.bicep'\nparam a = readEnvironmentVariable('NAME')\nparam c = readEnvironmentVariable('GONE', 'd')\n";
  expect(readParameters(text, {}).outputs.all).toEqual([
    "?readenvironmentvariable('NAME')",
    1,
    "?readenvironmentvariable('GONE', 'd')",
    'only',
    'one',
  ]);
  const readVariable = (name: string): string | undefined => (name === 'NAME' ? 'n' : undefined);
  expect(readParameters(text, {}, { readVariable }).outputs.all).toEqual(['n', 1, 'd', 'only', 'one']);
});

test('a parameter file may use an ARM template', () => {
  const template = JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { a: { type: 'string' } },
    resources: [{ type: 'A.B/c', apiVersion: '1', name: "[parameters('a')]" }],
    outputs: { o: { type: 'string', value: "[parameters('a')]" } },
  });
  const { resources, outputs } = readParameters("using 't.json'\nparam a = 'x'\n", { 't.json': template });
  expect(Object.keys(resources)).toEqual([expect.stringMatching(/A\.B\/c x$/)]);
  expect(outputs).toEqual({ o: 'x' });
});

test.each([
  ["using 'gone.bicep'\n", 'file-not-available: the file `gone.bicep` cannot be read'],
  ['using none\n', 'parameters-without-template: the parameter file names no template to deploy'],
  ['param a = 1\n', 'parameters-without-template: the parameter file names no template to deploy'],
])('%j cannot be deployed', (text, problem) => {
  const { problems, root } = readParameters(text, {});
  expect(problems).toEqual([problem]);
  expect(root.problems[0]?.severity).toBe('fatal');
});

test('parameter files that extend each other in a circle are a problem', () => {
  const { outputs, problems } = readParameters(
    "using 'main.bicep'\nextends 'b.bicepparam'\nparam a = 'x'\n",
    {
      'b.bicepparam': "using none\nextends 'prod.bicepparam'\nparam b = 2\n",
      'prod.bicepparam': '',
    },
  );
  expect(outputs.all).toEqual(['x', 2, null, 'only', 'one']);
  expect(problems).toEqual(['file-not-available: the file `prod.bicepparam` cannot be read']);
});

test('a root is a model, with the suppressions of all its files', () => {
  const text = "// portcullis:allow p why\nmodule m 'm.bicep' = {}\n";
  const module =
    "resource a 'Microsoft.Network/loadBalancers@1' = {\n  name: 'a' // portcullis:allow q so\n}\n";
  const { model, problems, files, suppressions } = readBicep({
    path: 'main.bicep',
    text,
    readFile: (path) => (path === 'm.bicep' ? module : undefined),
  });
  expect(model.resources.map(({ address, type }) => [address, type])).toEqual([
    ['m.a', 'microsoft.network/loadbalancers'],
  ]);
  expect(problems).toEqual([]);
  expect(files).toEqual(['main.bicep', 'm.bicep']);
  expect(
    [...suppressions].map(([path, all]) => [path, all.map(({ policy, firstLine }) => [policy, firstLine])]),
  ).toEqual([
    ['main.bicep', [['p', 2]]],
    ['m.bicep', [['q', 2]]],
  ]);
});

test('a file that is too long is not read', () => {
  const { model, problems } = readBicep({
    path: 'a.bicep',
    text: ' '.repeat(1_000_001),
    readFile: () => undefined,
  });
  expect(problems).toMatchObject([{ code: 'file-too-large', severity: 'fatal' }]);
  expect(model.resources).toEqual([]);
});

test('an outline tells what a file uses, without reading it', () => {
  expect(
    outlineBicep(
      'infra/main.bicep',
      "import { a } from '../shared/a.bicep'\nmodule m './m/net.bicep' = {}\nmodule r 'br/public:x:1' = {}\nmodule m2 'm\\\\other.json' = {}\nparam p string\nparam q string?\nparam r string = ''\n",
    ),
  ).toEqual({
    uses: [
      { kind: 'import', path: 'shared/a.bicep' },
      { kind: 'module', path: 'infra/m/net.bicep' },
      { kind: 'module', path: 'infra/m/other.json' },
    ],
    deploys: true,
    required: ['p'],
  });
  expect(outlineBicep('a.bicepparam', "using 'main.bicep'\nextends '../b.bicepparam'\n")).toEqual({
    uses: [
      { kind: 'using', path: 'main.bicep' },
      { kind: 'extends', path: '../b.bicepparam' },
    ],
    deploys: false,
    required: [],
  });
  expect(
    outlineBicep(
      'types.bicep',
      "@export()\ntype t = string\nresource r 'A.B/c@1' existing = {\n  name: 'r'\n}\n",
    ).deploys,
  ).toBe(false);
});
