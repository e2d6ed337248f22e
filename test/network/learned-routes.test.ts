import { type ArmResource, sub } from '../support/arm-model.ts';
import { linkToOneOf, linkToPerhaps } from '../support/links.ts';
import { hopTo, type RoutesOptions, route } from '../support/routes.ts';
import { waiting } from '../support/waiting.ts';

const OFFICE = '192.168.7.1';
const INTERNET = '203.0.113.7';

/** Where packets to the office and to the internet go. */
function ways(options: RoutesOptions): readonly [office: string, internet: string] {
  return [hopTo(OFFICE, options), hopTo(INTERNET, options)];
}

const NOWHERE = 'none by system';
const OUT = 'internet by system';
const open = (name: string) => `unknown by system: ${name}`;

function gateway(
  properties: Record<string, unknown>,
  subnet: unknown = inNetwork('vnet', 'snet'),
): ArmResource {
  return {
    type: 'virtualNetworkGateways',
    name: 'vgw',
    properties: { ...properties, ipConfigurations: [{ name: 'g', properties: { subnet } }] },
  };
}

function inNetwork(network: string, subnet: string) {
  return sub(`virtualNetworks/${network}/subnets/${subnet}`);
}

/** Another network of the root, 10.1.0.0/16, with a subnet `far`. */
function hub(properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}): ArmResource {
  return {
    type: 'virtualNetworks',
    name: 'hub',
    ...more,
    properties: {
      addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
      subnets: [{ name: 'far', properties: { addressPrefix: '10.1.1.0/24' } }],
      ...properties,
    },
  };
}

function peering(remoteVirtualNetwork: unknown, properties: Record<string, unknown> = {}) {
  return {
    virtualNetworkPeerings: [{ name: 'peer', properties: { remoteVirtualNetwork, ...properties } }],
  };
}

const TO_HUB = sub('virtualNetworks/hub');
const BACK = peering(sub('virtualNetworks/vnet'));
const BGP = open('the routes that vgw learns by BGP');
const CONNECTIONS = open('the routes to the connections of vgw');

// https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#optional-default-routes
test.each<[name: string, properties: Record<string, unknown>, office: string, internet: string]>([
  ['for ExpressRoute', { gatewayType: 'expressRoute' }, BGP, BGP],
  ['of a type that is not known', { gatewayType: waiting('type'), enableBgp: false }, BGP, BGP],
  ['for VPN with BGP', { gatewayType: 'Vpn', enableBgp: true }, BGP, BGP],
  ['for VPN, perhaps with BGP', { gatewayType: 'Vpn', enableBgp: waiting('bgp') }, BGP, BGP],
  ['for VPN without BGP', { gatewayType: 'Vpn', enableBgp: false }, CONNECTIONS, OUT],
  ['for VPN that says nothing of BGP', { gatewayType: 'Vpn' }, CONNECTIONS, OUT],
])('a gateway %s', (_, properties, office, internet) => {
  expect(ways({ more: [gateway(properties)] })).toEqual([office, internet]);
});

test('a gateway in another network brings nothing', () => {
  const gateways = [
    gateway({}, inNetwork('hub', 'far')),
    gateway({}, inNetwork('missing', 'far')),
    gateway(
      {},
      linkToOneOf('which', 'virtualNetworks/hub/subnets/far', 'virtualNetworks/missing/subnets/far'),
    ),
    gateway({}, null),
  ];
  for (const each of gateways) expect(ways({ more: [hub(), each] })).toEqual([NOWHERE, OUT]);
});

const SNET = 'virtualNetworks/vnet/subnets/snet';
const FAR = 'virtualNetworks/hub/subnets/far';

test.each<[what: string, vgw: ArmResource, more?: readonly ArmResource[]]>([
  ['its subnet is not known', gateway({}, { id: waiting('subnet') })],
  ['it has one of two subnets', gateway({}, linkToOneOf('which', SNET, FAR))],
  ['it has a subnet or another', gateway({}, linkToPerhaps('which', FAR))],
  ['its subnet is declared elsewhere', gateway({}, inNetwork('vnet', 'GatewaySubnet'))],
  [
    'its configurations are not known',
    { type: 'virtualNetworkGateways', name: 'vgw', properties: { ipConfigurations: waiting('list') } },
  ],
  [
    'the network of its subnet is not known',
    gateway({}, inNetwork('other', 'lost')),
    [
      {
        type: 'virtualNetworks/other/subnets',
        name: 'lost',
        parent: waiting('network'),
        properties: { addressPrefix: '10.8.0.0/24' },
      },
    ],
  ],
])('a gateway may be in the network where %s', (_, vgw, more = []) => {
  expect(ways({ more: [hub(), ...more, vgw] })).toEqual([BGP, BGP]);
});

test('of several configurations of a gateway one is enough', () => {
  const configurations = [inNetwork('hub', 'far'), inNetwork('vnet', 'snet')];
  const vgw = {
    type: 'virtualNetworkGateways',
    name: 'vgw',
    properties: {
      ipConfigurations: configurations.map((subnet, index) => ({
        name: `g${index}`,
        properties: { subnet },
      })),
    },
  };
  expect(ways({ more: [hub(), vgw] })).toEqual([BGP, BGP]);
});

test.each<[propagation: unknown, office: string, internet: string]>([
  [true, NOWHERE, OUT],
  [false, BGP, BGP],
  [waiting('propagation'), open('propagation'), open('propagation')],
])('routes of gateways that the table keeps out: %j', (propagation, office, internet) => {
  expect(ways({ routes: [], propagation, more: [gateway({})] })).toEqual([office, internet]);
  expect(ways({ routes: [], propagation })).toEqual([NOWHERE, OUT]);
});

const BEHIND_HUB = open(
  'the routes that the gateway of /microsoft.network/virtualnetworks/hub learns by BGP',
);
const HUB_UNSEEN = open('/microsoft.network/virtualnetworks/hub');

test.each<[name: string, uses: unknown, more: readonly ArmResource[], office: string, internet: string]>([
  ['it is used', true, [hub(BACK), gateway({}, inNetwork('hub', 'far'))], BGP, BGP],
  ['it is not used', false, [hub(BACK), gateway({}, inNetwork('hub', 'far'))], NOWHERE, OUT],
  [
    'nothing says that it is used',
    undefined,
    [hub(BACK), gateway({}, inNetwork('hub', 'far'))],
    NOWHERE,
    OUT,
  ],
  [
    'it may be used',
    waiting('uses'),
    [hub(BACK), gateway({}, inNetwork('hub', 'far'))],
    open('uses'),
    open('uses'),
  ],
  ['there is none', true, [hub(BACK)], NOWHERE, OUT],
  ['there may be one to use, but there is none', waiting('uses'), [hub(BACK)], NOWHERE, OUT],
  [
    'it is in another root',
    true,
    [],
    `${HUB_UNSEEN}, ${BEHIND_HUB.replace('unknown by system: ', '')}`,
    BEHIND_HUB,
  ],
  ['it is in another root and may be used', waiting('uses'), [], `${HUB_UNSEEN}, uses`, open('uses')],
  ['it is in another root and is not used', false, [], HUB_UNSEEN, OUT],
])('a gateway behind a peering: %s', (_, useRemoteGateways, more, office, internet) => {
  expect(ways({ network: peering(TO_HUB, { useRemoteGateways }), more })).toEqual([office, internet]);
});

test('a peering with one of two networks may bring the routes of either', () => {
  const either = linkToOneOf('which', 'virtualNetworks/hub', 'virtualNetworks/other');
  const uses = { useRemoteGateways: true };
  expect(ways({ network: peering(either), more: [hub(BACK)] })).toEqual([open('which'), OUT]);
  expect(hopTo(INTERNET, { network: peering(either, uses), more: [hub(BACK)] })).toBe(open('which'));
  expect(ways({ network: peering(undefined, uses) })).toEqual([NOWHERE, OUT]);
});

// Semantics 6.8: a peering works when both networks have it.
test.each<
  [name: string, network: Record<string, unknown>, more: readonly ArmResource[], far: string, office: string]
>([
  ['both have it', peering(TO_HUB), [hub(BACK)], 'virtual-network by system', NOWHERE],
  ['only one has it', peering(TO_HUB), [hub()], open('a peering back to vnet'), NOWHERE],
  ['nobody has it', {}, [hub()], NOWHERE, NOWHERE],
  [
    'a flag is not known',
    peering(TO_HUB, { allowVirtualNetworkAccess: waiting('access') }),
    [hub(BACK)],
    open('access'),
    open('access'),
  ],
  [
    'the other network is not certain',
    peering(TO_HUB),
    [hub(BACK, { condition: waiting('enabled') })],
    open('enabled'),
    open('enabled'),
  ],
  [
    'only a subnet of the other network is known',
    peering(TO_HUB),
    [hub({ ...BACK, addressSpace: { addressPrefixes: waiting('space') } })],
    'virtual-network by system',
    open('space'),
  ],
  [
    'one prefix of the other network is not known',
    peering(TO_HUB),
    [hub({ ...BACK, addressSpace: { addressPrefixes: ['10.1.0.0/16', waiting('prefix')] } })],
    'virtual-network by system',
    open('prefix'),
  ],
  [
    'the peerings are not known',
    { virtualNetworkPeerings: waiting('peers') },
    [hub(BACK)],
    open('peers'),
    open('peers'),
  ],
  [
    'one of two networks has it',
    peering(linkToPerhaps('which', 'virtualNetworks/hub')),
    [hub(BACK)],
    open('which'),
    open('which'),
  ],
])('addresses of a peer, where %s', (_, network, more, far, office) => {
  expect(hopTo('10.1.1.4', { network, more })).toBe(far);
  expect(ways({ network, more })).toEqual([office, OUT]);
});

test('a peering that is declared under a condition may be there', () => {
  const child = {
    type: 'virtualNetworks/vnet/virtualNetworkPeerings',
    name: 'peer',
    parent: sub('virtualNetworks/vnet').id,
    condition: waiting('enabled'),
    properties: { remoteVirtualNetwork: TO_HUB },
  };
  expect(hopTo('10.1.1.4', { more: [hub(BACK), child] })).toBe(open('enabled'));
});

test('a network whose space is not known may have every private address', () => {
  const network = { addressSpace: { addressPrefixes: ['10.0.0.0/16', waiting('space')] } };
  expect(ways({ network })).toEqual([open('space'), OUT]);
  expect(hopTo('10.0.9.9', { network })).toBe('virtual-network by system');
  const routes = [route('all', '0.0.0.0/0')];
  expect(ways({ network, routes })).toEqual([open('space'), 'appliance by all']);
  expect(ways({ routes, more: [gateway({})] })).toEqual(['appliance by all', 'appliance by all']);
});

test('a network of another root may have every private address, and is taken to have no gateway', () => {
  const subnet = {
    type: 'virtualNetworks/elsewhere/subnets',
    name: 'snet',
    parent: sub('virtualNetworks/elsewhere').id,
    properties: { addressPrefix: '10.9.1.0/24' },
  };
  const options = { place: subnet, more: [gateway({}, inNetwork('elsewhere', 'snet'))] };
  expect(ways(options)).toEqual([open('/microsoft.network/virtualnetworks/elsewhere'), OUT]);
  expect(hopTo('10.9.1.7', options)).toBe('virtual-network by system');
});
