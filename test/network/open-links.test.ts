import { buildNetwork } from '../../src/network/network.ts';
import { type Unknown, unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

const UNKNOWN = unknown({ kind: 'parameter', name: 'p' }, { kind: 'json', path: 'test.json', pointer: '' });

/** One of the named resources, or something else, or nothing. */
function openLink(...paths: readonly string[]): Unknown {
  return { ...UNKNOWN, references: paths.map((path) => ({ ...sub(path), property: 'id' })), open: true };
}

function scaleSet(networkInterfaceConfigurations: unknown): ArmResource {
  return {
    type: 'virtualMachineScaleSets',
    name: 'vmss',
    sku: { capacity: 2 },
    properties: { virtualMachineProfile: { networkProfile: { networkInterfaceConfigurations } } },
  };
}

function interfaceIn(pools: readonly unknown[]): unknown {
  return {
    name: 'nic',
    properties: {
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: sub('virtualNetworks/vnet/subnets/snet'),
            loadBalancerBackendAddressPools: pools,
          },
        },
      ],
    },
  };
}

function verdicts(options: EstateOptions): readonly unknown[] {
  return buildNetwork(estate(options)).paths.map(({ data, membersComplete }) => [data, membersComplete]);
}

test('a scale set whose interfaces are not known may add members to every pool', () => {
  const subnetRules = [rule(100, 'Deny')];
  expect(verdicts({ subnetRules, more: [scaleSet([])] })).toEqual([['blocked', true]]);
  expect(verdicts({ subnetRules, more: [scaleSet(UNKNOWN)] })).toEqual([['unknown', false]]);
});

test('a machine whose own interfaces are not known may add members to every pool', () => {
  const machine = {
    type: 'virtualMachines',
    name: 'other',
    properties: { networkProfile: { networkInterfaceConfigurations: UNKNOWN } },
  };
  expect(verdicts({ subnetRules: [rule(100, 'Deny')], more: [machine] })).toEqual([['unknown', false]]);
});

test('a pool named by a link that may also be another may have that member, and so may every other pool', () => {
  const more = [scaleSet([interfaceIn([{ id: openLink('loadBalancers/other/backendAddressPools/pool') }])])];
  expect(verdicts({ subnetRules: [rule(100, 'Deny')], more })).toEqual([['unknown', false]]);
});

test('a link to a security group that may also be another leaves open what that one does', () => {
  const allow = { sourceAddressPrefix: 'Internet', destinationPortRange: '80' };
  const more = [
    {
      type: 'networkSecurityGroups',
      name: 'nsg-open',
      properties: { securityRules: [rule(100, 'Allow', allow)] },
    },
  ];
  const subnetRules = [rule(100, 'Allow', allow)];
  const subnet = { networkSecurityGroup: { id: openLink('networkSecurityGroups/nsg-open') } };
  expect(verdicts({ subnetRules, subnet, more, nicRules: subnetRules })).toEqual([['unknown', true]]);
  expect(verdicts({ subnetRules, subnet, more, nicRules: [rule(100, 'Deny')] })).toEqual([['blocked', true]]);
});
