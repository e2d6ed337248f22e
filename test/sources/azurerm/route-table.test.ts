import { instance, translate } from '../../support/terraform-instance.ts';

test('a route table has its inline routes', () => {
  const { properties } = translate(
    instance('azurerm_route_table.t', {
      name: 't',
      route: [
        {
          name: 'out',
          address_prefix: '0.0.0.0/0',
          next_hop_type: 'VirtualAppliance',
          next_hop_in_ip_address: '10.0.0.4',
        },
        { name: 'hole', address_prefix: '10.9.0.0/16', next_hop_type: 'None', next_hop_in_ip_address: '' },
      ],
    }),
  );
  expect(properties('azurerm_route_table.t', 'routes')).toEqual([
    {
      name: 'out',
      properties: {
        addressprefix: '0.0.0.0/0',
        nexthoptype: 'VirtualAppliance',
        nexthopipaddress: '10.0.0.4',
      },
    },
    { name: 'hole', properties: { addressprefix: '10.9.0.0/16', nexthoptype: 'None' } },
  ]);
});

test.each([
  ['azurerm 4', { bgp_route_propagation_enabled: true }, false],
  ['azurerm 4', { bgp_route_propagation_enabled: false }, true],
  ['azurerm 2 and 3', { disable_bgp_route_propagation: true }, true],
  ['no version', {}, '~false'],
])('route propagation is read in the spelling of %s', (_, attributes, expected) => {
  const { properties } = translate(instance('azurerm_route_table.t', { name: 't', ...attributes }));
  expect(properties('azurerm_route_table.t', 'disableBgpRoutePropagation')).toBe(expected);
});

test('a separate route is a child of the table it names', () => {
  const { properties, parent } = translate(
    instance('azurerm_route_table.t', { name: 't', resource_group_name: 'rg' }),
    instance('azurerm_route.r', {
      name: 'r',
      resource_group_name: 'rg',
      route_table_name: 'T',
      address_prefix: '0.0.0.0/0',
      next_hop_type: 'Internet',
    }),
  );
  expect(parent('azurerm_route.r')).toBe('-> {azurerm_route_table.t}.id');
  expect(properties('azurerm_route.r')).toEqual({ addressprefix: '0.0.0.0/0', nexthoptype: 'Internet' });
});
