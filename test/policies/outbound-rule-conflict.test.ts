import { policy } from '../../policies/outbound-rule-conflict/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { unknown } from '../../src/value/value.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';

const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const POOL = sub('loadBalancers/lb/backendAddressPools/pool');
const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;

interface Estate {
  readonly outbound?: Record<string, unknown>;
  readonly frontend?: Record<string, unknown>;
  readonly rules?: readonly (readonly [name: string, disableOutboundSnat: unknown])[];
  readonly more?: readonly ArmResource[];
}

function said({ outbound, frontend, rules = [], more = [] }: Estate): readonly string[] {
  const balancer: ArmResource = {
    type: 'loadBalancers',
    name: 'lb',
    sku: { name: 'Standard' },
    properties: {
      frontendIPConfigurations: [
        { name: 'front', properties: frontend ?? { publicIPAddress: sub('publicIPAddresses/pip') } },
      ],
      backendAddressPools: [{ name: 'pool' }],
      loadBalancingRules: rules.map(([name, disableOutboundSnat]) => ({
        name,
        properties: { frontendIPConfiguration: FRONT, backendAddressPool: POOL, disableOutboundSnat },
      })),
      outboundRules: [
        {
          name: 'out',
          properties: { frontendIPConfigurations: [FRONT], backendAddressPool: POOL, ...outbound },
        },
      ],
    },
  };
  return policy
    .run(buildNetwork(modelOf(balancer, { type: 'publicIPAddresses', name: 'pip' }, ...more)))
    .findings.map(({ status, message }) => `${status}: ${message.replace(/^.*?: /, '')}`);
}

const configuration = (name: string, properties: Record<string, unknown> = {}) => ({
  name,
  properties: { loadBalancerBackendAddressPools: [POOL], ...properties },
});
const nic = (name: string, ...ipConfigurations: unknown[]): ArmResource => ({
  type: 'networkInterfaces',
  name,
  properties: { ipConfigurations },
});

test('all rules that leave outbound SNAT on are one fault', () => {
  const rules = [
    ['http', false],
    ['https', undefined],
    ['other', true],
  ] as const;
  expect(said({ rules })).toEqual([
    'violation: `http` and `https` use the same frontend and leave outbound SNAT on',
  ]);
});

test('a rule that may leave it on, and ports that are not known, leave the answer open', () => {
  const later = unknown({ kind: 'parameter', name: 'later' }, ORIGIN);
  expect(said({ rules: [['http', later]] })).toEqual([expect.stringMatching(/^unknown: /)]);
  expect(said({ outbound: { allocatedOutboundPorts: later } })).toEqual([
    expect.stringMatching(/^unknown: /),
  ]);
});

test('an internal frontend is named before a rule that shares it', () => {
  const frontend = { subnet: sub('virtualNetworks/vnet/subnets/snet') };
  expect(said({ frontend, rules: [['http', false]] })).toEqual([
    'violation: its frontend `front` has no public address',
  ]);
});

// Semantics 3.3: 64,000 for each frontend address; 0 is the default allocation.
test('ports are counted once for each machine, and not on a prefix', () => {
  const dualStack = nic('nic', configuration('v4'), configuration('v6', { privateIPAddressVersion: 'IPv6' }));
  const ports = (allocatedOutboundPorts: number, options: Partial<Estate> = {}) =>
    said({ outbound: { allocatedOutboundPorts }, more: [dualStack], ...options });
  expect(ports(64_000)).toEqual([]);
  expect(ports(64_008)).toEqual(['violation: 64008 SNAT ports are more than the 64000 an address has']);
  expect(ports(0)).toEqual([]);
  const two = [dualStack, nic('second', configuration('v4'))];
  expect(ports(32_000, { more: two })).toEqual([]);
  expect(ports(32_008, { more: two })).toEqual([
    'violation: 32008 SNAT ports for each of 2 members are more than the 64000 of its frontend',
  ]);
  const frontend = { publicIPPrefix: sub('publicIPPrefixes/prefix') };
  expect(ports(32_008, { more: two, frontend })).toEqual([]);
});

test('ports that are too many for one address wait for a frontend that may have several', () => {
  const more = [nic('nic', configuration('v4')), nic('second', configuration('v4'))];
  const prefix = unknown({ kind: 'known-after-apply', name: 'prefix' }, ORIGIN);
  const open = { publicIPAddress: sub('publicIPAddresses/pip'), publicIPPrefix: { id: prefix } };
  expect(said({ outbound: { allocatedOutboundPorts: 32_000 }, frontend: open, more })).toEqual([]);
  expect(said({ outbound: { allocatedOutboundPorts: 32_008 }, frontend: open, more })).toEqual([
    'unknown: cannot decide whether Azure accepts the outbound rule `lb/out`',
  ]);
});

test('a secondary configuration of IPv6 is no fault', () => {
  const first = configuration('v4', { primary: true });
  const second = (version: string) =>
    configuration('second', { primary: false, privateIPAddressVersion: version });
  expect(said({ more: [nic('nic', first, second('IPv6'))] })).toEqual([]);
  expect(said({ more: [nic('nic', first, second('IPv4'))] })).toEqual([
    'violation: `nic/second` of its pool is a secondary IPv4 configuration',
  ]);
});
