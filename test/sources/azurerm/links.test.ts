import { instance, openRef, ref, translate, unsetVariable } from '../../support/terraform-instance.ts';

type Plain = Parameters<typeof instance>[1];

const EXISTING = '/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/V/subnets/S';

function nic(subnet: NonNullable<Plain>[string]): ReturnType<typeof instance> {
  return instance('azurerm_network_interface.web', {
    name: 'nic',
    ip_configuration: [{ name: 'ipconfig', subnet_id: subnet, private_ip_address_allocation: 'Dynamic' }],
  });
}

function subnet(address: string, id?: string): ReturnType<typeof instance> {
  return instance(address, { name: 'snet' }, id === undefined ? {} : { id });
}

function subnetOf(
  value: NonNullable<Plain>[string],
  ...others: readonly ReturnType<typeof instance>[]
): unknown {
  return translate(nic(value), ...others).properties(
    'azurerm_network_interface.web',
    'ipConfigurations.0.properties.subnet.id',
  );
}

test('a known id stays as it is', () => {
  expect(subnetOf(EXISTING)).toBe(EXISTING);
});

test.each([[null], ['']])('an id that is %j is not set', (value) => {
  expect(subnetOf(value)).toBeUndefined();
});

test('a reference to the id of a fitting instance is a link', () => {
  expect(subnetOf(ref('azurerm_subnet.a.id'), subnet('azurerm_subnet.a'), subnet('azurerm_subnet.b'))).toBe(
    '-> {azurerm_subnet.a}.id',
  );
});

test('a reference that lost its attribute is a link as well', () => {
  expect(subnetOf(ref('azurerm_subnet.a.'), subnet('azurerm_subnet.a'), subnet('azurerm_subnet.b'))).toBe(
    '-> {azurerm_subnet.a}.id',
  );
});

test('references to other types and other attributes are dropped', () => {
  const value = ref('azurerm_resource_group.rg.id', 'azurerm_subnet.b.name', 'azurerm_subnet.a.id');
  expect(
    subnetOf(
      value,
      instance('azurerm_resource_group.rg', { name: 'rg' }),
      subnet('azurerm_subnet.a'),
      subnet('azurerm_subnet.b'),
    ),
  ).toBe('-> {azurerm_subnet.a}.id');
});

test('what has a known id is no candidate, because an unknown value is not a copy of it', () => {
  const value = ref('azurerm_subnet.a.id', 'azurerm_subnet.b.id');
  const old = instance('azurerm_subnet.old', { name: 'old' }, { id: EXISTING });
  const oldRef = { ...value, references: [...(value.references ?? []), { id: old.id, property: 'id' }] };
  expect(subnetOf(oldRef, subnet('azurerm_subnet.a'), subnet('azurerm_subnet.b'), old)).toBe(
    '-> {azurerm_subnet.a}.id | {azurerm_subnet.b}.id',
  );
});

test('a data source that was read is no candidate either', () => {
  const data = instance('data.azurerm_subnet.old', { id: EXISTING }, { id: EXISTING });
  const value = { ...ref('azurerm_subnet.a.id') };
  const both = { ...value, references: [...(value.references ?? []), { id: data.id, property: 'id' }] };
  expect(subnetOf(both, subnet('azurerm_subnet.a'), data)).toBe('-> {azurerm_subnet.a}.id');
});

test('inline subnets are candidates through the block and by what is left of it', () => {
  const network = instance('azurerm_virtual_network.net', {
    name: 'net',
    subnet: [{ name: 'Front' }, { name: 'back' }],
  });
  const all =
    '-> {azurerm_virtual_network.net}/subnets/front.id | {azurerm_virtual_network.net}/subnets/back.id';
  expect(subnetOf(ref('azurerm_virtual_network.net.subnet'), network)).toBe(all);
  expect(subnetOf(ref('azurerm_virtual_network.net.'), network)).toBe(all);
  expect(subnetOf(ref('azurerm_virtual_network.net.subnet[1].id'), network)).toBe(
    '-> {azurerm_virtual_network.net}/subnets/back.id',
  );
  expect(subnetOf(ref('azurerm_virtual_network.net.subnet[1].name'), network)).toBe(all);
});

test('an inline subnet that exists keeps its id and is no candidate', () => {
  const network = instance(
    'azurerm_virtual_network.net',
    { name: 'net', subnet: [{ name: 'old', id: EXISTING }, { name: 'new' }] },
    { id: '/subscriptions/s/virtualnetworks/net' },
  );
  const value = { ...ref(), references: [{ id: network.id, property: 'subnet' }] };
  expect(subnetOf(value, network)).toBe('-> /subscriptions/s/virtualnetworks/net/subnets/new.id');
});

test('a copy of a copy is followed', () => {
  expect(
    subnetOf(
      ref('azurerm_network_interface.first.ip_configuration[0].subnet_id'),
      instance('azurerm_network_interface.first', {
        ip_configuration: [{ name: 'ipconfig', subnet_id: ref('azurerm_subnet.a.id') }],
      }),
      subnet('azurerm_subnet.a'),
      subnet('azurerm_subnet.b'),
    ),
  ).toBe('-> {azurerm_subnet.a}.id');
});

test('a subnet association has the id of its subnet', () => {
  expect(
    subnetOf(
      ref('azurerm_subnet_network_security_group_association.a.id'),
      instance('azurerm_subnet_network_security_group_association.a', {
        subnet_id: ref('azurerm_subnet.a.id'),
        network_security_group_id: ref('azurerm_network_security_group.g.id'),
      }),
      instance('azurerm_network_security_group.g', { name: 'g' }),
      subnet('azurerm_subnet.a'),
      subnet('azurerm_subnet.b'),
    ),
  ).toBe('-> {azurerm_subnet.a}.id');
});

test('copies that copy each other end', () => {
  const copy = (address: string, other: string): ReturnType<typeof instance> =>
    instance(address, {
      ip_configuration: [{ name: 'x', subnet_id: ref(`${other}.ip_configuration[0].subnet_id`) }],
    });
  expect(
    subnetOf(
      ref('azurerm_network_interface.a.ip_configuration[0].subnet_id'),
      copy('azurerm_network_interface.a', 'azurerm_network_interface.b'),
      copy('azurerm_network_interface.b', 'azurerm_network_interface.a'),
      subnet('azurerm_subnet.a'),
      subnet('azurerm_subnet.b'),
    ),
  ).toBe('-> {azurerm_subnet.a}.id | {azurerm_subnet.b}.id');
});

test('an open value is the only thing that does not exist yet', () => {
  expect(subnetOf(openRef(), subnet('azurerm_subnet.a'), subnet('azurerm_subnet.old', EXISTING))).toBe(
    '-> {azurerm_subnet.a}.id',
  );
});

test('an open value is one of the things that do not exist yet, and of nothing else', () => {
  expect(
    subnetOf(openRef('azurerm_subnet.a.id'), subnet('azurerm_subnet.a'), subnet('azurerm_subnet.b')),
  ).toBe('-> {azurerm_subnet.a}.id | {azurerm_subnet.b}.id');
});

test('a value without fitting references is eliminated like an open one', () => {
  expect(
    subnetOf(
      ref('random_string.suffix.result'),
      instance('random_string.suffix', { length: 4 }),
      subnet('azurerm_subnet.a'),
    ),
  ).toBe('-> {azurerm_subnet.a}.id');
});

test('a value that can belong to nothing in the root stays unknown', () => {
  expect(subnetOf(openRef())).toBe('?');
});

test.each([
  [
    'a data source of the same kind that is read later',
    instance('data.azurerm_subnet.late', { name: 'late' }),
  ],
  ['a data source that can hold anything', instance('data.azurerm_key_vault_secret.s', { name: 's' })],
  ['remote state that is read later', instance('data.terraform_remote_state.net', {})],
  [
    'an azapi resource',
    instance('azapi_resource.any', { type: 'Microsoft.Resources/deployments@2024-03-01' }),
  ],
  ['a template deployment', instance('azurerm_resource_group_template_deployment.t', { name: 't' })],
  ['a template deployment of azurerm 2', instance('azurerm_template_deployment.t', { name: 't' })],
])('nothing is eliminated beside %s', (_, other) => {
  expect(subnetOf(openRef(), subnet('azurerm_subnet.a'), other)).toBe('?');
  expect(subnetOf(openRef('azurerm_subnet.a.id'), subnet('azurerm_subnet.a'), other)).toBe('?');
  expect(subnetOf(ref('azurerm_subnet.a.id'), subnet('azurerm_subnet.a'), other)).toBe(
    '-> {azurerm_subnet.a}.id',
  );
});

test.each([
  ['a data source that cannot hold such an id', instance('data.azurerm_client_config.c', {})],
  ['a data source that was read', instance('data.http.ip', { id: 'https://example.com', body: '192.0.2.1' })],
  ['an azapi resource that exists', instance('azapi_resource.any', {}, { id: '/subscriptions/s/x' })],
  ['local resources', instance('terraform_data.x', {})],
])('elimination works beside %s', (_, other) => {
  expect(subnetOf(openRef(), subnet('azurerm_subnet.a'), other)).toBe('-> {azurerm_subnet.a}.id');
});

test('a candidate beside something that cannot be followed is not the only possibility', () => {
  const value = ref('azurerm_subnet.a.id', 'azapi_resource.b.id');
  expect(subnetOf(value, subnet('azurerm_subnet.a'), instance('azapi_resource.b', {}))).toBe('?');
});

test('a computed attribute of another Azure resource is not eliminated, because it can be the id of anything', () => {
  const { properties } = translate(
    instance('azurerm_network_interface.web', { name: 'nic' }),
    instance('azurerm_private_endpoint.e', { name: 'e' }),
    instance('azurerm_linux_virtual_machine.a', {
      network_interface_ids: [ref('azurerm_private_endpoint.e.network_interface[0].id')],
    }),
    instance('azurerm_linux_virtual_machine.b', { network_interface_ids: [openRef()] }),
  );
  const path = 'networkProfile.networkInterfaces.0.id';
  expect(properties('azurerm_linux_virtual_machine.a', path)).toBe('?');
  expect(properties('azurerm_linux_virtual_machine.b', path)).toBe('?');
});

test('a variable without a value can be any id', () => {
  expect(subnetOf(unsetVariable('subnet_id'), subnet('azurerm_subnet.a'))).toBe('?');
});

test('subnets in a list of blocks of unknown length keep a root from being closed', () => {
  const network = instance('azurerm_virtual_network.net', { name: 'net', subnet: openRef() });
  expect(subnetOf(openRef(), subnet('azurerm_subnet.a'), network)).toBe('?');
});

const frontends = (...names: readonly string[]): Plain => ({
  frontend_ip_configuration: names.map((name) => ({ name })),
});

test('an ambiguous load balancer is the one with the frontend that the rule names', () => {
  const { parent } = translate(
    instance('azurerm_lb.a', frontends('public')),
    instance('azurerm_lb.b', frontends('internal')),
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: ref('azurerm_lb.a.id', 'azurerm_lb.b.id'),
      frontend_ip_configuration_name: 'Internal',
    }),
  );
  expect(parent('azurerm_lb_rule.r')).toBe('-> {azurerm_lb.b}.id');
});

test('an outbound rule names its frontends in blocks', () => {
  const { parent } = translate(
    instance('azurerm_lb.a', frontends('one')),
    instance('azurerm_lb.b', frontends('one', 'two')),
    instance('azurerm_lb_outbound_rule.o', { loadbalancer_id: openRef(), ...frontends('two') }),
  );
  expect(parent('azurerm_lb_outbound_rule.o')).toBe('-> {azurerm_lb.b}.id');
});

test('a frontend with an unknown name may be the one a rule names', () => {
  const { parent } = translate(
    instance('azurerm_lb.a', { frontend_ip_configuration: [{ name: unsetVariable('name') }] }),
    instance('azurerm_lb.b', frontends('internal')),
    instance('azurerm_lb_rule.r', { loadbalancer_id: openRef(), frontend_ip_configuration_name: 'internal' }),
  );
  expect(parent('azurerm_lb_rule.r')).toBe('-> {azurerm_lb.a}.id | {azurerm_lb.b}.id');
});

test('a frontend name that no candidate has settles nothing', () => {
  const { parent } = translate(
    instance('azurerm_lb.a', frontends('one')),
    instance('azurerm_lb.b', frontends('two')),
    instance('azurerm_lb_rule.r', { loadbalancer_id: openRef(), frontend_ip_configuration_name: 'three' }),
  );
  expect(parent('azurerm_lb_rule.r')).toBe('-> {azurerm_lb.a}.id | {azurerm_lb.b}.id');
});

test('a single exact reference is not doubted because of a frontend name that does not exist', () => {
  const { parent } = translate(
    instance('azurerm_lb.a', frontends('one')),
    instance('azurerm_lb.b', frontends('two')),
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: ref('azurerm_lb.a.id'),
      frontend_ip_configuration_name: 'two',
    }),
  );
  expect(parent('azurerm_lb_rule.r')).toBe('-> {azurerm_lb.a}.id');
});

const TWO_BALANCERS = [
  instance('azurerm_lb.a', frontends('fe')),
  instance('azurerm_lb.b', frontends('fe')),
  instance('azurerm_lb_backend_address_pool.a', { name: 'pool', loadbalancer_id: ref('azurerm_lb.a.id') }),
  instance('azurerm_lb_backend_address_pool.b', { name: 'pool', loadbalancer_id: ref('azurerm_lb.b.id') }),
  instance('azurerm_lb_probe.a', { name: 'probe', loadbalancer_id: ref('azurerm_lb.a.id') }),
  instance('azurerm_lb_probe.b', { name: 'probe', loadbalancer_id: ref('azurerm_lb.b.id') }),
];

test('a rule, its pool and its probe belong to one load balancer', () => {
  const { properties } = translate(
    ...TWO_BALANCERS,
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: ref('azurerm_lb.b.id'),
      frontend_ip_configuration_name: 'fe',
      backend_address_pool_ids: [openRef()],
      probe_id: ref('azurerm_lb_probe.a.id', 'azurerm_lb_probe.b.id'),
    }),
  );
  expect(properties('azurerm_lb_rule.r')).toMatchObject({
    backendaddresspool: { id: '-> {azurerm_lb_backend_address_pool.b}.id' },
    probe: { id: '-> {azurerm_lb_probe.b}.id' },
  });
});

test('an ambiguous load balancer of a rule is that of its pool', () => {
  const { parent } = translate(
    ...TWO_BALANCERS,
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: openRef(),
      frontend_ip_configuration_name: 'fe',
      backend_address_pool_ids: [ref('azurerm_lb_backend_address_pool.b.id')],
    }),
  );
  expect(parent('azurerm_lb_rule.r')).toBe('-> {azurerm_lb.b}.id');
});

test('an id that is put together from that of a load balancer is one of its pools', () => {
  const { properties } = translate(
    ...TWO_BALANCERS,
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: ref('azurerm_lb.b.id'),
      frontend_ip_configuration_name: 'fe',
      backend_address_pool_ids: [ref('azurerm_lb.b.id')],
    }),
  );
  expect(properties('azurerm_lb_rule.r', 'backendAddressPool.id')).toBe(
    '-> {azurerm_lb_backend_address_pool.b}.id',
  );
});

test('an id that is put together from a load balancer is open beside an azapi resource that can make anything', () => {
  const { properties } = translate(
    ...TWO_BALANCERS,
    instance('azapi_resource.x', { type: 'Microsoft.Resources/deployments@2024-03-01' }),
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: ref('azurerm_lb.b.id'),
      frontend_ip_configuration_name: 'fe',
      probe_id: ref('azurerm_lb.b.id'),
    }),
  );
  expect(properties('azurerm_lb_rule.r', 'probe.id')).toBe('-> {azurerm_lb_probe.b}.id | ?');
});

test('an id that is put together from the id of a load balancer and the name of a pool is that pool', () => {
  const second = instance('azurerm_lb_backend_address_pool.second', {
    name: 'second',
    loadbalancer_id: ref('azurerm_lb.b.id'),
  });
  const { properties } = translate(
    ...TWO_BALANCERS,
    second,
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: ref('azurerm_lb.b.id'),
      frontend_ip_configuration_name: 'fe',
      backend_address_pool_ids: [ref('azurerm_lb.b.id', 'azurerm_lb_backend_address_pool.second.name')],
    }),
  );
  expect(properties('azurerm_lb_rule.r', 'backendAddressPool.id')).toBe(
    '-> {azurerm_lb_backend_address_pool.second}.id',
  );
});

test('a composed id of something the load balancer does not have stays unknown', () => {
  const { properties } = translate(
    instance('azurerm_lb.a', frontends('fe')),
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: ref('azurerm_lb.a.id'),
      frontend_ip_configuration_name: 'fe',
      probe_id: ref('azurerm_lb.a.id'),
    }),
  );
  expect(properties('azurerm_lb_rule.r', 'probe.id')).toBe('?');
});

test('as many unknown entries of a list as there are candidates are the candidates', () => {
  const both = ref('azurerm_application_security_group.a.id', 'azurerm_application_security_group.b.id');
  const { properties } = translate(
    instance('azurerm_application_security_group.a', { name: 'a' }),
    instance('azurerm_application_security_group.b', { name: 'b' }),
    instance('azurerm_network_security_rule.r', {
      name: 'r',
      source_application_security_group_ids: [both, both],
      destination_application_security_group_ids: [both],
    }),
  );
  expect(properties('azurerm_network_security_rule.r', 'sourceApplicationSecurityGroups')).toEqual([
    { id: '-> {azurerm_application_security_group.a}.id' },
    { id: '-> {azurerm_application_security_group.b}.id' },
  ]);
  expect(properties('azurerm_network_security_rule.r', 'destinationApplicationSecurityGroups')).toEqual([
    { id: '-> {azurerm_application_security_group.a}.id | {azurerm_application_security_group.b}.id' },
  ]);
});

test('a link with very many candidates is unknown', () => {
  const subnets = (count: number): readonly ReturnType<typeof instance>[] =>
    Array.from({ length: count }, (_, number) => subnet(`azurerm_subnet.s[${number}]`));
  expect(subnetOf(openRef(), ...subnets(128))).toMatch(/^-> ([^|]+ \| ){127}[^|]+$/);
  expect(subnetOf(openRef(), ...subnets(129))).toBe('?');
});

const LATE = instance('data.azurerm_resource_group.late', { tags: openRef() });
const RANDOM = instance('random_integer.r', { min: 0 });
const SETTLED = instance('azurerm_resource_group.rg', { name: 'rg', location: 'here' });

function probeOf(value: NonNullable<Plain>[string]): unknown {
  const { properties } = translate(
    instance('azurerm_lb.a', frontends('fe')),
    instance('azurerm_lb_probe.p', { name: 'p', loadbalancer_id: ref('azurerm_lb.a.id') }),
    instance('azurerm_lb_rule.r', {
      loadbalancer_id: ref('azurerm_lb.a.id'),
      frontend_ip_configuration_name: 'fe',
      probe_id: value,
    }),
    LATE,
    RANDOM,
    SETTLED,
  );
  return properties('azurerm_lb_rule.r', 'probe.id');
}

test.each([
  ['a data source that is read later', 'data.azurerm_resource_group.late.tags.probes'],
  ['a random value', 'random_integer.r.result'],
  ['a random value whose attribute is lost', 'random_integer.r.'],
])('an optional id that also depends on %s may turn out not to be set', (_, path) => {
  expect(probeOf(ref(path, 'azurerm_lb_probe.p.id'))).toBe('-> {azurerm_lb_probe.p}.id | ?');
  expect(probeOf(ref(path))).toBe('-> {azurerm_lb_probe.p}.id | ?');
});

test('an optional id that also depends on something known is set', () => {
  expect(probeOf(ref('azurerm_resource_group.rg.location', 'azurerm_lb_probe.p.id'))).toBe(
    '-> {azurerm_lb_probe.p}.id',
  );
  expect(probeOf(openRef())).toBe('-> {azurerm_lb_probe.p}.id');
});

test('ids of other resources beside an optional id leave it set', () => {
  expect(probeOf(ref('azurerm_resource_group.rg.id', 'azurerm_lb_probe.p.id'))).toBe(
    '-> {azurerm_lb_probe.p}.id',
  );
});

test('a required id is set whatever it depends on', () => {
  const { parent } = translate(
    instance('azurerm_lb.a', frontends('fe')),
    instance('azurerm_lb_rule.r', { loadbalancer_id: ref('random_integer.r.result', 'azurerm_lb.a.id') }),
    RANDOM,
  );
  expect(parent('azurerm_lb_rule.r')).toBe('-> {azurerm_lb.a}.id');
});
