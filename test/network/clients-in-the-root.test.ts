import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { estate, rule } from '../support/estate.ts';
import { oneOf, reasonsOf, waiting } from '../support/waiting.ts';

/** A client in a subnet with one of two groups. */
function leaving(...groups: readonly (readonly unknown[])[]): readonly unknown[] {
  const names = groups.map((_, index) => `networkSecurityGroups/out${index}`);
  const more: readonly ArmResource[] = [
    {
      type: 'virtualNetworks/vnet/subnets',
      name: 'clients',
      parent: sub('virtualNetworks/vnet').id,
      properties: { addressPrefix: '10.0.2.0/24', networkSecurityGroup: { id: oneOf('group', ...names) } },
    },
    ...groups.map((securityRules, index) => ({
      type: 'networkSecurityGroups',
      name: `out${index}`,
      properties: { securityRules },
    })),
  ];
  const clients = [{ name: 'jump', addresses: ['10.0.2.0/24'] }];
  const { paths } = buildNetwork(estate({ internal: true, networkElsewhere: true, more }), { clients });
  return paths.flatMap(({ client, data, waitsFor }) =>
    client === 'jump' ? [data, ...reasonsOf(waitsFor)] : [],
  );
}

test('a client behind one of two groups leaves if both let it', () => {
  const out = (access: unknown) => [rule(100, 'Deny', { direction: 'Outbound', access })];
  expect(leaving(out('Allow'), out('Allow'))).toEqual(['open']);
  expect(leaving(out('Deny'), out('Deny'))).toEqual(['blocked']);
  expect(leaving(out('Allow'), out('Deny'))).toEqual(['unknown', 'parameter group']);
  expect(leaving(out(waiting('a')), out(waiting('b')))).toEqual([
    'unknown',
    'parameter group',
    'parameter a',
    'parameter b',
  ]);
});

test('a client in this root waits for what the packets wait for', () => {
  const clients = [{ name: 'jump', addresses: ['10.0.1.0/24'] }];
  const options = { internal: true, balancerSku: { name: 'Gateway' } };
  const { paths } = buildNetwork(estate(options), { clients });
  expect(paths.map(({ client, data, waitsFor }) => [client, data, ...reasonsOf(waitsFor)])).toEqual([
    ['vnet', 'unknown', 'unsupported a Gateway load balancer'],
    ['jump', 'unknown', 'unsupported a Gateway load balancer'],
  ]);
});
