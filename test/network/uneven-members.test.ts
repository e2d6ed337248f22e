import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule, VIP } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const UNKNOWN = waiting('later');
const OFFICE = '203.0.113.0/28';
const PARTNER = '198.51.100.0/28';

function allow(sourceAddressPrefix: string, match: Record<string, unknown> = {}): Record<string, unknown> {
  return rule(100, 'Allow', { protocol: 'Tcp', sourceAddressPrefix, destinationPortRange: '80', ...match });
}

/** `b/ip partial: client-not-in-source by DenyAllInBound, tcp 203.0.113.7`, for each member that fares worse. */
function uneven(options: EstateOptions, what: 'data' | 'probe' = 'data'): readonly string[] {
  const { paths, unevenMembersOf } = buildNetwork(estate(options));
  const found = paths[0] === undefined ? [] : unevenMembersOf(paths[0], what);
  return found.map(({ member, verdict, isWithoutGroup, explain }) => {
    const { diagnosis, evidence } = explain();
    const { source, destination, protocol } = evidence.packet;
    const ends = [source, destination].map((end) => (end.kind === 'ip' ? end.text : end.label)).join(' -> ');
    const group = isWithoutGroup ? ', no group' : '';
    return `${member.label} ${verdict}: ${diagnosis.id} by ${diagnosis.decisive.name}, ${protocol} ${ends}${group}`;
  });
}

const SHUT = otherMember('b', { rules: [rule(100, 'Deny')] });
const AT_B = { ipConfiguration: { privateIPAddress: '10.0.1.20' } };
const AT_A = { ipConfiguration: { privateIPAddress: '10.0.1.10' } };

test.each<[what: string, options: EstateOptions, expected: readonly string[]]>([
  [
    'one is closed and the other open',
    { nicRules: [allow('*')], more: SHUT },
    ['b/ip blocked: explicit-deny by Deny100, tcp 203.0.113.7 -> 10.0.1.4'],
  ],
  [
    'one has no group',
    { nicRules: [allow('*')], more: otherMember('b') },
    ['b/ip blocked: no-security-group by secure by default, tcp 203.0.113.7 -> 10.0.1.4, no group'],
  ],
  [
    'each lets in clients of its own',
    { ...AT_A, nicRules: [allow(OFFICE)], more: otherMember('b', { rules: [allow(PARTNER)], ...AT_B }) },
    [
      'b/ip partial: client-not-in-source by DenyAllInBound, tcp 203.0.113.7 -> 10.0.1.20',
      'nic0/ip partial: client-not-in-source by DenyAllInBound, tcp 198.51.100.0 -> 10.0.1.10',
    ],
  ],
  [
    'one lets in all and the other some',
    {
      ...AT_A,
      nicRules: [allow('*')],
      more: otherMember('b', {
        rules: [rule(90, 'Deny', { sourceAddressPrefix: OFFICE }), allow('*')],
        ...AT_B,
      }),
    },
    ['b/ip partial: explicit-deny by Deny90, tcp 203.0.113.7 -> 10.0.1.20'],
  ],
  [
    'two of three let in the same some',
    {
      ...AT_A,
      nicRules: [allow('*')],
      more: ['b', 'c'].flatMap((name) => otherMember(name, { rules: [allow(OFFICE)] })),
    },
    [
      'b/ip partial: client-not-in-source by DenyAllInBound, tcp 203.0.113.16 -> 10.0.1.4',
      'c/ip partial: client-not-in-source by DenyAllInBound, tcp 203.0.113.16 -> 10.0.1.4',
    ],
  ],
  [
    'one lets in clients from some ports only',
    {
      ...AT_A,
      nicRules: [allow('*')],
      more: otherMember('b', { rules: [allow('*', { sourcePortRange: '80' })] }),
    },
    ['b/ip partial: source-port-restricted by DenyAllInBound, tcp 203.0.113.7 -> 10.0.1.4'],
  ],
  ['all are closed', { nicRules: [rule(100, 'Deny')], more: SHUT }, []],
  ['all are open', { nicRules: [allow('*')], more: otherMember('b', { rules: [allow('*')] }) }, []],
  [
    'all let in the same some',
    { nicRules: [allow(OFFICE)], more: otherMember('b', { rules: [allow(OFFICE)] }) },
    [],
  ],
  [
    'it is open what one lets in',
    { nicRules: [allow('*')], more: otherMember('b', { rules: [allow('*', { access: UNKNOWN })] }) },
    [],
  ],
  [
    'it is open what one lets in besides',
    {
      nicRules: [allow('*')],
      more: [
        ...otherMember('b', {
          rules: [rule(90, 'Deny', { sourceAddressPrefix: OFFICE }), allow('*', { access: UNKNOWN })],
        }),
        ...otherMember('c', { rules: [rule(90, 'Deny', { sourceAddressPrefix: PARTNER }), allow('*')] }),
      ],
    },
    ['c/ip partial: explicit-deny by Deny90, tcp 198.51.100.0 -> 10.0.1.4'],
  ],
  [
    'it is open which protocol the rule has',
    { nicRules: [allow('*')], rule: { protocol: UNKNOWN }, more: SHUT },
    ['b/ip blocked: explicit-deny by Deny100, tcp 203.0.113.7 -> 10.0.1.4'],
  ],
  [
    'it is open what the rule sends',
    { nicRules: [allow('*')], rule: { frontendIPConfiguration: undefined }, more: SHUT },
    [],
  ],
])('members that fare worse with a rule, where %s', (_what, options, expected) => {
  expect(uneven(options)).toEqual(expected);
});

/** A member of which it is open whether it belongs to the pool. */
function maybe(name: string, rules: readonly unknown[]): ReturnType<typeof otherMember> {
  const references = ['pool', 'b'].map((pool) => ({
    id: sub(`loadBalancers/lb/backendAddressPools/${pool}`).id,
    property: 'id',
  }));
  return otherMember(name, {
    rules,
    ipConfiguration: { loadBalancerBackendAddressPools: [{ id: { ...(UNKNOWN as object), references } }] },
  });
}

test('what only may be a member fares no worse, and lets in nobody for certain', () => {
  expect(uneven({ nicRules: [allow('*')], more: maybe('b', [rule(100, 'Deny')]) })).toEqual([]);
  expect(uneven({ nicRules: [allow(OFFICE)], more: maybe('b', [allow('*')]) })).toEqual([]);
});

test('the probe is asked about by itself', () => {
  const probed = rule(100, 'Allow', { sourceAddressPrefix: '*', destinationPortRange: '80' });
  const unprobed = rule(90, 'Deny', { sourceAddressPrefix: 'AzureLoadBalancer' });
  const options = { nicRules: [probed], more: otherMember('b', { rules: [unprobed, probed] }) };
  expect(uneven(options)).toEqual([]);
  expect(uneven(options, 'probe')).toEqual([
    'b/ip blocked: shadowed-by-deny by Deny90, tcp 168.63.129.16 -> 10.0.1.4',
  ]);
  expect(uneven({ ...options, probe: null }, 'probe')).toEqual([]);
});

test('with floating IP the packet that one member drops goes to the frontend', () => {
  const options: EstateOptions = { internal: true, rule: { enableFloatingIP: true }, nicRules: [allow('*')] };
  const more = otherMember('b', { rules: [rule(90, 'Deny', { sourceAddressPrefix: '10.0.1.0/28' })] });
  expect(uneven({ ...options, more })).toEqual([
    `b/ip partial: explicit-deny by Deny90, tcp 10.0.1.5 -> ${VIP}`,
  ]);
});
