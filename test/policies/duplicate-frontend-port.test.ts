import { policy } from '../../policies/duplicate-frontend-port/policy.ts';
import { createModel } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Unknown } from '../../src/value/value.ts';
import { modelOf } from '../support/arm-model.ts';
import { forwarding, internalBalancer, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

function rules(...loadBalancingRules: readonly unknown[]): readonly string[] {
  return say(policy, internalBalancer({ loadBalancingRules }));
}

const RANGE = {
  frontendPort: undefined,
  frontendPortRangeStart: 5000,
  frontendPortRangeEnd: 5009,
  backendPort: 22,
};

test('the second rule on a port is refused, and the third names the first', () => {
  expect(
    rules(forwarding('a'), forwarding('b', { backendPort: 1 }), forwarding('c', { backendPort: 2 })),
  ).toEqual([
    'violation error: Azure refuses `lb/b`: `lb/a` has port 80 of the same frontend and protocol already',
    'violation error: Azure refuses `lb/c`: `lb/a` has port 80 of the same frontend and protocol already',
  ]);
});

test('the order in which rules are written does not matter, since a plan has another', () => {
  const expected = [
    'violation error: Azure refuses `lb/B`: `lb/a` has port 80 of the same frontend and protocol already',
  ];
  const [upper, lower] = [forwarding('B', { backendPort: 1 }), forwarding('a')];
  expect(rules(upper, lower)).toEqual(expected);
  expect(rules(lower, upper)).toEqual(expected);
  const nat = forwarding('A', { backendPort: 22 });
  const both = internalBalancer({ inboundNatRules: [nat], loadBalancingRules: [lower] });
  expect(say(policy, both)).toEqual([
    'violation error: Azure refuses `lb/nat:A`: `lb/a` has port 80 of the same frontend and protocol already',
  ]);
});

test('two rules of one name in one list are two rules', () => {
  expect(rules(forwarding('a'), forwarding('a'))).toEqual([
    'violation error: Azure refuses `lb/a`: `lb/a` has port 80 of the same frontend and protocol already',
  ]);
});

test('both ends of a range count, and what lies beside it does not', () => {
  const beside = (frontendPort: number): number =>
    say(
      policy,
      internalBalancer({
        loadBalancingRules: [forwarding('a', { frontendPort })],
        inboundNatRules: [forwarding('b', RANGE)],
      }),
    ).length;
  expect([4999, 5000, 5009, 5010].map(beside)).toEqual([0, 1, 1, 0]);
});

test('two ranges that overlap are refused at the first common port', () => {
  const ranges = [
    forwarding('a', RANGE),
    forwarding('b', { ...RANGE, frontendPortRangeStart: 5005, frontendPortRangeEnd: 5050 }),
  ];
  expect(say(policy, internalBalancer({ inboundNatRules: ranges }))).toEqual([
    'violation error: Azure refuses `lb/nat:b`: `lb/nat:a` has port 5005 of the same frontend and protocol already',
  ]);
});

test('one parameter is one port; a range that is open is not compared', () => {
  const port = { frontendPort: waiting('port') };
  expect(rules(forwarding('a', port), forwarding('b', port))).toEqual([
    'violation error: Azure refuses `lb/b`: `lb/a` has the same port of the same frontend and protocol already',
  ]);
  expect(rules(forwarding('a', port), forwarding('b'))).toEqual([]);
  const open = { ...RANGE, frontendPortRangeEnd: waiting('end') };
  expect(
    say(policy, internalBalancer({ inboundNatRules: [forwarding('a', RANGE), forwarding('b', open)] })),
  ).toEqual([]);
});

test('HA ports are left to their own policy, and a protocol that is open to none', () => {
  const every = { protocol: 'All', frontendPort: 0, backendPort: 0 };
  expect(rules(forwarding('a', every), forwarding('b', every))).toEqual([]);
  expect(rules(forwarding('a', { protocol: waiting('protocol') }), forwarding('b'))).toEqual([]);
});

/** A load-balancing rule and NAT rules on port 80, which exist under these conditions. */
function underConditions(...names: readonly (string | undefined)[]): readonly string[] {
  const { resources } = modelOf(
    internalBalancer({}),
    ...names.map((_, index) => ({
      ...(forwarding('', { backendPort: index }) as Record<string, unknown>),
      type: 'loadBalancers/lb/inboundNatRules',
      name: `door${index}`,
      parent: '/microsoft.network/loadbalancers/lb',
    })),
  );
  const conditioned = resources.map((resource, index) => {
    const name = index === 0 ? undefined : names[index - 1];
    return name === undefined ? resource : { ...resource, condition: waiting(name) as Unknown };
  });
  return policy.run(buildNetwork(createModel(conditioned))).findings.map(({ status }) => status);
}

test('rules that may not exist together are not decided, and rules under one condition are', () => {
  expect(underConditions(undefined, undefined)).toEqual(['violation']);
  expect(underConditions('old', undefined)).toEqual(['unknown']);
  expect(underConditions(undefined, 'new')).toEqual(['unknown']);
  expect(underConditions('old', 'new')).toEqual(['unknown']);
  expect(underConditions('both', 'both')).toEqual(['violation']);
});
