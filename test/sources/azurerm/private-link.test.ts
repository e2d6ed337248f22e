import { instance, openRef, partly, ref, translate } from '../../support/terraform-instance.ts';

const BALANCER = instance('azurerm_lb.l', {
  name: 'l',
  frontend_ip_configuration: [{ name: 'a' }, { name: 'B' }],
});
const SUBNET = instance('azurerm_subnet.s', { name: 's' });

test('a private link service stands on frontends and has addresses of its own', () => {
  const { body } = translate(
    BALANCER,
    SUBNET,
    instance('azurerm_private_link_service.p', {
      name: 'p',
      location: 'here',
      load_balancer_frontend_ip_configuration_ids: [ref('azurerm_lb.l.frontend_ip_configuration[1].id')],
      visibility_subscription_ids: ['one'],
      auto_approval_subscription_ids: [],
      enable_proxy_protocol: true,
      nat_ip_configuration: [
        { name: 'first', primary: true, subnet_id: ref('azurerm_subnet.s.id') },
        {
          name: 'second',
          primary: false,
          subnet_id: ref('azurerm_subnet.s.id'),
          private_ip_address: '10.0.0.9',
          private_ip_address_version: 'IPv4',
        },
      ],
    }),
  );
  const subnet = { id: '-> {azurerm_subnet.s}.id' };
  expect(body('azurerm_private_link_service.p')).toEqual({
    location: 'here',
    properties: {
      loadbalancerfrontendipconfigurations: [{ id: '-> {azurerm_lb.l}/frontendipconfigurations/b.id' }],
      enableproxyprotocol: true,
      visibility: { subscriptions: ['one'] },
      ipconfigurations: [
        {
          name: 'first',
          properties: {
            subnet,
            primary: true,
            privateipallocationmethod: '~Dynamic',
            privateipaddressversion: '~IPv4',
          },
        },
        {
          name: 'second',
          properties: {
            subnet,
            primary: false,
            privateipaddress: '10.0.0.9',
            privateipallocationmethod: '~Static',
            privateipaddressversion: 'IPv4',
          },
        },
      ],
    },
  });
});

test('a private link service without a load balancer leads straight to an address', () => {
  const { properties } = translate(
    instance('azurerm_private_link_service.p', {
      name: 'p',
      destination_ip_address: '10.1.0.4',
      nat_ip_configuration: partly(),
    }),
  );
  expect(properties('azurerm_private_link_service.p')).toEqual({
    destinationipaddress: '10.1.0.4',
    enableproxyprotocol: '~false',
    ipconfigurations: ['...'],
  });
});

test.each([
  [false, 'privatelinkserviceconnections'],
  [true, 'manualprivatelinkserviceconnections'],
])('a private endpoint with manual approval %s names its service', (is_manual_connection, property) => {
  const { properties } = translate(
    SUBNET,
    instance('azurerm_private_link_service.p', { name: 'p' }),
    instance('azurerm_application_security_group.g', { name: 'g' }),
    instance('azurerm_private_endpoint.e', {
      name: 'e',
      subnet_id: ref('azurerm_subnet.s.id'),
      private_service_connection: [
        {
          name: 'c',
          is_manual_connection,
          private_connection_resource_id: ref('azurerm_private_link_service.p.id'),
        },
      ],
      ip_configuration: [{ name: 'i', private_ip_address: '10.0.0.7' }],
    }),
    instance('azurerm_private_endpoint_application_security_group_association.x', {
      private_endpoint_id: ref('azurerm_private_endpoint.e.id'),
      application_security_group_id: ref('azurerm_application_security_group.g.id'),
    }),
  );
  expect(properties('azurerm_private_endpoint.e')).toEqual({
    subnet: { id: '-> {azurerm_subnet.s}.id' },
    [property]: [
      { name: 'c', properties: { privatelinkserviceid: '-> {azurerm_private_link_service.p}.id' } },
    ],
    applicationsecuritygroups: [{ id: '-> {azurerm_application_security_group.g}.id' }],
    ipconfigurations: [{ name: 'i', properties: { privateipaddress: '10.0.0.7' } }],
  });
});

test('a private endpoint of a service that cannot be followed is not taken for one of the only link service', () => {
  const { properties } = translate(
    instance('azurerm_private_link_service.p', { name: 'p' }),
    instance('azurerm_private_endpoint.e', {
      name: 'e',
      private_service_connection: [{ name: 'c', private_connection_resource_id: openRef() }],
    }),
  );
  expect(
    properties(
      'azurerm_private_endpoint.e',
      'privateLinkServiceConnections.0.properties.privateLinkServiceId',
    ),
  ).toBe('?');
});

test('the subnet of a private link service is one that Azure accepts', () => {
  const subnetOf = (...policies: readonly boolean[]): unknown =>
    translate(
      ...policies.map((private_link_service_network_policies_enabled, position) =>
        instance(`azurerm_subnet.s${position}`, { name: 's', private_link_service_network_policies_enabled }),
      ),
      instance('azurerm_private_link_service.p', {
        name: 'p',
        nat_ip_configuration: [{ name: 'n', subnet_id: openRef() }],
      }),
    ).properties('azurerm_private_link_service.p', 'ipConfigurations.0.properties.subnet.id');
  expect(subnetOf(true, false)).toBe('-> {azurerm_subnet.s1}.id');
  expect(subnetOf(true, true)).toBe('-> {azurerm_subnet.s0}.id | {azurerm_subnet.s1}.id');
});
