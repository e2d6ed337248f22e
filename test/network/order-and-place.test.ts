import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { estate, otherMember, rule } from '../support/estate.ts';

/** The one path of an estate whose members come from these resources, in this order. */
function pathOf(members: readonly ReturnType<typeof otherMember>[]): Path | undefined {
  const model = estate({ internal: true, members: 0, more: members.flat() });
  return buildNetwork(model).paths[0];
}

test('what is said about a path does not depend on the order in which its members are written', () => {
  const denied = [rule(100, 'Deny')];
  const shadowed = [rule(100, 'Deny'), rule(200, 'Allow', { destinationPortRange: '80' })];
  const members = [
    otherMember('nic-10', { rules: denied }),
    otherMember('NIC-9', { rules: shadowed }),
    otherMember('nic-11', { rules: denied }),
  ];
  const names = ['NIC-9/ip', 'nic-10/ip', 'nic-11/ip'];
  for (const order of [members, members.toReversed()]) {
    const path = pathOf(order);
    expect(path?.members.map(({ member }) => member.label)).toEqual(names);
    expect(path?.diagnosis?.id).toBe('shadowed-by-deny');
  }
});

test('security rules that are written in one place are still told apart', () => {
  const rules = [
    rule(200, 'Allow', { protocol: 'Tcp', destinationPortRange: '80', sourcePortRange: '5000' }),
    rule(300, 'Allow', { protocol: 'Tcp', destinationPortRange: '443', sourceAddressPrefix: 'Internet' }),
  ];
  const nicRules = [rule(100, 'Deny')];
  const network = buildNetwork(estate({ rule: { frontendPort: 443 }, subnetRules: rules, nicRules }));
  expect(network.paths[0]?.diagnosis).toMatchObject({
    id: 'allows-frontend-port',
    intended: { name: 'Allow300' },
  });
  const idle = network.guardingRules().flatMap(({ rule: { name }, idle }) => {
    return idle === undefined || name.kind !== 'known' ? [] : [[name.value, idle.kind]];
  });
  expect(idle).toEqual([['Allow200', 'source-ports']]);
});
