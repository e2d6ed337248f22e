import { instance, ref, translate } from '../../support/terraform-instance.ts';

test('a public address has its sku, allocation and prefix', () => {
  const { body } = translate(
    instance('azurerm_public_ip.p', {
      name: 'p',
      location: 'uksouth',
      sku: 'Standard',
      sku_tier: 'Global',
      allocation_method: 'Static',
      ip_version: 'IPv6',
      idle_timeout_in_minutes: 10,
      zones: ['1'],
      domain_name_label: 'shop',
      public_ip_prefix_id: ref('azurerm_public_ip_prefix.x.id'),
    }),
    instance('azurerm_public_ip_prefix.x', { name: 'x' }),
  );
  expect(body('azurerm_public_ip.p')).toEqual({
    location: 'uksouth',
    sku: { name: 'Standard', tier: 'Global' },
    zones: ['1'],
    properties: {
      publicipallocationmethod: 'Static',
      publicipaddressversion: 'IPv6',
      idletimeoutinminutes: 10,
      publicipprefix: { id: '-> {azurerm_public_ip_prefix.x}.id' },
      dnssettings: { domainnamelabel: 'shop' },
    },
  });
});

test('an address that exists is known', () => {
  const { properties } = translate(
    instance(
      'azurerm_public_ip.p',
      { name: 'p', sku: 'Basic', ip_address: '192.0.2.1', fqdn: 'p.example' },
      { id: '/subscriptions/s/p' },
    ),
  );
  expect(properties('azurerm_public_ip.p')).toMatchObject({
    ipaddress: '192.0.2.1',
    dnssettings: { fqdn: 'p.example' },
  });
});

test('an omitted sku waits for the version of the provider, the rest is the same in all', () => {
  const { body } = translate(instance('azurerm_public_ip.p', { name: 'p', allocation_method: 'Dynamic' }));
  expect(body('azurerm_public_ip.p')).toEqual({
    sku: { name: '?', tier: '~Regional' },
    properties: {
      publicipallocationmethod: 'Dynamic',
      publicipaddressversion: '~IPv4',
      idletimeoutinminutes: '~4',
    },
  });
});

test('a prefix is a Standard /28 unless it says otherwise', () => {
  const { body, model } = translate(
    instance('azurerm_public_ip_prefix.a', { name: 'a' }),
    instance('azurerm_public_ip_prefix.b', {
      name: 'b',
      prefix_length: 31,
      zones: ['1', '2'],
      ip_prefix: '192.0.2.0/31',
    }),
  );
  expect(model.ofType('microsoft.network/publicipprefixes')).toHaveLength(2);
  expect(body('azurerm_public_ip_prefix.a')).toEqual({
    sku: { name: '~Standard', tier: '~Regional' },
    properties: { prefixlength: '~28', publicipaddressversion: '~IPv4' },
  });
  expect(body('azurerm_public_ip_prefix.b')).toMatchObject({
    zones: ['1', '2'],
    properties: { prefixlength: 31, ipprefix: '192.0.2.0/31' },
  });
});
