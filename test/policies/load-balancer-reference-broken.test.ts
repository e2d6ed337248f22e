import { policy } from '../../policies/load-balancer-reference-broken/policy.ts';
import { createModel } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { modelOf, sub } from '../support/arm-model.ts';
import { forwarding, internalBalancer, part, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

test('what is named in another case is the same part', () => {
  const probe = { probe: { id: '/Microsoft.Network/LoadBalancers/LB/PROBES/Http' } };
  const properties = { probes: [{ name: 'http' }], loadBalancingRules: [forwarding('r', probe)] };
  expect(say(policy, internalBalancer(properties))).toEqual([]);
});

test('a load balancer without any such part says so, and a long list is cut', () => {
  const rules = [forwarding('r', { probe: part('probes', 'http') })];
  expect(say(policy, internalBalancer({ loadBalancingRules: rules }))).toEqual([
    'violation error: Azure refuses `lb/r`: its load balancer has no probe `http`, and no other',
  ]);
  const probes = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
  expect(say(policy, internalBalancer({ probes, loadBalancingRules: rules }))).toEqual([
    'violation error: Azure refuses `lb/r`: its load balancer has no probe `http`; it has `a`, `b`, `c` and 2 more',
  ]);
});

test('an id of another kind of part is no part of this kind', () => {
  const rules = [forwarding('r', { probe: part('backendAddressPools', 'pool') })];
  const probes = [{ name: 'http' }];
  expect(say(policy, internalBalancer({ probes, loadBalancingRules: rules }))).toEqual([
    'violation error: Azure refuses `lb/r`: its load balancer has no probe `pool`; it has `http`',
  ]);
});

test('several broken ids are one finding with notes', () => {
  const rules = [
    forwarding('r', { probe: part('probes', 'x'), backendAddressPool: part('backendAddressPools', 'y') }),
  ];
  const network = buildNetwork(
    modelOf(internalBalancer({ probes: [{ name: 'p' }], loadBalancingRules: rules })),
  );
  const { findings } = policy.run(network);
  expect(findings.map(({ related }) => related.map(({ message }) => message))).toEqual([
    ['nor does it have the backend pool `y`'],
  ]);
});

test('a part of another load balancer is named with its owner, also when that is not in the root', () => {
  const other = { type: 'loadBalancers', name: 'Other', properties: { probes: [{ name: 'Http' }] } };
  const balancer = internalBalancer({
    loadBalancingRules: [forwarding('r', { probe: sub('loadBalancers/other/probes/http') })],
  });
  expect(say(policy, balancer, other)).toEqual([
    'violation error: Azure refuses `lb/r`: its probe `Http` is that of another load balancer, `Other`',
  ]);
  expect(say(policy, balancer)).toEqual([
    'violation error: Azure refuses `lb/r`: its probe `http` is that of another load balancer, `other`',
  ]);
});

test('an id in another resource group, or with a name that is open, is left alone', () => {
  const probe = (id: string): readonly string[] =>
    say(policy, internalBalancer({ loadBalancingRules: [forwarding('r', { probe: { id } })] }));
  expect(probe('/resourcegroups/rg/providers/microsoft.network/loadbalancers/other/probes/http')).toEqual([]);
  expect(probe("/microsoft.network/loadbalancers/{parameters('name')}/probes/http")).toEqual([]);
  expect(probe('nonsense')).toEqual([]);
});

test('outbound rules, inbound NAT rules and NAT pools are looked at, too', () => {
  const gone = { frontendIPConfiguration: part('frontendIPConfigurations', 'gone') };
  const balancer = internalBalancer({
    outboundRules: [
      {
        name: 'out',
        properties: {
          frontendIPConfigurations: [part('frontendIPConfigurations', 'front')],
          backendAddressPool: part('backendAddressPools', 'gone'),
        },
      },
    ],
    inboundNatRules: [forwarding('door', { ...gone, frontendPort: 5000 })],
    inboundNatPools: [forwarding('doors', { ...gone, backendAddressPool: undefined })],
  });
  expect(say(policy, balancer).map((text) => text.split(':').slice(1, 3).join(':'))).toEqual([
    ' Azure refuses `lb/out`: its load balancer has no backend pool `gone`; it has `pool`',
    ' Azure refuses `lb/nat:door`',
    ' Azure refuses `lb/nat:doors`',
  ]);
});

test('pools in the plural property are looked at', () => {
  const rule = {
    backendAddressPool: undefined,
    backendAddressPools: [part('backendAddressPools', 'pool'), part('backendAddressPools', 'gone')],
  };
  expect(say(policy, internalBalancer({ loadBalancingRules: [forwarding('r', rule)] })).length).toBe(1);
});

test('a part that an open list or a module may hold is not missed', () => {
  const rules = [forwarding('r', { probe: part('probes', 'http') })];
  expect(say(policy, internalBalancer({ probes: waiting('probes'), loadBalancingRules: rules }))).toEqual([]);
  const { resources } = modelOf(internalBalancer({ loadBalancingRules: rules }));
  const origin = { kind: 'json', path: 'test.json', pointer: '/module' } as const;
  const gap = { reason: { kind: 'outside', name: 'module.probes' }, origin } as const;
  const statuses = (gaps: Parameters<typeof createModel>[1]): readonly string[] =>
    policy.run(buildNetwork(createModel(resources, gaps))).findings.map(({ status }) => status);
  expect(statuses([gap])).toEqual([]);
  expect(statuses([{ ...gap, id: '/microsoft.network/loadbalancers/lb' }])).toEqual([]);
  expect(statuses([{ ...gap, id: '/microsoft.network/loadbalancers/other' }])).toEqual(['violation']);
});
