import { instance, openRef, ref, translate } from '../../support/terraform-instance.ts';

type Attributes = NonNullable<Parameters<typeof instance>[1]>;

const GROUP = instance('azurerm_network_security_group.g', { name: 'g' });
const TABLE = instance('azurerm_route_table.t', { name: 't' });

function subnet(attributes: Attributes, id?: string): unknown {
  const { properties } = translate(
    instance('azurerm_subnet.s', { name: 's', ...attributes }, id === undefined ? {} : { id }),
    GROUP,
    TABLE,
  );
  return properties('azurerm_subnet.s');
}

test('a network has its address space and inline subnets with ids', () => {
  const { body } = translate(
    instance('azurerm_virtual_network.v', {
      name: 'v',
      location: 'italynorth',
      address_space: ['10.0.0.0/16'],
      subnet: [
        {
          name: 'Front',
          id: '',
          address_prefixes: ['10.0.1.0/24'],
          security_group: ref('azurerm_network_security_group.g.id'),
          route_table_id: '',
          default_outbound_access_enabled: true,
        },
        {
          name: 'back',
          address_prefixes: ['10.0.2.0/24'],
          security_group: '',
          route_table_id: ref('azurerm_route_table.t.id'),
          default_outbound_access_enabled: false,
          service_endpoint: [{ service: 'Microsoft.Storage', network_identifier: '' }],
        },
      ],
    }),
    GROUP,
    TABLE,
  );
  expect(body('azurerm_virtual_network.v')).toEqual({
    location: 'italynorth',
    properties: {
      addressspace: { addressprefixes: ['10.0.0.0/16'] },
      subnets: [
        {
          id: '{azurerm_virtual_network.v}/subnets/front',
          name: 'Front',
          properties: {
            addressprefixes: ['10.0.1.0/24'],
            networksecuritygroup: { id: '-> {azurerm_network_security_group.g}.id' },
            defaultoutboundaccess: true,
          },
        },
        {
          id: '{azurerm_virtual_network.v}/subnets/back',
          name: 'back',
          properties: {
            addressprefixes: ['10.0.2.0/24'],
            routetable: { id: '-> {azurerm_route_table.t}.id' },
            defaultoutboundaccess: false,
            serviceendpoints: [{ service: 'Microsoft.Storage' }],
          },
        },
      ],
    },
  });
});

test('an inline subnet of azurerm 2 and 3 has a single prefix', () => {
  const { properties } = translate(
    instance('azurerm_virtual_network.v', {
      name: 'v',
      subnet: [{ name: 'i', address_prefix: '10.0.9.0/24' }],
    }),
  );
  expect(properties('azurerm_virtual_network.v', 'subnets.0.properties')).toEqual({
    addressprefix: '10.0.9.0/24',
    defaultoutboundaccess: '~true',
  });
});

test('an inline subnet that exists has its real id', () => {
  const id = '/subscriptions/S/virtualNetworks/v';
  const { properties } = translate(
    instance(
      'azurerm_virtual_network.v',
      { name: 'v', subnet: [{ name: 'i', id: `${id}/subnets/I` }] },
      { id },
    ),
  );
  expect(properties('azurerm_virtual_network.v', 'subnets.0.id')).toBe(`${id}/subnets/i`.toLowerCase());
});

test('a network that exists lists its separate subnets among the blocks, which are left to them', () => {
  const id = '/subscriptions/s/resourcegroups/rg/providers/microsoft.network/virtualnetworks/v';
  const { properties } = translate(
    instance(
      'azurerm_virtual_network.v',
      {
        name: 'v',
        resource_group_name: 'rg',
        subnet: [
          { name: 'own', id: `${id}/subnets/own` },
          { name: 'separate', id: `${id}/subnets/separate` },
        ],
      },
      { id },
    ),
    instance(
      'azurerm_subnet.s',
      { name: 'Separate', virtual_network_name: 'v', resource_group_name: 'rg' },
      { id: `${id}/subnets/separate` },
    ),
  );
  expect(properties('azurerm_virtual_network.v', 'subnets')).toEqual([
    { id: `${id}/subnets/own`, name: 'own', properties: { defaultoutboundaccess: '~true' } },
  ]);
});

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
  expect(subnet(attributes)).toEqual({ ...expected, defaultoutboundaccess: '~true' });
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

test('a peering has the defaults of the provider', () => {
  const { properties, parent } = translate(
    instance('azurerm_virtual_network.hub', { name: 'hub', resource_group_name: 'rg' }),
    instance('azurerm_virtual_network.spoke', { name: 'spoke', resource_group_name: 'rg' }),
    instance('azurerm_virtual_network_peering.p', {
      name: 'p',
      resource_group_name: 'rg',
      virtual_network_name: 'hub',
      remote_virtual_network_id: ref('azurerm_virtual_network.spoke.id'),
    }),
  );
  expect(parent('azurerm_virtual_network_peering.p')).toBe('-> {azurerm_virtual_network.hub}.id');
  expect(properties('azurerm_virtual_network_peering.p')).toEqual({
    remotevirtualnetwork: { id: '-> {azurerm_virtual_network.spoke}.id' },
    allowvirtualnetworkaccess: '~true',
    allowforwardedtraffic: '~false',
    allowgatewaytransit: '~false',
    useremotegateways: '~false',
  });
});
