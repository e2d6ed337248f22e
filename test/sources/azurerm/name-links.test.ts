import { instance, openRef, ref, translate, unsetVariable } from '../../support/terraform-instance.ts';

type Attributes = NonNullable<Parameters<typeof instance>[1]>;

function network(address: string, attributes: Attributes, id?: string): ReturnType<typeof instance> {
  return instance(address, attributes, id === undefined ? {} : { id });
}

function parentOfSubnet(attributes: Attributes, ...others: readonly ReturnType<typeof instance>[]): unknown {
  return translate(instance('azurerm_subnet.s', { name: 's', ...attributes }), ...others).parent(
    'azurerm_subnet.s',
  );
}

const NAMED = { virtual_network_name: 'Vnet', resource_group_name: 'rg' };

test('a name is compared without regard to case, within the resource group', () => {
  expect(
    parentOfSubnet(
      NAMED,
      network('azurerm_virtual_network.a', { name: 'vNET', resource_group_name: 'RG' }),
      network('azurerm_virtual_network.b', { name: 'vnet', resource_group_name: 'other' }),
    ),
  ).toBe('-> {azurerm_virtual_network.a}.id');
});

test('an instance that exists is linked by its id', () => {
  const id = '/subscriptions/s/resourcegroups/rg/providers/microsoft.network/virtualnetworks/vnet';
  expect(
    parentOfSubnet(
      NAMED,
      network('azurerm_virtual_network.a', { name: 'vnet', resource_group_name: 'rg' }, id),
    ),
  ).toBe(id);
});

test('one instance of the name is the one although its resource group is not known', () => {
  const a = network('azurerm_virtual_network.a', { name: 'vnet', resource_group_name: unsetVariable('rg') });
  expect(parentOfSubnet(NAMED, a)).toBe('-> {azurerm_virtual_network.a}.id');
});

test('several instances of the name are candidates while the resource group is not known', () => {
  expect(
    parentOfSubnet(
      { ...NAMED, resource_group_name: unsetVariable('rg') },
      network('azurerm_virtual_network.a', { name: 'vnet', resource_group_name: 'one' }),
      network('azurerm_virtual_network.b', { name: 'vnet', resource_group_name: 'two' }),
    ),
  ).toBe('-> {azurerm_virtual_network.a}.id | {azurerm_virtual_network.b}.id');
});

test('a network of another root gets an id without its subscription, in lower case', () => {
  const other = network('azurerm_virtual_network.a', { name: 'another', resource_group_name: 'rg' });
  expect(parentOfSubnet(NAMED, other)).toBe(
    '/resourcegroups/rg/providers/microsoft.network/virtualnetworks/vnet',
  );
});

test('a network of another root that a data source read has the id of the data source', () => {
  const id = '/subscriptions/s/resourcegroups/rg/providers/microsoft.network/virtualnetworks/vnet';
  const data = network('data.azurerm_virtual_network.d', { name: 'vnet', resource_group_name: 'rg', id }, id);
  expect(parentOfSubnet(NAMED, data)).toBe(id);
});

test('a network of another root in an unknown resource group is unknown', () => {
  expect(parentOfSubnet({ ...NAMED, resource_group_name: unsetVariable('rg') })).toBe('?');
});

test('a name that is not known is a link when it refers to the name of an instance', () => {
  expect(
    parentOfSubnet(
      { ...NAMED, virtual_network_name: ref('azurerm_virtual_network.a.name') },
      network('azurerm_virtual_network.a', { name: ref('random_pet.p.id') }),
      network('azurerm_virtual_network.b', { name: ref('random_pet.p.id') }),
    ),
  ).toBe('-> {azurerm_virtual_network.a}.id');
});

test('a name that is not known is a link through another attribute that copies it', () => {
  expect(
    parentOfSubnet(
      { ...NAMED, virtual_network_name: ref('azurerm_subnet.first.virtual_network_name') },
      network('azurerm_virtual_network.a', { name: ref('random_pet.p.id') }),
      instance('azurerm_subnet.first', { virtual_network_name: ref('azurerm_virtual_network.a.name') }),
    ),
  ).toBe('-> {azurerm_virtual_network.a}.id');
});

test('a name that cannot be followed may be any that is not known, and anything else', () => {
  expect(
    parentOfSubnet(
      { ...NAMED, virtual_network_name: openRef() },
      network('azurerm_virtual_network.a', { name: unsetVariable('name') }),
      network('azurerm_virtual_network.b', { name: 'settled' }),
    ),
  ).toBe('-> {azurerm_virtual_network.a}.id | ?');
});

test.each([
  ['azurerm_network_security_rule.x', 'network_security_group_name', 'azurerm_network_security_group.p'],
  ['azurerm_route.x', 'route_table_name', 'azurerm_route_table.p'],
  ['azurerm_virtual_network_peering.x', 'virtual_network_name', 'azurerm_virtual_network.p'],
])('%s is linked through %s', (address, attribute, parent) => {
  const result = translate(
    instance(address, { name: 'x', [attribute]: 'Parent', resource_group_name: 'rg' }),
    instance(parent, { name: 'parent', resource_group_name: 'rg' }),
  );
  expect(result.parent(address)).toBe(`-> {${parent}}.id`);
});

test('equal names of two provider configurations can be two networks', () => {
  const hub = {
    ...network('azurerm_virtual_network.a', { name: 'vnet', resource_group_name: 'rg' }),
    provider: 'azurerm.hub',
  };
  const outside = '/resourcegroups/rg/providers/microsoft.network/virtualnetworks/vnet';
  expect(parentOfSubnet(NAMED, hub)).toBe(`-> {azurerm_virtual_network.a}.id | ${outside}.id`);
  const own = network('azurerm_virtual_network.b', { name: 'vnet', resource_group_name: 'rg' });
  expect(parentOfSubnet(NAMED, hub, own)).toBe('-> {azurerm_virtual_network.b}.id');
});

test('what two provider configurations find outside by the same name is not taken for one', () => {
  const read = (provider?: string): unknown => {
    const subnet = instance('azurerm_subnet.s', { name: 's', ...NAMED });
    return translate(provider === undefined ? subnet : { ...subnet, provider }).parent('azurerm_subnet.s');
  };
  expect(read('azurerm.hub')).toBe(
    '/subscriptions/{azurerm.hub}/resourcegroups/rg/providers/microsoft.network/virtualnetworks/vnet',
  );
  expect(read('azurerm.hub')).not.toBe(read('azurerm.spoke'));
  expect(read('azurerm.hub')).not.toBe(read());
});
