import {
  looksLikeArmTemplate,
  looksLikeParametersFile,
} from '../../../src/sources/arm-template/recognise.ts';

const schema = (name: string, version = '2019-04-01'): string =>
  `{ "$schema": "https://schema.management.azure.com/schemas/${version}/${name}.json#", "resources": [] }`;

test.each([
  [schema('deploymentTemplate'), true, false],
  [schema('subscriptionDeploymentTemplate', '2018-05-01'), true, false],
  [schema('managementGroupDeploymentTemplate'), true, false],
  [schema('tenantDeploymentTemplate'), true, false],
  [schema('deploymenttemplate').replace('https', 'http').replace('#', ''), true, false],
  [`\ufeff${schema('deploymentTemplate')}`, true, false],
  [`// comment\n${schema('deploymentTemplate')}`, true, false],
  [schema('deploymentTemplate').replace('{ ', '{ "contentVersion": "1.0.0.0", '), true, false],
  [schema('deploymentParameters', '2015-01-01'), false, true],
  [schema('CreateUIDefinition'), false, false],
  ['{ "template": { "$schema": "https://x/2019-04-01/deploymentTemplate.json#" } }', false, false],
  ['"deploymentTemplate.json"', false, false],
  ['{ "$schema": "https://x/deploymentTemplate.json', false, false],
  ['', false, false],
])('%s is a template: %s, a parameters file: %s', (text, isTemplate, isParameters) => {
  expect(looksLikeArmTemplate(text)).toBe(isTemplate);
  expect(looksLikeParametersFile(text)).toBe(isParameters);
});
