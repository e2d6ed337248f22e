import { createModel, type Model } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Origin } from '../../src/text/origin.ts';
import type { Value } from '../../src/value/value.ts';
import { estate, rule } from '../support/estate.ts';

const BLOCK: Origin = { kind: 'json', path: 'main.tf.json', pointer: '/security_rule' };

/** The estate as a `dynamic` block gives it: everything in a security group is written at one place. */
function atOnePlace(model: Model): Model {
  const resources = model.resources.map((resource) =>
    resource.type === 'microsoft.network/networksecuritygroups'
      ? { ...resource, body: moved(resource.body) as typeof resource.body }
      : resource,
  );
  return createModel(resources);
}

function moved(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(moved), origin: BLOCK };
  if (value.kind !== 'object') return { ...value, origin: BLOCK };
  const fields = new Map([...value.fields].map(([name, field]) => [name, moved(field)]));
  return { ...value, fields, origin: BLOCK };
}

test('rules that one dynamic block writes are told apart', () => {
  const subnetRules = [
    rule(300, 'Allow', { protocol: 'Tcp', sourceAddressPrefix: '10.0.0.0/8', destinationPortRange: '80' }),
    rule(400, 'Deny', { sourceAddressPrefix: '192.168.0.0/16' }),
    rule(500, 'Deny'),
  ];
  const model = estate({ subnetRules });
  const diagnoses = [model, atOnePlace(model)].map((each) => {
    const [path] = buildNetwork(each).paths;
    const { diagnosis } = path?.members[0]?.data ?? {};
    return [diagnosis?.id, diagnosis?.intended?.name, diagnosis?.decisive.name];
  });
  expect(diagnoses).toEqual([
    ['client-not-in-source', 'Allow300', 'Deny500'],
    ['client-not-in-source', 'Allow300', 'Deny500'],
  ]);
});
