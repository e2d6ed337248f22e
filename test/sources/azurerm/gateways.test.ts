import { instance, ref, translate } from '../../support/terraform-instance.ts';

const SUBNET = instance('azurerm_subnet.s', { name: 'GatewaySubnet' });
const ADDRESS = instance('azurerm_public_ip.p', { name: 'p' });
const IN_SUBNET = {
  name: 'c',
  subnet_id: ref('azurerm_subnet.s.id'),
  public_ip_address_id: ref('azurerm_public_ip.p.id'),
};
const PLACED = [
  {
    name: 'c',
    properties: {
      subnet: { id: '-> {azurerm_subnet.s}.id' },
      publicipaddress: { id: '-> {azurerm_public_ip.p}.id' },
    },
  },
];

test('a gateway of a virtual network has its subnet, type and routing', () => {
  const { properties } = translate(
    SUBNET,
    ADDRESS,
    instance('azurerm_local_network_gateway.on', { name: 'on' }),
    instance('azurerm_virtual_network_gateway.g', {
      name: 'g',
      type: 'Vpn',
      sku: 'VpnGw2AZ',
      bgp_enabled: true,
      ip_configuration: [{ ...IN_SUBNET, private_ip_address_allocation: 'Dynamic' }],
      default_local_network_gateway_id: ref('azurerm_local_network_gateway.on.id'),
      custom_route: [{ address_prefixes: ['10.9.0.0/16'] }],
      vpn_client_configuration: [{ address_space: ['172.16.0.0/24'] }],
    }),
    instance('azurerm_virtual_network_gateway.er', { name: 'er', type: 'ExpressRoute', sku: 'ErGw1AZ' }),
  );
  expect(properties('azurerm_virtual_network_gateway.g')).toMatchObject({
    gatewaytype: 'Vpn',
    vpntype: '~RouteBased',
    enablebgp: true,
    activeactive: '~false',
    sku: { name: 'VpnGw2AZ', tier: 'VpnGw2AZ' },
    ipconfigurations: [
      { properties: { subnet: { id: '-> {azurerm_subnet.s}.id' }, privateipallocationmethod: 'Dynamic' } },
    ],
    gatewaydefaultsite: { id: '-> {azurerm_local_network_gateway.on}.id' },
    customroutes: { addressprefixes: ['10.9.0.0/16'] },
    vpnclientconfiguration: { vpnclientaddresspool: { addressprefixes: ['172.16.0.0/24'] } },
  });
  expect(properties('azurerm_virtual_network_gateway.er')).toEqual({
    gatewaytype: 'ExpressRoute',
    vpntype: '~RouteBased',
    enablebgp: '~false',
    activeactive: '~false',
    allowremotevnettraffic: '~false',
    allowvirtualwantraffic: '~false',
    sku: { name: 'ErGw1AZ', tier: 'ErGw1AZ' },
  });
});

test('a connection joins a gateway and a site', () => {
  const { properties } = translate(
    instance('azurerm_virtual_network_gateway.g', { name: 'g' }),
    instance('azurerm_local_network_gateway.on', {
      name: 'on',
      address_space: ['192.168.0.0/16'],
      gateway_address: '192.0.2.1',
    }),
    instance('azurerm_virtual_network_gateway_connection.c', {
      name: 'c',
      type: 'IPsec',
      virtual_network_gateway_id: ref('azurerm_virtual_network_gateway.g.id'),
      local_network_gateway_id: ref('azurerm_local_network_gateway.on.id'),
    }),
  );
  expect(properties('azurerm_local_network_gateway.on')).toEqual({
    localnetworkaddressspace: { addressprefixes: ['192.168.0.0/16'] },
    gatewayipaddress: '192.0.2.1',
  });
  expect(properties('azurerm_virtual_network_gateway_connection.c')).toEqual({
    connectiontype: 'IPsec',
    virtualnetworkgateway1: { id: '-> {azurerm_virtual_network_gateway.g}.id' },
    localnetworkgateway2: { id: '-> {azurerm_local_network_gateway.on}.id' },
    enablebgp: '~false',
  });
});

test('a firewall stands in a network, and routes to its address lead to it', () => {
  const { properties } = translate(
    SUBNET,
    ADDRESS,
    instance('azurerm_firewall.f', {
      name: 'f',
      sku_name: 'AZFW_VNet',
      sku_tier: 'Standard',
      ip_configuration: [IN_SUBNET],
      management_ip_configuration: [{ ...IN_SUBNET, name: 'm' }],
    }),
    instance('azurerm_route.r', {
      name: 'r',
      route_table_name: 't',
      next_hop_type: 'VirtualAppliance',
      next_hop_in_ip_address: ref('azurerm_firewall.f.ip_configuration[0].private_ip_address'),
    }),
  );
  expect(properties('azurerm_firewall.f')).toEqual({
    sku: { name: 'AZFW_VNet', tier: 'Standard' },
    ipconfigurations: PLACED,
    managementipconfiguration: { ...PLACED[0], name: 'm' },
  });
  expect(properties('azurerm_route.r', 'nextHopIpAddress')).toBe(
    '-> {azurerm_firewall.f}/azurefirewallipconfigurations/c.privateIPAddress',
  );
});

test('a bastion and an application gateway occupy subnets', () => {
  const { body, properties } = translate(
    SUBNET,
    ADDRESS,
    instance('azurerm_virtual_network.v', { name: 'v' }),
    instance('azurerm_bastion_host.b', { name: 'b', location: 'here', ip_configuration: [IN_SUBNET] }),
    instance('azurerm_bastion_host.dev', {
      name: 'dev',
      sku: 'Developer',
      virtual_network_id: ref('azurerm_virtual_network.v.id'),
    }),
    instance('azurerm_application_gateway.a', {
      name: 'a',
      sku: [{ name: 'WAF_v2', tier: 'WAF_v2' }],
      gateway_ip_configuration: [{ name: 'g', subnet_id: ref('azurerm_subnet.s.id') }],
      frontend_ip_configuration: [{ name: 'f', public_ip_address_id: ref('azurerm_public_ip.p.id') }],
    }),
  );
  expect(body('azurerm_bastion_host.b')).toEqual({
    location: 'here',
    sku: { name: '~Basic' },
    properties: { ipconfigurations: PLACED },
  });
  expect(properties('azurerm_bastion_host.dev')).toEqual({
    virtualnetwork: { id: '-> {azurerm_virtual_network.v}.id' },
  });
  expect(properties('azurerm_application_gateway.a')).toEqual({
    sku: { name: 'WAF_v2', tier: 'WAF_v2' },
    gatewayipconfigurations: [{ name: 'g', properties: { subnet: { id: '-> {azurerm_subnet.s}.id' } } }],
    frontendipconfigurations: [
      {
        name: 'f',
        properties: {
          publicipaddress: { id: '-> {azurerm_public_ip.p}.id' },
          privateipallocationmethod: '~Dynamic',
        },
      },
    ],
  });
});

test('a hub has its networks, gateways and routing intent', () => {
  const { properties, parent, model } = translate(
    instance('azurerm_virtual_wan.w', { name: 'w' }),
    instance('azurerm_virtual_hub.h', {
      name: 'h',
      address_prefix: '10.8.0.0/23',
      virtual_wan_id: ref('azurerm_virtual_wan.w.id'),
    }),
    instance('azurerm_virtual_network.v', { name: 'v' }),
    instance('azurerm_virtual_hub_connection.c', {
      name: 'c',
      virtual_hub_id: ref('azurerm_virtual_hub.h.id'),
      remote_virtual_network_id: ref('azurerm_virtual_network.v.id'),
      internet_security_enabled: true,
    }),
    instance('azurerm_firewall.f', {
      name: 'f',
      sku_name: 'AZFW_Hub',
      virtual_hub: [{ virtual_hub_id: ref('azurerm_virtual_hub.h.id') }],
    }),
    instance('azurerm_virtual_hub_routing_intent.i', {
      name: 'i',
      virtual_hub_id: ref('azurerm_virtual_hub.h.id'),
      routing_policy: [
        { name: 'p', destinations: ['PrivateTraffic'], next_hop: ref('azurerm_firewall.f.id') },
      ],
    }),
    instance('azurerm_vpn_gateway.vpn', { name: 'vpn', virtual_hub_id: ref('azurerm_virtual_hub.h.id') }),
    instance('azurerm_express_route_gateway.er', {
      name: 'er',
      virtual_hub_id: ref('azurerm_virtual_hub.h.id'),
    }),
  );
  const hub = { id: '-> {azurerm_virtual_hub.h}.id' };
  expect(properties('azurerm_virtual_hub.h')).toEqual({
    addressprefix: '10.8.0.0/23',
    virtualwan: { id: '-> {azurerm_virtual_wan.w}.id' },
  });
  expect(parent('azurerm_virtual_hub_connection.c')).toBe(hub.id);
  expect(properties('azurerm_virtual_hub_connection.c')).toEqual({
    remotevirtualnetwork: { id: '-> {azurerm_virtual_network.v}.id' },
    enableinternetsecurity: true,
  });
  expect(properties('azurerm_firewall.f')).toMatchObject({ virtualhub: hub });
  expect(properties('azurerm_virtual_hub_routing_intent.i')).toEqual({
    routingpolicies: [{ name: 'p', destinations: ['PrivateTraffic'], nexthop: '-> {azurerm_firewall.f}.id' }],
  });
  expect(properties('azurerm_vpn_gateway.vpn')).toEqual({ virtualhub: hub });
  expect(model.ofType('microsoft.network/expressroutegateways')).toHaveLength(1);
});

test('a route server is a hub that lies in a subnet', () => {
  const { properties, model } = translate(
    SUBNET,
    ADDRESS,
    instance('azurerm_route_server.r', {
      name: 'r',
      sku: 'Standard',
      subnet_id: ref('azurerm_subnet.s.id'),
      public_ip_address_id: ref('azurerm_public_ip.p.id'),
    }),
  );
  expect(model.ofType('microsoft.network/virtualhubs')).toHaveLength(1);
  expect(properties('azurerm_route_server.r')).toEqual({
    sku: 'Standard',
    allowbranchtobranchtraffic: '~false',
    ipconfigurations: [{ properties: PLACED[0]?.properties }],
  });
});

test('an IP configuration of a gateway has the name and the allocation that the provider gives it', () => {
  const { properties } = translate(
    SUBNET,
    instance('azurerm_virtual_network_gateway.g', {
      name: 'g',
      ip_configuration: [{ subnet_id: ref('azurerm_subnet.s.id') }],
    }),
  );
  expect(properties('azurerm_virtual_network_gateway.g', 'ipConfigurations')).toEqual([
    {
      name: '~vnetGatewayConfig',
      properties: { subnet: { id: '-> {azurerm_subnet.s}.id' }, privateipallocationmethod: '~Dynamic' },
    },
  ]);
});
