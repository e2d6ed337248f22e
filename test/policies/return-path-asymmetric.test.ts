import { policy } from '../../policies/return-path-asymmetric/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Finding } from '../../src/policy/finding.ts';
import { unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

type RouteOf = readonly [prefix: string, hop: string, address?: unknown];

const DEFAULT: RouteOf = ['0.0.0.0/0', 'VirtualAppliance', '10.0.9.4'];
const ALLOW_ALL = [rule(100, 'Allow')];

function table(routes: readonly RouteOf[]): ArmResource {
  return {
    type: 'routeTables',
    name: 'rt',
    properties: {
      disableBgpRoutePropagation: true,
      routes: routes.map(([addressPrefix, nextHopType, nextHopIpAddress], index) => ({
        name: `route${index}`,
        properties: { addressPrefix, nextHopType, nextHopIpAddress },
      })),
    },
  };
}

function findings(routes: readonly RouteOf[], options: EstateOptions = {}): readonly Finding[] {
  const model = estate({
    subnetRules: ALLOW_ALL,
    ...options,
    subnet: { routeTable: sub('routeTables/rt'), ...options.subnet },
    more: [table(routes), ...(options.more ?? [])],
  });
  return policy.run(buildNetwork(model)).findings;
}

function said(routes: readonly RouteOf[], options: EstateOptions = {}): readonly string[] {
  return findings(routes, options).map(({ status, severity }) => `${status} ${severity}`);
}

const frontend = sub('loadBalancers/lb/frontendIPConfigurations/front');
const backendAddressPool = sub('loadBalancers/lb/backendAddressPools/pool');
const ruleNamed = (name: string, port: number) => ({
  name,
  properties: {
    protocol: 'Tcp',
    frontendPort: port,
    backendPort: port,
    frontendIPConfiguration: frontend,
    backendAddressPool,
  },
});

test('one route gives one finding, however many rules and members it concerns', () => {
  const rules = [80, 443, 8080, 8443].map((port) => ruleNamed(`r${port}`, port));
  const [finding, ...others] = findings([DEFAULT], { rules, members: 3 });
  expect(others).toEqual([]);
  expect(finding?.message).toContain('`lb/r80`, `lb/r443` and 2 others');
  expect(finding?.related).toHaveLength(3);
});

test('an internal load balancer and a rule whose clients are blocked are not asked about', () => {
  expect(said([DEFAULT], { internal: true })).toEqual([]);
  expect(said([DEFAULT], { subnetRules: [rule(100, 'Deny')] })).toEqual([]);
});

test('the clients of an inbound NAT rule are answered the same way', () => {
  const balancer = {
    type: 'loadBalancers/lb/inboundNatRules',
    name: 'ssh',
    parent: sub('loadBalancers/lb').id,
    properties: {
      protocol: 'Tcp',
      frontendPort: 2222,
      backendPort: 22,
      frontendIPConfiguration: frontend,
    },
  };
  const ipConfiguration = { loadBalancerInboundNatRules: [sub('loadBalancers/lb/inboundNatRules/ssh')] };
  const [finding] = findings([DEFAULT], { rules: [], ipConfiguration, more: [balancer] });
  expect(finding?.message).toContain('`lb/nat:ssh`');
});

// Semantics 6.3: an appliance behind the load balancer is its own next hop.
test('a member that is the next hop itself keeps its replies', () => {
  const ipConfiguration = { privateIPAddress: '10.0.1.4' };
  expect(said([['0.0.0.0/0', 'VirtualAppliance', '10.0.1.4']], { ipConfiguration })).toEqual([]);
  expect(said([['0.0.0.0/0', 'VirtualAppliance', '10.0.1.5']], { ipConfiguration })).toEqual([
    'violation error',
  ]);
});

test('so does a member behind the internal load balancer that is the next hop', () => {
  const inner = {
    type: 'loadBalancers',
    name: 'inner',
    sku: { name: 'Standard' },
    properties: {
      frontendIPConfigurations: [
        {
          name: 'front',
          properties: { subnet: sub('virtualNetworks/vnet/subnets/snet'), privateIPAddress: '10.0.1.50' },
        },
      ],
      backendAddressPools: [{ name: 'pool' }],
    },
  };
  const ipConfiguration = {
    loadBalancerBackendAddressPools: [
      backendAddressPool,
      sub('loadBalancers/inner/backendAddressPools/pool'),
    ],
  };
  const routes: readonly RouteOf[] = [['0.0.0.0/0', 'VirtualAppliance', '10.0.1.50']];
  expect(said(routes, { ipConfiguration, more: [inner] })).toEqual([]);
  expect(said(routes, { more: [inner] })).toEqual(['violation error']);
});

test('a next hop that refers to the interface of the member is the member', () => {
  const origin = { kind: 'json', path: 'test.json', pointer: '' } as const;
  const reference = (name: string) => ({
    ...unknown({ kind: 'known-after-apply', name: 'the address' }, origin),
    references: [{ id: sub(name).id, property: 'privateIPAddress' }],
  });
  const to = (name: string): readonly RouteOf[] => [['0.0.0.0/0', 'VirtualAppliance', reference(name)]];
  expect(said(to('networkInterfaces/nic0'))).toEqual([]);
  expect(said(to('networkInterfaces/other'))).toEqual(['violation error']);
});

test('a route to a service tag may hold all clients that get in, unless everybody gets in', () => {
  const routes = [DEFAULT, ['AzureFrontDoor.Backend', 'Internet']] as const;
  const frontDoor = [
    rule(100, 'Allow', { sourceAddressPrefix: 'AzureFrontDoor.Backend', destinationPortRange: '80' }),
    rule(200, 'Deny'),
  ];
  expect(said(routes, { subnetRules: frontDoor })).toEqual(['unknown error']);
  expect(said(routes)).toEqual(['violation error']);
});

test('behind a gateway load balancer the way of replies is open', () => {
  const chained = { gatewayLoadBalancer: sub('loadBalancers/gwlb/frontendIPConfigurations/front') };
  expect(said([DEFAULT], { frontend: chained })).toEqual(['unknown error']);
});

test('a route table of another root leaves the answer open once', () => {
  const subnet = { routeTable: { id: '/elsewhere/routetables/rt' } };
  expect(said([], { subnet, members: 2 })).toEqual(['unknown error']);
});

test('one range that goes to an appliance is a part of the internet, unless all clients are in it', () => {
  expect(said([['198.51.100.0/24', 'VirtualAppliance']])).toEqual(['violation warning']);
  const only = [rule(100, 'Allow', { sourceAddressPrefix: '198.51.100.0/25' }), rule(200, 'Deny')];
  expect(said([['198.51.100.0/24', 'VirtualAppliance']], { subnetRules: only })).toEqual(['violation error']);
});

test('a route that reaches everybody but one black-holed range still takes all', () => {
  expect(said([DEFAULT, ['203.0.113.0/24', 'None']])).toEqual(['violation error']);
});
