import { buildNetwork, type Network } from '../../src/network/network.ts';
import type { TagDependence } from '../../src/network/tag-dependence.ts';
import type { Origin } from '../../src/text/origin.ts';
import { known } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule } from '../support/estate.ts';
import { oneOf, waiting } from '../support/waiting.ts';

const INTERNET = { protocol: 'Tcp', sourceAddressPrefix: 'Internet' };
const VNET = { sourceAddressPrefix: 'VirtualNetwork' };
const NONE_BUT = (match: Record<string, unknown>) => [rule(100, 'Allow', match), rule(4096, 'Deny')];

/** Where something is written, in words: the name of the rule or of the group it stands in. */
function placeOf({ topology }: Network, origin: Origin): string {
  const { resources } = topology.model;
  if (origin.kind !== 'json') return origin.kind;
  const [, , index, ...rest] = origin.pointer.split('/');
  const resource = resources[Number(index)];
  return `${resource?.address}${rest.length === 0 ? '' : `/${rest.at(-1)}`}`;
}

/** All that a dependence says, in one line for each rule and one for the worse answer. */
function said(what: 'probe' | 'data', options: EstateOptions): readonly string[] {
  const network = buildNetwork(estate(options));
  const [path] = network.paths;
  if (path === undefined) throw new Error('there is a path');
  const found: TagDependence | undefined =
    what === 'probe' ? network.probeDependenceOf(path) : network.dataDependenceOf(path);
  if (found === undefined) return [];
  const { member, rules, route, worse, settlesPath } = found;
  return [
    `${member.label}${settlesPath ? '' : ', beside other doubts'}${route === undefined ? '' : `, route ${route.name.kind === 'known' ? route.name.value : '?'}`}`,
    ...rules.map(
      ({ name, tags, effect, group, origin, isDefault }) =>
        `${effect} ${name}${isDefault ? ' (default)' : ''} of ${group} by ${tags.join(', ')} at ${placeOf(network, origin)}`,
    ),
    `${worse.inside ? 'inside' : 'outside'}: ${worse.diagnosis.id} ${worse.diagnosis.decisive.name} at ${placeOf(network, worse.origin)}`,
  ];
}

// Semantics 11.1: whether Internet holds 168.63.129.16.
test('a deny for Internet drops the probe if the tag holds its source', () => {
  expect(said('probe', { subnetRules: [rule(100, 'Deny', INTERNET)] })).toEqual([
    'nic0/ip',
    'deny Deny100 of nsg-subnet by Internet at nsg-subnet/0',
    'inside: explicit-deny Deny100 at nsg-subnet/0',
  ]);
});

test('an allow for Internet before a deny lets the probe in if the tag holds its source', () => {
  expect(said('probe', { nicRules: NONE_BUT(INTERNET) })).toEqual([
    'nic0/ip',
    'allow Allow100 of nsg-nic by Internet at nsg-nic/0',
    'outside: explicit-deny Deny4096 at nsg-nic/1',
  ]);
});

test('rules come in the order in which they are tried, and only those that the probe may meet', () => {
  const rules = [
    rule(300, 'Allow', { sourceAddressPrefix: 'azurecloud' }),
    rule(200, 'Deny', INTERNET),
    rule(150, 'Deny', { ...INTERNET, destinationPortRange: '81' }),
    rule(151, 'Deny', { ...INTERNET, protocol: 'Udp' }),
    rule(152, 'Deny', { ...INTERNET, sourcePortRange: '0' }),
    rule(153, 'Deny', { ...INTERNET, destinationAddressPrefix: '10.0.2.0/24' }),
    rule(154, 'Allow', { sourceAddressPrefix: '10.0.0.0/8' }),
    rule(400, 'Allow', { destinationPortRange: '80' }),
    rule(401, 'Deny', INTERNET),
  ];
  expect(said('probe', { subnetRules: rules, nicRules: [rule(100, 'Allow')] })).toEqual([
    'nic0/ip',
    'deny Deny200 of nsg-subnet by Internet at nsg-subnet/1',
    'allow Allow300 of nsg-subnet by AzureCloud at nsg-subnet/0',
    'inside: shadowed-by-deny Deny200 at nsg-subnet/1',
  ]);
});

test.each<[what: string, taking: Record<string, unknown>]>([
  ['names everybody', rule(200, 'Allow')],
  [
    'names a group the member is in',
    rule(200, 'Allow', {
      destinationAddressPrefix: undefined,
      destinationApplicationSecurityGroups: [sub('applicationSecurityGroups/web')],
    }),
  ],
])('a rule below one that %s is not met', (_, taking) => {
  const ipConfiguration = { applicationSecurityGroups: [sub('applicationSecurityGroups/web')] };
  const below = rule(300, 'Deny', { sourceAddressPrefix: 'AzureCloud' });
  expect(
    said('probe', { ipConfiguration, subnetRules: [rule(100, 'Deny', INTERNET), taking, below] })[2],
  ).toMatch(/^inside: /);
});

test('a rule below one that may not be there is met', () => {
  const perhaps = {
    ...rule(200, 'Allow'),
    type: 'networkSecurityGroups/nsg-nic/securityRules',
    name: 'perhaps',
    parent: sub('networkSecurityGroups/nsg-nic').id,
    condition: waiting('condition'),
  };
  const nicRules = [rule(100, 'Deny', INTERNET), rule(300, 'Allow', { sourceAddressPrefix: 'AzureCloud' })];
  expect(said('probe', { nicRules, more: [perhaps] })).toEqual([
    'nic0/ip',
    'deny Deny100 of nsg-nic by Internet at nsg-nic/0',
    'allow Allow300 of nsg-nic by AzureCloud at nsg-nic/1',
    'inside: shadowed-by-deny Deny100 at nsg-nic/0',
  ]);
});

test('a rule that names a group the member is in counts, and one for another group does not', () => {
  const asg = (name: string) => ({
    ...INTERNET,
    destinationAddressPrefix: undefined,
    destinationApplicationSecurityGroups: [sub(`applicationSecurityGroups/${name}`)],
  });
  const ipConfiguration = { applicationSecurityGroups: [sub('applicationSecurityGroups/web')] };
  const rules = [
    rule(100, 'Deny', asg('other')),
    rule(105, 'Deny', { ...asg('web'), protocol: 'Udp' }),
    rule(106, 'Allow', { ...asg('web'), sourceAddressPrefix: '*', destinationPortRange: '81' }),
    rule(110, 'Deny', asg('web')),
  ];
  expect(said('probe', { subnetRules: rules, ipConfiguration })).toEqual([
    'nic0/ip',
    'deny Deny110 of nsg-subnet by Internet at nsg-subnet/3',
    'inside: explicit-deny Deny110 at nsg-subnet/3',
  ]);
});

test('a tag that is written twice is named once, and one that is a secret not at all', () => {
  const twice = {
    sourceAddressPrefix: 'internet',
    sourceAddressPrefixes: ['INTERNET', '8.8.8.8', 'Storage'],
  };
  expect(said('probe', { subnetRules: [rule(100, 'Deny', twice)] })[1]).toBe(
    'deny Deny100 of nsg-subnet by Internet, Storage at nsg-subnet/0',
  );
  const secret = { ...known('Internet', { kind: 'json', path: 'test.json', pointer: '' }), sensitive: true };
  expect(said('probe', { subnetRules: [rule(100, 'Deny', { sourceAddressPrefix: secret })] })).toEqual([
    'nic0/ip',
    'inside: explicit-deny Deny100 at nsg-subnet/0',
  ]);
});

const IPV6 = { privateIPAddressVersion: 'IPv6' };

// Semantics 2.1 and 11.3: whether the default rules let the IPv6 source of probes in.
test.each<[name: string, options: EstateOptions]>([
  ['nsg-subnet', { subnetRules: [] }],
  ['nsg-nic', { nicRules: [] }],
  ['nsg-nic', { subnetRules: [rule(100, 'Allow')], nicRules: [] }],
])('a default rule of %s is named with the place of its group', (name, levels) => {
  const options = {
    internal: true,
    frontend: { ...IPV6, privateIPAddress: 'fd00::64' },
    ipConfiguration: IPV6,
    subnet: { addressPrefix: undefined, addressPrefixes: ['10.0.1.0/24', 'fd00::/64'] },
  };
  const { subnet } = options;
  const group =
    levels.subnetRules === undefined ? {} : { networkSecurityGroup: sub('networkSecurityGroups/nsg-subnet') };
  expect(said('probe', { ...options, ...levels, subnet: { ...group, ...subnet } })).toEqual([
    'nic0/ip',
    `allow AllowVnetInBound (default) of ${name} by VirtualNetwork at ${name}`,
    `allow AllowAzureLoadBalancerInBound (default) of ${name} by AzureLoadBalancer at ${name}`,
    `outside: default-deny DenyAllInBound at ${name}`,
  ]);
});

test.each<[what: string, options: EstateOptions]>([
  ['a probe that gets in', { subnetRules: [] }],
  ['a probe that is stopped', { subnetRules: [rule(100, 'Deny')] }],
  [
    'a probe that waits for a port as well',
    {
      subnetRules: [rule(90, 'Deny', { destinationPortRange: waiting('port') }), rule(100, 'Deny', INTERNET)],
    },
  ],
  [
    'a probe of which the access is open',
    { subnetRules: [rule(100, 'Deny', { ...INTERNET, access: waiting('access') })] },
  ],
  [
    'a probe that waits for a port where the tag holds it',
    { subnetRules: NONE_BUT({ ...INTERNET, destinationPortRange: waiting('port') }) },
  ],
  [
    'a probe that two tags together let in or stop',
    {
      subnetRules: [
        rule(100, 'Deny', INTERNET),
        rule(110, 'Allow', { sourceAddressPrefix: 'AzureCloud' }),
        rule(120, 'Deny'),
      ],
    },
  ],
  ['a group that cannot be read', { subnet: { networkSecurityGroup: { id: waiting('nsg') } } }],
])('%s hangs on no tag alone', (_, options) => {
  expect(said('probe', options)).toEqual([]);
});

test('a rule of which both effects are possible is no answer, and does not hide one below', () => {
  const rules = [
    rule(100, 'Allow', { ...INTERNET, destinationPortRange: '443', access: waiting('a') }),
    rule(110, 'Deny', INTERNET),
  ];
  expect(said('probe', { subnetRules: rules })).toEqual([
    'nic0/ip',
    'deny Deny110 of nsg-subnet by Internet at nsg-subnet/1',
    'inside: explicit-deny Deny110 at nsg-subnet/1',
  ]);
});

test('the first member whose answer hangs on a tag is named, if it certainly is one', () => {
  const group = [rule(100, 'Deny', INTERNET)];
  const options = { nicRules: [rule(100, 'Allow')] };
  const perhaps = {
    loadBalancerBackendAddressPools: [
      {
        id: oneOf(
          'pool',
          'loadBalancers/lb/backendAddressPools/pool',
          'loadBalancers/x/backendAddressPools/y',
        ),
      },
    ],
  };
  const more = [
    ...otherMember('perhaps', { rules: group, ipConfiguration: perhaps }),
    ...otherMember('second', { rules: group }),
    ...otherMember('third', { rules: group }),
  ];
  expect(said('probe', { ...options, more })).toEqual([
    'second/ip',
    'deny Deny100 of nsg-second by Internet at nsg-second/0',
    'inside: explicit-deny Deny100 at nsg-second/0',
  ]);
});

const PORT = { destinationPortRange: waiting('port') };

test.each<[what: string, rules: readonly unknown[]]>([
  ['for something else', [rule(100, 'Deny', PORT)]],
  ['for something else if the tag holds the probe', [rule(100, 'Deny', { ...INTERNET, ...PORT })]],
  ['for something else unless it does', [rule(100, 'Deny', INTERNET), rule(110, 'Deny', PORT)]],
])('another member that waits %s leaves the path open', (_, rules) => {
  const options = { nicRules: [rule(100, 'Deny', INTERNET)], more: otherMember('doubt', { rules }) };
  expect(said('probe', options)[0]).toBe('nic0/ip, beside other doubts');
});

test('of a rule that names several things only the tags that leave something open are named', () => {
  const pip = {
    ...waiting('address'),
    references: [{ ...sub('publicIPAddresses/other'), property: 'ipAddress' }],
  };
  const match = { sourceAddressPrefixes: [pip], destinationAddressPrefix: 'VirtualNetwork' };
  expect(said('probe', { subnetRules: [rule(100, 'Deny', { ...INTERNET, ...match })] })[1]).toBe(
    'deny Deny100 of nsg-subnet by Internet at nsg-subnet/0',
  );
});

function routed(...prefixes: readonly unknown[]): Required<Pick<EstateOptions, 'subnet' | 'more'>> {
  const routes = prefixes.map((addressPrefix, index) => ({
    name: `route${index}`,
    properties: { addressPrefix },
  }));
  const table: ArmResource = { type: 'routeTables', name: 'rt', properties: { routes } };
  return { subnet: { routeTable: sub('routeTables/rt') }, more: [table] };
}

// Semantics 11.2: whether VirtualNetwork holds everything beside a default route.
test('an allow for VirtualNetwork lets clients in if the tag holds everything beside a default route', () => {
  expect(said('data', { ...routed('10.9.0.0/16', '0.0.0.0/0'), subnetRules: NONE_BUT(VNET) })).toEqual([
    'nic0/ip, route route1',
    'allow Allow100 of nsg-subnet by VirtualNetwork at nsg-subnet/0',
    'outside: explicit-deny Deny4096 at nsg-subnet/1',
  ]);
});

test('a deny for VirtualNetwork keeps clients out if it does, and with floating IP one to VirtualNetwork', () => {
  const open = rule(200, 'Allow', INTERNET);
  const shadowed = 'inside: shadowed-by-deny Deny100 at nsg-subnet/0';
  expect(said('data', { ...routed('0.0.0.0/0'), subnetRules: [rule(100, 'Deny', VNET), open] })).toEqual([
    'nic0/ip, route route0',
    'deny Deny100 of nsg-subnet by VirtualNetwork at nsg-subnet/0',
    shadowed,
  ]);
  const toTag = rule(100, 'Deny', { destinationAddressPrefix: 'VirtualNetwork' });
  const floating = { rule: { enableFloatingIP: true }, subnetRules: [toTag, open] };
  expect(said('data', { ...routed('0.0.0.0/0'), ...floating })).toEqual([
    'nic0/ip, route route0',
    'deny Deny100 of nsg-subnet by VirtualNetwork at nsg-subnet/0',
    shadowed,
  ]);
});

test.each<[what: string, options: EstateOptions]>([
  ['there is no default route', { ...routed('10.9.0.0/16'), subnetRules: NONE_BUT(VNET) }],
  ['the routes are not known', { ...routed(waiting('prefix')), subnetRules: NONE_BUT(VNET) }],
  ['clients get in either way', { ...routed('0.0.0.0/0'), subnetRules: [rule(100, 'Allow', INTERNET)] }],
  ['clients are kept out either way', { ...routed('0.0.0.0/0'), subnetRules: [rule(100, 'Deny')] }],
])('the clients of a rule hang on no tag where %s', (_, options) => {
  expect(said('data', options)).toEqual([]);
});

test('of the probe no route is named', () => {
  expect(said('probe', { ...routed('0.0.0.0/0'), subnetRules: NONE_BUT(VNET) })).toEqual([
    'nic0/ip',
    'allow Allow100 of nsg-subnet by VirtualNetwork at nsg-subnet/0',
    'outside: explicit-deny Deny4096 at nsg-subnet/1',
  ]);
});

test('clients that get in in part are better off than none, and rest on the default rule otherwise', () => {
  const some = rule(110, 'Allow', { ...INTERNET, sourceAddressPrefix: '203.0.113.0/24' });
  expect(said('data', { ...routed('0.0.0.0/0'), subnetRules: [rule(100, 'Deny', VNET), some] })).toEqual([
    'nic0/ip, route route0',
    'deny Deny100 of nsg-subnet by VirtualNetwork at nsg-subnet/0',
    'allow AllowVnetInBound (default) of nsg-subnet by VirtualNetwork at nsg-subnet',
    'inside: shadowed-by-deny Deny100 at nsg-subnet/0',
  ]);
});

test('the rule that decides is named, not one of the other level that no packet gets to', () => {
  const levels = { subnetRules: [rule(100, 'Allow')], nicRules: NONE_BUT(VNET) };
  expect(said('data', { ...routed('0.0.0.0/0'), ...levels })).toEqual([
    'nic0/ip, route route0',
    'allow Allow100 of nsg-nic by VirtualNetwork at nsg-nic/0',
    'outside: explicit-deny Deny4096 at nsg-nic/1',
  ]);
});

test('a default route before one of two members is enough', () => {
  const more = otherMember('beside', {
    rules: [rule(100, 'Allow', INTERNET)],
    ipConfiguration: { subnet: sub('virtualNetworks/vnet2/subnets/plain') },
  });
  const plain: ArmResource = {
    type: 'virtualNetworks/vnet2/subnets',
    name: 'plain',
    parent: sub('virtualNetworks/vnet2').id,
    properties: { addressPrefix: '10.7.1.0/24' },
  };
  const { subnet, more: table } = routed('0.0.0.0/0');
  expect(said('data', { subnet, nicRules: NONE_BUT(VNET), more: [...table, plain, ...more] })[0]).toBe(
    'nic0/ip, route route0',
  );
});
