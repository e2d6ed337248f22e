import { buildNetwork } from '../../../src/network/network.ts';
import { readTemplate, type Template } from '../../support/arm-template.ts';

/** A load balancer in the style of the public quickstarts: names in variables, ids by `resourceId` and `concat`. */
function quickstart(rule: Template = {}): Template {
  return {
    parameters: {
      prefix: { type: 'string' },
      count: { type: 'int', defaultValue: 2 },
    },
    variables: {
      lb: "[concat(parameters('prefix'), '-lb')]",
      lbId: "[resourceId('Microsoft.Network/loadBalancers', variables('lb'))]",
      pool: "[concat(variables('lbId'), '/backendAddressPools/backend')]",
      subnet: "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'snet')]",
    },
    resources: [
      {
        type: 'Microsoft.Network/networkSecurityGroups',
        name: 'nsg',
        properties: {
          securityRules: [
            {
              name: 'web',
              properties: {
                priority: 100,
                direction: 'Inbound',
                access: 'Allow',
                protocol: 'Tcp',
                sourceAddressPrefix: 'Internet',
                sourcePortRange: '*',
                destinationAddressPrefix: '*',
                destinationPortRange: '80',
              },
            },
          ],
        },
      },
      {
        type: 'Microsoft.Network/virtualNetworks',
        name: 'vnet',
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [
            {
              name: 'snet',
              properties: {
                addressPrefix: '10.0.0.0/24',
                networkSecurityGroup: {
                  id: "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]",
                },
              },
            },
          ],
        },
      },
      { type: 'Microsoft.Network/publicIPAddresses', name: 'pip', sku: { name: 'Standard' }, properties: {} },
      {
        type: 'Microsoft.Network/loadBalancers',
        name: "[variables('lb')]",
        sku: { name: 'Standard' },
        properties: {
          frontendIPConfigurations: [
            {
              name: 'front',
              properties: {
                publicIPAddress: { id: "[resourceId('Microsoft.Network/publicIPAddresses', 'pip')]" },
              },
            },
          ],
          backendAddressPools: [{ name: 'backend' }],
          probes: [{ name: 'probe', properties: { protocol: 'Tcp', port: 80 } }],
          loadBalancingRules: [
            {
              name: 'http',
              properties: {
                frontendIPConfiguration: {
                  id: "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', variables('lb'), 'front')]",
                },
                backendAddressPool: { id: "[variables('pool')]" },
                probe: {
                  id: "[resourceId('Microsoft.Network/loadBalancers/probes', variables('lb'), 'probe')]",
                },
                protocol: 'Tcp',
                frontendPort: 80,
                backendPort: 80,
                ...rule,
              },
            },
          ],
        },
      },
      {
        type: 'Microsoft.Network/networkInterfaces',
        name: "[concat(parameters('prefix'), '-nic', copyIndex())]",
        copy: { name: 'nics', count: "[parameters('count')]" },
        properties: {
          ipConfigurations: [
            {
              name: 'ip',
              properties: {
                subnet: { id: "[variables('subnet')]" },
                loadBalancerBackendAddressPools: [{ id: "[variables('pool')]" }],
              },
            },
          ],
        },
      },
    ],
  };
}

test.each([
  ['nothing known of the scope', {}],
  ['a known scope', undefined],
])('every rule has its path, and the links lead to all members, with %s', (_, scope) => {
  const { model, problems } = readTemplate(quickstart(), scope === undefined ? {} : { scope });
  const { paths } = buildNetwork(model);
  expect(problems).toEqual([]);
  expect(paths).toMatchObject([{ scheme: 'public', data: 'open', probe: 'open', membersComplete: true }]);
  expect(paths[0]?.members).toHaveLength(2);
  expect(paths[0]?.probeResource?.port).toMatchObject({ value: 80 });
});

test('the port that the security group does not allow is blocked', () => {
  const { model } = readTemplate(quickstart({ backendPort: 8080 }));
  expect(buildNetwork(model).paths).toMatchObject([{ data: 'blocked', probe: 'open' }]);
});

test('a port that waits for a parameter is undecided, and settled by a parameters file', () => {
  const template = quickstart({ backendPort: "[parameters('port')]" });
  const withPort = { ...template, parameters: { ...(template.parameters as object), port: { type: 'int' } } };
  const undecided = buildNetwork(readTemplate(withPort).model).paths[0];
  expect(undecided?.data).toBe('unknown');
  expect(undecided?.waitsFor).toMatchObject([{ reason: { kind: 'parameter', name: 'port' } }]);
  const settled = readTemplate(withPort, { parameters: { port: { value: 80 } } });
  expect(buildNetwork(settled.model).paths).toMatchObject([{ data: 'open' }]);
});
