import { instance, ref, translate } from '../../support/terraform-instance.ts';

test('a NAT gateway is Standard with four minutes of idle time unless it says otherwise', () => {
  const { body } = translate(
    instance('azurerm_nat_gateway.a', { name: 'a' }),
    instance('azurerm_nat_gateway.b', {
      name: 'b',
      sku_name: 'StandardV2',
      idle_timeout_in_minutes: 10,
      zones: ['1'],
    }),
  );
  expect(body('azurerm_nat_gateway.a')).toEqual({
    sku: { name: '~Standard' },
    properties: { idletimeoutinminutes: '~4' },
  });
  expect(body('azurerm_nat_gateway.b')).toEqual({
    sku: { name: 'StandardV2' },
    zones: ['1'],
    properties: { idletimeoutinminutes: 10 },
  });
});

test('azurerm 2 names the addresses in the gateway, beside associations', () => {
  const { properties } = translate(
    instance('azurerm_nat_gateway.n', { name: 'n', public_ip_address_ids: [ref('azurerm_public_ip.a.id')] }),
    instance('azurerm_public_ip.a', { name: 'a' }),
    instance('azurerm_public_ip.b', { name: 'b' }),
    instance('azurerm_nat_gateway_public_ip_association.x', {
      nat_gateway_id: ref('azurerm_nat_gateway.n.id'),
      public_ip_address_id: ref('azurerm_public_ip.b.id'),
    }),
  );
  expect(properties('azurerm_nat_gateway.n', 'publicIpAddresses')).toEqual([
    { id: '-> {azurerm_public_ip.a}.id' },
    { id: '-> {azurerm_public_ip.b}.id' },
  ]);
});
