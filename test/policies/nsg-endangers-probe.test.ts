import { policy as blocksProbe } from '../../policies/nsg-blocks-probe/policy.ts';
import { policy as someMembers } from '../../policies/nsg-blocks-some-members/policy.ts';
import { policy } from '../../policies/nsg-endangers-probe/policy.ts';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { undecidedPaths } from '../../src/report/undecided-paths.ts';
import { type EstateOptions, estate, otherMember, rule } from '../support/estate.ts';

const DENY_INTERNET = { protocol: 'Tcp', sourceAddressPrefix: 'Internet' };
const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const UNKNOWN = { kind: 'unknown', reason: { kind: 'known-after-apply', name: 'x' }, origin: ORIGIN };

/** What both policies about the probe say: one of them at most. */
function said(options: EstateOptions): readonly string[] {
  const network = buildNetwork(estate({ internal: true, ...options }));
  return [blocksProbe, policy].flatMap((each) =>
    each.run(network).findings.map(({ policy: id, status, message }) => `${id} ${status}: ${message}`),
  );
}

test('a deny for Internet before the default rule is a suspicion, and no question besides (11.1)', () => {
  expect(said({ subnetRules: [rule(100, 'Deny', DENY_INTERNET)] })).toEqual([
    'nsg-endangers-probe violation: the probe of `lb/r` on tcp/80 hangs on an undocumented point: `Deny100` of `nsg-subnet` drops it if Internet holds 168.63.129.16',
  ]);
});

test('an allow for the probe, for VirtualNetwork or for any source before it settles the probe (1.6)', () => {
  for (const sourceAddressPrefix of ['AzureLoadBalancer', 'VirtualNetwork', '*', '168.63.129.16/32']) {
    const rules = [rule(100, 'Allow', { sourceAddressPrefix }), rule(200, 'Deny', DENY_INTERNET)];
    expect(said({ subnetRules: rules })).toEqual([]);
  }
  expect(
    said({ subnetRules: [rule(100, 'Deny', { ...DENY_INTERNET, destinationPortRange: '22' })] }),
  ).toEqual([]);
});

test('a tag of a service may hold the probe too', () => {
  const [only, ...others] = said({ subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: 'AzureCloud' })] });
  expect(others).toEqual([]);
  expect(only).toContain('`Deny100` of `nsg-subnet` drops it if AzureCloud holds 168.63.129.16');
});

test('what certainly stops the probe is left to nsg-blocks-probe: VirtualNetwork, a prefix, a deny for all (1.6)', () => {
  for (const sourceAddressPrefix of ['VirtualNetwork', '168.0.0.0/8', '*']) {
    const [only, ...others] = said({ subnetRules: [rule(100, 'Deny', { sourceAddressPrefix })] });
    expect(others).toEqual([]);
    expect(only).toContain('nsg-blocks-probe violation');
  }
});

test('beside a default route it is open whether VirtualNetwork holds the probe (0.4)', () => {
  const more = [
    {
      type: 'routeTables',
      name: 'rt',
      properties: { routes: [{ name: 'd', properties: { addressPrefix: '0.0.0.0/0' } }] },
    },
  ];
  const subnet = { routeTable: { id: '/microsoft.network/routetables/rt' } };
  const deny = rule(4096, 'Deny');
  expect(
    said({
      subnetRules: [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' }), deny],
      subnet,
      more,
    }),
  ).toEqual([expect.stringContaining('drops it unless VirtualNetwork holds 168.63.129.16')]);
});

test('a probe that waits for something else as well is the question of nsg-blocks-probe', () => {
  const rules = [
    rule(100, 'Deny', { ...DENY_INTERNET }),
    rule(200, 'Deny', { sourceAddressPrefix: '*', destinationPortRange: UNKNOWN }),
  ];
  expect(said({ subnetRules: rules })).toEqual([
    'nsg-blocks-probe unknown: cannot decide whether the probe of `lb/r` on tcp/80 gets an answer',
  ]);
});

test('one member in doubt is reported while it is open who else belongs to the pool, and the pool is asked about', () => {
  const more = otherMember('stray', { ipConfiguration: { loadBalancerBackendAddressPools: UNKNOWN } });
  const [question, suspicion, ...others] = said({ subnetRules: [rule(100, 'Deny', DENY_INTERNET)], more });
  expect(others).toEqual([]);
  expect(question).toContain('nsg-blocks-probe unknown');
  expect(suspicion).toContain('nsg-endangers-probe violation');
});

test('a member in doubt is reported beside one that certainly gets no probe', () => {
  const network = buildNetwork(
    estate({
      internal: true,
      nicRules: [rule(100, 'Deny', DENY_INTERNET)],
      more: [
        ...otherMember('open', { rules: [] }),
        ...otherMember('shut', {
          rules: [rule(100, 'Allow', { sourceAddressPrefix: '10.0.0.0/16' }), rule(200, 'Deny')],
        }),
      ],
    }),
  );
  expect(network.paths[0]?.probe).toBe('partial');
  expect(
    [blocksProbe, someMembers, policy].map((each) =>
      each.run(network).findings.map(({ message }) => message),
    ),
  ).toEqual([
    [],
    [
      'the probe of `lb/r` on tcp/80 never gets an answer from `shut/ip`: `Deny200` of `nsg-shut` denies 168.63.129.16',
    ],
    [
      'the probe of `lb/r` on tcp/80 hangs on an undocumented point: `Deny100` of `nsg-nic` drops it if Internet holds 168.63.129.16',
    ],
  ]);
});

test('an IPv6 probe needs more than the default rules (2.1, 11.3)', () => {
  const ipv6 = { privateIPAddressVersion: 'IPv6' };
  const options = { frontend: { ...ipv6, privateIPAddress: 'fd00::64' }, ipConfiguration: ipv6 };
  const subnet = { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', 'fd00::/64'] };
  expect(said({ ...options, subnet, subnetRules: [] })).toEqual([
    'nsg-endangers-probe violation: the probe of `lb/r` on tcp/80 hangs on an undocumented point: `DenyAllInBound` of `nsg-subnet` drops it unless VirtualNetwork or AzureLoadBalancer holds fe80::1234:5678:9abc',
  ]);
  const allowed = rule(100, 'Allow', { sourceAddressPrefix: 'fe80::1234:5678:9abc/128' });
  expect(said({ ...options, subnet, subnetRules: [allowed] })).toEqual([]);
  const [denied] = said({ ...options, subnet, subnetRules: [rule(100, 'Deny')] });
  expect(denied).toContain('`Deny100` of `nsg-subnet` denies fe80::1234:5678:9abc');
});

test('the suspicion keeps the path undecided: it is listed once, and strict fails on it', () => {
  const network = buildNetwork(estate({ internal: true, subnetRules: [rule(100, 'Deny', DENY_INTERNET)] }));
  const { findings } = policy.run(network);
  expect(findings.map(({ waitsFor }) => waitsFor.map(({ reason }) => reason.name))).toEqual([
    ['the service tag Internet'],
  ]);
  const root = {
    root: { id: 'p', source: 'terraform-plan', path: 'p' },
    kind: 'normal',
    paths: network.paths,
    findings,
    problems: [],
    resources: 1,
    suppressed: [],
    places: [],
    passed: 0,
  } as const;
  expect(undecidedPaths(root)).toEqual([]);
  expect(undecidedPaths({ ...root, findings: [] })).toHaveLength(1);
  const report = { roots: [root], problems: [], files: 1, lineOf: () => undefined };
  expect(exitCodeOf(report, { failOn: 'error', strict: true, everyPath: false })).toBe(4);
  expect(exitCodeOf(report, { failOn: 'error', strict: false, everyPath: false })).toBe(0);
});
