import { policies } from '../../policies/index.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import type { Finding } from '../../src/policy/finding.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule, SUBNET, VIP } from '../support/estate.ts';

interface Vector {
  readonly number: number;
  readonly setup: string;
  readonly estate: EstateOptions;
  readonly data: string;
  readonly probe: string;
  readonly diagnosis?: string;
}

const INTERNET_80 = { protocol: 'Tcp', sourceAddressPrefix: 'Internet', destinationPortRange: '80' };
const FLOATING = { enableFloatingIP: true };
const HA_PORTS = { protocol: 'All', frontendPort: 0, backendPort: 0 };

// Section 10 of the semantics; the comment names the section that decides.
const vectors: readonly Vector[] = [
  // 1.3: 65500 drops the internet, 65001 admits the probe
  {
    number: 1,
    setup: 'defaults only',
    estate: { subnetRules: [] },
    data: 'blocked',
    probe: 'open',
    diagnosis: 'default-deny',
  },
  // 1.8
  {
    number: 2,
    setup: 'Internet may reach 80',
    estate: { subnetRules: [rule(100, 'Allow', INTERNET_80)] },
    data: 'open',
    probe: 'open',
  },
  // 3.1
  {
    number: 3,
    setup: 'no group, Standard',
    estate: {},
    data: 'blocked',
    probe: 'open',
    diagnosis: 'no-security-group',
  },
  { number: 3, setup: 'no group, Basic', estate: { sku: 'Basic' }, data: 'open', probe: 'open' },
  // 3.1
  { number: 4, setup: 'internal without group', estate: { internal: true }, data: 'open', probe: 'open' },
  // 1.3
  {
    number: 5,
    setup: 'internal, defaults only',
    estate: { internal: true, subnetRules: [] },
    data: 'open',
    probe: 'open',
  },
  // 1.8: the group sees the backend port
  {
    number: 6,
    setup: '80 to 8080, the group allows 80',
    estate: {
      rule: { backendPort: 8080 },
      probe: { protocol: 'Tcp', port: 8080 },
      subnetRules: [rule(100, 'Allow', INTERNET_80)],
    },
    data: 'blocked',
    probe: 'open',
    diagnosis: 'allows-frontend-port',
  },
  // 1.6: the tag is the probe, never a client
  {
    number: 7,
    setup: 'only AzureLoadBalancer may reach 80',
    estate: {
      subnetRules: [rule(100, 'Allow', { ...INTERNET_80, sourceAddressPrefix: 'AzureLoadBalancer' })],
    },
    data: 'blocked',
    probe: 'open',
    diagnosis: 'load-balancer-tag-as-client',
  },
  // 11.1: whether Internet holds 168.63.129.16
  {
    number: 8,
    setup: 'Internet may reach 80, all else denied, probe on 80',
    estate: { subnetRules: [rule(100, 'Allow', INTERNET_80), rule(4096, 'Deny')] },
    data: 'open',
    probe: 'unknown',
  },
  {
    number: 8,
    setup: 'Internet may reach 80, all else denied, probe on 8080',
    estate: {
      subnetRules: [rule(100, 'Allow', INTERNET_80), rule(4096, 'Deny')],
      probe: { protocol: 'Tcp', port: 8080 },
    },
    data: 'open',
    probe: 'blocked',
    diagnosis: 'explicit-deny',
  },
  // 1.6
  {
    number: 9,
    setup: 'anyone may reach 80, all else denied',
    estate: { subnetRules: [rule(100, 'Allow', { destinationPortRange: '80' }), rule(4096, 'Deny')] },
    data: 'open',
    probe: 'open',
  },
  // 1.6: VirtualNetwork holds 168.63.129.16
  {
    number: 10,
    setup: 'VirtualNetwork may reach everything, all else denied',
    estate: {
      internal: true,
      subnetRules: [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' }), rule(4096, 'Deny')],
    },
    data: 'open',
    probe: 'open',
  },
  // 1.1: both levels must allow; 11.1: whether a deny for Internet also stops the probe
  {
    number: 11,
    setup: 'the subnet allows, the interface denies',
    estate: { subnetRules: [rule(100, 'Allow', INTERNET_80)], nicRules: [rule(100, 'Deny', INTERNET_80)] },
    data: 'blocked',
    probe: 'unknown',
    diagnosis: 'explicit-deny',
  },
  {
    number: 12,
    setup: 'the subnet denies, the interface allows',
    estate: { subnetRules: [rule(100, 'Deny', INTERNET_80)], nicRules: [rule(100, 'Allow', INTERNET_80)] },
    data: 'blocked',
    probe: 'unknown',
    diagnosis: 'explicit-deny',
  },
  // 0.1: some clients pass
  {
    number: 13,
    setup: 'only one client is allowed',
    estate: { subnetRules: [rule(100, 'Allow', { ...INTERNET_80, sourceAddressPrefix: '203.0.113.7/32' })] },
    data: 'partial',
    probe: 'open',
    diagnosis: 'client-not-in-source',
  },
  // 1.8: the client's public address is kept
  {
    number: 14,
    setup: 'only 10.0.0.0/8 is allowed on a public rule',
    estate: { subnetRules: [rule(100, 'Allow', { ...INTERNET_80, sourceAddressPrefix: '10.0.0.0/8' })] },
    data: 'blocked',
    probe: 'open',
    diagnosis: 'client-not-in-source',
  },
  // 1.8: with floating IP the destination stays the frontend
  {
    number: 15,
    setup: 'floating IP, public, destination is the backend subnet',
    estate: {
      rule: FLOATING,
      subnetRules: [rule(100, 'Allow', { ...INTERNET_80, destinationAddressPrefix: SUBNET })],
    },
    data: 'blocked',
    probe: 'open',
    diagnosis: 'floating-ip-destination',
  },
  {
    number: 15,
    setup: 'floating IP, public, destination is anything',
    estate: { rule: FLOATING, subnetRules: [rule(100, 'Allow', INTERNET_80)] },
    data: 'open',
    probe: 'open',
  },
  {
    number: 16,
    setup: 'floating IP, internal, the frontend lies in the allowed prefix',
    estate: {
      internal: true,
      rule: FLOATING,
      subnetRules: [rule(100, 'Allow', { destinationAddressPrefix: SUBNET }), rule(4096, 'Deny')],
    },
    data: 'open',
    probe: 'open',
  },
  // 1.6: with a default route the tag can hold anything
  {
    number: 17,
    setup: 'default route, VirtualNetwork allowed',
    estate: {
      subnet: { routeTable: sub('routeTables/rt') },
      subnetRules: [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' })],
      more: [
        {
          type: 'routeTables',
          name: 'rt',
          properties: {
            routes: [
              {
                name: 'd',
                properties: {
                  addressPrefix: '0.0.0.0/0',
                  nextHopType: 'VirtualAppliance',
                  nextHopIpAddress: '10.0.9.4',
                },
              },
            ],
          },
        },
      ],
    },
    data: 'unknown',
    probe: 'open',
  },
  // 4.2: HA ports ask for every port
  {
    number: 20,
    setup: 'HA ports, only 443 allowed, probe on 80',
    estate: {
      internal: true,
      rule: HA_PORTS,
      subnetRules: [rule(100, 'Allow', { protocol: 'Tcp', destinationPortRange: '443' }), rule(4096, 'Deny')],
    },
    data: 'partial',
    probe: 'blocked',
    diagnosis: 'explicit-deny',
  },
  {
    number: 20,
    setup: 'HA ports, only 443 allowed, probe on 443',
    estate: {
      internal: true,
      rule: HA_PORTS,
      probe: { protocol: 'Tcp', port: 443 },
      subnetRules: [rule(100, 'Allow', { protocol: 'Tcp', destinationPortRange: '443' }), rule(4096, 'Deny')],
    },
    data: 'partial',
    probe: 'open',
    diagnosis: 'explicit-deny',
  },
  // 2.4: probes are TCP whatever the rule is
  {
    number: 21,
    setup: 'UDP rule with an HTTP probe on 80, only UDP allowed',
    estate: {
      rule: { protocol: 'Udp', frontendPort: 53, backendPort: 53 },
      probe: { protocol: 'Http', port: 80, requestPath: '/' },
      subnetRules: [rule(100, 'Allow', { ...INTERNET_80, protocol: 'Udp', destinationPortRange: '53' })],
    },
    data: 'open',
    probe: 'open',
  },
  // 1.10: probes do not bypass groups
  {
    number: 22,
    setup: 'TCP 22 denied for everyone, probe on 22',
    estate: {
      probe: { protocol: 'Tcp', port: 22 },
      subnetRules: [
        rule(100, 'Deny', { protocol: 'Tcp', destinationPortRange: '22' }),
        rule(200, 'Allow', INTERNET_80),
      ],
    },
    data: 'open',
    probe: 'blocked',
    diagnosis: 'explicit-deny',
  },
  // 2.4
  {
    number: 24,
    setup: 'no probe',
    estate: { probe: null, subnetRules: [rule(100, 'Allow', INTERNET_80)] },
    data: 'open',
    probe: 'none',
  },
  // 1.7: a rule that names a group never applies outside it
  {
    number: 28,
    setup: 'Internet may reach a group the member is not in',
    estate: {
      subnetRules: [
        rule(100, 'Allow', {
          ...INTERNET_80,
          destinationAddressPrefix: undefined,
          destinationApplicationSecurityGroups: [sub('applicationSecurityGroups/web')],
        }),
      ],
      more: [{ type: 'applicationSecurityGroups', name: 'web' }],
    },
    data: 'blocked',
    probe: 'open',
    diagnosis: 'member-outside-asg',
  },
  {
    number: 28,
    setup: 'Internet may reach a group the member is in',
    estate: {
      ipConfiguration: { applicationSecurityGroups: [sub('applicationSecurityGroups/web')] },
      subnetRules: [
        rule(100, 'Allow', {
          ...INTERNET_80,
          destinationAddressPrefix: undefined,
          destinationApplicationSecurityGroups: [sub('applicationSecurityGroups/web')],
        }),
      ],
      more: [{ type: 'applicationSecurityGroups', name: 'web' }],
    },
    data: 'open',
    probe: 'open',
  },
  // 8.1: never blocked
  {
    number: 30,
    setup: 'nobody in the model names the pool',
    estate: { members: 0 },
    data: 'unknown',
    probe: 'unknown',
  },
  // 1.1: first match by priority; 11.1 for the probe
  {
    number: 32,
    setup: 'denied at 3000, allowed at 3500',
    estate: { subnetRules: [rule(3000, 'Deny', INTERNET_80), rule(3500, 'Allow', INTERNET_80)] },
    data: 'blocked',
    probe: 'unknown',
    diagnosis: 'shadowed-by-deny',
  },
];

test.each(vectors)('vector $number: $setup', ({ estate: options, data, probe, diagnosis }) => {
  const [path] = buildNetwork(estate(options)).paths;
  expect({ data: path?.data, probe: path?.probe, diagnosis: path?.diagnosis?.id }).toEqual({
    data,
    probe,
    diagnosis,
  });
});

/** The estate of the vectors has one member and no way out, which is another matter. */
const OTHER_MATTERS: ReadonlySet<string> = new Set(['members-without-egress', 'single-member-pool']);

function findings(options: EstateOptions): readonly string[] {
  const network = buildNetwork(estate(options));
  return policies
    .filter(({ meta }) => !OTHER_MATTERS.has(meta.id))
    .flatMap((policy) => policy.run(network).findings)
    .map(({ policy, status, severity }: Finding) => `${policy} ${status} ${severity}`);
}

/** What the policies about security rules say, without those about other matters. */
function saidOfRules(options: EstateOptions): readonly string[] {
  return findings(options).filter((said) => /^(?:nsg|security-rule|vnet-tag|public-backend)-/.test(said));
}

const calling = {
  osProfile: { customData: Buffer.from(`#!/bin/sh\ncurl http://${VIP}/orders\n`).toString('base64') },
};
const NAT = {
  type: 'natGateways',
  name: 'nat',
  properties: { publicIpAddresses: [sub('publicIPAddresses/pip')] },
};
const silent = {
  internal: true,
  subnetRules: [],
  subnet: { natGateway: sub('natGateways/nat') },
  more: [NAT],
};

const DEFAULT_ROUTE = {
  subnet: { routeTable: sub('routeTables/rt') },
  more: [
    {
      type: 'routeTables',
      name: 'rt',
      properties: {
        routes: [{ name: 'd', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance' } }],
      },
    },
  ],
};

const ALLOW_80 = [rule(100, 'Allow', INTERNET_80)];
const IN_WEB = { applicationSecurityGroups: [sub('applicationSecurityGroups/web')] };
const TO_WEB = {
  ...INTERNET_80,
  destinationAddressPrefix: undefined,
  destinationApplicationSecurityGroups: IN_WEB.applicationSecurityGroups,
};

/** What users read for the vectors whose verdict is in the table above; the comment names the section that decides. */
const said: readonly (readonly [number: number, setup: string, EstateOptions, readonly string[]])[] = [
  // 1.3
  [1, 'defaults only', { subnetRules: [] }, ['nsg-blocks-data-port violation error']],
  [2, 'Internet may reach 80', { subnetRules: ALLOW_80 }, []],
  // 3.1
  [3, 'no group, Standard', {}, ['public-backend-without-nsg violation error']],
  [4, 'internal without group', { internal: true }, []],
  // 11.1: one policy speaks of what hangs on the tag
  [
    8,
    'Internet may reach 80, all else denied, probe on 80',
    { subnetRules: [...ALLOW_80, rule(4096, 'Deny')] },
    ['nsg-endangers-probe violation warning'],
  ],
  [
    8,
    'the same, probe on 8080',
    { subnetRules: [...ALLOW_80, rule(4096, 'Deny')], probe: { protocol: 'Tcp', port: 8080 } },
    ['nsg-blocks-probe violation error'],
  ],
  // 1.6
  [
    10,
    'VirtualNetwork may reach everything, all else denied',
    {
      internal: true,
      subnetRules: [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' }), rule(4096, 'Deny')],
    },
    [],
  ],
  // 1.1
  [
    11,
    'the subnet allows, the interface denies',
    { subnetRules: ALLOW_80, nicRules: [rule(100, 'Deny', INTERNET_80)] },
    ['nsg-blocks-data-port violation error', 'nsg-endangers-probe violation warning'],
  ],
  // 0.1: a choice of clients is none
  [
    13,
    'only one client is allowed',
    {
      members: 2,
      subnetRules: [rule(100, 'Allow', { ...INTERNET_80, sourceAddressPrefix: '203.0.113.7/32' })],
    },
    [],
  ],
  // 1.6 and 11.2
  [
    17,
    'default route, VirtualNetwork allowed',
    { ...DEFAULT_ROUTE, subnetRules: [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' })] },
    ['vnet-tag-undefined violation warning'],
  ],
  // 4.2: a rule for every port is opened in part on purpose
  [
    20,
    'HA ports, only 443 allowed, probe on 443',
    {
      internal: true,
      rule: HA_PORTS,
      members: 2,
      probe: { protocol: 'Tcp', port: 443 },
      subnetRules: [rule(100, 'Allow', { protocol: 'Tcp', destinationPortRange: '443' }), rule(4096, 'Deny')],
    },
    [],
  ],
  // 1.10
  [
    22,
    'TCP 22 denied for everyone, probe on 22',
    {
      probe: { protocol: 'Tcp', port: 22 },
      subnetRules: [
        rule(100, 'Deny', { protocol: 'Tcp', destinationPortRange: '22' }),
        rule(200, 'Allow', INTERNET_80),
      ],
    },
    ['nsg-blocks-probe violation error'],
  ],
  // 1.7
  [
    28,
    'a group the member is not in',
    { subnetRules: [rule(100, 'Allow', TO_WEB)] },
    ['nsg-blocks-data-port violation error'],
  ],
  [
    28,
    'a group that one of two members is not in',
    { subnetRules: [rule(100, 'Allow', TO_WEB)], ipConfiguration: IN_WEB, more: otherMember('stray') },
    ['nsg-blocks-some-members violation warning'],
  ],
  [
    28,
    'a group the member is in',
    { subnetRules: [rule(100, 'Allow', TO_WEB)], ipConfiguration: IN_WEB },
    [],
  ],
  // 1.1: the error names the shadowed rule, so no second finding does; 11.1 for the probe
  [
    32,
    'denied at 3000, allowed at 3500',
    { subnetRules: [rule(3000, 'Deny', INTERNET_80), rule(3500, 'Allow', INTERNET_80)] },
    ['nsg-blocks-data-port violation error', 'nsg-endangers-probe violation warning'],
  ],
];

test.each(said)('vector %i, as users read it: %s', (_number, _setup, options, expected) => {
  expect(saidOfRules(options)).toEqual(expected);
});

test('vector 17: beside a default route, replies to public clients leave through the appliance', () => {
  const allowed = {
    ...DEFAULT_ROUTE,
    subnetRules: [rule(100, 'Allow', { sourceAddressPrefix: 'VirtualNetwork' })],
  };
  const asymmetric = 'return-path-asymmetric violation error';
  expect(buildNetwork(estate(allowed)).paths[0]?.data).toBe('unknown');
  expect(findings(allowed)).toContain(asymmetric);
  expect(findings({ ...allowed, internal: true })).not.toContain(asymmetric);
});

test('a default route does not hide a certain deny or the lack of a group from public clients (0.3, 3.1)', () => {
  const denied = buildNetwork(estate({ ...DEFAULT_ROUTE, subnetRules: [rule(100, 'Deny')] })).paths[0];
  expect([denied?.data, denied?.diagnosis?.id]).toEqual(['blocked', 'explicit-deny']);
  expect(buildNetwork(estate(DEFAULT_ROUTE)).paths[0]?.diagnosis?.id).toBe('no-security-group');
});

test('a public IP that gets its address later is a possible client, and no other destination (0.4)', () => {
  const later = {
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name: 'pip.ip_address' },
    references: [{ id: '/microsoft.network/publicipaddresses/other', property: 'ipAddress' }],
    origin: { kind: 'json', path: 'test.json', pointer: '' },
  };
  const data = (rules: readonly unknown[], more: EstateOptions = {}): unknown =>
    buildNetwork(estate({ ...more, subnetRules: rules })).paths[0]?.data;
  expect(data([rule(100, 'Allow', { sourceAddressPrefix: later })])).toBe('unknown');
  expect(data([rule(100, 'Deny', { sourceAddressPrefix: later }), rule(200, 'Allow')])).toBe('unknown');
  expect(data([rule(100, 'Allow', { destinationAddressPrefix: later })], { rule: FLOATING })).toBe('blocked');
});

test('a later private address matches its owner and nobody else, and is no client from the internet (9.4)', () => {
  const later = {
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name: 'nic0.private_ip_address' },
    references: [
      { id: '/microsoft.network/networkinterfaces/nic0/ipconfigurations/ip', property: 'privateIPAddress' },
    ],
    origin: { kind: 'json', path: 'test.json', pointer: '' },
  };
  const path = (match: Record<string, unknown>, internal: boolean): Path | undefined =>
    buildNetwork(
      estate({ internal, members: 2, subnetRules: [rule(100, 'Allow', match), rule(4096, 'Deny')] }),
    ).paths[0];
  const owned = path({ destinationAddressPrefix: later }, true);
  expect(owned?.members.map(({ data }) => data.verdict)).toEqual(['open', 'blocked']);
  expect([owned?.data, owned?.probe]).toEqual(['partial', 'partial']);
  expect(owned?.members[1]?.data.evidence?.().decisive?.name).toBe('Deny4096');
  expect(path({ sourceAddressPrefix: later }, false)?.data).toBe('blocked');
  expect(path({ sourceAddressPrefix: later }, true)?.data).toBe('unknown');
});

test('members of another IP version leave a rule undecided, not passed', () => {
  const network = buildNetwork(estate({ frontend: { privateIPAddressVersion: 'IPv6' }, subnetRules: [] }));
  const [path] = network.paths;
  expect([path?.data, path?.members.length, path?.membersComplete]).toEqual(['unknown', 0, false]);
  expect(findings({ frontend: { privateIPAddressVersion: 'IPv6' }, subnetRules: [] })).toContain(
    'nsg-blocks-data-port unknown error',
  );
});

test('the diagnosis is that of the probe when only the probe is decided', () => {
  const rules = [rule(100, 'Allow', { sourceAddressPrefix: 'AzureCloud' }), rule(200, 'Deny')];
  const [path] = buildNetwork(
    estate({ subnetRules: [rule(50, 'Deny', { sourceAddressPrefix: '168.63.129.16/32' }), ...rules] }),
  ).paths;
  expect([path?.data, path?.probe, path?.diagnosis?.decisive.name]).toEqual(['unknown', 'blocked', 'Deny50']);
});

test('a public IP of another root is an address like any other (1.8)', () => {
  const elsewhere = { publicIPAddress: sub('publicIPAddresses/elsewhere') };
  const data = (prefix: string): unknown => {
    const rules = [rule(100, 'Allow', { ...INTERNET_80, destinationAddressPrefix: prefix })];
    return buildNetwork(estate({ rule: FLOATING, frontend: elsewhere, subnetRules: rules })).paths[0]?.data;
  };
  expect([data('*'), data(SUBNET), data('52.0.0.0/8')]).toEqual(['open', 'blocked', 'unknown']);
});

test('a virtual network of another root still holds its own clients, and no others (1.3, 1.6)', () => {
  const of = (options: EstateOptions): unknown =>
    buildNetwork(estate({ ...options, networkElsewhere: true })).paths[0]?.data;
  expect(of({ internal: true, subnetRules: [] })).toBe('open');
  expect(of({ subnetRules: [] })).toBe('blocked');
  expect(of({ subnetRules: [rule(100, 'Allow', INTERNET_80)] })).toBe('open');
  expect(
    of({ internal: true, subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: '10.0.0.0/8' })] }),
  ).toBe('unknown');
});

test('vector 24: a rule without probe is reported', () => {
  expect(findings({ ...silent, members: 2, probe: null })).toEqual(['rule-without-probe violation warning']);
});

test('vector 25: with AllProbedUp a blocked probe is a warning and data still flows', () => {
  const denied = { subnetRules: [rule(100, 'Allow', INTERNET_80), rule(200, 'Deny')] };
  const up = { protocol: 'Tcp', port: 8080, noHealthyBackendsBehavior: 'AllProbedUp' };
  expect(buildNetwork(estate({ ...denied, probe: up })).paths[0]?.data).toBe('open');
  expect(findings({ ...denied, probe: up })).toContain('nsg-blocks-probe violation warning');
  expect(findings({ ...denied, probe: { protocol: 'Tcp', port: 8080 } })).toContain(
    'nsg-blocks-probe violation error',
  );
});

test('vector 26: a single member that calls its own frontend is an error, one of three a warning with 1/3', () => {
  expect(findings({ ...silent, vm: calling })).toEqual(['internal-frontend-loopback violation error']);
  expect(findings({ ...silent, vm: calling, members: 3 })).toEqual([
    'internal-frontend-loopback violation warning',
  ]);
  const network = buildNetwork(estate({ ...silent, vm: calling, members: 3 }));
  const [finding] = policies.flatMap((policy) => policy.run(network).findings);
  expect(finding?.message).toContain('1/3');
});

test('a frontend address that is none is looked for nowhere', () => {
  const frontend = { privateIPAddress: '10.0.1.(' };
  expect(findings({ ...silent, members: 2, frontend, vm: calling })).toEqual([]);
});

test('vector 27: the listener of an availability group is silent', () => {
  const listener = { ...FLOATING, frontendPort: 1433, backendPort: 1433 };
  const call = { osProfile: { customData: Buffer.from(`sqlcmd -S ${VIP}`).toString('base64') } };
  expect(findings({ ...silent, rule: listener, probe: { protocol: 'Tcp', port: 59_999 }, vm: call })).toEqual(
    [],
  );
});

test('vector 29: a group that only the interface has is found', () => {
  expect(findings({ members: 2, nicRules: [rule(100, 'Allow', INTERNET_80)] })).toEqual([]);
});

test('vector 33: an outbound rule on the frontend of a rule that leaves outbound SNAT on is refused', () => {
  const outbound = {
    type: 'loadBalancers/lb/outboundRules',
    name: 'out',
    parent: sub('loadBalancers/lb').id,
    properties: {
      frontendIPConfigurations: [sub('loadBalancers/lb/frontendIPConfigurations/front')],
      backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
      protocol: 'All',
    },
  };
  const refused = 'outbound-rule-conflict violation error';
  const shared = { members: 2, subnetRules: [rule(100, 'Allow', INTERNET_80)], more: [outbound] };
  expect(findings(shared)).toContain(refused);
  expect(findings({ ...shared, rule: { disableOutboundSnat: true } })).not.toContain(refused);
});

test('vector 34: an explicit Basic SKU is reported', () => {
  expect(findings({ internal: true, sku: 'Basic' })).toContain('basic-sku-retired violation error');
});

/** Rules to backend port 8080 of the pool, each on a frontend of its own or all on `front`. */
function toPort8080(isFloating: boolean, frontends: readonly string[]): EstateOptions {
  const ipConfigurations = frontends.map((name, index) => ({
    name,
    properties: {
      subnet: sub('virtualNetworks/vnet/subnets/snet'),
      privateIPAddress: `10.0.1.${100 + index}`,
    },
  }));
  const rules = [80, 8443].map((frontendPort, index) => ({
    name: `r${frontendPort}`,
    properties: {
      protocol: 'Tcp',
      frontendPort,
      backendPort: 8080,
      enableFloatingIP: isFloating,
      frontendIPConfiguration: sub(
        `loadBalancers/lb/frontendIPConfigurations/${frontends[index % frontends.length]}`,
      ),
      backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
      probe: sub('loadBalancers/lb/probes/p'),
    },
  }));
  return { ...silent, rules, frontends: ipConfigurations, probe: { protocol: 'Tcp', port: 8080 } };
}

test('vector 18: two rules to one backend port without floating IP are refused, whatever their frontends', () => {
  const refused = 'duplicate-backend-port violation error';
  expect(findings(toPort8080(false, ['front']))).toContain(refused);
  expect(findings(toPort8080(false, ['front', 'back']))).toContain(refused);
});

test('vector 19: with floating IP on both and a frontend each, two rules may share a backend port', () => {
  const all = findings(toPort8080(true, ['front', 'back'])).join();
  expect(all).not.toContain('duplicate-backend-port');
});
