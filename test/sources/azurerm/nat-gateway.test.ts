import { instance, ref, translate, unsetVariable } from '../../support/terraform-instance.ts';

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

test('addresses of version 6 are kept apart', () => {
  const associated = (name: string): ReturnType<typeof instance> =>
    instance(`azurerm_nat_gateway_public_ip_association.${name}`, {
      nat_gateway_id: ref('azurerm_nat_gateway.n.id'),
      public_ip_address_id: ref(`azurerm_public_ip.${name}.id`),
    });
  const { properties } = translate(
    instance('azurerm_nat_gateway.n', { name: 'n', sku_name: 'StandardV2' }),
    instance('azurerm_public_ip.four', { name: 'four', ip_version: 'IPv4' }),
    instance('azurerm_public_ip.six', { name: 'six', ip_version: 'IPv6' }),
    associated('four'),
    associated('six'),
  );
  expect(properties('azurerm_nat_gateway.n')).toMatchObject({
    publicipaddresses: [{ id: '-> {azurerm_public_ip.four}.id' }],
    publicipaddressesv6: [{ id: '-> {azurerm_public_ip.six}.id' }],
  });
});

test('a NAT gateway and its association that may not exist leave the subnet undecided', () => {
  const condition = unsetVariable('egress');
  const { properties, model } = translate(
    instance('azurerm_subnet.s', { name: 's' }),
    { ...instance('azurerm_nat_gateway.n', { name: 'n' }), condition },
    {
      ...instance('azurerm_subnet_nat_gateway_association.x', {
        subnet_id: ref('azurerm_subnet.s.id'),
        nat_gateway_id: ref('azurerm_nat_gateway.n.id'),
      }),
      condition,
    },
  );
  expect(properties('azurerm_subnet.s', 'natGateway')).toEqual({ id: '-> {azurerm_nat_gateway.n}.id | ?' });
  expect(model.ofType('microsoft.network/natgateways')).toMatchObject([{ condition }]);
});
