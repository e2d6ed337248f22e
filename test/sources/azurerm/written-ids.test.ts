import type { Unknown } from '../../../src/value/value.ts';
import { instance, ref, textAround, translate, unsetVariable } from '../../support/terraform-instance.ts';

const GROUP = '/subscriptions/S1/resourceGroups/RG/providers/Microsoft.Network';
const SETTLED = instance('data.azurerm_client_config.me', { subscription_id: 's1' });

const ESTATE = [
  instance('azurerm_virtual_network.net', {
    name: 'vnet',
    resource_group_name: 'rg',
    subnet: [{ name: 'Inline' }],
  }),
  instance('azurerm_subnet.web', { name: 'web', resource_group_name: 'rg', virtual_network_name: 'vnet' }),
  instance('azurerm_lb.web', {
    name: 'lb',
    resource_group_name: 'rg',
    frontend_ip_configuration: [{ name: 'fe' }],
  }),
  instance('azurerm_lb_backend_address_pool.web', {
    name: 'pool',
    loadbalancer_id: ref('azurerm_lb.web.id'),
  }),
  instance('azurerm_lb_probe.web', { name: 'probe', loadbalancer_id: ref('azurerm_lb.web.id') }),
];

const PATHS = {
  subnet: `${GROUP}/virtualNetworks/VNET/subnets/Web`,
  inline: `${GROUP}/virtualNetworks/vnet/subnets/inline`,
  pool: `${GROUP}/loadBalancers/LB/backendAddressPools/Pool`,
  probe: `${GROUP}/loadBalancers/lb/probes/probe`,
  balancer: `${GROUP}/loadBalancers/lb`,
};

function linksOf(subnetId: string, ...others: readonly ReturnType<typeof instance>[]): unknown {
  const nic = instance('azurerm_network_interface.n', {
    ip_configuration: [{ name: 'i', subnet_id: subnetId }],
  });
  return translate(nic, ...ESTATE, ...others).properties(
    nic.address,
    'ipConfigurations.0.properties.subnet.id',
  );
}

test.each([
  ['a subnet', PATHS.subnet, '{azurerm_subnet.web}'],
  ['an inline subnet', PATHS.inline, '{azurerm_virtual_network.net}/subnets/inline'],
])('an id that is spelled out but belongs to %s of this root is a link to it', (_, id, target) => {
  expect(linksOf(id, SETTLED)).toBe(`-> ${target}.id`);
});

test('ids of children of a load balancer that this root makes are links to them', () => {
  const { properties, parent } = translate(
    ...ESTATE,
    SETTLED,
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: PATHS.balancer,
      frontend_ip_configuration_name: 'fe',
      backend_address_pool_ids: [PATHS.pool],
      probe_id: PATHS.probe,
    }),
  );
  expect(parent('azurerm_lb_rule.r')).toBe('-> {azurerm_lb.web}.id');
  expect(properties('azurerm_lb_rule.r')).toMatchObject({
    frontendipconfiguration: { id: '-> {azurerm_lb.web}/frontendipconfigurations/fe.id' },
    backendaddresspool: { id: '-> {azurerm_lb_backend_address_pool.web}.id' },
    probe: { id: '-> {azurerm_lb_probe.web}.id' },
  });
});

test('a new pool of a load balancer that exists is recognised by its id', () => {
  const id = `${GROUP}/loadBalancers/old`.toLowerCase();
  const { properties } = translate(
    instance('azurerm_lb.old', { name: 'old' }, { id }),
    instance('azurerm_lb_backend_address_pool.new', { name: 'new', loadbalancer_id: id }),
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: id,
      frontend_ip_configuration_name: 'fe',
      backend_address_pool_ids: [`${GROUP}/loadBalancers/old/backendAddressPools/New`],
    }),
  );
  expect(properties('azurerm_lb_rule.r', 'backendAddressPool.id')).toBe(
    '-> {azurerm_lb_backend_address_pool.new}.id',
  );
});

test('in an unknown or another subscription the id may also be what it says', () => {
  const either = `-> {azurerm_subnet.web}.id | ${PATHS.subnet.toLowerCase()}.id`;
  expect(linksOf(PATHS.subnet)).toBe(either);
  expect(linksOf(PATHS.subnet, instance('data.azurerm_client_config.me', { subscription_id: 's2' }))).toBe(
    either,
  );
  expect(
    linksOf(PATHS.subnet, SETTLED, instance('data.azurerm_subscription.two', { subscription_id: 's2' })),
  ).toBe(either);
});

test('resources that exist tell the subscription as well', () => {
  const id = '/subscriptions/s1/resourcegroups/rg/providers/microsoft.network/publicipaddresses/p';
  expect(linksOf(PATHS.subnet, instance('azurerm_public_ip.p', {}, { id }))).toBe(
    '-> {azurerm_subnet.web}.id',
  );
});

test('an id that a data source read is of something that exists', () => {
  const data = instance('data.azurerm_subnet.web', { id: PATHS.subnet }, { id: PATHS.subnet });
  expect(linksOf(PATHS.subnet, SETTLED, data)).toBe(PATHS.subnet);
});

test.each([
  ['another name', `${GROUP}/virtualNetworks/vnet/subnets/other`],
  ['another resource group', PATHS.subnet.replace('RG', 'rg2')],
  ['no resource group', '/providers/Microsoft.Network/x'],
])('an id with %s stays as it is', (_, id) => {
  expect(linksOf(id, SETTLED)).toBe(id);
});

const BALANCER_ID = ref('azurerm_lb.web.id');
const GROUP_ID = ref('azurerm_resource_group.rg.id');
const RESOURCE_GROUP = instance('azurerm_resource_group.rg', { name: 'RG' });

function poolOf(
  id: readonly (string | Unknown)[],
  ...others: readonly ReturnType<typeof instance>[]
): unknown {
  const rule = instance('azurerm_lb_rule.r', {
    loadbalancer_id: BALANCER_ID,
    frontend_ip_configuration_name: 'fe',
    backend_address_pool_ids: [textAround(...id)],
  });
  return translate(...ESTATE, ...others, rule).properties('azurerm_lb_rule.r', 'backendAddressPool.id');
}

test('an id around that of a load balancer is the pool of that name, or something that is not in the root', () => {
  expect(poolOf([BALANCER_ID, '/backendAddressPools/', 'POOL'])).toBe(
    '-> {azurerm_lb_backend_address_pool.web}.id',
  );
  expect(poolOf([BALANCER_ID, '/backendAddressPools/other'])).toBe(
    '-> {azurerm_lb.web}/backendaddresspools/other.id',
  );
});

test('an id around that of a resource group is what lies there', () => {
  const path = '/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/pool';
  expect(poolOf([GROUP_ID, path], RESOURCE_GROUP)).toBe('-> {azurerm_lb_backend_address_pool.web}.id');
  expect(poolOf([GROUP_ID, path.replace('/lb/', '/elsewhere/')], RESOURCE_GROUP)).toBe(
    '-> /resourcegroups/rg/providers/microsoft.network/loadbalancers/elsewhere/backendaddresspools/pool.id',
  );
});

test('an id in a subscription that is not known may be elsewhere, but not in that of the provider', () => {
  const path = '/resourceGroups/RG/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/pool';
  const own = ref('data.azurerm_client_config.me.subscription_id');
  const me = instance('data.azurerm_client_config.me', {});
  expect(poolOf(['/subscriptions/', own, path], me)).toBe('-> {azurerm_lb_backend_address_pool.web}.id');
  expect(poolOf(['/subscriptions/', unsetVariable('subscription'), path])).toBe(
    `-> {azurerm_lb_backend_address_pool.web}.id | ${path.toLowerCase()}.id`,
  );
});

test('an id around something else is not followed', () => {
  expect(poolOf(['/subscriptions/s/resourceGroups/', unsetVariable('group'), '/providers/x'])).toBe('?');
  expect(poolOf([unsetVariable('balancer'), '/backendAddressPools/pool'])).toBe('?');
});

test('an id around that of a load balancer with a name that is not known is one of its pools', () => {
  expect(
    poolOf([BALANCER_ID, '/backendAddressPools/', ref('random_pet.p.id')], instance('random_pet.p', {})),
  ).toBe('-> {azurerm_lb_backend_address_pool.web}.id');
});

test('the id of a parent can be put together around that of its own parent', () => {
  const manager = ref('azurerm_network_manager.m.id');
  const { parent } = translate(
    instance('azurerm_network_manager_admin_rule.r', {
      name: 'r',
      admin_rule_collection_id: textAround(manager, '/securityAdminConfigurations/C/ruleCollections/Rules'),
    }),
    instance('azurerm_network_manager_admin_rule_collection.c', {
      name: 'rules',
      security_admin_configuration_id: textAround(manager, '/securityAdminConfigurations/c'),
    }),
    instance('azurerm_network_manager_security_admin_configuration.s', {
      name: 'c',
      network_manager_id: manager,
    }),
    instance('azurerm_network_manager.m', { name: 'm' }),
  );
  expect(parent('azurerm_network_manager_admin_rule.r')).toBe(
    '-> {azurerm_network_manager_admin_rule_collection.c}.id',
  );
  expect(parent('azurerm_network_manager_admin_rule_collection.c')).toBe(
    '-> {azurerm_network_manager_security_admin_configuration.s}.id',
  );
});

test('the load balancer of a rule can be named by an id that is put together', () => {
  const id = textAround(
    '/subscriptions/',
    ref('data.azurerm_client_config.me.subscription_id'),
    '/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/LB',
  );
  const { parent, properties } = translate(
    ...ESTATE,
    instance('data.azurerm_client_config.me', {}),
    instance('azurerm_lb_probe.late', { name: 'late', loadbalancer_id: id }),
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: id,
      frontend_ip_configuration_name: 'fe',
      probe_id: textAround(BALANCER_ID, '/probes/late'),
    }),
  );
  expect(parent('azurerm_lb_rule.r')).toBe('-> {azurerm_lb.web}.id');
  expect(properties('azurerm_lb_rule.r')).toMatchObject({
    frontendipconfiguration: { id: '-> {azurerm_lb.web}/frontendipconfigurations/fe.id' },
    probe: { id: '-> {azurerm_lb_probe.late}.id' },
  });
});

test('an id in the group of another provider configuration is not that of a resource of the default one', () => {
  const path = '/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/pool';
  const group = { ...RESOURCE_GROUP, provider: 'azurerm.hub' };
  expect(poolOf([GROUP_ID, path], group)).toBe(
    '-> /subscriptions/{azurerm.hub}/resourcegroups/rg/providers/microsoft.network/loadbalancers/lb/backendaddresspools/pool.id',
  );
});
