import type { TerraformInstance } from '../../../src/sources/azurerm/instance.ts';
import { asItems, field } from '../../../src/value/value.ts';
import { instance, openRef, ref, translate, unsetVariable } from '../../support/terraform-instance.ts';

function nic(address: string, ...configurations: readonly string[]): TerraformInstance {
  return instance(address, { name: 'nic', ip_configuration: configurations.map((name) => ({ name })) });
}

const NIC = nic('azurerm_network_interface.a', 'Primary');
const OTHER_NIC = nic('azurerm_network_interface.b', 'Primary');
const POOL = instance('azurerm_lb_backend_address_pool.p', { name: 'pool' });
const SUBNET = instance('azurerm_subnet.s', {
  name: 's',
  virtual_network_name: 'v',
  resource_group_name: 'rg',
});
const GROUP = instance('azurerm_network_security_group.g', { name: 'g' });

type Attributes = NonNullable<Parameters<typeof instance>[1]>;

function poolMember(attributes: Attributes): TerraformInstance {
  return instance('azurerm_network_interface_backend_address_pool_association.m', {
    network_interface_id: ref('azurerm_network_interface.a.id'),
    ip_configuration_name: 'primary',
    backend_address_pool_id: ref('azurerm_lb_backend_address_pool.p.id'),
    ...attributes,
  });
}

const POOLS = 'ipConfigurations.0.properties.loadBalancerBackendAddressPools';
const TO_POOL = [{ id: '-> {azurerm_lb_backend_address_pool.p}.id' }];

test('associations have no resource of their own', () => {
  const { model } = translate(NIC, POOL, poolMember({}));
  expect(model.resources.map(({ address }) => address)).toEqual([
    'azurerm_network_interface.a',
    'azurerm_lb_backend_address_pool.p',
  ]);
  expect(model.gaps).toEqual([]);
});

test('a security group association sets the group of the interface', () => {
  const { properties } = translate(
    NIC,
    OTHER_NIC,
    GROUP,
    instance('azurerm_network_interface_security_group_association.x', {
      network_interface_id: ref('azurerm_network_interface.a.id'),
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
  );
  expect(properties('azurerm_network_interface.a', 'networkSecurityGroup')).toEqual({
    id: '-> {azurerm_network_security_group.g}.id',
  });
  expect(properties('azurerm_network_interface.b', 'networkSecurityGroup')).toBeUndefined();
});

test('an application security group is written to every IP configuration', () => {
  const { properties } = translate(
    nic('azurerm_network_interface.a', 'one', 'two'),
    instance('azurerm_application_security_group.web', { name: 'web' }),
    instance('azurerm_network_interface_application_security_group_association.x', {
      network_interface_id: ref('azurerm_network_interface.a.id'),
      application_security_group_id: ref('azurerm_application_security_group.web.id'),
    }),
  );
  const groups = [{ id: '-> {azurerm_application_security_group.web}.id' }];
  expect(
    properties('azurerm_network_interface.a', 'ipConfigurations.0.properties.applicationSecurityGroups'),
  ).toEqual(groups);
  expect(
    properties('azurerm_network_interface.a', 'ipConfigurations.1.properties.applicationSecurityGroups'),
  ).toEqual(groups);
});

test('a pool is written to the IP configuration of that name, without regard to case', () => {
  const { properties } = translate(
    nic('azurerm_network_interface.a', 'Primary', 'second'),
    POOL,
    poolMember({}),
  );
  expect(properties('azurerm_network_interface.a', POOLS)).toEqual(TO_POOL);
  expect(properties('azurerm_network_interface.a', POOLS.replace('0', '1'))).toBeUndefined();
});

test('a NAT rule is written to the IP configuration of that name', () => {
  const { properties } = translate(
    NIC,
    instance('azurerm_lb_nat_rule.ssh', { name: 'ssh' }),
    instance('azurerm_network_interface_nat_rule_association.x', {
      network_interface_id: ref('azurerm_network_interface.a.id'),
      ip_configuration_name: 'Primary',
      nat_rule_id: ref('azurerm_lb_nat_rule.ssh.id'),
    }),
  );
  expect(
    properties('azurerm_network_interface.a', 'ipConfigurations.0.properties.loadBalancerInboundNatRules'),
  ).toEqual([{ id: '-> {azurerm_lb_nat_rule.ssh}.id' }]);
});

test('an interface can be in several pools', () => {
  const { properties } = translate(
    NIC,
    POOL,
    instance('azurerm_lb_backend_address_pool.q', { name: 'q' }),
    poolMember({}),
    instance('azurerm_network_interface_backend_address_pool_association.n', {
      network_interface_id: ref('azurerm_network_interface.a.id'),
      ip_configuration_name: 'Primary',
      backend_address_pool_id: ref('azurerm_lb_backend_address_pool.q.id'),
    }),
  );
  expect(properties('azurerm_network_interface.a', POOLS)).toEqual([
    ...TO_POOL,
    { id: '-> {azurerm_lb_backend_address_pool.q}.id' },
  ]);
});

test.each([
  [
    'network_security_group',
    'networkSecurityGroup',
    'azurerm_network_security_group.x',
    'network_security_group_id',
  ],
  ['route_table', 'routeTable', 'azurerm_route_table.x', 'route_table_id'],
  ['nat_gateway', 'natGateway', 'azurerm_nat_gateway.x', 'nat_gateway_id'],
])('a %s association is written to the subnet, inline or not', (kind, property, other, attribute) => {
  const { properties } = translate(
    SUBNET,
    instance('azurerm_virtual_network.v', { name: 'v', subnet: [{ name: 'Inline' }] }),
    instance(other, { name: 'x' }),
    instance(`azurerm_subnet_${kind}_association.one`, {
      subnet_id: ref('azurerm_subnet.s.id'),
      [attribute]: ref(`${other}.id`),
    }),
    instance(`azurerm_subnet_${kind}_association.two`, {
      subnet_id: ref('azurerm_virtual_network.v.subnet[0].id'),
      [attribute]: ref(`${other}.id`),
    }),
  );
  const link = { id: `-> {${other}}.id` };
  expect(properties('azurerm_subnet.s', property)).toEqual(link);
  expect(properties('azurerm_virtual_network.v', `subnets.0.properties.${property}`)).toEqual(link);
});

test('an association of a subnet that exists is found by its id, although it has the same id itself', () => {
  const id = '/subscriptions/S/resourceGroups/RG/providers/Microsoft.Network/virtualNetworks/v/subnets/s';
  const group = '/subscriptions/s/networksecuritygroups/g';
  const { properties } = translate(
    instance(
      'azurerm_subnet_network_security_group_association.x',
      { subnet_id: id, network_security_group_id: group },
      { id },
    ),
    instance('azurerm_subnet.s', { name: 's', virtual_network_name: 'v' }, { id }),
  );
  expect(properties('azurerm_subnet.s', 'networkSecurityGroup.id')).toBe(group);
});

test('a NAT gateway gets its addresses and prefixes', () => {
  const { properties } = translate(
    instance('azurerm_nat_gateway.n', { name: 'n' }),
    instance('azurerm_public_ip.p', { name: 'p' }),
    instance('azurerm_public_ip_prefix.p', { name: 'p' }),
    instance('azurerm_nat_gateway_public_ip_association.x', {
      nat_gateway_id: ref('azurerm_nat_gateway.n.id'),
      public_ip_address_id: ref('azurerm_public_ip.p.id'),
    }),
    instance('azurerm_nat_gateway_public_ip_prefix_association.x', {
      nat_gateway_id: ref('azurerm_nat_gateway.n.id'),
      public_ip_prefix_id: ref('azurerm_public_ip_prefix.p.id'),
    }),
  );
  expect(properties('azurerm_nat_gateway.n')).toMatchObject({
    publicipaddresses: [{ id: '-> {azurerm_public_ip.p}.id' }],
    publicipprefixes: [{ id: '-> {azurerm_public_ip_prefix.p}.id' }],
  });
});

test('an ambiguous interface may be a member, and may not', () => {
  const { properties, model } = translate(
    NIC,
    OTHER_NIC,
    nic('azurerm_network_interface.c', 'Primary'),
    POOL,
    poolMember({
      network_interface_id: ref('azurerm_network_interface.a.id', 'azurerm_network_interface.b.id'),
    }),
  );
  const maybe = [{ id: '-> {azurerm_lb_backend_address_pool.p}.id | ?' }];
  expect(properties('azurerm_network_interface.a', POOLS)).toEqual(maybe);
  expect(properties('azurerm_network_interface.b', POOLS)).toEqual(maybe);
  expect(properties('azurerm_network_interface.c', POOLS)).toBeUndefined();
  expect(model.gaps).toEqual([]);
});

test('of ambiguous interfaces it is the one with the IP configuration', () => {
  const { properties } = translate(
    nic('azurerm_network_interface.a', 'other'),
    OTHER_NIC,
    POOL,
    poolMember({
      network_interface_id: ref('azurerm_network_interface.a.id', 'azurerm_network_interface.b.id'),
    }),
  );
  expect(properties('azurerm_network_interface.b', POOLS)).toEqual(TO_POOL);
});

test('an ambiguous pool is written as it is', () => {
  const { properties } = translate(
    NIC,
    POOL,
    instance('azurerm_lb_backend_address_pool.q', { name: 'q' }),
    poolMember({ backend_address_pool_id: openRef() }),
  );
  expect(properties('azurerm_network_interface.a', POOLS)).toEqual([
    { id: '-> {azurerm_lb_backend_address_pool.p}.id | {azurerm_lb_backend_address_pool.q}.id' },
  ]);
});

test('ambiguous associations that meet in a property are merged', () => {
  const both = ref('azurerm_subnet.s.id', 'azurerm_subnet.t.id');
  const { properties } = translate(
    SUBNET,
    instance('azurerm_subnet.t', { name: 't' }),
    GROUP,
    instance('azurerm_network_security_group.h', { name: 'h' }),
    ...['g', 'h'].map((group) =>
      instance(`azurerm_subnet_network_security_group_association.${group}`, {
        subnet_id: both,
        network_security_group_id: ref(`azurerm_network_security_group.${group}.id`),
      }),
    ),
  );
  const either = '-> {azurerm_network_security_group.g}.id | {azurerm_network_security_group.h}.id | ?';
  expect(properties('azurerm_subnet.s', 'networkSecurityGroup.id')).toBe(either);
  expect(properties('azurerm_subnet.t', 'networkSecurityGroup.id')).toBe(either);
});

test('a certain association is certain beside an ambiguous one', () => {
  const { properties } = translate(
    SUBNET,
    instance('azurerm_subnet.t', { name: 't' }),
    GROUP,
    instance('azurerm_network_security_group.h', { name: 'h' }),
    instance('azurerm_subnet_network_security_group_association.certain', {
      subnet_id: ref('azurerm_subnet.s.id'),
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
    instance('azurerm_subnet_network_security_group_association.maybe', {
      subnet_id: ref('azurerm_subnet.s.id', 'azurerm_subnet.t.id'),
      network_security_group_id: ref('azurerm_network_security_group.h.id'),
    }),
  );
  expect(properties('azurerm_subnet.s', 'networkSecurityGroup.id')).toBe(
    '-> {azurerm_network_security_group.g}.id',
  );
});

test('two certain associations of one kind leave either', () => {
  const { properties } = translate(
    SUBNET,
    GROUP,
    instance('azurerm_network_security_group.h', { name: 'h' }),
    ...['g', 'h'].map((group) =>
      instance(`azurerm_subnet_network_security_group_association.${group}`, {
        subnet_id: ref('azurerm_subnet.s.id'),
        network_security_group_id: ref(`azurerm_network_security_group.${group}.id`),
      }),
    ),
  );
  expect(properties('azurerm_subnet.s', 'networkSecurityGroup.id')).toBe(
    '-> {azurerm_network_security_group.g}.id | {azurerm_network_security_group.h}.id',
  );
});

test('an inline security group and the same one by association are one', () => {
  const { properties } = translate(
    GROUP,
    instance('azurerm_virtual_network.v', {
      name: 'v',
      subnet: [{ name: 'i', security_group: ref('azurerm_network_security_group.g.id') }],
    }),
    instance('azurerm_subnet_network_security_group_association.x', {
      subnet_id: ref('azurerm_virtual_network.v.subnet[0].id'),
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
  );
  expect(properties('azurerm_virtual_network.v', 'subnets.0.properties.networkSecurityGroup.id')).toBe(
    '-> {azurerm_network_security_group.g}.id',
  );
});

test('an interface that cannot be followed is any that does not exist yet', () => {
  const old = instance(
    'azurerm_network_interface.old',
    { name: 'old', ip_configuration: [{ name: 'Primary' }] },
    { id: '/subscriptions/s/networkinterfaces/old' },
  );
  const { properties, model } = translate(
    NIC,
    OTHER_NIC,
    old,
    POOL,
    poolMember({ network_interface_id: unsetVariable('nic') }),
  );
  const maybe = [{ id: '-> {azurerm_lb_backend_address_pool.p}.id | ?' }];
  expect(properties('azurerm_network_interface.a', POOLS)).toEqual(maybe);
  expect(properties('azurerm_network_interface.b', POOLS)).toEqual(maybe);
  expect(properties('azurerm_network_interface.old', POOLS)).toBeUndefined();
  expect(model.gaps).toMatchObject([
    { id: '{azurerm_lb_backend_address_pool.p}', reason: { name: 'var.nic' } },
  ]);
});

test('a subnet that cannot be followed, in a root without subnets, is a gap', () => {
  const { model } = translate(
    GROUP,
    instance('azurerm_subnet_network_security_group_association.x', {
      subnet_id: unsetVariable('subnet'),
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
  );
  expect(model.gaps).toHaveLength(1);
  expect(model.gaps[0]).toMatchObject({ reason: { kind: 'parameter', name: 'var.subnet' } });
  expect(model.gaps[0]).not.toHaveProperty('id');
});

test.each([
  ['an interface of another root', { network_interface_id: '/subscriptions/s/networkInterfaces/elsewhere' }],
  ['an IP configuration that does not exist', { ip_configuration_name: 'missing' }],
])('a member that is %s leaves a gap in the pool', (_, attributes) => {
  const { properties, model } = translate(NIC, POOL, poolMember(attributes));
  expect(properties('azurerm_network_interface.a', POOLS)).toBeUndefined();
  expect(model.gaps).toMatchObject([
    { id: '{azurerm_lb_backend_address_pool.p}', reason: { kind: 'outside' } },
  ]);
});

test('a security group on an interface of another root is no gap', () => {
  const { model } = translate(
    GROUP,
    instance('azurerm_network_interface_security_group_association.x', {
      network_interface_id: '/subscriptions/s/networkInterfaces/elsewhere',
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
  );
  expect(model.gaps).toEqual([]);
});

test('an unknown name of an IP configuration is the only one, or may be each of several', () => {
  const member = poolMember({ ip_configuration_name: unsetVariable('name') });
  const one = translate(NIC, POOL, member);
  expect(one.properties('azurerm_network_interface.a', POOLS)).toEqual(TO_POOL);
  const two = translate(nic('azurerm_network_interface.a', 'x', 'y'), POOL, member);
  const maybe = [{ id: '-> {azurerm_lb_backend_address_pool.p}.id | ?' }];
  expect(two.properties('azurerm_network_interface.a', POOLS)).toEqual(maybe);
  expect(two.properties('azurerm_network_interface.a', POOLS.replace('0', '1'))).toEqual(maybe);
});

test('a name that no known IP configuration has is the one whose name is not known', () => {
  const { properties } = translate(
    instance('azurerm_network_interface.a', {
      ip_configuration: [{ name: 'other' }, { name: unsetVariable('name') }],
    }),
    POOL,
    poolMember({}),
  );
  expect(properties('azurerm_network_interface.a', POOLS.replace('0', '1'))).toEqual(TO_POOL);
  expect(properties('azurerm_network_interface.a', POOLS)).toBeUndefined();
});

test('IP configurations that are unknown as a whole leave a gap in the pool', () => {
  const { model } = translate(
    instance('azurerm_network_interface.a', { name: 'nic', ip_configuration: openRef() }),
    POOL,
    poolMember({}),
  );
  expect(model.gaps).toMatchObject([{ id: '{azurerm_lb_backend_address_pool.p}' }]);
});

test('so many possible pools that none stands out are unknown', () => {
  const pools = Array.from({ length: 129 }, (_, number) =>
    instance(`azurerm_lb_backend_address_pool.p[${number}]`, { name: 'p' }),
  );
  const members = pools.map(({ address }, number) =>
    instance(`azurerm_network_interface_backend_address_pool_association.m[${number}]`, {
      network_interface_id: openRef(),
      ip_configuration_name: 'Primary',
      backend_address_pool_id: ref(`${address}.id`),
    }),
  );
  const { properties } = translate(NIC, OTHER_NIC, ...pools, ...members);
  expect(properties('azurerm_network_interface.a', POOLS)).toEqual([{ id: '?' }]);
});

test('what many ambiguous members have in common is kept once', () => {
  const numbers = Array.from({ length: 100 }, (_, number) => number);
  const nics = numbers.map((number) => nic(`azurerm_network_interface.n[${number}]`, 'Primary'));
  const pools = numbers.map((number) =>
    instance(`azurerm_lb_backend_address_pool.p[${number}]`, { name: 'p' }),
  );
  const members = numbers.map((number) =>
    instance(`azurerm_network_interface_backend_address_pool_association.m[${number}]`, {
      network_interface_id: openRef(),
      ip_configuration_name: 'Primary',
      backend_address_pool_id: ref(`azurerm_lb_backend_address_pool.p[${number}].id`),
    }),
  );
  const { model } = translate(...nics, ...pools, ...members);
  const possible = nics.map(({ id }) => {
    const body = model.byId(id)?.body;
    const [configuration] =
      body === undefined ? [] : asItems(field(body, 'properties', 'ipConfigurations')).items;
    const [item] =
      configuration === undefined
        ? []
        : asItems(field(configuration, 'properties', 'loadBalancerBackendAddressPools')).items;
    return item && field(item, 'id');
  });
  expect(new Set(possible).size).toBe(1);
  expect(possible[0]).toMatchObject({ kind: 'unknown', open: true });
  expect(possible[0]?.kind === 'unknown' && possible[0].references).toHaveLength(100);
});

const CONDITION = unsetVariable('attach');

test('an association that may not exist makes a possible member', () => {
  const { properties, model } = translate(NIC, POOL, { ...poolMember({}), condition: CONDITION });
  expect(properties('azurerm_network_interface.a', POOLS)).toEqual([
    { id: '-> {azurerm_lb_backend_address_pool.p}.id | ?' },
  ]);
  expect(model.gaps).toEqual([]);
});

test('a security group by an association that may not exist waits for what decides', () => {
  const { properties, model } = translate(NIC, GROUP, {
    ...instance('azurerm_network_interface_security_group_association.x', {
      network_interface_id: ref('azurerm_network_interface.a.id'),
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
    condition: CONDITION,
  });
  expect(properties('azurerm_network_interface.a', 'networkSecurityGroup')).toEqual({
    id: '-> {azurerm_network_security_group.g}.id | ?',
  });
  const [resource] = model.ofType('microsoft.network/networkinterfaces');
  const link = field(resource?.body ?? CONDITION, 'properties', 'networkSecurityGroup', 'id');
  expect(link).toMatchObject({ reason: { kind: 'parameter', name: 'var.attach' } });
});

test('every IP configuration is only possibly in a group that is associated on a condition', () => {
  const { properties } = translate(
    nic('azurerm_network_interface.a', 'one', 'two'),
    instance('azurerm_application_security_group.g', { name: 'g' }),
    {
      ...instance('azurerm_network_interface_application_security_group_association.x', {
        network_interface_id: ref('azurerm_network_interface.a.id'),
        application_security_group_id: ref('azurerm_application_security_group.g.id'),
      }),
      condition: CONDITION,
    },
  );
  for (const at of [0, 1]) {
    expect(
      properties(
        'azurerm_network_interface.a',
        `ipConfigurations.${at}.properties.applicationSecurityGroups`,
      ),
    ).toEqual([{ id: '-> {azurerm_application_security_group.g}.id | ?' }]);
  }
});
