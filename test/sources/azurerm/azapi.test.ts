import { field } from '../../../src/value/value.ts';
import {
  instance,
  openRef,
  partly,
  ref,
  textAround,
  translate,
  unsetVariable,
} from '../../support/terraform-instance.ts';

type Instance = ReturnType<typeof instance>;
type Plain = NonNullable<Parameters<typeof instance>[1]>[string];

const GROUP = instance('azurerm_resource_group.rg', { name: 'RG' });
const GROUP_ID = ref('azurerm_resource_group.rg.id');
const NETWORK = instance('azurerm_virtual_network.v', { name: 'v', resource_group_name: 'rg' });

function azapi(name: string, type: string, attributes: Readonly<Record<string, Plain>> = {}): Instance {
  return instance(`azapi_resource.${name}`, { type: `${type}@2024-05-01`, name, ...attributes });
}

const SUBNET = azapi('subnet', 'Microsoft.Network/virtualNetworks/subnets', {
  parent_id: ref('azurerm_virtual_network.v.id'),
  body: { properties: { addressPrefix: '10.0.1.0/24', defaultOutboundAccess: false } },
});

const OWN = '/providers/Microsoft.Network/loadBalancers/lb/';

function balancer(properties: Readonly<Record<string, Plain>>): Instance {
  return azapi('lb', 'Microsoft.Network/loadBalancers', {
    parent_id: GROUP_ID,
    location: 'westeurope',
    body: { sku: { name: 'Standard' }, properties },
  });
}

const FRONTENDS = [
  { name: 'Front', properties: { subnet: { id: ref('azapi_resource.subnet.id') } } },
  { name: 'back', properties: {} },
];

test('an azapi resource is the ARM resource that its body spells', () => {
  const { model, body, parent } = translate(
    NETWORK,
    GROUP,
    SUBNET,
    balancer({ frontendIPConfigurations: FRONTENDS }),
  );
  expect(model.resources.map(({ type, id, address }) => [type, id, address])).toEqual([
    ['microsoft.network/virtualnetworks', '{azurerm_virtual_network.v}', 'azurerm_virtual_network.v'],
    ['microsoft.network/virtualnetworks/subnets', '{azapi_resource.subnet}', 'azapi_resource.subnet'],
    ['microsoft.network/loadbalancers', '{azapi_resource.lb}', 'azapi_resource.lb'],
  ]);
  expect(parent('azapi_resource.subnet')).toBe('-> {azurerm_virtual_network.v}.id');
  expect(parent('azapi_resource.lb')).toBeUndefined();
  expect(body('azapi_resource.subnet')).toEqual({
    properties: { addressprefix: '10.0.1.0/24', defaultoutboundaccess: false },
  });
  expect(body('azapi_resource.lb')).toEqual({
    location: 'westeurope',
    sku: { name: 'Standard' },
    properties: {
      frontendipconfigurations: [
        { name: 'Front', properties: { subnet: { id: '-> {azapi_resource.subnet}.id' } } },
        { name: 'back', properties: {} },
      ],
    },
  });
  expect(model.gaps).toEqual([]);
});

test('rules name parts of their own load balancer, however the ids are put together', () => {
  const { properties } = translate(
    GROUP,
    balancer({
      frontendIPConfigurations: FRONTENDS,
      backendAddressPools: [{ name: 'one' }, { name: 'two' }],
      probes: [{ name: 'http', properties: { port: 80 } }],
      loadBalancingRules: [
        {
          name: 'web',
          properties: {
            frontendIPConfiguration: { id: textAround(GROUP_ID, `${OWN}frontendIPConfigurations/Front`) },
            backendAddressPool: { id: ref('azapi_resource.lb.output.properties.backendAddressPools[1].id') },
            probe: { id: openRef('azurerm_resource_group.rg.id') },
          },
        },
      ],
    }),
  );
  const lb = '{azapi_resource.lb}';
  expect(properties('azapi_resource.lb', 'loadBalancingRules.0.properties')).toEqual({
    frontendipconfiguration: { id: `-> ${lb}/frontendipconfigurations/front.id` },
    backendaddresspool: { id: `-> ${lb}/backendaddresspools/two.id` },
    probe: { id: `-> ${lb}/probes/http.id` },
  });
});

test('a part of the load balancer that cannot be told is one of them', () => {
  const { properties } = translate(
    GROUP,
    balancer({
      frontendIPConfigurations: FRONTENDS,
      backendAddressPools: partly({ name: 'one' }),
      outboundRules: [
        {
          name: 'out',
          properties: {
            frontendIPConfigurations: [{ id: openRef() }],
            backendAddressPool: { id: openRef() },
          },
        },
      ],
    }),
  );
  const lb = '{azapi_resource.lb}';
  expect(properties('azapi_resource.lb', 'outboundRules.0.properties')).toEqual({
    frontendipconfigurations: [
      { id: `-> ${lb}/frontendipconfigurations/front.id | ${lb}/frontendipconfigurations/back.id` },
    ],
    backendaddresspool: { id: '?' },
  });
});

test('a pool of an azapi load balancer takes members that azurerm declares', () => {
  const member = (name: string, pool: Plain): Instance =>
    instance(`azurerm_network_interface_backend_address_pool_association.${name}`, {
      network_interface_id: ref('azurerm_network_interface.n.id'),
      ip_configuration_name: 'i',
      backend_address_pool_id: pool,
    });
  const { properties } = translate(
    GROUP,
    balancer({ backendAddressPools: [{ name: 'one' }] }),
    azapi('pool', 'Microsoft.Network/loadBalancers/backendAddressPools', {
      parent_id: ref('azapi_resource.lb.id'),
      name: 'Two',
    }),
    instance('azurerm_network_interface.n', { ip_configuration: [{ name: 'i' }] }),
    member('a', textAround(ref('azapi_resource.lb.id'), '/backendAddressPools/one')),
    member('b', ref('azapi_resource.pool.id')),
    member('c', textAround(ref('azapi_resource.lb.id'), '/backendAddressPools/two')),
  );
  expect(
    properties(
      'azurerm_network_interface.n',
      'ipConfigurations.0.properties.loadBalancerBackendAddressPools',
    ),
  ).toEqual([
    { id: '-> {azapi_resource.lb}/backendaddresspools/one.id' },
    { id: '-> {azapi_resource.pool}.id' },
    { id: '-> {azapi_resource.pool}.id' },
  ]);
});

test('associations of azurerm are folded into what azapi declares', () => {
  const { properties } = translate(
    instance('azurerm_network_security_group.g', { name: 'g' }),
    instance('azurerm_nat_gateway.n', { name: 'n' }),
    instance('azurerm_application_security_group.a', { name: 'a' }),
    NETWORK,
    SUBNET,
    azapi('nic', 'Microsoft.Network/networkInterfaces', {
      body: {
        properties: {
          ipConfigurations: [
            { name: 'i', properties: { subnet: { id: ref('azapi_resource.subnet.id') } } },
            { name: 'j', properties: {} },
          ],
        },
      },
    }),
    instance('azurerm_subnet_nat_gateway_association.x', {
      subnet_id: ref('azapi_resource.subnet.id'),
      nat_gateway_id: ref('azurerm_nat_gateway.n.id'),
    }),
    instance('azurerm_network_interface_security_group_association.x', {
      network_interface_id: ref('azapi_resource.nic.id'),
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
    instance('azurerm_network_interface_application_security_group_association.x', {
      network_interface_id: ref('azapi_resource.nic.id'),
      application_security_group_id: ref('azurerm_application_security_group.a.id'),
    }),
  );
  const groups = [{ id: '-> {azurerm_application_security_group.a}.id' }];
  expect(properties('azapi_resource.subnet', 'natGateway')).toEqual({ id: '-> {azurerm_nat_gateway.n}.id' });
  expect(properties('azapi_resource.nic')).toEqual({
    networksecuritygroup: { id: '-> {azurerm_network_security_group.g}.id' },
    ipconfigurations: [
      {
        name: 'i',
        properties: { subnet: { id: '-> {azapi_resource.subnet}.id' }, applicationsecuritygroups: groups },
      },
      { name: 'j', properties: { applicationsecuritygroups: groups } },
    ],
  });
});

test('an inline subnet of an azapi network is a subnet like any other', () => {
  const { properties } = translate(
    instance('azurerm_route_table.t', { name: 't' }),
    azapi('net', 'Microsoft.Network/virtualNetworks', {
      body: {
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [{ name: 'Web', properties: { addressPrefix: '10.0.1.0/24' } }],
        },
      },
    }),
    instance('azurerm_subnet_route_table_association.x', {
      subnet_id: textAround(ref('azapi_resource.net.id'), '/subnets/web'),
      route_table_id: ref('azurerm_route_table.t.id'),
    }),
    instance('azurerm_network_interface.n', {
      ip_configuration: [{ name: 'i', subnet_id: ref('azapi_resource.net.output.properties.subnets[0].id') }],
    }),
  );
  expect(properties('azapi_resource.net', 'subnets.0.properties')).toEqual({
    addressprefix: '10.0.1.0/24',
    routetable: { id: '-> {azurerm_route_table.t}.id' },
  });
  expect(properties('azurerm_network_interface.n', 'ipConfigurations.0.properties.subnet.id')).toBe(
    '-> {azapi_resource.net}/subnets/web.id',
  );
});

test('a rule that azapi adds to a security group is a child of it', () => {
  const { parent, properties, model } = translate(
    instance('azurerm_network_security_group.g', { name: 'g', security_rule: [{ name: 'own' }] }),
    azapi('rule', 'Microsoft.Network/networkSecurityGroups/securityRules', {
      parent_id: ref('azurerm_network_security_group.g.id'),
      body: { properties: { priority: 200, access: 'Deny' } },
    }),
  );
  expect(parent('azapi_resource.rule')).toBe('-> {azurerm_network_security_group.g}.id');
  expect(properties('azapi_resource.rule')).toEqual({ priority: 200, access: 'Deny' });
  expect(properties('azurerm_network_security_group.g', 'securityRules')).toHaveLength(1);
  expect(model.gaps).toEqual([]);
});

test.each([
  ['an object', { properties: { port: 80 } }, { port: 80 }],
  ['JSON text, as azapi 1 takes it', '{"properties":{"port":80}}', { port: 80 }],
  [
    'JSON text around a value that is not known',
    textAround('{"properties":{"port":', unsetVariable('port'), ',"protocol":"Tcp"}}'),
    { port: '?', protocol: 'Tcp' },
  ],
  ['unknown as a whole', openRef(), '?'],
  ['not given', null, undefined],
])('the body is %s', (_, body, expected) => {
  const { properties } = translate(
    azapi('probe', 'Microsoft.Network/loadBalancers/probes', { parent_id: '/lb', body }),
  );
  expect(properties('azapi_resource.probe')).toEqual(expected);
});

test('what stands beside the properties of a body is as open as the body', () => {
  const skuOf = (body: Plain): string => {
    const { model } = translate(azapi('lb', 'Microsoft.Network/loadBalancers', { body }));
    return model.resources.map((resource) => field(resource.body, 'sku', 'name').kind).join();
  };
  expect(skuOf(openRef())).toBe('unknown');
  expect(skuOf({ properties: openRef() })).toBe('absent');
  expect(skuOf(null)).toBe('absent');
});

test('the secret part of a body lies over it, and can be anything where it is not seen', () => {
  const machine = (sensitive_body: Plain): unknown =>
    translate(
      azapi('vm', 'Microsoft.Compute/virtualMachines', {
        body: { properties: { osProfile: { computerName: 'vm' } } },
        sensitive_body,
      }),
    ).model.resources[0]?.body;
  expect(machine({ properties: { osProfile: { customData: 'ZQ==' } } })).toMatchObject({
    fields: new Map([
      [
        'properties',
        expect.objectContaining({
          fields: new Map([
            [
              'osprofile',
              expect.objectContaining({
                fields: new Map([
                  ['computername', expect.objectContaining({ value: 'vm' })],
                  ['customdata', expect.objectContaining({ value: 'ZQ==' })],
                ]),
              }),
            ],
          ]),
        }),
      ],
    ]),
  });
  expect(machine(openRef())).toMatchObject({ more: { kind: 'unknown' } });
});

test('an azapi resource that may not exist says what decides', () => {
  const condition = unsetVariable('create');
  expect(translate({ ...SUBNET, condition }).model.resources).toMatchObject([{ condition }]);
});

test('azapi and azurerm resources are candidates of one kind', () => {
  const { properties } = translate(
    NETWORK,
    SUBNET,
    instance('azurerm_subnet.other', { name: 'other' }),
    instance('azurerm_network_interface.n', { ip_configuration: [{ name: 'i', subnet_id: openRef() }] }),
  );
  expect(properties('azurerm_network_interface.n', 'ipConfigurations.0.properties.subnet.id')).toBe(
    '-> {azurerm_subnet.other}.id | {azapi_resource.subnet}.id',
  );
});

test('azurerm names an azapi network by name', () => {
  const { parent } = translate(
    GROUP,
    azapi('net', 'Microsoft.Network/virtualNetworks', { name: 'Net', parent_id: GROUP_ID }),
    instance('azurerm_subnet.s', { name: 's', virtual_network_name: 'net', resource_group_name: 'rg' }),
  );
  expect(parent('azurerm_subnet.s')).toBe('-> {azapi_resource.net}.id');
});

test('azapi reads by type, name and parent', () => {
  const { parent } = translate(
    instance('data.azapi_resource.hub', {
      type: 'Microsoft.Network/virtualNetworks@2024-05-01',
      name: 'hub',
      parent_id: '/subscriptions/s/resourceGroups/RG',
    }),
    azapi('s', 'Microsoft.Network/virtualNetworks/subnets', { parent_id: ref('data.azapi_resource.hub.id') }),
  );
  expect(parent('azapi_resource.s')).toBe(
    '-> /subscriptions/s/resourcegroups/rg/providers/microsoft.network/virtualnetworks/hub.id',
  );
});

test('addresses in a body refer to properties of ARM', () => {
  const { properties } = translate(
    instance('azurerm_lb.l', { frontend_ip_configuration: [{ name: 'fe' }] }),
    azapi('r', 'Microsoft.Network/routeTables/routes', {
      parent_id: '/routetables/t',
      body: {
        properties: {
          nextHopIpAddress: ref('azurerm_lb.l.frontend_ip_configuration[0].private_ip_address'),
        },
      },
    }),
  );
  expect(properties('azapi_resource.r', 'nextHopIpAddress')).toBe(
    '-> {azurerm_lb.l}/frontendipconfigurations/fe.privateIPAddress',
  );
});

test.each([
  ['Microsoft.Web/sites', 0],
  ['Microsoft.Resources/resourceGroups', 0],
  ['Microsoft.Compute/disks', 0],
  ['Microsoft.Network/firewallPolicies/ruleCollectionGroups', 0],
  ['Microsoft.ContainerService/managedClusters', 1],
  ['Microsoft.Compute/virtualMachineScaleSets/virtualMachines', 1],
  ['Microsoft.Network/networkVirtualAppliances', 1],
])('%s through azapi is not read, and a gap where it can bring members', (type, gaps) => {
  const { model, problems } = translate(azapi('x', type));
  expect(model.resources).toEqual([]);
  expect(model.gaps).toHaveLength(gaps);
  expect(problems).toEqual([]);
});

test('an azapi resource of an unknown type can be anything', () => {
  const { model, problems } = translate(instance('azapi_resource.x', { type: openRef() }));
  expect(model.resources).toEqual([]);
  expect(model.gaps).toHaveLength(1);
  expect(problems).toEqual([]);
});

test('a load balancer of which nothing is known before deployment is a problem', () => {
  const { problems } = translate(
    instance('azapi_resource.x["\u001b[31m"]', {
      type: 'Microsoft.Network/loadBalancers@2024-05-01',
      body: openRef(),
    }),
  );
  expect(problems).toEqual([
    {
      code: 'azapi-body-unknown',
      message: expect.stringMatching(
        /`azapi_resource\.x.*`, which declares `microsoft.network\/loadbalancers`/,
      ),
      remedy: expect.any(String),
      origin: expect.anything(),
      severity: 'warning',
    },
  ]);
  expect(problems[0]?.message).not.toContain('\u001b');
});
