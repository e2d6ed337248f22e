import {
  firstLoopbackCalls,
  isClusterListener,
  loopbackCalls,
  loopbackMentions,
} from '../../src/network/loopback.ts';
import { known } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { encode } from '../support/guest.ts';
import { linkToOneOf } from '../support/links.ts';
import {
  type BalancerOptions,
  balancer,
  CALL,
  FOUND,
  found,
  front,
  internalFrontend,
  machine,
  networkOf,
  ONE,
  OTHER_VIP,
  pathNamed,
  pool,
  port,
  scaleSet,
  told,
  VIP,
} from '../support/loopback.ts';
import { waiting } from '../support/waiting.ts';

const ANY_PORT = `UPSTREAM_HOST=${VIP}`;

// Semantics 5.1: only what the balancer may hand back to its sender loops.
test.each<[name: string, resources: readonly ArmResource[], expected: readonly string[]]>([
  ['the only member', [ONE, ...machine('vm', CALL)], [FOUND]],
  [
    'one of two members',
    [ONE, ...machine('vm', CALL), ...machine('quiet', 'echo')],
    [`vm by literal: ${CALL}, 1/2`],
  ],
  ['a machine in another pool', [ONE, ...machine('vm', CALL, [pool('other')])], []],
  [
    'a machine in one of two pools',
    [
      ONE,
      ...machine('vm', CALL, [
        linkToOneOf(
          'which',
          'loadBalancers/lb/backendAddressPools/pool',
          'loadBalancers/lb/backendAddressPools/other',
        ),
      ]),
    ],
    [],
  ],
  ['an instance of a scale set', [ONE, scaleSet(CALL, 3)], [`vmss by literal: ${CALL}, 1/3`]],
  [
    'an instance of a scale set that starts empty',
    [ONE, scaleSet(CALL, 0)],
    [`vmss by literal: ${CALL}, 1/?`],
  ],
  [
    'an instance of one of many',
    [ONE, scaleSet(CALL, waiting('capacity'))],
    [`vmss by literal: ${CALL}, 1/?`],
  ],
  [
    'a member beside others that are not known',
    [ONE, ...machine('vm', CALL), ...machine('quiet', 'echo', [{ id: waiting('pool') }])],
    [`vm by literal: ${CALL}, 1/?`],
  ],
  [
    'a member that joins its cluster there',
    [ONE, ...machine('vm', `consul join ${VIP}:80`)],
    [`vm by literal: consul join ${VIP}:80, 1/1, cluster`],
  ],
])('a call of %s', (_, resources, expected) => {
  expect(found(networkOf(resources), 'lb/web')).toEqual(expected);
});

test('a mention is no call, and a call is no mere mention', () => {
  const handed = networkOf([ONE, ...machine('vm', `/opt/setup ${VIP}`)]);
  expect(found(handed, 'lb/web')).toEqual([]);
  expect(found(handed, 'lb/web', loopbackMentions)).toEqual([`vm by literal: /opt/setup ${VIP}, 1/1`]);
  expect(found(networkOf([ONE, ...machine('vm', CALL)]), 'lb/web', loopbackMentions)).toEqual([]);
});

test.each<
  [
    name: string,
    options: Partial<BalancerOptions>,
    rule: Record<string, unknown>,
    expected: readonly string[],
  ]
>([
  ['to its port', {}, {}, [FOUND]],
  ['to another port', {}, port(81), []],
  ['to every port', {}, port(0, { protocol: 'All' }), [FOUND]],
  ['to a port that is not known', {}, { frontendPort: waiting('port') }, [FOUND]],
  ['with affinity', {}, { loadDistribution: 'SourceIP' }, [`${FOUND}, fixed`]],
  ['with affinity by protocol', {}, { loadDistribution: 'sourceIPProtocol' }, [`${FOUND}, fixed`]],
  ['without affinity', {}, { loadDistribution: 'Default' }, [FOUND]],
  ['with affinity that is not known', {}, { loadDistribution: waiting('affinity') }, [FOUND]],
  ['of a gateway', { sku: 'Gateway' }, {}, []],
  ['of an SKU that is not known', { sku: waiting('sku') }, {}, [FOUND]],
  [
    'of a frontend that may be public',
    { frontends: [internalFrontend('front', VIP, { publicIPAddress: { id: waiting('ip') } })] },
    {},
    [],
  ],
])('a call of a member to a rule %s', (_, options, properties, expected) => {
  const network = networkOf([balancer({ ...options, rules: { web: properties } }), ...machine('vm', CALL)]);
  expect(network.paths.flatMap((path) => loopbackCalls(path, network)).map(told)).toEqual(expected);
});

test.each([
  ['kubernetes', 0],
  ['Kubernetes-Internal', 0],
  ['kubernetes-apps', 1],
  ['my-kubernetes', 1],
])('a balancer named %s', (name, calls) => {
  const network = networkOf([
    balancer({ name, rules: { web: {} } }),
    ...machine('vm', CALL, [pool('pool', name)]),
  ]);
  expect(found(network, `${name}/web`)).toHaveLength(calls);
});

test('a NAT rule has one target and no choice', () => {
  const natRules = [
    {
      name: 'nat',
      properties: {
        protocol: 'Tcp',
        frontendPort: 80,
        backendPort: 80,
        frontendIPConfiguration: front('front'),
      },
    },
  ];
  const configuration = { loadBalancerInboundNatRules: [sub('loadBalancers/lb/inboundNatRules/nat')] };
  const network = networkOf([
    balancer({ rules: {}, natRules }),
    ...machine('vm', CALL, [], { configuration }),
  ]);
  expect(pathNamed(network, 'lb/nat:nat').members).toHaveLength(1);
  expect(found(network, 'lb/nat:nat')).toEqual([]);
});

test.each([
  ['kubeadm init', true],
  ['--control-plane-endpoint=api', true],
  ['controlPlaneEndpoint: api', true],
  ['control-planeendpoint: api', true],
  ['kubectl get nodes', false],
])('a member that calls its frontend and runs %s', (command, isControlPlane) => {
  const carriers = { userData: encode('echo ready') };
  const text = `${CALL}\n${command}`;
  const network = networkOf([
    balancer({ rules: { web: {}, app: port(9000) } }),
    ...machine('vm', text, [pool('pool')], carriers),
  ]);
  const more = isControlPlane ? 'control plane' : 'beside lb/app';
  expect(found(network, 'lb/web')).toEqual([`${FOUND}, ${more}`]);
});

// Semantics 5.3.
test.each<[port: unknown, floating: unknown, expected: boolean]>([
  [59_999, true, true],
  [58_888, true, true],
  [62_000, true, true],
  [62_199, true, true],
  [61_999, true, false],
  [62_200, true, false],
  [80, true, false],
  [59_999, false, false],
  [59_999, waiting('floating'), false],
  [waiting('port'), true, false],
])('a probe of port %j with floating IP %j', (probePort, enableFloatingIP, expected) => {
  const listener = balancer({ probePort, rules: { web: { enableFloatingIP } } });
  const network = networkOf([listener, ...machine('vm', CALL)]);
  expect(isClusterListener(pathNamed(network, 'lb/web'))).toBe(expected);
  expect(found(network, 'lb/web')).toEqual(expected ? [] : [FOUND]);
  const bare = networkOf([balancer({ rules: { web: { enableFloatingIP: true, probe: null } } })]);
  expect(isClusterListener(pathNamed(bare, 'lb/web'))).toBe(false);
});

test('the first rule of a frontend shows a call that may be meant for all of them', () => {
  const rules = { a: {}, b: port(81), c: port(82, { frontendIPConfiguration: front('second') }) };
  const network = networkOf([balancer({ rules }), ...machine('vm', `${ANY_PORT}\nDB_HOST=${OTHER_VIP}`)]);
  const [a, b, c] = ['lb/a', 'lb/b', 'lb/c'].map((name) => found(network, name, firstLoopbackCalls).length);
  expect([a, b, c]).toEqual([1, 0, 1]);
  expect(found(network, 'lb/b')).toHaveLength(1);
});

test('a call is another one when its text, its machine or its client is another', () => {
  const rules = { a: {}, b: port(81) };
  const texts = networkOf([
    balancer({ rules }),
    ...machine('vm', CALL, [pool('pool')], { userData: encode(`curl ${VIP}:81`) }),
  ]);
  expect(found(texts, 'lb/b', firstLoopbackCalls)).toEqual([
    `vm by literal: curl ${VIP}:81, 1/1, beside lb/a`,
  ]);
  const origin = { kind: 'json', path: 'test.json', pointer: '/shared' } as const;
  const shared = known(encode(ANY_PORT), origin);
  const machines = networkOf([
    balancer({ rules: { a: {}, b: port(81, { backendAddressPool: pool('other') }) } }),
    ...machine('vm1', shared),
    ...machine('vm2', shared, [pool('other')]),
  ]);
  expect(found(machines, 'lb/b', firstLoopbackCalls)).toEqual([`vm2 by literal: ${ANY_PORT}, 1/1`]);
  const office = networkOf(
    [ONE, ...machine('vm', CALL)],
    [{ name: 'office', addresses: ['192.168.7.0/24'] }],
  );
  expect(found(office, 'lb/web', firstLoopbackCalls, 'office')).toEqual([FOUND]);
  const both = [balancer({ rules: { ...rules, web: {} } }), ...machine('vm', CALL)];
  const twice = networkOf(both, [{ name: 'office', addresses: ['192.168.7.0/24'] }]);
  expect(found(twice, 'lb/a')).toEqual([`${FOUND}, beside lb/b`]);
});

test('members of an IP-based pool call it from both sides', () => {
  const properties = {
    loadBalancerBackendAddresses: [
      { name: 'm', properties: { ipAddress: '10.0.1.4', virtualNetwork: sub('virtualNetworks/vnet') } },
    ],
  };
  const one = balancer({ rules: { web: {}, app: port(9000) } });
  const addressed = {
    ...one,
    properties: { ...Object(one.properties), backendAddressPools: [{ name: 'pool', properties }] },
  };
  const configuration = { privateIPAddress: '10.0.1.4' };
  const network = networkOf([addressed, ...machine('vm', CALL, [], { configuration })]);
  expect(found(network, 'lb/web')).toEqual([`${FOUND}, by address`]);
  const nobody = networkOf([addressed]);
  expect(found(nobody, 'lb/web')).toEqual([]);
});
