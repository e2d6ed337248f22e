import { instance, openRef, ref, translate } from '../../support/terraform-instance.ts';

test.each([
  ['Microsoft.Network/loadBalancers@2024-05-01', 'microsoft.network/loadbalancers'],
  [
    'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01',
    'microsoft.network/networksecuritygroups/securityrules',
  ],
  ['microsoft.network/networkInterfaces@2024-05-01', 'microsoft.network/networkinterfaces'],
])('%s through azapi is a gap and a problem', (type, armType) => {
  const { model, problems } = translate(instance('azapi_resource.x', { type }));
  expect(model.resources).toEqual([]);
  expect(model.gaps).toMatchObject([{ reason: { kind: 'unsupported', name: 'azapi_resource.x' } }]);
  expect(problems).toEqual([
    {
      code: 'resource-type-not-supported',
      message: `\`azapi_resource.x\` declares \`${armType}\` through azapi, which is not read yet`,
      remedy: expect.any(String),
      origin: { kind: 'json', path: 'plan.json', pointer: '/azapi_resource.x' },
      severity: 'warning',
    },
  ]);
});

test.each([
  ['Microsoft.Compute/virtualMachines@2024-03-01', 1],
  ['Microsoft.Resources/deployments@2024-03-01', 1],
  ['Microsoft.Network/publicIPAddresses@2024-05-01', 1],
  ['Microsoft.Web/sites@2023-01-01', 0],
  ['Microsoft.Resources/resourceGroups@2024-03-01', 0],
])('%s through azapi is no problem, and a gap where it can bring members', (type, gaps) => {
  const { model, problems } = translate(instance('azapi_resource.x', { type }));
  expect(model.gaps).toHaveLength(gaps);
  expect(problems).toEqual([]);
});

test('an azapi resource of an unknown type can be anything', () => {
  const { model, problems } = translate(instance('azapi_resource.x', { type: openRef() }));
  expect(model.gaps).toHaveLength(1);
  expect(problems).toEqual([]);
});

test('the address in a problem holds no control characters', () => {
  const { problems } = translate(
    instance('azapi_resource.x["\u001b[31m"]', { type: 'Microsoft.Network/loadBalancers@2024-05-01' }),
  );
  expect(problems[0]?.message).not.toContain('\u001b');
});

const GROUP = instance('azurerm_network_security_group.g', {
  name: 'g',
  location: 'here',
  security_rule: [{ name: 'own', priority: 100 }],
});
const OTHER = instance('azurerm_network_security_group.other', {
  name: 'other',
  security_rule: [{ name: 'own' }],
});

test('a security group that azapi adds a rule to is not known any more', () => {
  const { body, properties } = translate(
    GROUP,
    OTHER,
    instance('azapi_resource.rule', {
      type: 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01',
      parent_id: ref('azurerm_network_security_group.g.id'),
    }),
  );
  expect(body('azurerm_network_security_group.g')).toEqual({ location: 'here', properties: '?' });
  expect(properties('azurerm_network_security_group.other', 'securityRules')).toEqual([
    { name: 'own', properties: {} },
  ]);
});

test.each([
  ['Microsoft.Network/networkSecurityGroups@2024-05-01', 'azurerm_network_security_group.g'],
  ['Microsoft.Network/virtualNetworks/subnets@2024-05-01', 'azurerm_subnet.s'],
  ['Microsoft.Network/loadBalancers/probes@2024-05-01', 'azurerm_lb_probe.p'],
  ['Microsoft.Compute/virtualMachines@2024-05-01', 'azurerm_windows_virtual_machine.v'],
])('what an update of %s changes is not known any more', (type, target) => {
  const { properties } = translate(
    GROUP,
    instance('azurerm_subnet.s', { name: 's' }),
    instance('azurerm_lb_probe.p', { name: 'p' }),
    instance('azurerm_windows_virtual_machine.v', { name: 'v' }),
    instance('azapi_update_resource.u', { type, resource_id: ref(`${target}.id`) }),
  );
  expect(properties(target)).toBe('?');
});

test('an update that cannot be followed may change everything of the type', () => {
  const { properties } = translate(
    GROUP,
    OTHER,
    instance('azapi_update_resource.u', {
      type: 'Microsoft.Network/networkSecurityGroups@2024-05-01',
      resource_id: openRef(),
    }),
  );
  expect(properties('azurerm_network_security_group.g')).toBe('?');
  expect(properties('azurerm_network_security_group.other')).toBe('?');
});

test('an update of a resource of another root changes nothing here', () => {
  const { properties } = translate(
    GROUP,
    instance('azapi_update_resource.u', {
      type: 'Microsoft.Network/networkSecurityGroups@2024-05-01',
      resource_id: '/subscriptions/s/elsewhere',
    }),
  );
  expect(properties('azurerm_network_security_group.g', 'securityRules')).toHaveLength(1);
});

test('a subnet that azapi adds to a network changes no other', () => {
  const { properties } = translate(
    instance('azurerm_virtual_network.v', { name: 'v', address_space: ['10.0.0.0/8'] }),
    instance('azapi_resource.s', {
      type: 'Microsoft.Network/virtualNetworks/subnets@2024-05-01',
      parent_id: ref('azurerm_virtual_network.v.id'),
    }),
  );
  expect(properties('azurerm_virtual_network.v', 'addressSpace.addressPrefixes')).toEqual(['10.0.0.0/8']);
});
