import { instance, openRef, ref, translate } from '../../support/terraform-instance.ts';

type Attributes = NonNullable<Parameters<typeof instance>[1]>;

function nic(attributes: Attributes): unknown {
  const { properties } = translate(
    instance('azurerm_network_interface.n', { name: 'nic', ...attributes }),
    instance('azurerm_subnet.s', { name: 's' }),
    instance('azurerm_public_ip.p', { name: 'p' }),
    instance('azurerm_lb.gateway', { frontend_ip_configuration: [{ name: 'chain' }] }),
  );
  return properties('azurerm_network_interface.n');
}

test('an interface has its configurations in the shape of ARM', () => {
  expect(
    nic({
      ip_configuration: [
        {
          name: 'Internal',
          subnet_id: ref('azurerm_subnet.s.id'),
          private_ip_address: '10.0.0.4',
          private_ip_address_allocation: 'Static',
          private_ip_address_version: 'IPv6',
          public_ip_address_id: ref('azurerm_public_ip.p.id'),
          gateway_load_balancer_frontend_ip_configuration_id: ref(
            'azurerm_lb.gateway.frontend_ip_configuration[0].id',
          ),
          primary: true,
        },
      ],
    }),
  ).toEqual({
    enableipforwarding: '~false',
    enableacceleratednetworking: '~false',
    ipconfigurations: [
      {
        id: '{azurerm_network_interface.n}/ipconfigurations/internal',
        name: 'Internal',
        properties: {
          subnet: { id: '-> {azurerm_subnet.s}.id' },
          primary: true,
          privateipaddress: '10.0.0.4',
          privateipallocationmethod: 'Static',
          privateipaddressversion: 'IPv6',
          publicipaddress: { id: '-> {azurerm_public_ip.p}.id' },
          gatewayloadbalancer: { id: '-> {azurerm_lb.gateway}/frontendipconfigurations/chain.id' },
        },
      },
    ],
  });
});

test.each([
  ['azurerm 2 and 3', { enable_ip_forwarding: true, enable_accelerated_networking: true }],
  ['azurerm 3.108 and later', { ip_forwarding_enabled: true, accelerated_networking_enabled: true }],
])('forwarding and acceleration are read in the spelling of %s', (_, attributes) => {
  expect(nic(attributes)).toMatchObject({ enableipforwarding: true, enableacceleratednetworking: true });
});

test('up to azurerm 1 an interface names its group, its pools and its NAT rules itself', () => {
  const { properties } = translate(
    instance('azurerm_network_interface.n', {
      name: 'nic',
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
      ip_configuration: [
        {
          name: 'one',
          subnet_id: ref('azurerm_subnet.s.id'),
          load_balancer_backend_address_pools_ids: [ref('azurerm_lb_backend_address_pool.p.id')],
          load_balancer_inbound_nat_rules_ids: [ref('azurerm_lb_nat_rule.r.id')],
        },
      ],
    }),
    instance('azurerm_subnet.s', { name: 's' }),
    instance('azurerm_network_security_group.g', { name: 'g' }),
    instance('azurerm_lb_backend_address_pool.p', { name: 'p' }),
    instance('azurerm_lb_nat_rule.r', { name: 'r' }),
  );
  const link = (address: string): unknown => ({ id: `-> {azurerm_${address}}.id` });
  expect(properties('azurerm_network_interface.n')).toMatchObject({
    networksecuritygroup: link('network_security_group.g'),
    ipconfigurations: [
      {
        properties: {
          loadbalancerbackendaddresspools: [link('lb_backend_address_pool.p')],
          loadbalancerinboundnatrules: [link('lb_nat_rule.r')],
        },
      },
    ],
  });
});

test('the only configuration is primary and IPv4 when nobody says otherwise', () => {
  expect(nic({ ip_configuration: [{ name: 'i', private_ip_address: '' }] })).toMatchObject({
    ipconfigurations: [{ properties: { primary: '~true', privateipaddressversion: '~IPv4' } }],
  });
});

test('of several configurations only the one that says so is primary', () => {
  expect(nic({ ip_configuration: [{ name: 'a' }, { name: 'b', primary: true }] })).toMatchObject({
    ipconfigurations: [
      { name: 'a', properties: expect.not.objectContaining({ primary: expect.anything() }) },
      { name: 'b', properties: { primary: true } },
    ],
  });
});

test('an untraced Gateway frontend of a dynamic configuration counts as not written', () => {
  expect(
    nic({ ip_configuration: [{ name: 'i', gateway_load_balancer_frontend_ip_configuration_id: openRef() }] }),
  ).toMatchObject({
    ipconfigurations: [
      { properties: expect.not.objectContaining({ gatewayloadbalancer: expect.anything() }) },
    ],
  });
});

test('configurations of an unknown number stay unknown', () => {
  expect(nic({ ip_configuration: openRef() })).toMatchObject({ ipconfigurations: '?' });
});
