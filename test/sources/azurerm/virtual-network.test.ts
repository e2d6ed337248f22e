import { instance, partly, ref, translate } from '../../support/terraform-instance.ts';

const GROUP = instance('azurerm_network_security_group.g', { name: 'g' });
const TABLE = instance('azurerm_route_table.t', { name: 't' });

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
            privatelinkservicenetworkpolicies: '~Enabled',
          },
        },
        {
          id: '{azurerm_virtual_network.v}/subnets/back',
          name: 'back',
          properties: {
            addressprefixes: ['10.0.2.0/24'],
            routetable: { id: '-> {azurerm_route_table.t}.id' },
            defaultoutboundaccess: false,
            privatelinkservicenetworkpolicies: '~Enabled',
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
    privatelinkservicenetworkpolicies: '~Enabled',
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
    {
      id: `${id}/subnets/own`,
      name: 'own',
      properties: { defaultoutboundaccess: '~true', privatelinkservicenetworkpolicies: '~Enabled' },
    },
  ]);
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
    peercompletevnets: '~true',
  });
});

test('each side of a peering keeps its own flags', () => {
  const side = (name: string, other: string, flags: object): ReturnType<typeof instance> =>
    instance(`azurerm_virtual_network_peering.${name}`, {
      name: `${name}-to-${other}`,
      resource_group_name: 'rg',
      virtual_network_name: name,
      remote_virtual_network_id: ref(`azurerm_virtual_network.${other}.id`),
      ...flags,
    });
  const { properties, parent } = translate(
    instance('azurerm_virtual_network.hub', { name: 'hub', resource_group_name: 'rg' }),
    instance('azurerm_virtual_network.spoke', { name: 'spoke', resource_group_name: 'rg' }),
    side('hub', 'spoke', { allow_gateway_transit: true, allow_virtual_network_access: false }),
    side('spoke', 'hub', {
      use_remote_gateways: true,
      allow_forwarded_traffic: true,
      peer_complete_virtual_networks_enabled: false,
      only_ipv6_peering_enabled: true,
      local_subnet_names: ['a'],
      remote_subnet_names: ['b', 'c'],
    }),
  );
  expect(parent('azurerm_virtual_network_peering.spoke')).toBe('-> {azurerm_virtual_network.spoke}.id');
  expect(properties('azurerm_virtual_network_peering.hub')).toMatchObject({
    remotevirtualnetwork: { id: '-> {azurerm_virtual_network.spoke}.id' },
    allowvirtualnetworkaccess: false,
    allowgatewaytransit: true,
    useremotegateways: '~false',
  });
  expect(properties('azurerm_virtual_network_peering.spoke')).toEqual({
    remotevirtualnetwork: { id: '-> {azurerm_virtual_network.hub}.id' },
    allowvirtualnetworkaccess: '~true',
    allowforwardedtraffic: true,
    allowgatewaytransit: '~false',
    useremotegateways: true,
    peercompletevnets: false,
    enableonlyipv6peering: true,
    localsubnetnames: ['a'],
    remotesubnetnames: ['b', 'c'],
  });
});

test('address space from an IPAM pool is not known before it is allocated', () => {
  const space = (pool: object, address_space: readonly string[] = []): unknown =>
    translate(
      instance('azurerm_virtual_network.v', { name: 'v', address_space, ip_address_pool: [{ ...pool }] }),
    ).properties('azurerm_virtual_network.v', 'addressSpace.addressPrefixes');
  expect(space({ id: '/pool', number_of_ip_addresses: '256' })).toEqual(['...']);
  expect(space({ id: '/pool' }, ['10.0.0.0/16'])).toEqual(['10.0.0.0/16', '...']);
  expect(space({ id: '/pool', allocated_ip_address_prefixes: ['10.4.0.0/24'] })).toEqual(['10.4.0.0/24']);
});

test('a network that may have more inline subnets than are seen says so', () => {
  const { properties } = translate(
    instance('azurerm_virtual_network.v', { name: 'v', subnet: partly({ name: 'seen' }) }),
  );
  expect(properties('azurerm_virtual_network.v', 'subnets')).toEqual([
    expect.objectContaining({ name: 'seen' }),
    '...',
  ]);
});
