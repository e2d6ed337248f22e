import { buildNetwork } from '../../src/network/network.ts';
import type { PacketAddress } from '../../src/network/packet.ts';
import type { PathMember } from '../../src/network/path.ts';
import { sub } from '../support/arm-model.ts';
import { estate, rule } from '../support/estate.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' };

/** Members with these static addresses behind the rules of one group. */
function membersAt(addresses: readonly unknown[], rules: readonly unknown[]): readonly PathMember[] {
  const more = addresses.map((privateIPAddress, index) => ({
    type: 'networkInterfaces',
    name: `static${index}`,
    properties: {
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: sub('virtualNetworks/vnet/subnets/snet'),
            privateIPAddress,
            loadBalancerBackendAddressPools: [sub('loadBalancers/lb/backendAddressPools/pool')],
          },
        },
      ],
    },
  }));
  const { paths } = buildNetwork(estate({ internal: true, members: 0, subnetRules: rules, more }));
  return paths.flatMap(({ members }) => members);
}

function textOf(address: PacketAddress | undefined): string | undefined {
  return address?.kind === 'ip' ? address.text : undefined;
}

test('members that no rule tells apart have evidence of their own', () => {
  const addresses = ['10.0.1.4', '10.0.1.5', '10.0.1.77'];
  const traces = membersAt(addresses, [rule(100, 'Deny')]).map(({ data }) => data.evidence?.());
  expect(traces.map((found) => found?.verdict)).toEqual(['dropped', 'dropped', 'dropped']);
  expect(traces.map((found) => textOf(found?.packet.destination))).toEqual(addresses);
  for (const found of traces)
    expect(textOf(found?.packet.source)).not.toBe(textOf(found?.packet.destination));
});

test.each([
  ['10.0.1.4', '10.0.1.5'],
  ['10.0.1.0/29', '10.0.1.8'],
  ['10.0.1.5-10.0.1.9', '10.0.1.4'],
  ['10.0.1.8-10.0.1.255', '10.0.1.7'],
])('a rule for %s tells its addresses from %s', (destination, outside) => {
  const inside = destination.replace(/-.*$/, '').replace(/\.0\/29$/, '.7');
  const rules = [rule(100, 'Allow', { destinationAddressPrefix: destination }), rule(200, 'Deny')];
  const verdicts = membersAt([outside, inside, outside], rules).map(({ data }) => data.verdict);
  expect(verdicts).toEqual(['blocked', 'open', 'blocked']);
});

test('a secret address stays secret beside others that no rule tells from it', () => {
  const secret = { kind: 'known', value: '10.0.1.5', origin: ORIGIN, sensitive: true };
  const traces = membersAt(['10.0.1.4', secret], [rule(100, 'Deny')]).map(({ data }) => data.evidence?.());
  expect(traces.map((found) => found?.packet.secrets?.includes('destination'))).toEqual([undefined, true]);
});
