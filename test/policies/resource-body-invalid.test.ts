import { policy } from '../../policies/resource-body-invalid/policy.ts';
import { createModel } from '../../src/model/model.ts';
import type { Resource } from '../../src/model/resource.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { known, unknown } from '../../src/value/value.ts';
import { at, bodyOf } from '../arm/types/body-value.ts';

function resource(type: string, body: object, apiVersion?: string): Resource {
  const name = type.slice(type.lastIndexOf('/') + 1);
  return {
    type: `microsoft.network/${type.toLowerCase()}`,
    ...(apiVersion === undefined ? {} : { apiVersion }),
    id: `/${type}/${name}`.toLowerCase(),
    address: name,
    name: known(name, at('/name')),
    body: bodyOf(body),
    origin: at(''),
  };
}

function run(...resources: readonly Resource[]): ReturnType<typeof policy.run> {
  return policy.run(buildNetwork(createModel(resources)));
}

/** The first words of the first finding on the given body, and what to do. */
function said(type: string, apiVersion: string, body: object): readonly (string | undefined)[] {
  const [finding, ...others] = run(resource(type, body, apiVersion)).findings;
  expect(others).toEqual([]);
  return [finding?.message, finding?.remedy];
}

const probe = { protocol: 'Http', port: 80, requestPath: '/' };

test.each([
  [
    { properties: { probes: [{ properties: { ...probe, intervalInSecond: 5 } }] } },
    '`loadBalancers` sets `properties.probes[0].properties.intervalInSecond`, and there is no such property',
    'write `intervalInSeconds`',
  ],
  [
    { properties: { colour: 'green' } },
    '`loadBalancers` sets `properties.colour`, and there is no such property',
    'remove `colour`',
  ],
  [
    { probes: [] },
    '`loadBalancers` sets `probes`, which belongs in `properties`',
    'move `probes` into `properties`',
  ],
  [
    { properties: { sku: { name: 'Standard' } } },
    '`loadBalancers` sets `properties.sku`, which belongs beside `properties`',
    'move `sku` beside `properties`',
  ],
  [
    { properties: { probes: [{ properties: { protocol: 'Tcp' } }] } },
    '`loadBalancers` does not set `port` in `properties.probes[0].properties`, and Azure requires it',
    'set `port` in `properties.probes[0].properties`',
  ],
  [
    { properties: { resourceGuid: 'x' } },
    '`loadBalancers` sets `properties.resourceGuid`, which only Azure can set',
    'remove `resourceGuid`',
  ],
  [
    { properties: { probes: 'none' } },
    '`loadBalancers` sets `properties.probes` to text where Azure takes a list',
    'set `probes` to a list',
  ],
  [
    { properties: { mode: 'Advanced' } },
    '`loadBalancers` sets `properties.mode`, which API version 2024-05-01 does not have yet',
    'use API version 2025-09-01 or a later one, or remove `mode`',
  ],
  [
    { properties: { outboundNatRules: [] } },
    '`loadBalancers` sets `properties.outboundNatRules`, which API version 2024-05-01 does not have any more',
    'remove `outboundNatRules`',
  ],
])('%j: %s', (body, message, remedy) => {
  expect(said('loadBalancers', '2024-05-01', body)).toEqual([message, remedy]);
});

test('a finding is a warning at the value of the property', () => {
  const { findings } = run(resource('loadBalancers', { properties: { colour: 'green' } }, '2024-05-01'));
  expect(findings).toMatchObject([
    { status: 'violation', severity: 'warning', confidence: 'proved', location: at('/properties/colour') },
  ]);
});

test('a property whose value is not known is suspected', () => {
  const colour = unknown({ kind: 'parameter', name: 'p' }, at('/p'));
  const { findings } = run(resource('loadBalancers', { properties: { colour } }, '2024-05-01'));
  expect(findings).toMatchObject([{ confidence: 'suspected' }]);
});

test('bodies without a fault are counted, those without an API version are not looked at', () => {
  const fine = resource('publicIPAddresses', { properties: {} }, '2024-05-01');
  const translated = resource('loadBalancers', { properties: { colour: 'green' } });
  const part = resource('loadBalancers/probes', { properties: { colour: 'green' } }, '2024-05-01');
  expect(run(fine, translated, part)).toEqual({ findings: [], passed: 1 });
});
