import type { DeclaredClient } from '../../src/network/clients.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { known } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const UNKNOWN = waiting('later');
const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const SUBNET_LINK = sub('virtualNetworks/vnet/subnets/snet');
const DENY = rule(4096, 'Deny');

function allow(...sources: readonly string[]): Record<string, unknown> {
  return rule(100, 'Allow', { sourceAddressPrefix: undefined, sourceAddressPrefixes: sources });
}

function pathsOf(options: EstateOptions, clients: readonly DeclaredClient[] = []): readonly Path[] {
  return buildNetwork(estate(options), { clients }).paths;
}

/** The verdict about one client, and what it waits for. */
function dataOf(
  client: string,
  options: EstateOptions,
  clients: readonly DeclaredClient[] = [],
): string | undefined {
  const path = pathsOf(options, clients).find((each) => each.client === client);
  if (path === undefined) return undefined;
  const waits = path.members.flatMap(({ member, data }) => (member === undefined ? [] : data.waitsFor));
  return [path.data, ...waits.map(({ reason }) => reason.name)].join(': ');
}

/** A private link service in front of the frontend, with one address for each IP configuration. */
function service(ipConfigurations: unknown, frontends: unknown = [FRONT]): ArmResource {
  return {
    type: 'privateLinkServices',
    name: 'pls',
    properties: { loadBalancerFrontendIpConfigurations: frontends, ipConfigurations },
  };
}

function source(privateIPAddress?: unknown, subnet: unknown = SUBNET_LINK): unknown {
  return { name: String(privateIPAddress), properties: { subnet, privateIPAddress } };
}

const DUAL = { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', 'fd00:0:0:1::/64'] };
const OPEN_ENDED = { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', UNKNOWN] };
const LONGER = { addressPrefix: undefined, addressPrefixes: { partial: ['10.0.1.0/24'], more: UNKNOWN } };
const ONE_OF = 'unknown: the address the client has';

// Semantics 1.8: backends see the addresses of the service.
test.each<
  [
    what: string,
    sources: unknown,
    allowed: readonly string[],
    verdict: string,
    subnet?: Record<string, unknown>,
  ]
>([
  ['has an address that gets in', [source('10.0.1.50')], ['10.0.1.50'], 'open'],
  ['has an address that does not', [source('10.0.1.50')], ['10.0.1.51'], 'blocked'],
  [
    'has one that does and one that does not',
    [source('10.0.1.50'), source('10.0.1.51')],
    ['10.0.1.50'],
    'partial',
  ],
  ['has some address of a subnet that gets in', [source()], ['10.0.1.0/24'], 'open'],
  ['is told an empty address', [source('')], ['10.0.1.0/24'], 'open'],
  ['has some address of a subnet of which a part gets in', [source()], ['10.0.1.0/25'], ONE_OF],
  ['has one that gets in and some of the subnet', [source('10.0.1.50'), source()], ['10.0.1.0/25'], ONE_OF],
  ['has some address of a subnet with two IP versions', [source()], ['10.0.1.0/24'], 'open', DUAL],
  ['has some address of a subnet of which a prefix is open', [source()], ['10.0.1.0/24'], ONE_OF, OPEN_ENDED],
  ['has some address of a subnet that may have more prefixes', [source()], ['10.0.1.0/24'], ONE_OF, LONGER],
  [
    'is in a network that gets in',
    [source(undefined, sub('virtualNetworks/vnet/subnets/unseen'))],
    ['10.0.0.0/16'],
    'open',
  ],
  ['is in a network of which a part gets in', [source(undefined, { id: UNKNOWN })], ['10.0.1.0/24'], ONE_OF],
  ['may have more addresses', { partial: [source('10.0.1.50')], more: UNKNOWN }, ['10.0.1.50'], ONE_OF],
])('a private link service that %s', (_what, sources, allowed, verdict, subnet = {}) => {
  const options = {
    internal: true,
    subnetRules: [allow(...allowed), DENY],
    subnet,
    more: [service(sources)],
  };
  expect(dataOf('private-link', options)).toBe(verdict);
  expect(pathsOf(options).map(({ clientKind }) => clientKind)).toEqual(['vnet', 'private-link']);
});

test.each<[what: string, frontends: readonly unknown[], clients: readonly string[], options?: EstateOptions]>(
  [
    ['one of two', [sub('loadBalancers/lb/frontendIPConfigurations/other'), FRONT], ['vnet', 'private-link']],
    ['another one', [sub('loadBalancers/lb/frontendIPConfigurations/other')], ['vnet']],
    ['one that is open', [{ id: UNKNOWN }], ['vnet']],
    ['a public one', [FRONT], ['internet'], { internal: false }],
    ['one that is neither public nor internal', [FRONT], ['unknown'], { frontend: { subnet: undefined } }],
    ['of a rule without a frontend', [FRONT], ['unknown'], { rule: { frontendIPConfiguration: undefined } }],
  ],
)('a service stands before a frontend: %s', (_what, frontends, clients, options = {}) => {
  const more = [service([source('10.0.1.50')], frontends)];
  const paths = pathsOf({ internal: true, ...options, more });
  expect(paths.map(({ client }) => client)).toEqual(clients);
});

const OFFICE = '198.51.100.7';
const BRANCH = '192.168.7.0/24';

test.each<
  [
    what: string,
    addresses: readonly string[],
    internal: boolean,
    expected: string | undefined,
    options?: EstateOptions,
  ]
>([
  ['public ones of both, at a public frontend', [OFFICE, BRANCH], false, 'open'],
  ['private ones of both, at an internal frontend', [OFFICE, BRANCH], true, 'blocked'],
  ['of a network with public addresses, at an internal frontend', ['20.7.0.9'], true, 'open', {}],
  ['of a network with public addresses, at a public frontend', ['20.7.0.9'], false, undefined],
  ['of the internet, at an internal frontend', ['20.8.0.9'], true, undefined],
  ['IPv6 of both, at an IPv4 frontend', ['2001:db8::7', BRANCH], true, 'blocked'],
  ['IPv6 alone, at an IPv4 frontend', ['fd00::7'], true, undefined],
  ['none that can be read', ['branch'], true, undefined],
])('the addresses of a declared client: %s', (_what, addresses, internal, expected, options = {}) => {
  const network: ArmResource = {
    type: 'virtualNetworks',
    name: 'far',
    properties: { addressSpace: { addressPrefixes: [UNKNOWN, 'nowhere', '20.7.0.0/16'] } },
  };
  const subnetRules = [allow(OFFICE, '20.7.0.0/16'), DENY];
  const estate = { internal, subnetRules, more: [network], ...options };
  expect(dataOf('client', estate, [{ name: 'client', addresses }])).toBe(expected);
});

test('at an IPv6 frontend the IPv6 addresses of a client count', () => {
  const options: EstateOptions = {
    internal: true,
    subnet: { addressPrefix: 'fd00:0:0:1::/64' },
    frontend: { privateIPAddressVersion: 'IPv6', privateIPAddress: 'fd00:0:0:1::100' },
    ipConfiguration: { privateIPAddressVersion: 'IPv6' },
    subnetRules: [allow('fd12::/16'), DENY],
  };
  expect(dataOf('client', options, [{ name: 'client', addresses: ['fd12::7', BRANCH] }])).toBe('open');
  expect(dataOf('client', options, [{ name: 'client', addresses: [BRANCH] }])).toBe(undefined);
});

/** A second subnet, whose group lets nothing out, and a machine there whose own group does not either. */
function clientSide(
  privateIPAddress: unknown,
  prefixes: unknown = ['10.0.2.0/24'],
  subnetDenies = false,
): readonly ArmResource[] {
  const closed = { networkSecurityGroup: sub('networkSecurityGroups/nsg-out') };
  return [
    {
      type: 'virtualNetworks/vnet/subnets',
      name: 'snet-client',
      parent: sub('virtualNetworks/vnet').id,
      properties: { addressPrefixes: prefixes, ...(subnetDenies ? closed : {}) },
    },
    {
      type: 'networkSecurityGroups',
      name: 'nsg-out',
      properties: { securityRules: [rule(100, 'Deny', { direction: 'Outbound' })] },
    },
    {
      type: 'networkInterfaces',
      name: 'nic-client',
      properties: {
        ...closed,
        ipConfigurations: [
          { name: 'first', properties: { subnet: SUBNET_LINK, privateIPAddress: '10.0.1.9' } },
          {
            name: 'ip',
            properties: { subnet: sub('virtualNetworks/vnet/subnets/snet-client'), privateIPAddress },
          },
        ],
      },
    },
  ];
}

test.each<[what: string, addresses: readonly string[], verdict: string, privateIPAddress?: unknown]>([
  ['its address', ['10.0.2.7'], 'blocked'],
  ['its address as a prefix', ['10.0.2.7/32'], 'blocked'],
  ['its address beside a public one', ['198.51.100.7', '10.0.2.7'], 'blocked'],
  ['another address', ['10.0.2.8'], 'open'],
  ['its address and another', ['10.0.2.7', '10.0.2.8'], 'open'],
  ['the whole subnet', ['10.0.2.0/24'], 'open'],
  ['an address of its machine in another subnet', ['10.0.3.7'], 'open', '10.0.3.7'],
  ['an address that may be its own', ['10.0.2.7'], 'open', UNKNOWN],
])(
  'the group of an interface is asked for a client that has %s',
  (_what, addresses, verdict, privateIPAddress = '10.0.2.7') => {
    const options = { internal: true, more: clientSide(privateIPAddress) };
    expect(dataOf('client', options, [{ name: 'client', addresses }])).toBe(verdict);
  },
);

test.each<[what: string, prefixes: unknown, addresses: readonly string[], verdict: string]>([
  ['in it', ['10.0.2.0/24'], ['10.0.2.0/25'], 'blocked'],
  ['in several prefixes of it', ['10.0.2.0/24', '10.0.3.0/24'], ['10.0.2.9', '10.0.3.9'], 'blocked'],
  ['in the known one of its prefixes', [UNKNOWN, 'nowhere', '10.0.2.0/24'], ['10.0.2.9'], 'blocked'],
  ['only partly in it', ['10.0.2.0/24'], ['10.0.2.9', '10.0.4.9'], 'open'],
])(
  'the group of a subnet is asked for a client whose addresses are %s',
  (_what, prefixes, addresses, verdict) => {
    const options = { internal: true, more: clientSide(UNKNOWN, prefixes, true) };
    expect(dataOf('client', options, [{ name: 'client', addresses }])).toBe(verdict);
  },
);

test('where two subnets hold the address of a client, the group of neither is asked', () => {
  const twin: ArmResource = {
    type: 'virtualNetworks',
    name: 'twin',
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 'same', properties: { addressPrefix: '10.0.2.0/24' } }],
    },
  };
  const options = { internal: true, more: [...clientSide(UNKNOWN, ['10.0.2.0/24'], true), twin] };
  expect(dataOf('client', options, [{ name: 'client', addresses: ['10.0.2.9'] }])).toBe('open');
});

// What follows from a secret address would tell it.
test.each<[client: string, options: EstateOptions, secrets: readonly string[]]>([
  ['vnet', { internal: true }, ['source', 'destination']],
  ['internet', {}, ['destination']],
  ['client', { internal: true }, ['destination']],
  ['private-link', { internal: true, more: [service([source('10.0.1.50')])] }, ['destination']],
])('a packet of %s that a machine with a secret address drops hides %j', (client, options, secrets) => {
  const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
  const ipConfiguration = { privateIPAddress: { ...known('10.0.1.9', ORIGIN), sensitive: true } };
  const declared = [{ name: 'client', addresses: [BRANCH] }];
  const paths = pathsOf({ ...options, ipConfiguration, subnetRules: [rule(100, 'Deny')] }, declared);
  const member = paths.find((path) => path.client === client)?.members[0];
  expect(member?.data.evidence?.().packet.secrets).toEqual(secrets);
  expect(member?.probe?.evidence?.().packet.secrets).toEqual(['destination']);
});

test('a probe that gets in from some source ports does so in part', () => {
  const few = rule(100, 'Deny', { sourceAddressPrefix: 'AzureLoadBalancer', sourcePortRange: '1-1023' });
  expect(pathsOf({ subnetRules: [few] })[0]?.probe).toBe('partial');
});
