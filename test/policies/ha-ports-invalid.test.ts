import { policy } from '../../policies/ha-ports-invalid/policy.ts';
import { sub } from '../support/arm-model.ts';
import { forwarding, internalBalancer, internalFrontend, part, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

const EVERY = { protocol: 'All', frontendPort: 0, backendPort: 0 };
const BACK = { frontendIPConfiguration: part('frontendIPConfigurations', 'back') };
const OTHER_POOL = { backendAddressPool: part('backendAddressPools', 'other') };
const FLOATING = { enableFloatingIP: true };

function rules(
  loadBalancingRules: readonly unknown[],
  sku: unknown = 'Standard',
  more: object = {},
): readonly string[] {
  return say(
    policy,
    internalBalancer(
      {
        frontendIPConfigurations: [internalFrontend('front'), internalFrontend('back')],
        backendAddressPools: [{ name: 'pool' }, { name: 'other' }],
        loadBalancingRules,
        ...more,
      },
      { sku: { name: sku } },
    ),
  );
}

test('a rule of HA ports may stand beside rules for other backends on other frontends', () => {
  expect(rules([forwarding('all', EVERY), forwarding('web', { ...BACK, ...OTHER_POOL })])).toEqual([]);
});

test('on one frontend the backends do not matter', () => {
  expect(rules([forwarding('all', EVERY), forwarding('web', OTHER_POOL)])).toEqual([
    'violation error: Azure refuses `lb/web` beside `lb/all`: HA ports take every port of the same frontend, unless both rules use floating IP',
  ]);
});

test('both rules need floating IP, not one', () => {
  const beside = (first: object, second: object): number =>
    rules([forwarding('all', { ...EVERY, ...first }), forwarding('web', { ...BACK, ...second })]).length;
  expect([beside(FLOATING, FLOATING), beside(FLOATING, {}), beside({}, FLOATING)]).toEqual([0, 1, 1]);
});

test('one rule certainly without floating IP decides, whatever the other has', () => {
  const open = { enableFloatingIP: waiting('floating') };
  const both = rules([forwarding('all', { ...EVERY, ...open }), forwarding('web', BACK)]);
  expect(both.map((text) => text.slice(0, 9))).toEqual(['violation']);
  const undecided = rules([
    forwarding('all', { ...EVERY, ...open }),
    forwarding('web', { ...BACK, ...FLOATING }),
  ]);
  expect(undecided).toEqual([
    'unknown error: cannot decide whether Azure accepts `lb/web` beside `lb/all`, one of which uses HA ports',
  ]);
});

test('a gateway load balancer has rules of its own, and an open SKU may be that', () => {
  const two = [forwarding('a', EVERY), forwarding('b', { ...EVERY, ...BACK })];
  expect(rules(two, 'Gateway')).toEqual([]);
  expect(rules(two, waiting('sku')).map((text) => text.slice(0, 7))).toEqual(['unknown']);
});

test('a port or protocol that is open is no fault', () => {
  expect(rules([forwarding('a', { ...EVERY, backendPort: waiting('port') })])).toEqual([]);
  expect(rules([forwarding('a', { ...EVERY, protocol: waiting('protocol') })])).toEqual([]);
});

test('an inbound NAT rule is not compared with HA ports', () => {
  const natRules = { inboundNatRules: [forwarding('door', { frontendPort: 5000, backendPort: 22 })] };
  expect(rules([forwarding('all', EVERY)], 'Standard', natRules)).toEqual([]);
});

test('a frontend of another root is neither public nor internal', () => {
  expect(rules([forwarding('all', { ...EVERY, frontendIPConfiguration: sub('loadBalancers/x/y') })])).toEqual(
    [],
  );
});
