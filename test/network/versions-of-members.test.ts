import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule } from '../support/estate.ts';
import { reasonsOf, waiting } from '../support/waiting.ts';

function pathOf(options: EstateOptions): Path {
  const [path] = buildNetwork(estate(options)).paths;
  if (path === undefined) throw new Error('there is no path');
  return path;
}

/** The verdict on data and probe, and what they wait for. */
function said({ data, probe, waitsFor }: Path): readonly unknown[] {
  return [data, probe, ...reasonsOf(waitsFor)];
}

const V6 = { privateIPAddressVersion: 'IPv6' };
const LATER = { privateIPAddressVersion: waiting('version') };
const BOTH = { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', 'fd00:0:0:1::/64'] };
const VERSIONS = { 4: {}, 6: V6, '?': LATER } as const;
const FAR = { publicIPAddress: sub('publicIPAddresses/far') };
/** Whether the default rules hold the source of probes over IPv6: semantics 2.1 and 11.3. */
const TAGS = ['runtime the service tag VirtualNetwork', 'runtime the service tag AzureLoadBalancer'];
const NOBODY = 'outside a member that lb sends packets to';
const WRONG = 'outside a member with an address of the IP version of the frontend of lb';

/** Members of these IP versions, in the order of their names; only IPv4 is let in. */
function versions(
  frontend: Record<string, unknown>,
  ...of: readonly (keyof typeof VERSIONS)[]
): EstateOptions {
  return {
    frontend,
    members: 0,
    subnet: BOTH,
    subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: '::/1' })],
    more: of.flatMap((version, index) => otherMember(`nic${index}`, { ipConfiguration: VERSIONS[version] })),
  };
}

test.each<
  [
    what: string,
    options: EstateOptions,
    labels: readonly string[],
    answer: readonly unknown[],
    isComplete: boolean,
  ]
>([
  ['those of its version', versions({}, 4, 6), ['nic0/ip'], ['blocked', 'open'], true],
  ['those of IPv6', versions(V6, 4, 6), ['nic1/ip'], ['blocked', 'unknown', ...TAGS], true],
  ['none of another version', versions({}, 6), [], ['unknown', 'unknown', WRONG, NOBODY], false],
  ['perhaps one of an unknown version', versions({}, '?'), ['nic0/ip'], ['blocked', 'open'], false],
  [
    'all of its members, of one version',
    versions(FAR, 6, 6),
    ['nic0/ip', 'nic1/ip'],
    ['blocked', 'unknown', ...TAGS],
    true,
  ],
  [
    'any of them, while neither tells the version',
    versions(FAR, 4, 6),
    ['nic0/ip', 'nic1/ip'],
    ['unknown', 'unknown', 'outside /microsoft.network/publicipaddresses/far'],
    true,
  ],
  [
    'any of them, while a member does not tell its version',
    versions(FAR, 4, '?'),
    ['nic0/ip', 'nic1/ip'],
    ['unknown', 'unknown', 'outside /microsoft.network/publicipaddresses/far'],
    true,
  ],
  [
    'any of them, while it is not known which it is',
    { ...versions({}, 4, 6), rule: { frontendIPConfiguration: { id: waiting('front') } } },
    ['nic0/ip', 'nic1/ip'],
    ['unknown', 'unknown', 'known-after-apply the IP version of lb'],
    true,
  ],
])('a frontend sends to %s', (_, options, labels, answer, isComplete) => {
  const path = pathOf(options);
  expect(path.members.map(({ member }) => member.label)).toEqual(labels);
  expect(said(path)).toEqual(answer);
  expect(path.membersComplete).toBe(isComplete);
});

test('a member of an unknown version does not make a path partial', () => {
  const open = [rule(100, 'Allow')];
  const more = [
    ...otherMember('nic0', { rules: open }),
    ...otherMember('nic1', { rules: [rule(100, 'Deny')], ipConfiguration: LATER }),
  ];
  expect(said(pathOf({ internal: true, members: 0, more }))).toEqual([
    'unknown',
    'unknown',
    'parameter version',
  ]);
});
