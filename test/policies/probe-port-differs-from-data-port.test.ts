import { policy } from '../../policies/probe-port-differs-from-data-port/policy.ts';
import { createModel } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { known } from '../../src/value/value.ts';
import { estate } from '../support/estate.ts';

/** How many rules are found whose probe asks `port`, in front of interfaces that forward or do not. */
function foundWith(port: number, forwards: boolean): number {
  const model = estate({ internal: true, probe: { protocol: 'Tcp', port }, members: 2 });
  const resources = model.resources.map((resource) => {
    const properties = resource.body.fields.get('properties');
    if (resource.type !== 'microsoft.network/networkinterfaces' || properties?.kind !== 'object')
      return resource;
    const fields = new Map([
      ...properties.fields,
      ['enableipforwarding', known(forwards, resource.origin)] as const,
    ]);
    const body = { ...resource.body, fields: new Map([['properties', { ...properties, fields }]]) };
    return { ...resource, body };
  });
  return policy.run(buildNetwork(createModel(resources))).findings.length;
}

test.each([
  ['another port', 8008, false, 1],
  ['the data port', 80, false, 0],
  ['another port of appliances', 8008, true, 0],
  ['the health port of kube-proxy', 10_256, false, 0],
  ['the health port of an ingress controller', 10_254, false, 0],
  ['a node port', 31_000, false, 0],
])('a probe of %s', (_, port, forwards, expected) => {
  expect(foundWith(port, forwards)).toBe(expected);
});
