import { loopbackCalls } from '../../src/network/loopback.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { linkToOneOf } from '../support/links.ts';
import {
  balancer,
  CALL,
  FOUND,
  found,
  front,
  internalFrontend,
  machine,
  networkOf,
  ONE,
  pool,
  port,
  VIP,
} from '../support/loopback.ts';
import { waiting } from '../support/waiting.ts';

// Semantics 8.3: what leads to another application on the same interface.
test.each<
  [name: string, caller: Record<string, unknown>, other: Record<string, unknown>, isNeighbour: boolean]
>([
  ['another port', {}, port(9000), true],
  ['another port of another protocol', {}, port(9000, { protocol: 'Udp' }), false],
  ['another port, of a protocol that is not known', {}, port(9000, { protocol: waiting('protocol') }), true],
  ['another port, in other letters', {}, port(9000, { protocol: 'TCP' }), true],
  [
    'the same port of another frontend',
    {},
    { frontendIPConfiguration: front('second'), enableFloatingIP: true },
    false,
  ],
  ['another port of another frontend', {}, port(443, { frontendIPConfiguration: front('second') }), true],
  ['HTTPS beside HTTP', {}, port(443), false],
  ['80 beside 8443', {}, port(8443), false],
  ['80 beside 8080', {}, port(8080), true],
  ['8443 beside 8080', { backendPort: 8080 }, port(8443), false],
  ['8080 beside 8443', { backendPort: 8443 }, port(8080), false],
  ['8080 beside 443', { backendPort: 443 }, port(8080), false],
  ['every port', {}, port(0, { protocol: 'All', frontendIPConfiguration: front('second') }), false],
  [
    'a port, beside every port',
    port(0, { protocol: 'All' }),
    port(9000, { frontendIPConfiguration: front('second') }),
    false,
  ],
  ['a port that is not known', {}, port(waiting('port')), false],
  ['a port, beside one that is not known', { backendPort: waiting('port') }, port(9000), false],
  ['another pool', {}, port(9000, { backendAddressPool: pool('other') }), false],
])('a rule that leads to %s', (_, caller, other, isNeighbour) => {
  const network = networkOf([balancer({ rules: { web: caller, other } }), ...machine('vm', CALL)]);
  expect(found(network, 'lb/web')).toEqual([isNeighbour ? `${FOUND}, beside lb/other` : FOUND]);
});

const WEB = { web: {} };
const ELSEWHERE = port(9000, { backendAddressPool: pool('other') });
const PUBLIC = { name: 'second', properties: { publicIPAddress: sub('publicIPAddresses/pip') } };
const NAT = {
  name: 'nat',
  properties: {
    protocol: 'Tcp',
    frontendPort: 9000,
    backendPort: 9000,
    frontendIPConfiguration: front('front'),
  },
};

test.each<[name: string, resources: readonly ArmResource[]]>([
  [
    'another balancer',
    [
      ONE,
      balancer({ name: 'lb2', rules: { app: port(9000) } }),
      ...machine('vm', CALL, [pool('pool'), pool('pool', 'lb2')]),
    ],
  ],
  [
    'another machine',
    [
      balancer({ rules: { ...WEB, app: ELSEWHERE } }),
      ...machine('vm', CALL),
      ...machine('vm2', 'echo', [pool('other')]),
    ],
  ],
  [
    'a pool that the machine may be in',
    [
      balancer({ rules: { ...WEB, app: ELSEWHERE } }),
      ...machine('vm', CALL, [
        pool('pool'),
        linkToOneOf(
          'which',
          'loadBalancers/lb/backendAddressPools/other',
          'loadBalancers/lb/backendAddressPools/third',
        ),
      ]),
    ],
  ],
  [
    'the listener of a cluster',
    [
      balancer({ probePort: 59_999, rules: { ...WEB, app: port(9000, { enableFloatingIP: true }) } }),
      ...machine('vm', CALL),
    ],
  ],
  [
    'a public frontend',
    [
      balancer({
        frontends: [internalFrontend('front', VIP), PUBLIC],
        rules: { ...WEB, app: port(9000, { frontendIPConfiguration: front('second') }) },
      }),
      ...machine('vm', CALL),
    ],
  ],
  [
    'inbound NAT',
    [
      balancer({ rules: WEB, natRules: [NAT] }),
      ...machine('vm', CALL, [pool('pool')], {
        configuration: { loadBalancerInboundNatRules: [sub('loadBalancers/lb/inboundNatRules/nat')] },
      }),
    ],
  ],
])('a rule of %s is no neighbour', (_, resources) => {
  expect(found(networkOf(resources), 'lb/web')).toEqual([FOUND]);
});

test('rules of a public balancer are no neighbours: a call of it leaves through SNAT', () => {
  const address = { type: 'publicIPAddresses', name: 'pip', properties: { ipAddress: VIP } };
  const frontends = [{ ...PUBLIC, name: 'front' }];
  const network = networkOf([
    address,
    balancer({ frontends, rules: { ...WEB, app: port(9000) } }),
    ...machine('vm', CALL),
  ]);
  expect(found(network, 'lb/web', loopbackCalls, 'internet')).toEqual([FOUND]);
});
