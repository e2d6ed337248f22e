import { findInputs } from '../../src/engine/find-inputs.ts';
import { createOpenFiles } from '../../src/engine/open-files.ts';
import { planRoots } from '../../src/engine/plan-roots.ts';
import { folderOf } from '../support/cli.ts';

const RESOURCE = "resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {\n  name: 'n'\n}\n";
const TEMPLATE = (more = '"resources": []'): string =>
  `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", ${more} }`;
const PARAMETERS =
  '{ "$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#", "parameters": {} }';

function rootsOf(files: Readonly<Record<string, string>>, start = '.'): readonly string[] {
  const folder = folderOf(files);
  const found = findInputs(start, folder);
  const open = createOpenFiles({ cwd: folder, roots: [folder] });
  return planRoots(found?.inputs ?? [], open).map(({ source, path, parameters }) =>
    [source, path, ...(parameters === undefined ? [] : [parameters])].join(' '),
  );
}

test('a Bicep file that another one uses as a module is no root, unless somebody names it', () => {
  const files = {
    'main.bicep': "module net 'net/vnet.bicep' = {\n  name: 'n'\n}\n",
    'net/vnet.bicep': RESOURCE,
  };
  expect(rootsOf(files)).toEqual(['bicep main.bicep']);
  expect(rootsOf(files, 'net/vnet.bicep')).toEqual(['bicep net/vnet.bicep']);
});

test('a template in a folder of parts, below one that links to templates, may be called', () => {
  const link = TEMPLATE('"resources": [{ "properties": { "templateLink": { "uri": "[variables(1)]" } } }]');
  const isCalled = (files: Readonly<Record<string, string>>, start = '.'): readonly unknown[] => {
    const folder = folderOf(files);
    const open = createOpenFiles({ cwd: folder, roots: [folder] });
    return planRoots(findInputs(start, folder)?.inputs ?? [], open).map((root) => [
      root.path,
      root.isCalled ?? false,
    ]);
  };
  const files = { 'a/main.json': link, 'a/nested/net.json': TEMPLATE(), 'b/nested/net.json': TEMPLATE() };
  expect(isCalled(files)).toEqual([
    ['a/main.json', false],
    ['a/nested/net.json', true],
    ['b/nested/net.json', false],
  ]);
  expect(isCalled({ ...files, 'a/main.json': TEMPLATE() })).toContainEqual(['a/nested/net.json', false]);
  expect(isCalled(files, 'a/nested/net.json')).toEqual([['a/nested/net.json', false]]);
  const given = { ...files, 'a/nested/net.parameters.json': PARAMETERS };
  expect(isCalled(given)).toContainEqual(['a/nested/net.json', false]);
  expect(isCalled({ 'main.json': link, 'own/app.json': TEMPLATE() })).toContainEqual(['own/app.json', false]);
});

test('a Bicep file of types and functions alone is no root', () => {
  expect(rootsOf({ 'types.bicep': 'type port = 80 | 443\n', 'main.bicep': RESOURCE })).toEqual([
    'bicep main.bicep',
  ]);
});

test('each parameters file of a Bicep file is a root, and the file alone is none beside them', () => {
  const files = {
    'main.bicep': RESOURCE,
    'dev.bicepparam': "using 'main.bicep'\n",
    'prod.bicepparam': "using './main.bicep'\n",
    'other/main.bicep': RESOURCE,
    'other/main.parameters.json': PARAMETERS,
    'other/azuredeploy.parameters.prod.json': PARAMETERS,
    'other/unrelated.json': PARAMETERS,
  };
  expect(rootsOf(files)).toEqual([
    'bicep main.bicep dev.bicepparam',
    'bicep main.bicep prod.bicepparam',
    'bicep other/main.bicep other/azuredeploy.parameters.prod.json',
    'bicep other/main.bicep other/main.parameters.json',
  ]);
});

test('a template goes with its parameters file; linked ones and those compiled from Bicep are no roots', () => {
  const generated = '"metadata": { "_generator": { "name": "bicep", "version": "0.30" } }, "resources": []';
  const link = `"resources": [{ "properties": { "templateLink": { "uri": "[uri(deployment().properties.templateLink.uri, 'nested/network.json')]" } } }]`;
  expect(
    rootsOf({
      'azuredeploy.json': TEMPLATE(link),
      'azuredeploy.parameters.json': PARAMETERS,
      'nested/network.json': TEMPLATE(),
      'app/main.bicep': RESOURCE,
      'app/main.json': TEMPLATE(generated),
      'alone/main.json': TEMPLATE(generated),
    }),
  ).toEqual([
    'bicep app/main.bicep',
    'arm-template alone/main.json',
    'arm-template azuredeploy.json azuredeploy.parameters.json',
  ]);
});

test('directories with Terraform code, plans and what-if results are roots', () => {
  expect(
    rootsOf({
      'infra/main.tf': '',
      'infra/modules/a/main.tf': '',
      'plan.json': '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{}}',
      'what-if.json': '{"changes":[],"status":"Succeeded"}',
    }),
  ).toEqual([
    'terraform-plan plan.json',
    'arm-what-if what-if.json',
    'terraform infra',
    'terraform infra/modules/a',
  ]);
});
