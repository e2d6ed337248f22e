import { policy } from '../../policies/members-administratively-down/policy.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { type Unknown, unknown } from '../../src/value/value.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';

const origin = { kind: 'json', path: 'test.json', pointer: '' } as const;

function parameter(name: string): Unknown {
  return unknown({ kind: 'parameter', name }, origin);
}

interface PoolOptions {
  readonly states: readonly unknown[];
  readonly rules?: readonly Record<string, unknown>[];
  readonly more?: readonly ArmResource[];
}

const PROBED = {
  protocol: 'Tcp',
  frontendPort: 80,
  backendPort: 80,
  frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
  backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
  probe: sub('loadBalancers/lb/probes/p'),
};

function says(options: PoolOptions): readonly string[] {
  return saysOf(model(options));
}

function saysOf(of: Model): readonly string[] {
  return policy.run(buildNetwork(of)).findings.map(({ status, message, waitsFor }) => {
    const names = waitsFor.map(({ reason }) => reason.name).join(', ');
    return status === 'violation' ? message : `unknown: ${names}`;
  });
}

function model({ states, rules = [PROBED], more = [] }: PoolOptions): Model {
  const own = states.map((adminState, index) => ({
    name: `m${index}`,
    properties: { ipAddress: `10.0.1.${10 + index}`, ...(adminState === null ? {} : { adminState }) },
  }));
  const balancer = {
    type: 'loadBalancers',
    name: 'lb',
    properties: {
      frontendIPConfigurations: [
        { name: 'front', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } },
      ],
      backendAddressPools: [
        { name: 'pool', properties: { loadBalancerBackendAddresses: own } },
        { name: 'other' },
      ],
      probes: [{ name: 'p', properties: { protocol: 'Tcp', port: 80 } }],
      loadBalancingRules: rules.map((properties, index) => ({ name: `r${index}`, properties })),
    },
  };
  return modelOf(balancer, ...more);
}

const down = (rules: string): string =>
  `nobody takes new connections of ${rules}: the administrative state of every member of \`lb/pool\` is Down`;

test.each<readonly [string, readonly unknown[], readonly string[]]>([
  ['all are down, in any case', ['Down', 'DOWN'], [down('`lb/r0`')]],
  ['one is up', ['Down', 'Up'], []],
  ['one is left to the probe', ['Down', 'None'], []],
  ['one has no state', ['Down', null], []],
  ['none has a state', [null, null], []],
  ['there is no member', [], []],
  ['the state of the last is unknown', ['Down', parameter('state')], ['unknown: state']],
  ['one is unknown beside one that is up', [parameter('state'), 'Up'], []],
])('%s', (_, states, expected) => {
  expect(says({ states })).toEqual(expected);
});

test('every rule of the pool is named in one finding', () => {
  const rules = [PROBED, { ...PROBED, frontendPort: 81 }, { ...PROBED, frontendPort: 82 }];
  expect(says({ states: ['Down'], rules })).toEqual([down('`lb/r0`, `lb/r1` and `lb/r2`')]);
});

test.each<readonly [string, Record<string, unknown>]>([
  ['without a probe', { probe: null }],
  ['whose probe is not known', { probe: { id: parameter('probe') } }],
  [
    'with a second pool',
    {
      backendAddressPool: null,
      backendAddressPools: [
        sub('loadBalancers/lb/backendAddressPools/pool'),
        sub('loadBalancers/lb/backendAddressPools/other'),
      ],
    },
  ],
])('a rule %s does not depend on the state', (_, own) => {
  expect(says({ states: ['Down'], rules: [{ ...PROBED, ...own }] })).toEqual([]);
});

test('members that are not all known may include one that is not down', () => {
  const { resources } = model({ states: ['Down'] });
  const reason = { kind: 'module', name: 'pool.bicep' } as const;
  expect(saysOf(createModel(resources, [{ reason, origin }]))).toEqual(['unknown: pool.bicep']);
});

test('an interface that may be in the pool may be the member that is not down', () => {
  const references = ['pool', 'other'].map((name) => ({
    id: sub(`loadBalancers/lb/backendAddressPools/${name}`).id,
    property: 'id',
  }));
  const id = { ...parameter('pool'), references };
  const properties = {
    ipConfigurations: [{ name: 'ip', properties: { loadBalancerBackendAddressPools: [{ id }] } }],
  };
  const more = [{ type: 'networkInterfaces', name: 'nic', properties }];
  expect(says({ states: ['Down'], more })).toEqual(['unknown: pool']);
});
