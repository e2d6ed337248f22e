import { policy } from '../../policies/duplicate-backend-port/policy.ts';
import type { ArmResource } from '../support/arm-model.ts';
import { forwarding, internalBalancer, internalFrontend, part, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

/** Two rules on ports 80 and 443, which differ in what is given. */
function pair(first: Record<string, unknown>, second: Record<string, unknown>): ArmResource {
  return internalBalancer({
    frontendIPConfigurations: [
      internalFrontend('front'),
      internalFrontend('back'),
      internalFrontend('six', { privateIPAddressVersion: 'IPv6' }),
    ],
    backendAddressPools: [{ name: 'pool' }, { name: 'other' }],
    loadBalancingRules: [forwarding('a', first), forwarding('b', { frontendPort: 443, ...second })],
  });
}

function nic(name: string, properties: Record<string, unknown>): ArmResource {
  return { type: 'networkInterfaces', name, properties: { ipConfigurations: [{ name: 'ip', properties }] } };
}

const BACK = { frontendIPConfiguration: part('frontendIPConfigurations', 'back') };
const OTHER_POOL = { backendAddressPool: part('backendAddressPools', 'other') };
const FLOATING = { enableFloatingIP: true };
const REFUSED =
  'violation error: Azure refuses `lb/b`: `lb/a` sends the same protocol to port 8080 of the same backends already';

test('rules of two pools collide where one IP configuration is in both', () => {
  const pools = ['pool', 'other'].map((name) => part('backendAddressPools', name));
  const both = nic('nic', { loadBalancerBackendAddressPools: pools });
  const apart = pools.map((pool, index) => nic(`nic${index}`, { loadBalancerBackendAddressPools: [pool] }));
  expect(say(policy, pair({}, OTHER_POOL), both)).toEqual([REFUSED]);
  expect(say(policy, pair({}, OTHER_POOL), ...apart)).toEqual([]);
});

test('TCP, UDP and ports that differ do not collide, and protocol All meets both', () => {
  expect(say(policy, pair({}, { protocol: 'Udp' }))).toEqual([]);
  expect(say(policy, pair({}, { backendPort: 8081 }))).toEqual([]);
  expect(say(policy, pair({ protocol: 'All' }, {}))).toEqual([REFUSED]);
});

test('a rule for IPv4 and a rule for IPv6 may share a pool and a port', () => {
  expect(say(policy, pair({}, { frontendIPConfiguration: part('frontendIPConfigurations', 'six') }))).toEqual(
    [],
  );
});

test('the machine behind an inbound NAT rule of version 1 counts, and other machines do not', () => {
  const balancer = internalBalancer({
    loadBalancingRules: [forwarding('web')],
    inboundNatRules: [forwarding('door', { frontendPort: 5000, backendAddressPool: undefined })],
  });
  const pool = { loadBalancerBackendAddressPools: [part('backendAddressPools', 'pool')] };
  const door = { loadBalancerInboundNatRules: [part('inboundNatRules', 'door')] };
  expect(say(policy, balancer, nic('nic', { ...pool, ...door }))).toEqual([
    'violation error: Azure refuses `lb/nat:door`: `lb/web` sends the same protocol to port 8080 of the same backends already',
  ]);
  expect(say(policy, balancer, nic('web', pool), nic('jump', door))).toEqual([]);
});

test('NAT rules of version 1 may use one backend port on different machines', () => {
  const doors = [50001, 50002].map((frontendPort) =>
    forwarding(`door${frontendPort}`, { frontendPort, backendPort: 22, backendAddressPool: undefined }),
  );
  const machines = [50001, 50002].map((port) =>
    nic(`nic${port}`, { loadBalancerInboundNatRules: [part('inboundNatRules', `door${port}`)] }),
  );
  expect(say(policy, internalBalancer({ inboundNatRules: doors }), ...machines)).toEqual([]);
});

test('an address of an IP-based pool is no IP configuration', () => {
  const subnet = { id: '/microsoft.network/virtualnetworks/vnet/subnets/snet' };
  const network = { type: 'virtualNetworks', name: 'vnet', properties: { subnets: [{ name: 'snet' }] } };
  const owner = nic('nic', {
    subnet,
    privateIPAddress: '10.0.1.4',
    loadBalancerBackendAddressPools: [part('backendAddressPools', 'pool')],
  });
  const pools = [
    { name: 'pool' },
    {
      name: 'other',
      properties: {
        loadBalancerBackendAddresses: [
          {
            name: 'x',
            properties: {
              ipAddress: '10.0.1.4',
              virtualNetwork: { id: '/microsoft.network/virtualnetworks/vnet' },
            },
          },
        ],
      },
    },
  ];
  const rules = [forwarding('a'), forwarding('b', { frontendPort: 443, ...OTHER_POOL })];
  const balancer = internalBalancer({ backendAddressPools: pools, loadBalancingRules: rules });
  expect(say(policy, network, balancer, owner)).toEqual([]);
});

test('floating IP on both rules helps on two frontends alone', () => {
  expect(say(policy, pair(FLOATING, { ...FLOATING, ...BACK }))).toEqual([]);
  expect(say(policy, pair(FLOATING, FLOATING))).toEqual([
    'violation error: Azure refuses `lb/b`: `lb/a` has floating IP on the same frontend and sends the same protocol to port 8080 of the same backends already',
  ]);
});

test('floating IP that is open leaves the pair open, and one certain collision is enough', () => {
  const open = { enableFloatingIP: waiting('floating') };
  expect(say(policy, pair(open, { ...open, ...BACK }))).toEqual([
    'unknown error: cannot decide whether Azure accepts `lb/b` beside `lb/a`, which sends the same protocol to port 8080 of the same backends',
  ]);
  const three = internalBalancer({
    loadBalancingRules: [
      forwarding('a', open),
      forwarding('b', { frontendPort: 81 }),
      forwarding('c', { frontendPort: 82 }),
    ],
  });
  expect(say(policy, three)[1]).toBe(
    'violation error: Azure refuses `lb/c`: `lb/b` sends the same protocol to port 8080 of the same backends already',
  );
});

test('one parameter is one port, and two parameters may be two ports', () => {
  expect(say(policy, pair({ backendPort: waiting('app') }, { backendPort: waiting('app') }))).toEqual([
    'violation error: Azure refuses `lb/b`: `lb/a` sends the same protocol to the same port of the same backends already',
  ]);
  expect(say(policy, pair({ backendPort: waiting('app') }, { backendPort: waiting('api') }))).toEqual([]);
  expect(say(policy, pair({ backendPort: waiting('app') }, {}))).toEqual([]);
});

test('a port that is secret is not shown', () => {
  const secret = {
    kind: 'known',
    value: 8080,
    sensitive: true,
    origin: { kind: 'json', path: 'test.json', pointer: '' },
  };
  expect(say(policy, pair({}, { backendPort: secret })).join()).toContain('to the same port of');
});

test('HA ports, and pairs with one frontend port, are left to their own policies', () => {
  const every = { protocol: 'All', frontendPort: 0, backendPort: 0 };
  expect(say(policy, pair(every, { ...every, ...BACK }))).toEqual([]);
  expect(say(policy, pair({}, { frontendPort: 80 }))).toEqual([]);
});

test('what stands behind a global load balancer is not looked at', () => {
  const rules = [forwarding('a'), forwarding('b', { frontendPort: 443 })];
  expect(
    say(
      policy,
      internalBalancer({ loadBalancingRules: rules }, { sku: { name: 'Standard', tier: 'Global' } }),
    ),
  ).toEqual([]);
});

test('the later of two rules is the one with the later name, whatever the order of the code', () => {
  const rules = [forwarding('rule-10', { frontendPort: 443 }), forwarding('rule-9')];
  for (const loadBalancingRules of [rules, rules.toReversed()]) {
    const balancer = internalBalancer({
      frontendIPConfigurations: [internalFrontend('front')],
      backendAddressPools: [{ name: 'pool' }],
      loadBalancingRules,
    });
    expect(say(policy, balancer)).toEqual([
      'violation error: Azure refuses `lb/rule-10`: `lb/rule-9` sends the same protocol to port 8080 of the same backends already',
    ]);
  }
});
