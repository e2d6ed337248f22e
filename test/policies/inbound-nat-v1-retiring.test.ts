import { policy } from '../../policies/inbound-nat-v1-retiring/policy.ts';
import { forwarding, internalBalancer, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

const NO_POOL = { backendAddressPool: undefined };
const V1 =
  'violation warning: `lb/nat:door` is an inbound NAT rule for a single machine, which Azure retires on 30 September 2027';
const OPEN = 'unknown warning: cannot decide whether `lb/nat:door` is for a single machine or for a pool';

function door(properties: Record<string, unknown>): readonly string[] {
  return say(policy, internalBalancer({ inboundNatRules: [forwarding('door', properties)] }));
}

test('a rule without pool and range is one of version 1, also while its port is open', () => {
  expect(door(NO_POOL)).toEqual([V1]);
  expect(door({ ...NO_POOL, frontendPort: waiting('port') })).toEqual([V1]);
});

test('a pool or a range makes a rule one of version 2', () => {
  expect(door({})).toEqual([]);
  expect(door({ ...NO_POOL, frontendPort: undefined, frontendPortRangeStart: 5000 })).toEqual([]);
});

test('while the pool is open, the ports decide, and else nothing does', () => {
  const pool = { backendAddressPool: waiting('pool') };
  expect(door({ ...pool, frontendPort: undefined, frontendPortRangeStart: 5000 })).toEqual([]);
  expect(door(pool)).toEqual([V1]);
  expect(door({ ...pool, frontendPort: undefined, frontendPortRangeStart: waiting('start') })).toEqual([
    OPEN,
  ]);
});

test('a rule of a load balancer outside the root is named by its address', () => {
  const rule = {
    type: 'loadBalancers/elsewhere/inboundNatRules',
    parent: '/microsoft.network/loadbalancers/elsewhere',
    ...(forwarding('door', NO_POOL) as { readonly name: string }),
  };
  expect(say(policy, rule)).toEqual([V1.replace('lb/nat:', '')]);
});
