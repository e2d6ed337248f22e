import { versionRange } from '../../../src/sources/azurerm/provider-version.ts';
import {
  instance,
  openRef,
  partly,
  ref,
  root,
  translate,
  translateRoot,
} from '../../support/terraform-instance.ts';

type Attributes = NonNullable<Parameters<typeof instance>[1]>;

const GROUP = instance('azurerm_network_security_group.g', { name: 'g' });
const TABLE = instance('azurerm_route_table.t', { name: 't' });

/** What a subnet has without being told, while the version of azurerm is open. */
const DEFAULTS = {
  defaultoutboundaccess: '~true',
  privateendpointnetworkpolicies: '?',
  privatelinkservicenetworkpolicies: '~Enabled',
};

function subnet(attributes: Attributes, id?: string): unknown {
  const { properties } = translate(
    instance('azurerm_subnet.s', { name: 's', ...attributes }, id === undefined ? {} : { id }),
    GROUP,
    TABLE,
  );
  return properties('azurerm_subnet.s');
}

test('a subnet is a child of the network it names', () => {
  const { model, parent } = translate(
    instance('azurerm_subnet.s', { name: 's', virtual_network_name: 'v', resource_group_name: 'rg' }),
    instance('azurerm_virtual_network.v', { name: 'v', resource_group_name: 'rg' }),
  );
  expect(model.ofType('microsoft.network/virtualnetworks/subnets')).toHaveLength(1);
  expect(parent('azurerm_subnet.s')).toBe('-> {azurerm_virtual_network.v}.id');
});

test.each([
  ['azurerm 2', { address_prefix: '10.0.0.0/24' }, { addressprefix: '10.0.0.0/24' }],
  [
    'later versions',
    { address_prefixes: ['10.0.0.0/24', 'fd00::/64'] },
    { addressprefixes: ['10.0.0.0/24', 'fd00::/64'] },
  ],
])('the prefixes of a subnet are read in the spelling of %s', (_, attributes, expected) => {
  expect(subnet(attributes)).toEqual({ ...expected, ...DEFAULTS });
});

test.each([
  ['text', { private_endpoint_network_policies: 'RouteTableEnabled' }, 'RouteTableEnabled'],
  ['a truth value', { private_endpoint_network_policies_enabled: true }, 'Enabled'],
  ['an inverted truth value', { enforce_private_link_endpoint_network_policies: true }, 'Disabled'],
])('private endpoint policies are read from %s', (_, attributes, expected) => {
  expect(subnet(attributes)).toMatchObject({ privateendpointnetworkpolicies: expected });
});

test.each([
  ['a truth value', { private_link_service_network_policies_enabled: false }, 'Disabled'],
  ['an inverted truth value', { enforce_private_link_service_network_policies: false }, 'Enabled'],
])('private link service policies are read from %s', (_, attributes, expected) => {
  expect(subnet(attributes)).toMatchObject({ privatelinkservicenetworkpolicies: expected });
});

test('a subnet has its delegations, endpoints and outbound access', () => {
  expect(
    subnet({
      default_outbound_access_enabled: false,
      service_endpoints: ['Microsoft.Sql'],
      delegation: [{ name: 'd', service_delegation: [{ name: 'Microsoft.Web/serverFarms', actions: [] }] }],
    }),
  ).toEqual({
    ...DEFAULTS,
    defaultoutboundaccess: false,
    serviceendpoints: [{ service: 'Microsoft.Sql' }],
    delegations: [{ name: 'd', properties: { servicename: 'Microsoft.Web/serverFarms' } }],
  });
});

test('write-only links of azurerm 5 are found by their references, also when the target exists', () => {
  const existing = '/subscriptions/s/routetables/old';
  const { properties } = translate(
    GROUP,
    instance('azurerm_route_table.old', { name: 'old' }, { id: existing }),
    instance('azurerm_subnet.s', {
      name: 's',
      network_security_group_id_wo: ref('azurerm_network_security_group.g.id'),
      network_security_group_id_wo_version: 1,
      route_table_id_wo: { ...ref(), references: [{ id: existing, property: 'id' }] },
      route_table_id_wo_version: 1,
    }),
  );
  expect(properties('azurerm_subnet.s')).toMatchObject({
    networksecuritygroup: { id: '-> {azurerm_network_security_group.g}.id' },
    routetable: { id: `-> ${existing}.id` },
  });
});

test('a write-only link without references is not guessed, even when there is one candidate', () => {
  expect(subnet({ network_security_group_id_wo: openRef() })).toMatchObject({
    networksecuritygroup: { id: '?' },
  });
});

test('a write-only link that a plan hides is unknown rather than absent', () => {
  expect(subnet({ network_security_group_id_wo_version: 1 })).toMatchObject({
    networksecuritygroup: { id: '?' },
  });
});

test('what azurerm 5 shows of a subnet that exists is a fact', () => {
  const group = '/subscriptions/s/networkSecurityGroups/g';
  expect(subnet({ network_security_group_id: group }, '/subscriptions/s/subnets/s')).toMatchObject({
    networksecuritygroup: { id: group },
  });
});

test.each([
  ['~> 3.0', '~Enabled'],
  ['~> 4.0', '~Disabled'],
  ['>= 3.0', '?'],
])('private endpoint policies that nobody writes are %s: %s', (constraint, expected) => {
  const { properties } = translateRoot({
    ...root([instance('azurerm_subnet.s', { name: 's' })]),
    providers: { azurerm: versionRange([constraint]) },
  });
  expect(properties('azurerm_subnet.s', 'privateEndpointNetworkPolicies')).toBe(expected);
});

test('the prefixes of a subnet from an IPAM pool are not known before they are allocated', () => {
  expect(
    subnet({ address_prefixes: [], ip_address_pool: [{ id: '/pool', number_of_ip_addresses: '64' }] }),
  ).toMatchObject({ addressprefixes: ['...'] });
});

test('service endpoints that are only partly known stay so', () => {
  expect(subnet({ service_endpoints: partly('Microsoft.Sql') })).toMatchObject({
    serviceendpoints: [{ service: 'Microsoft.Sql' }, '...'],
  });
});
