import { policies } from '../../policies/index.ts';
import { policy } from '../../policies/members-without-egress/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Finding } from '../../src/policy/finding.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

const INTERNAL: EstateOptions = { internal: true, subnetRules: [] };
const PUBLIC: EstateOptions = { subnetRules: [rule(100, 'Allow', { destinationPortRange: '80' })] };
const TABLE_ELSEWHERE = { routeTable: { id: '/elsewhere/routetables/rt' } };
const NAT: ArmResource = {
  type: 'natGateways',
  name: 'nat',
  properties: { publicIpAddresses: [sub('publicIPAddresses/pip')] },
};
const WITH_NAT = { natGateway: sub('natGateways/nat') };
const backendAddressPool = sub('loadBalancers/lb/backendAddressPools/pool');

function findings(options: EstateOptions): readonly Finding[] {
  return policy.run(buildNetwork(estate(options))).findings;
}

function said(options: EstateOptions): readonly string[] {
  return findings(options).map(({ status, message }) => `${status}: ${message.replace(/^.*: /, '')}`);
}

/** The policies that cannot decide something. */
function undecided(options: EstateOptions): readonly string[] {
  const network = buildNetwork(estate(options));
  return policies
    .flatMap((each) => each.run(network).findings)
    .filter(({ status }) => status === 'unknown')
    .map((finding) => finding.policy);
}

test('a subnet gives one finding for all its members, which it counts', () => {
  const [finding, ...others] = findings({ ...INTERNAL, members: 5 });
  expect(others).toEqual([]);
  expect(finding?.message).toContain('`nic0/ip`, `nic1/ip`, `3 others` in `snet` have no way out');
  expect(finding?.location).toEqual(finding?.subject.origin);
});

test('a NAT gateway gives a way out, whatever a gateway or another root routes', () => {
  const subnet = { ...WITH_NAT };
  expect(said({ ...INTERNAL, subnet, more: [NAT] })).toEqual([]);
  expect(said({ ...INTERNAL, subnet: { ...subnet, ...TABLE_ELSEWHERE }, more: [NAT] })).toEqual([]);
});

test('one policy asks about a route table of another root', () => {
  expect(undecided({ internal: true, subnet: TABLE_ELSEWHERE })).toEqual(['members-without-egress']);
  expect(undecided({ ...INTERNAL, subnet: TABLE_ELSEWHERE })).toEqual(['nsg-blocks-data-port']);
  const routed = { ...TABLE_ELSEWHERE, ...WITH_NAT };
  expect(undecided({ internal: true, subnet: routed, more: [NAT] })).toEqual([]);
  const noSnat = { disableOutboundSnat: true };
  expect(undecided({ ...PUBLIC, subnet: TABLE_ELSEWHERE })).toEqual(['return-path-asymmetric']);
  expect(undecided({ ...PUBLIC, rule: noSnat, subnet: TABLE_ELSEWHERE })).toEqual(['return-path-asymmetric']);
});

test('a subnet of another root is not asked about', () => {
  const ipConfiguration = { subnet: { id: '/elsewhere/virtualnetworks/hub/subnets/snet' } };
  expect(said({ ...INTERNAL, ipConfiguration })).toEqual([]);
});

test('a default route to nowhere is left to the policy about replies', () => {
  const table = {
    type: 'routeTables',
    name: 'rt',
    properties: { routes: [{ name: 'd', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'None' } }] },
  };
  expect(said({ ...INTERNAL, subnet: { routeTable: sub('routeTables/rt') }, more: [table] })).toEqual([]);
});

test('an interface that forwards belongs to an appliance', () => {
  const nic: ArmResource = {
    type: 'networkInterfaces',
    name: 'nva',
    properties: {
      enableIPForwarding: true,
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: sub('virtualNetworks/vnet/subnets/snet'),
            loadBalancerBackendAddressPools: [backendAddressPool],
          },
        },
      ],
    },
  };
  expect(said({ ...INTERNAL, members: 0, more: [nic] })).toEqual([]);
});

test('a machine gets out through its other interface', () => {
  const second: ArmResource = {
    type: 'networkInterfaces',
    name: 'outer',
    properties: {
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: sub('virtualNetworks/vnet/subnets/snet'),
            publicIPAddress: sub('publicIPAddresses/pip'),
          },
        },
      ],
    },
  };
  const both = { networkInterfaces: [sub('networkInterfaces/nic0'), sub('networkInterfaces/outer')] };
  expect(said({ ...INTERNAL, more: [second] })).toHaveLength(1);
  expect(said({ ...INTERNAL, vm: { networkProfile: both }, more: [second] })).toEqual([]);
});

test('members of an IP-based pool are not asked about', () => {
  const pool: ArmResource = {
    type: 'loadBalancers/lb/backendAddressPools',
    name: 'pool',
    parent: sub('loadBalancers/lb').id,
    properties: {
      virtualNetwork: sub('virtualNetworks/vnet'),
      loadBalancerBackendAddresses: [{ name: 'a', properties: { ipAddress: '10.0.1.4' } }],
    },
  };
  const ipConfiguration = { privateIPAddress: '10.0.1.4', loadBalancerBackendAddressPools: [] };
  expect(said({ ...INTERNAL, ipConfiguration, more: [pool] })).toEqual([]);
});

test('a Basic load balancer takes nothing away, a private subnet does', () => {
  const basic: EstateOptions = { ...INTERNAL, sku: 'Basic' };
  expect(said(basic)).toEqual([]);
  expect(said({ ...basic, subnet: { defaultOutboundAccess: false } })).toEqual([
    'violation: their subnet is private, and nothing else gives them one',
  ]);
});

test('instances of a flexible scale set have no default outbound access', () => {
  const model = modelOf(
    {
      type: 'virtualNetworks',
      name: 'vnet',
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ name: 'snet', properties: { addressPrefix: '10.0.1.0/24' } }],
      },
    },
    {
      type: 'loadBalancers',
      name: 'lb',
      sku: { name: 'Basic' },
      properties: { backendAddressPools: [{ name: 'pool' }] },
    },
    {
      type: 'virtualMachineScaleSets',
      name: 'vmss',
      sku: { capacity: 3 },
      properties: {
        orchestrationMode: 'Flexible',
        virtualMachineProfile: {
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: 'nic',
                properties: {
                  ipConfigurations: [
                    {
                      name: 'ip',
                      properties: {
                        subnet: sub('virtualNetworks/vnet/subnets/snet'),
                        loadBalancerBackendAddressPools: [backendAddressPool],
                      },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    },
  );
  const messages = policy.run(buildNetwork(model)).findings.map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining('instances of a flexible scale set')]);
});
