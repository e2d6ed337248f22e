import { templateDeploymentOf } from '../../../src/sources/azurerm/template-deployment.ts';
import { instance, show, textAround, unsetVariable } from '../../support/terraform-instance.ts';

type Instance = ReturnType<typeof instance>;

const TEMPLATE = '{"resources":[{"type":"Microsoft.Network/loadBalancers"}]}';

function read(deployment: Instance): unknown {
  const { template, parameters, scope, mode, name } = templateDeploymentOf(deployment) ?? {};
  return [name, template, parameters, scope, mode].map(show);
}

test('a deployment of azurerm holds its template and parameters as JSON text', () => {
  const deployment = instance('azurerm_resource_group_template_deployment.t', {
    name: 't',
    resource_group_name: 'rg',
    deployment_mode: 'Incremental',
    template_content: TEMPLATE,
    parameters_content: textAround('{"port":{"value":', unsetVariable('port'), '}}'),
  });
  expect(read(deployment)).toEqual([
    't',
    { resources: [{ type: 'Microsoft.Network/loadBalancers' }] },
    { port: { value: '?' } },
    'rg',
    'Incremental',
  ]);
});

test('azurerm 2 spells them otherwise', () => {
  const deployment = instance('azurerm_template_deployment.t', {
    name: 't',
    resource_group_name: 'rg',
    deployment_mode: 'Complete',
    template_body: TEMPLATE,
    parameters: { port: '80' },
  });
  expect(read(deployment)).toEqual([
    't',
    { resources: [{ type: 'Microsoft.Network/loadBalancers' }] },
    { port: '80' },
    'rg',
    'Complete',
  ]);
});

test('azapi deploys templates as well', () => {
  const deployment = instance('azapi_resource.t', {
    type: 'Microsoft.Resources/deployments@2024-03-01',
    name: 't',
    parent_id: '/subscriptions/s/resourceGroups/rg',
    body: { properties: { mode: 'Incremental', template: { resources: [] } } },
  });
  expect(read(deployment)).toEqual([
    't',
    { resources: [] },
    undefined,
    '/subscriptions/s/resourceGroups/rg',
    'Incremental',
  ]);
});

test.each(['azurerm_subnet.s', 'azapi_resource.x', 'azurerm_template_spec.t'])(
  '%s is no deployment',
  (address) => {
    expect(templateDeploymentOf(instance(address, {}))).toBeUndefined();
  },
);
