import { policy } from '../../policies/frontend-schemes-mixed/policy.ts';
import { sub } from '../support/arm-model.ts';
import { internalBalancer, internalFrontend, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

function frontends(...frontendIPConfigurations: readonly unknown[]): readonly string[] {
  return say(policy, internalBalancer({ frontendIPConfigurations }));
}

const open = { publicIPAddress: sub('publicIPAddresses/pip') };
const prefix = { publicIPPrefix: sub('publicIPPrefixes/prefix') };

test('frontends of one kind pass, and a prefix is as public as an address', () => {
  expect(frontends(internalFrontend('a'), internalFrontend('b'))).toEqual([]);
  expect(frontends({ name: 'a', properties: open }, { name: 'b', properties: prefix })).toEqual([]);
  expect(frontends({ name: 'a', properties: prefix }, internalFrontend('b'))).toEqual([
    'violation error: Azure refuses `lb`: frontend `a` is public and `b` is internal',
  ]);
});

test('a frontend that is open beside one that is known is asked about, and frontends that are all open are not', () => {
  const either = (name: string): unknown => ({ name, properties: waiting(name) });
  expect(frontends({ name: 'a', properties: open }, either('b'))).toEqual([
    'unknown error: cannot decide whether the frontends of `lb` are all public or all internal',
  ]);
  expect(frontends(either('a'), either('b'))).toEqual([]);
});

test('a frontend with neither address is of no kind', () => {
  expect(frontends({ name: 'a', properties: open }, { name: 'b', properties: {} })).toEqual([]);
});
