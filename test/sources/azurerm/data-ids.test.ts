import { instance, ref, translate, unsetVariable } from '../../support/terraform-instance.ts';

type Instance = ReturnType<typeof instance>;

function subnetOf(subnet: string, ...others: readonly Instance[]): unknown {
  const nic = instance('azurerm_network_interface.n', {
    ip_configuration: [{ name: 'i', subnet_id: ref(subnet) }],
  });
  return translate(nic, ...others).properties(
    'azurerm_network_interface.n',
    'ipConfigurations.0.properties.subnet.id',
  );
}

const IN_HUB = { name: 'Web', virtual_network_name: 'Hub', resource_group_name: 'RG' };
const OUTSIDE = '/resourcegroups/rg/providers/microsoft.network/virtualnetworks/hub/subnets/web';

test('the id of a data source is put together from its arguments, without the subscription', () => {
  expect(subnetOf('data.azurerm_subnet.a.id', instance('data.azurerm_subnet.a', IN_HUB))).toBe(
    `-> ${OUTSIDE}.id`,
  );
});

test('two data sources with equal arguments read one thing, and so does a link by name', () => {
  const { properties, parent } = translate(
    instance('data.azurerm_virtual_network.one', { name: 'hub', resource_group_name: 'rg' }),
    instance('data.azurerm_virtual_network.two', { name: 'HUB', resource_group_name: 'RG' }),
    instance('azurerm_subnet.s', { name: 's', virtual_network_name: 'Hub', resource_group_name: 'rg' }),
    instance('azurerm_virtual_network_peering.p', {
      virtual_network_name: 'spoke',
      resource_group_name: 'rg',
      remote_virtual_network_id: ref('data.azurerm_virtual_network.one.id'),
    }),
    instance('azurerm_lb_backend_address_pool.b', {
      virtual_network_id: ref('data.azurerm_virtual_network.two.id'),
    }),
  );
  const hub = '/resourcegroups/rg/providers/microsoft.network/virtualnetworks/hub';
  expect(properties('azurerm_virtual_network_peering.p', 'remoteVirtualNetwork.id')).toBe(`-> ${hub}.id`);
  expect(properties('azurerm_lb_backend_address_pool.b', 'virtualNetwork.id')).toBe(`-> ${hub}.id`);
  expect(parent('azurerm_subnet.s')).toBe(hub);
});

test('a data source that reads what the root makes is a link to that', () => {
  const network = instance('azurerm_virtual_network.hub', { name: 'hub', resource_group_name: 'rg' });
  const subnet = instance('azurerm_subnet.web', { ...IN_HUB, name: 'web' });
  const data = instance('data.azurerm_subnet.a', IN_HUB);
  expect(subnetOf('data.azurerm_subnet.a.id', network, subnet, data)).toBe('-> {azurerm_subnet.web}.id');
});

test('a data source may read an inline subnet of a network the root makes', () => {
  const network = instance('azurerm_virtual_network.hub', {
    name: 'hub',
    resource_group_name: 'rg',
    subnet: [{ name: 'web' }],
  });
  const data = instance('data.azurerm_subnet.a', IN_HUB);
  expect(subnetOf('data.azurerm_subnet.a.id', network, data)).toBe(
    '-> {azurerm_virtual_network.hub}/subnets/web.id',
  );
});

test('the pool of a load balancer that data sources read is a child of that', () => {
  const { properties } = translate(
    instance('data.azurerm_lb.l', { name: 'lb', resource_group_name: 'rg' }),
    instance('data.azurerm_lb_backend_address_pool.p', {
      name: 'Pool',
      loadbalancer_id: ref('data.azurerm_lb.l.id'),
    }),
    instance('azurerm_linux_virtual_machine_scale_set.v', {
      network_interface: [
        {
          name: 'n',
          ip_configuration: [
            {
              name: 'i',
              load_balancer_backend_address_pool_ids: [ref('data.azurerm_lb_backend_address_pool.p.id')],
            },
          ],
        },
      ],
    }),
  );
  expect(
    properties(
      'azurerm_linux_virtual_machine_scale_set.v',
      'virtualMachineProfile.networkProfile.networkInterfaceConfigurations.0.properties.ipConfigurations.0.properties.loadBalancerBackendAddressPools',
    ),
  ).toEqual([
    {
      id: '-> /resourcegroups/rg/providers/microsoft.network/loadbalancers/lb/backendaddresspools/pool.id',
    },
  ]);
});

test.each([
  ['name', { ...IN_HUB, name: unsetVariable('name') }],
  ['network', { ...IN_HUB, virtual_network_name: unsetVariable('network') }],
  ['resource group', { ...IN_HUB, resource_group_name: unsetVariable('group') }],
])('a data source whose %s is not known can be anything', (_, attributes) => {
  expect(
    subnetOf(
      'data.azurerm_subnet.a.id',
      instance('data.azurerm_subnet.a', attributes),
      instance('azurerm_subnet.own', { name: 'own' }),
    ),
  ).toBe('?');
});

test('a resource that may not exist shares its name with one outside', () => {
  const network = {
    ...instance('azurerm_virtual_network.hub', { name: 'hub', resource_group_name: 'rg' }),
    condition: unsetVariable('create'),
  };
  const { parent } = translate(network, instance('azurerm_subnet.web', IN_HUB));
  expect(parent('azurerm_subnet.web')).toBe(
    '-> {azurerm_virtual_network.hub}.id | /resourcegroups/rg/providers/microsoft.network/virtualnetworks/hub.id',
  );
});

test('a data source of another provider configuration is not certain to read what the root makes', () => {
  const own = instance('azurerm_virtual_network.own', { name: 'hub', resource_group_name: 'rg' });
  const data = {
    ...instance('data.azurerm_virtual_network.hub', { name: 'hub', resource_group_name: 'rg' }),
    provider: 'azurerm.hub',
  };
  const { properties } = translate(
    own,
    data,
    instance('azurerm_virtual_network_peering.p', {
      virtual_network_name: 'hub',
      resource_group_name: 'rg',
      remote_virtual_network_id: ref('data.azurerm_virtual_network.hub.id'),
    }),
  );
  expect(properties('azurerm_virtual_network_peering.p', 'remoteVirtualNetwork.id')).toBe('?');
});
