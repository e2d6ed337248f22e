import { instance, openRef, ref, translate } from '../../support/terraform-instance.ts';

const ZONE = instance('azurerm_private_dns_zone.z', { name: 'corp.example', resource_group_name: 'rg' });
const IN_ZONE = { zone_name: 'corp.example', resource_group_name: 'rg' };
const BALANCER = instance('azurerm_lb.l', { name: 'l', frontend_ip_configuration: [{ name: 'fe' }] });

test('an address record of a private zone leads to the frontend whose address it takes', () => {
  const { properties, parent, model } = translate(
    ZONE,
    BALANCER,
    instance('azurerm_private_dns_a_record.r', {
      ...IN_ZONE,
      name: 'ldap',
      ttl: 300,
      records: [ref('azurerm_lb.l.frontend_ip_configuration[0].private_ip_address'), '10.0.0.4'],
    }),
  );
  expect(model.ofType('microsoft.network/privateDnsZones/A')).toHaveLength(1);
  expect(parent('azurerm_private_dns_a_record.r')).toBe('-> {azurerm_private_dns_zone.z}.id');
  expect(properties('azurerm_private_dns_a_record.r')).toEqual({
    ttl: 300,
    arecords: [
      { ipv4address: '-> {azurerm_lb.l}/frontendipconfigurations/fe.privateIPAddress' },
      { ipv4address: '10.0.0.4' },
    ],
  });
});

test('records that are unknown as a whole stay so', () => {
  const { properties } = translate(
    ZONE,
    instance('azurerm_private_dns_a_record.r', { ...IN_ZONE, name: 'r', records: openRef() }),
    instance('azurerm_private_dns_aaaa_record.r', { ...IN_ZONE, name: 'r', records: ['fd00::4'] }),
    instance('azurerm_private_dns_cname_record.r', { ...IN_ZONE, name: 'r', record: 'other.example' }),
  );
  expect(properties('azurerm_private_dns_a_record.r')).toEqual({ arecords: '?' });
  expect(properties('azurerm_private_dns_aaaa_record.r')).toEqual({
    aaaarecords: [{ ipv6address: 'fd00::4' }],
  });
  expect(properties('azurerm_private_dns_cname_record.r')).toEqual({
    cnamerecord: { cname: 'other.example' },
  });
});

test('a network is linked to a private zone', () => {
  const { properties, parent } = translate(
    ZONE,
    instance('azurerm_virtual_network.v', { name: 'v' }),
    instance('azurerm_private_dns_zone_virtual_network_link.k', {
      name: 'k',
      private_dns_zone_name: 'corp.example',
      resource_group_name: 'rg',
      virtual_network_id: ref('azurerm_virtual_network.v.id'),
    }),
  );
  expect(parent('azurerm_private_dns_zone_virtual_network_link.k')).toBe(
    '-> {azurerm_private_dns_zone.z}.id',
  );
  expect(properties('azurerm_private_dns_zone_virtual_network_link.k')).toEqual({
    virtualnetwork: { id: '-> {azurerm_virtual_network.v}.id' },
    registrationenabled: '~false',
  });
});

test('a public record may follow a public address', () => {
  const { properties, parent } = translate(
    instance('azurerm_dns_zone.z', { name: 'shop.example', resource_group_name: 'rg' }),
    instance('azurerm_public_ip.p', { name: 'p' }),
    instance('azurerm_dns_a_record.r', {
      name: '@',
      zone_name: 'shop.example',
      resource_group_name: 'rg',
      ttl: 60,
      records: [],
      target_resource_id: ref('azurerm_public_ip.p.id'),
    }),
    instance('azurerm_dns_cname_record.w', {
      name: 'www',
      zone_name: 'shop.example',
      resource_group_name: 'rg',
      record: ref('azurerm_public_ip.p.fqdn'),
    }),
  );
  expect(parent('azurerm_dns_a_record.r')).toBe('-> {azurerm_dns_zone.z}.id');
  expect(properties('azurerm_dns_a_record.r')).toEqual({
    ttl: 60,
    targetresource: { id: '-> {azurerm_public_ip.p}.id' },
  });
  expect(properties('azurerm_dns_cname_record.w')).toEqual({
    cnamerecord: { cname: '-> {azurerm_public_ip.p}.fqdn' },
  });
});
