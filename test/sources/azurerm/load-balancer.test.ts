import { versionRange } from '../../../src/sources/azurerm/provider-version.ts';
import {
  instance,
  openRef,
  partly,
  ref,
  root,
  translate,
  translateRoot,
  unsetVariable,
} from '../../support/terraform-instance.ts';

const PUBLIC_IP = instance('azurerm_public_ip.web', { name: 'pip' });
const SUBNET = instance('azurerm_subnet.web', { name: 'snet' });
const POOL = instance('azurerm_lb_backend_address_pool.web', {
  name: 'pool',
  loadbalancer_id: ref('azurerm_lb.web.id'),
});
const PROBE = instance('azurerm_lb_probe.web', {
  name: 'probe',
  loadbalancer_id: ref('azurerm_lb.web.id'),
  port: 80,
});

function loadBalancer(frontend: Parameters<typeof instance>[1]): ReturnType<typeof instance> {
  return instance('azurerm_lb.web', {
    name: 'lb',
    location: 'westeurope',
    sku: 'Standard',
    sku_tier: 'Regional',
    frontend_ip_configuration: [{ name: 'Front', ...frontend }],
  });
}

function rule(attributes: Parameters<typeof instance>[1]): ReturnType<typeof instance> {
  return instance('azurerm_lb_rule.web', {
    name: 'http',
    loadbalancer_id: ref('azurerm_lb.web.id'),
    frontend_ip_configuration_name: 'Front',
    protocol: 'Tcp',
    frontend_port: 80,
    backend_port: 8080,
    ...attributes,
  });
}

test('a load balancer has its sku, location and frontends in the shape of ARM', () => {
  const { body, model } = translate(
    loadBalancer({ public_ip_address_id: ref('azurerm_public_ip.web.id'), zones: ['1', '2'] }),
    PUBLIC_IP,
  );
  expect(body('azurerm_lb.web')).toEqual({
    location: 'westeurope',
    sku: { name: 'Standard', tier: 'Regional' },
    properties: {
      frontendipconfigurations: [
        {
          id: '{azurerm_lb.web}/frontendipconfigurations/front',
          name: 'Front',
          zones: ['1', '2'],
          properties: { publicipaddress: { id: '-> {azurerm_public_ip.web}.id' } },
        },
      ],
    },
  });
  const [resource] = model.resources;
  expect(resource).toMatchObject({
    type: 'microsoft.network/loadbalancers',
    id: '{azurerm_lb.web}',
    address: 'azurerm_lb.web',
    name: { kind: 'known', value: 'lb' },
  });
});

test('an omitted sku waits for the version of the provider, because azurerm 4 changed the default', () => {
  const { body } = translate(instance('azurerm_lb.web', { name: 'lb' }));
  expect(body('azurerm_lb.web')).toMatchObject({ sku: { name: '?', tier: '~Regional' } });
});

test.each([
  ['~> 3.0', '~Basic'],
  ['~> 4.0', '~Standard'],
  ['~> 5.0', '~Standard'],
  ['>= 3.0', '?'],
])('an omitted sku with azurerm %s is %s', (constraint, sku) => {
  const balancer = instance('azurerm_lb.web', { name: 'lb' });
  const address = instance('azurerm_public_ip.web', { name: 'pip' });
  const { body } = translateRoot({
    ...root([balancer, address]),
    providers: { azurerm: versionRange([constraint]) },
  });
  expect(body('azurerm_lb.web')).toMatchObject({ sku: { name: sku } });
  expect(body('azurerm_public_ip.web')).toMatchObject({ sku: { name: sku } });
});

test('an internal frontend without allocation and version is dynamic and IPv4', () => {
  const { properties } = translate(loadBalancer({ subnet_id: ref('azurerm_subnet.web.id') }), SUBNET);
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations.0.properties')).toEqual({
    subnet: { id: '-> {azurerm_subnet.web}.id' },
    privateipallocationmethod: '~Dynamic',
    privateipaddressversion: '~IPv4',
  });
});

test('a frontend with a public prefix has neither a subnet nor a public address', () => {
  const { properties } = translate(
    loadBalancer({ public_ip_prefix_id: ref('azurerm_public_ip_prefix.out.id') }),
    instance('azurerm_public_ip_prefix.out', { name: 'prefix' }),
  );
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations.0.properties')).toEqual({
    publicipprefix: { id: '-> {azurerm_public_ip_prefix.out}.id' },
  });
});

test('a frontend with nothing, as of a Gateway load balancer, stays as it is', () => {
  const { properties } = translate(loadBalancer({}));
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations.0.properties')).toEqual({});
});

test.each([
  {
    title: 'only the public address refers to something',
    frontend: { subnet_id: openRef(), public_ip_address_id: ref('azurerm_public_ip.web.id') },
    others: [PUBLIC_IP, SUBNET],
    expected: { publicipaddress: { id: '-> {azurerm_public_ip.web}.id' } },
  },
  {
    title: 'only the subnet refers to something',
    frontend: { subnet_id: ref('azurerm_subnet.web.id'), public_ip_address_id: openRef() },
    others: [PUBLIC_IP, SUBNET],
    expected: {
      subnet: { id: '-> {azurerm_subnet.web}.id' },
      privateipallocationmethod: '~Dynamic',
      privateipaddressversion: '~IPv4',
    },
  },
  {
    title: 'neither refers to anything and the root makes no subnet',
    frontend: { subnet_id: openRef(), public_ip_address_id: openRef() },
    others: [PUBLIC_IP],
    expected: { publicipaddress: { id: '-> {azurerm_public_ip.web}.id' } },
  },
  {
    title: 'neither refers to anything and the root makes both',
    frontend: { subnet_id: openRef(), public_ip_address_id: openRef() },
    others: [PUBLIC_IP, SUBNET],
    expected: {
      subnet: { id: '-> {azurerm_subnet.web}.id | ?' },
      publicipaddress: { id: '-> {azurerm_public_ip.web}.id | ?' },
    },
  },
  {
    title: 'neither refers to anything and the root makes neither',
    frontend: { subnet_id: openRef(), public_ip_address_id: openRef() },
    others: [],
    expected: { subnet: { id: '?' }, publicipaddress: { id: '?' } },
  },
  {
    title: 'the subnet exists already and the public address is computed',
    frontend: { subnet_id: '/subscriptions/s/subnets/old', public_ip_address_id: openRef() },
    others: [PUBLIC_IP],
    expected: {
      subnet: { id: '/subscriptions/s/subnets/old' },
      privateipallocationmethod: '~Dynamic',
      privateipaddressversion: '~IPv4',
    },
  },
])('before azurerm 4.42 both ends of a frontend look unknown: $title', ({ frontend, others, expected }) => {
  const { properties } = translate(loadBalancer(frontend), ...others);
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations.0.properties')).toEqual(expected);
});

test('computed attributes of a dynamic frontend count as not written beside a subnet or public address', () => {
  const { properties } = translate(
    loadBalancer({
      public_ip_address_id: ref('azurerm_public_ip.web.id'),
      public_ip_prefix_id: openRef(),
      gateway_load_balancer_frontend_ip_configuration_id: openRef(),
      private_ip_address_allocation: openRef(),
      private_ip_address_version: openRef(),
    }),
    PUBLIC_IP,
    instance('azurerm_public_ip_prefix.other', { name: 'prefix' }),
  );
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations.0.properties')).toEqual({
    publicipaddress: { id: '-> {azurerm_public_ip.web}.id' },
  });
});

test('a prefix that cannot be followed is the only one there is when nothing else is written', () => {
  const { properties } = translate(
    loadBalancer({ public_ip_prefix_id: openRef() }),
    instance('azurerm_public_ip_prefix.only', { name: 'prefix' }),
  );
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations.0.properties')).toEqual({
    publicipprefix: { id: '-> {azurerm_public_ip_prefix.only}.id' },
  });
});

test('a frontend is chained to the frontend of a Gateway load balancer', () => {
  const { properties } = translate(
    loadBalancer({
      public_ip_address_id: ref('azurerm_public_ip.web.id'),
      gateway_load_balancer_frontend_ip_configuration_id: ref(
        'azurerm_lb.gateway.frontend_ip_configuration[1].id',
      ),
    }),
    PUBLIC_IP,
    instance('azurerm_lb.gateway', { frontend_ip_configuration: [{ name: 'a' }, { name: 'B' }] }),
  );
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations.0.properties.gatewayLoadBalancer.id')).toBe(
    '-> {azurerm_lb.gateway}/frontendipconfigurations/b.id',
  );
});

test('a rule links its frontend by name, one pool and the probe, with the defaults of the provider', () => {
  const { properties, parent } = translate(
    loadBalancer({ public_ip_address_id: ref('azurerm_public_ip.web.id') }),
    PUBLIC_IP,
    POOL,
    PROBE,
    rule({
      backend_address_pool_ids: [ref('azurerm_lb_backend_address_pool.web.id')],
      probe_id: ref('azurerm_lb_probe.web.id'),
    }),
  );
  expect(parent('azurerm_lb_rule.web')).toBe('-> {azurerm_lb.web}.id');
  expect(properties('azurerm_lb_rule.web')).toEqual({
    frontendipconfiguration: { id: '-> {azurerm_lb.web}/frontendipconfigurations/front.id' },
    backendaddresspool: { id: '-> {azurerm_lb_backend_address_pool.web}.id' },
    probe: { id: '-> {azurerm_lb_probe.web}.id' },
    protocol: 'Tcp',
    frontendport: 80,
    backendport: 8080,
    enablefloatingip: '~false',
    enabletcpreset: '~false',
    disableoutboundsnat: '~false',
    idletimeoutinminutes: '~4',
    loaddistribution: '~Default',
  });
});

test.each([
  ['azurerm 2 to 4.41', { enable_floating_ip: true, enable_tcp_reset: true }],
  ['azurerm 4.42 and later', { floating_ip_enabled: true, tcp_reset_enabled: true }],
  [
    'azurerm 4.42 in a state, where both spellings are filled in',
    { floating_ip_enabled: true, enable_floating_ip: true, enable_tcp_reset: true, tcp_reset_enabled: true },
  ],
])('floating IP and TCP reset are read in the spelling of %s', (_, attributes) => {
  const { properties } = translate(rule(attributes));
  expect(properties('azurerm_lb_rule.web')).toMatchObject({ enablefloatingip: true, enabletcpreset: true });
});

test('two spellings that disagree are unknown, because one of them is a stale computed value', () => {
  const { properties } = translate(rule({ floating_ip_enabled: false, enable_floating_ip: true }));
  expect(properties('azurerm_lb_rule.web', 'enableFloatingIP')).toBe('?');
});

test('azurerm 2 names the pool of a rule in the singular', () => {
  const { properties } = translate(
    POOL,
    rule({ backend_address_pool_id: ref('azurerm_lb_backend_address_pool.web.id') }),
  );
  expect(properties('azurerm_lb_rule.web', 'backendAddressPool.id')).toBe(
    '-> {azurerm_lb_backend_address_pool.web}.id',
  );
});

test('the two pools of a Gateway rule stand in the plural property', () => {
  const other = instance('azurerm_lb_backend_address_pool.other', {
    name: 'other',
    loadbalancer_id: ref('azurerm_lb.web.id'),
  });
  const { properties } = translate(
    POOL,
    other,
    rule({
      backend_address_pool_ids: [
        ref('azurerm_lb_backend_address_pool.web.id'),
        ref('azurerm_lb_backend_address_pool.other.id'),
      ],
    }),
  );
  expect(properties('azurerm_lb_rule.web', 'backendAddressPools')).toEqual([
    { id: '-> {azurerm_lb_backend_address_pool.web}.id' },
    { id: '-> {azurerm_lb_backend_address_pool.other}.id' },
  ]);
  expect(properties('azurerm_lb_rule.web', 'backendAddressPool')).toBeUndefined();
});

test.each([
  [
    'refers to one pool',
    ref('azurerm_lb_backend_address_pool.web.id'),
    { backendaddresspool: { id: '-> {azurerm_lb_backend_address_pool.web}.id' } },
  ],
  [
    'may refer to a pool',
    openRef('azurerm_lb_backend_address_pool.web.id'),
    { backendaddresspools: '-> {azurerm_lb_backend_address_pool.web}.id | ?' },
  ],
  ['refers to nothing', openRef(), { backendaddresspools: '?' }],
])(
  'pool ids that are unknown as a whole count as one only when they cannot be empty: the list %s',
  (_, ids, expected) => {
    const { properties } = translate(POOL, rule({ backend_address_pool_ids: ids }));
    expect(properties('azurerm_lb_rule.web')).toMatchObject(expected);
  },
);

test('a rule without probe and pools has neither', () => {
  const { properties } = translate(rule({ backend_address_pool_ids: [] }));
  expect(Object.keys(properties('azurerm_lb_rule.web') as object)).not.toEqual(
    expect.arrayContaining(['probe', 'backendaddresspool', 'backendaddresspools']),
  );
});

test('a frontend name that is not known can be any frontend of the load balancer', () => {
  const { properties } = translate(
    instance('azurerm_lb.web', { frontend_ip_configuration: [{ name: 'a' }, { name: 'b' }] }),
    rule({ frontend_ip_configuration_name: unsetVariable('frontend') }),
  );
  expect(properties('azurerm_lb_rule.web', 'frontendIPConfiguration.id')).toBe(
    '-> {azurerm_lb.web}/frontendipconfigurations/a.id | {azurerm_lb.web}/frontendipconfigurations/b.id',
  );
});

test('the frontend of a load balancer that exists has its real id', () => {
  const id = '/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/loadBalancers/LB';
  const { properties, parent } = translate(rule({ loadbalancer_id: id }));
  expect(parent('azurerm_lb_rule.web')).toBe(id);
  expect(properties('azurerm_lb_rule.web', 'frontendIPConfiguration.id')).toBe(
    `${id}/frontendIPConfigurations/Front`.toLowerCase(),
  );
});

test('a probe has the defaults the provider sends', () => {
  const { properties, parent } = translate(PROBE);
  expect(parent('azurerm_lb_probe.web')).toBe('?');
  expect(properties('azurerm_lb_probe.web')).toEqual({
    protocol: '~Tcp',
    port: 80,
    intervalinseconds: '~15',
    numberofprobes: '~2',
    probethreshold: '~1',
  });
});

test('a probe keeps what is written, and an empty path is none', () => {
  const { properties } = translate(
    instance('azurerm_lb_probe.http', {
      name: 'http',
      protocol: 'Http',
      port: 8080,
      request_path: '/ready',
      interval_in_seconds: 5,
      number_of_probes: 3,
      probe_threshold: 4,
      no_healthy_backends_behavior: 'AllProbedUp',
    }),
    instance('azurerm_lb_probe.tcp', { name: 'tcp', protocol: 'Tcp', port: 1, request_path: '' }),
  );
  expect(properties('azurerm_lb_probe.http')).toEqual({
    protocol: 'Http',
    port: 8080,
    requestpath: '/ready',
    intervalinseconds: 5,
    numberofprobes: 3,
    probethreshold: 4,
    nohealthybackendsbehavior: 'AllProbedUp',
  });
  expect(properties('azurerm_lb_probe.tcp', 'requestPath')).toBeUndefined();
});

test('a pool has its network, mode and tunnel interfaces', () => {
  const { properties } = translate(
    instance('azurerm_virtual_network.net', { name: 'net' }),
    instance('azurerm_lb_backend_address_pool.nva', {
      name: 'nva',
      virtual_network_id: ref('azurerm_virtual_network.net.id'),
      synchronous_mode: 'Automatic',
      tunnel_interface: [{ identifier: 900, type: 'Internal', protocol: 'VXLAN', port: 10800 }],
    }),
  );
  expect(properties('azurerm_lb_backend_address_pool.nva')).toEqual({
    virtualnetwork: { id: '-> {azurerm_virtual_network.net}.id' },
    syncmode: 'Automatic',
    tunnelinterfaces: [{ identifier: 900, type: 'Internal', protocol: 'VXLAN', port: 10800 }],
  });
});

test('an address of a pool is a child of the pool', () => {
  const { properties, parent, model } = translate(
    POOL,
    instance('azurerm_virtual_network.net', { name: 'net' }),
    instance('azurerm_lb_backend_address_pool_address.one', {
      name: 'one',
      backend_address_pool_id: ref('azurerm_lb_backend_address_pool.web.id'),
      virtual_network_id: ref('azurerm_virtual_network.net.id'),
      ip_address: '10.0.0.4',
    }),
  );
  expect(model.ofType('microsoft.network/loadBalancers/backendAddressPools/backendAddresses')).toHaveLength(
    1,
  );
  expect(parent('azurerm_lb_backend_address_pool_address.one')).toBe(
    '-> {azurerm_lb_backend_address_pool.web}.id',
  );
  expect(properties('azurerm_lb_backend_address_pool_address.one')).toEqual({
    ipaddress: '10.0.0.4',
    virtualnetwork: { id: '-> {azurerm_virtual_network.net}.id' },
  });
});

test('an address of a global pool is the frontend of a regional load balancer', () => {
  const { properties } = translate(
    POOL,
    instance('module.region["eu"].azurerm_lb.this', { frontend_ip_configuration: [{ name: 'public' }] }),
    instance('azurerm_lb_backend_address_pool_address.eu', {
      name: 'eu',
      backend_address_pool_id: ref('azurerm_lb_backend_address_pool.web.id'),
      backend_address_ip_configuration_id: ref(
        'module.region["eu"].azurerm_lb.this.frontend_ip_configuration[0].id',
      ),
    }),
  );
  expect(
    properties('azurerm_lb_backend_address_pool_address.eu', 'loadBalancerFrontendIPConfiguration.id'),
  ).toBe('-> {module.region["eu"].azurerm_lb.this}/frontendipconfigurations/public.id');
});

test('a NAT rule of the first kind has one frontend port', () => {
  const { properties } = translate(
    instance('azurerm_lb_nat_rule.ssh', {
      name: 'ssh',
      resource_group_name: 'rg',
      loadbalancer_id: ref('azurerm_lb.web.id'),
      frontend_ip_configuration_name: 'Front',
      protocol: 'Tcp',
      frontend_port: 2200,
      backend_port: 22,
    }),
    loadBalancer({}),
  );
  expect(properties('azurerm_lb_nat_rule.ssh')).toEqual({
    frontendipconfiguration: { id: '-> {azurerm_lb.web}/frontendipconfigurations/front.id' },
    protocol: 'Tcp',
    frontendport: 2200,
    backendport: 22,
    enablefloatingip: '~false',
    enabletcpreset: '~false',
    idletimeoutinminutes: '~4',
  });
});

test('a NAT rule of the second kind has a range of ports over a pool', () => {
  const { properties } = translate(
    POOL,
    instance('azurerm_lb_nat_rule.rdp', {
      name: 'rdp',
      protocol: 'Tcp',
      frontend_port_start: 3400,
      frontend_port_end: 3419,
      backend_port: 3389,
      backend_address_pool_id: ref('azurerm_lb_backend_address_pool.web.id'),
      idle_timeout_in_minutes: 30,
    }),
  );
  expect(properties('azurerm_lb_nat_rule.rdp')).toMatchObject({
    frontendportrangestart: 3400,
    frontendportrangeend: 3419,
    backendport: 3389,
    backendaddresspool: { id: '-> {azurerm_lb_backend_address_pool.web}.id' },
    idletimeoutinminutes: 30,
  });
});

test('a NAT pool has a range of ports', () => {
  const { properties, model } = translate(
    loadBalancer({}),
    instance('azurerm_lb_nat_pool.ssh', {
      name: 'ssh',
      loadbalancer_id: ref('azurerm_lb.web.id'),
      frontend_ip_configuration_name: 'Front',
      protocol: 'Tcp',
      frontend_port_start: 50000,
      frontend_port_end: 50119,
      backend_port: 22,
      floating_ip_enabled: true,
    }),
  );
  expect(model.ofType('microsoft.network/loadbalancers/inboundnatpools')).toHaveLength(1);
  expect(properties('azurerm_lb_nat_pool.ssh')).toEqual({
    frontendipconfiguration: { id: '-> {azurerm_lb.web}/frontendipconfigurations/front.id' },
    protocol: 'Tcp',
    frontendportrangestart: 50000,
    frontendportrangeend: 50119,
    backendport: 22,
    enablefloatingip: true,
    enabletcpreset: '~false',
    idletimeoutinminutes: '~4',
  });
});

test('an outbound rule allocates 1024 ports unless it says otherwise', () => {
  const { properties } = translate(
    loadBalancer({}),
    POOL,
    instance('azurerm_lb_outbound_rule.out', {
      name: 'out',
      loadbalancer_id: ref('azurerm_lb.web.id'),
      protocol: 'All',
      backend_address_pool_id: ref('azurerm_lb_backend_address_pool.web.id'),
      frontend_ip_configuration: [{ name: 'Front' }],
      enable_tcp_reset: true,
    }),
  );
  expect(properties('azurerm_lb_outbound_rule.out')).toEqual({
    frontendipconfigurations: [{ id: '-> {azurerm_lb.web}/frontendipconfigurations/front.id' }],
    backendaddresspool: { id: '-> {azurerm_lb_backend_address_pool.web}.id' },
    protocol: 'All',
    allocatedoutboundports: '~1024',
    idletimeoutinminutes: '~4',
    enabletcpreset: true,
  });
});

test('the frontends of an outbound rule that are only partly known stay so', () => {
  const { properties } = translate(
    loadBalancer({}),
    instance('azurerm_lb_outbound_rule.out', {
      name: 'out',
      loadbalancer_id: ref('azurerm_lb.web.id'),
      frontend_ip_configuration: partly({ name: 'Front' }),
    }),
  );
  expect(properties('azurerm_lb_outbound_rule.out', 'frontendIPConfigurations')).toEqual([
    { id: '-> {azurerm_lb.web}/frontendipconfigurations/front.id' },
    '...',
  ]);
});

test('a load balancer may have more frontends than are seen', () => {
  const { properties } = translate(
    instance('azurerm_lb.web', { name: 'lb', frontend_ip_configuration: partly({ name: 'seen' }) }),
    instance('azurerm_lb.none', { name: 'lb', frontend_ip_configuration: partly() }),
  );
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations')).toEqual([
    { id: '{azurerm_lb.web}/frontendipconfigurations/seen', name: 'seen', properties: {} },
    '...',
  ]);
  expect(properties('azurerm_lb.none', 'frontendIPConfigurations')).toEqual(['...']);
});

test('one pool that may have company stands in the plural property', () => {
  const { properties } = translate(
    POOL,
    rule({ backend_address_pool_ids: partly(ref('azurerm_lb_backend_address_pool.web.id')) }),
  );
  expect(properties('azurerm_lb_rule.web', 'backendAddressPools')).toEqual([
    { id: '-> {azurerm_lb_backend_address_pool.web}.id' },
    '...',
  ]);
});

test('addresses as blocks of a pool are not known, because azurerm 2 does not send them in every release', () => {
  const { properties } = translate(
    instance('azurerm_lb_backend_address_pool.old', {
      name: 'old',
      backend_address: [{ name: 'a', ip_address: '10.0.0.4' }],
    }),
    instance('azurerm_lb_backend_address_pool.bare', { name: 'bare', backend_address: [] }),
  );
  expect(properties('azurerm_lb_backend_address_pool.old')).toEqual({ loadbalancerbackendaddresses: '?' });
  expect(properties('azurerm_lb_backend_address_pool.bare')).toEqual({});
});

test.each([
  ['No-Zone', undefined],
  ['2', ['2']],
  ['Zone-Redundant', ['1', '2']],
])('the availability zone %s of azurerm 2 is %j', (availability_zone, zones) => {
  const { properties } = translate(loadBalancer({ zones: [], availability_zone }));
  expect(properties('azurerm_lb.web', 'frontendIPConfigurations.0.zones')).toEqual(zones);
});

test('a child of a load balancer that may not exist says what decides', () => {
  const condition = unsetVariable('enabled');
  const { model } = translate(
    loadBalancer({}),
    { ...PROBE, condition },
    { ...rule({}), condition },
    { ...POOL, condition },
  );
  expect(model.resources.map((resource) => resource.condition)).toEqual([
    undefined,
    condition,
    condition,
    condition,
  ]);
});
