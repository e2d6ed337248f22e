import type { Plain, Translation } from '../../support/terraform-instance.ts';
import {
  instance,
  openRef,
  ref,
  root,
  secret,
  textAround,
  translate,
  translateRoot,
  unsetVariable,
} from '../../support/terraform-instance.ts';

type Instance = ReturnType<typeof instance>;

const NETWORK = [
  instance('azurerm_resource_group.rg', { name: 'rg', location: 'westeurope' }),
  instance('azurerm_virtual_network.hub', { name: 'hub', resource_group_name: 'rg' }),
  instance('azurerm_subnet.web', {
    name: 'web',
    resource_group_name: 'rg',
    virtual_network_name: 'hub',
    address_prefixes: ['10.0.1.0/24'],
  }),
];

const DEPLOYMENT = 'azurerm_resource_group_template_deployment.t';

function deploy(template_content: Plain, more: Readonly<Record<string, Plain>> = {}): Instance {
  return instance(DEPLOYMENT, {
    name: 't',
    resource_group_name: 'rg',
    deployment_mode: 'Incremental',
    template_content,
    ...more,
  });
}

function template(resources: readonly object[], more: object = {}): string {
  return JSON.stringify({ ...more, resources });
}

/** An interface of a template in a subnet, with an IP configuration `ip`. */
function interfaceIn(subnet: string): object {
  const properties = { subnet: { id: subnet } };
  return {
    type: 'Microsoft.Network/networkInterfaces',
    apiVersion: '2024-05-01',
    name: 'nic',
    properties: { ipConfigurations: [{ name: 'ip', properties }] },
  };
}

const INTERFACE = `${DEPLOYMENT}/Microsoft.Network/networkInterfaces/nic`;
const SUBNET = 'ipConfigurations.0.properties.subnet.id';
const POOL = "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]";
const BALANCER = {
  type: 'Microsoft.Network/loadBalancers',
  apiVersion: '2024-05-01',
  name: 'lb',
  location: '[resourceGroup().location]',
  properties: { backendAddressPools: [{ name: 'pool' }] },
};
const POOL_ID = '/resourcegroups/rg/providers/microsoft.network/loadbalancers/lb/backendaddresspools/pool';

function codesOf({ problems }: Translation): readonly string[] {
  return problems.map(({ code }) => code);
}

test('a parameter carries the link to a resource of the root into the template', () => {
  const result = translate(
    ...NETWORK,
    deploy(
      template([interfaceIn("[parameters('subnet')]")], { parameters: { subnet: { type: 'string' } } }),
      {
        parameters_content: textAround('{"subnet":{"value":"', ref('azurerm_subnet.web.id'), '"}}'),
      },
    ),
  );
  expect(result.properties(INTERFACE, SUBNET)).toBe('-> {azurerm_subnet.web}.id');
  expect(result.model.gaps).toEqual([]);
  expect(result.problems).toEqual([]);
});

test.each([
  ["[resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'web')]", '-> {azurerm_subnet.web}.id'],
  [
    "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'other')]",
    '/resourcegroups/rg/providers/microsoft.network/virtualnetworks/hub/subnets/other',
  ],
  [
    "[resourceId('elsewhere', 'Microsoft.Network/virtualNetworks/subnets', 'hub', 'web')]",
    '/resourcegroups/elsewhere/providers/microsoft.network/virtualnetworks/hub/subnets/web',
  ],
])('the template finds what the root makes in its resource group: %s', (subnet, expected) => {
  const result = translate(...NETWORK, deploy(template([interfaceIn(subnet)])));
  expect(result.properties(INTERFACE, SUBNET)).toBe(expected);
});

test('the root finds what a template makes, by name, by data source and by id', () => {
  const data = { resource_group_name: 'rg' };
  const pool = 'azurerm_network_interface_backend_address_pool_association';
  const member = (name: string, backend_address_pool_id: Plain): readonly Instance[] => [
    instance(`azurerm_network_interface.${name}`, { name, ip_configuration: [{ name: 'ip' }] }),
    instance(`${pool}.${name}`, {
      network_interface_id: ref(`azurerm_network_interface.${name}.id`),
      ip_configuration_name: 'ip',
      backend_address_pool_id,
    }),
  ];
  const result = translate(
    ...NETWORK,
    deploy(template([BALANCER])),
    instance('data.azurerm_client_config.me', {}),
    instance('data.azurerm_lb.lb', { name: 'lb', ...data }),
    instance('data.azurerm_lb_backend_address_pool.pool', {
      name: 'pool',
      loadbalancer_id: ref('data.azurerm_lb.lb.id'),
    }),
    ...member('a', ref('data.azurerm_lb_backend_address_pool.pool.id')),
    ...member(
      'b',
      textAround(
        '/subscriptions/',
        ref('data.azurerm_client_config.me.subscription_id'),
        '/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb/backendAddressPools/pool',
      ),
    ),
  );
  const pools = 'ipConfigurations.0.properties.loadBalancerBackendAddressPools.0.id';
  for (const name of ['a', 'b']) {
    expect(result.properties(`azurerm_network_interface.${name}`, pools)).toBe(`-> ${POOL_ID}.id`);
  }
  expect(result.model.byId(POOL_ID.slice(0, POOL_ID.indexOf('/backendaddresspools')))?.address).toBe(
    `${DEPLOYMENT}/Microsoft.Network/loadBalancers/lb`,
  );
});

test('associations of the root edit what a template declares', () => {
  const subnet = {
    type: 'Microsoft.Network/virtualNetworks/subnets',
    apiVersion: '2024-05-01',
    name: 'hub/extra',
    properties: { addressPrefix: '10.0.2.0/24' },
  };
  const result = translate(
    ...NETWORK,
    deploy(template([subnet])),
    instance('azurerm_network_security_group.nsg', { name: 'nsg', resource_group_name: 'rg' }),
    instance('data.azurerm_subnet.extra', {
      name: 'extra',
      virtual_network_name: 'hub',
      resource_group_name: 'rg',
    }),
    instance('azurerm_subnet_network_security_group_association.extra', {
      subnet_id: ref('data.azurerm_subnet.extra.id'),
      network_security_group_id: ref('azurerm_network_security_group.nsg.id'),
    }),
  );
  const address = `${DEPLOYMENT}/Microsoft.Network/virtualNetworks/subnets/hub/extra`;
  expect(result.properties(address)).toEqual({
    addressprefix: '10.0.2.0/24',
    networksecuritygroup: { id: '-> {azurerm_network_security_group.nsg}.id' },
  });
  expect(result.parent(address)).toBe('-> {azurerm_virtual_network.hub}.id');
});

test('what stands between texts of the template is a value, and an expression around it is not known', () => {
  const port = unsetVariable('port');
  const probe = (value: string): string =>
    `{"type":"Microsoft.Network/loadBalancers/probes","apiVersion":"2024-05-01","name":"lb/${value}","properties":{"protocol":"Tcp","port":`;
  const result = translate(
    ...NETWORK,
    deploy(
      textAround(
        `{"resources":[${probe('a')}`,
        port,
        `}},${probe('b')}"[add(`,
        port,
        `, 1)]"}},${interfaceText('"')}`,
        ref('azurerm_subnet.web.id'),
        `"}}}]}}]}`,
      ),
    ),
  );
  const probes = ['a', 'b'].map((name) => `${DEPLOYMENT}/Microsoft.Network/loadBalancers/probes/lb/${name}`);
  expect(probes.map((address) => result.properties(address))).toEqual([
    { protocol: 'Tcp', port: '?' },
    { protocol: 'Tcp', port: '?' },
  ]);
  expect(result.properties(INTERFACE, SUBNET)).toBe('-> {azurerm_subnet.web}.id');
});

function interfaceText(quote: string): string {
  return `{"type":"Microsoft.Network/networkInterfaces","apiVersion":"2024-05-01","name":"nic","properties":{"ipConfigurations":[{"name":"ip","properties":{"subnet":{"id":${quote}`;
}

test('parameters that are not known here can be anything, also where there is a default', () => {
  const result = translate(
    ...NETWORK,
    deploy(
      template([interfaceIn("[parameters('subnet')]")], {
        parameters: { subnet: { type: 'string', defaultValue: 'none' } },
      }),
      { parameters_content: ref('azurerm_subnet.web.id') },
    ),
  );
  expect(result.properties(INTERFACE, SUBNET)).toBe('?');
});

test('a parameter that is not given takes its default', () => {
  const result = translate(
    ...NETWORK,
    deploy(
      template([{ ...BALANCER, location: "[parameters('place')]" }], {
        parameters: { place: { type: 'string', defaultValue: '[resourceGroup().location]' } },
      }),
    ),
  );
  expect(result.body(`${DEPLOYMENT}/Microsoft.Network/loadBalancers/lb`)).toMatchObject({
    location: 'westeurope',
  });
});

test('a template that declares what the root declares leaves open what it says of it', () => {
  const subnet = {
    type: 'Microsoft.Network/virtualNetworks/subnets',
    apiVersion: '2024-05-01',
    name: 'hub/web',
    properties: {
      networkSecurityGroup: { id: "[resourceId('Microsoft.Network/networkSecurityGroups', 'g')]" },
    },
  };
  const result = translate(...NETWORK, deploy(template([subnet])));
  expect(result.model.ofType('Microsoft.Network/virtualNetworks/subnets')).toHaveLength(1);
  expect(result.properties('azurerm_subnet.web')).toMatchObject({
    addressprefixes: ['10.0.1.0/24'],
    networksecuritygroup: '?',
  });
  expect(codesOf(result)).toEqual(['resource-declared-twice']);
});

test('the same holds for what exists already', () => {
  const group = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network';
  const balancer = instance(
    'azurerm_lb.lb',
    { name: 'lb', resource_group_name: 'rg', frontend_ip_configuration: [] },
    { id: `${group}/loadBalancers/lb` },
  );
  const result = translate(balancer, deploy(template([BALANCER])));
  expect(result.model.ofType('Microsoft.Network/loadBalancers')).toHaveLength(1);
  expect(result.properties('azurerm_lb.lb', 'backendAddressPools')).toBe('?');
  expect(codesOf(result)).toEqual(['resource-declared-twice']);
});

test('templates of a subscription make resources in groups they name, and others refer to them', () => {
  const nested = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2024-03-01',
    name: 'inner',
    resourceGroup: 'rg',
    properties: { mode: 'Incremental', template: { resources: [BALANCER] } },
  };
  const result = translate(
    ...NETWORK,
    instance('azurerm_subscription_template_deployment.all', {
      name: 'all',
      location: 'westeurope',
      template_content: template([nested]),
    }),
    deploy(
      template([
        {
          ...interfaceIn('x'),
          properties: {
            ipConfigurations: [
              { name: 'ip', properties: { loadBalancerBackendAddressPools: [{ id: POOL }] } },
            ],
          },
        },
      ]),
    ),
  );
  const pools = 'ipConfigurations.0.properties.loadBalancerBackendAddressPools.0.id';
  expect(result.properties(INTERFACE, pools)).toBe(`-> ${POOL_ID}.id`);
  expect(result.model.ofType('Microsoft.Network/loadBalancers')).toHaveLength(1);
});

test('resources of a deployment that may not happen may not be there', () => {
  const deployment = { ...deploy(template([BALANCER])), condition: unsetVariable('enabled') };
  const { model } = translate(...NETWORK, deployment);
  expect(model.ofType('Microsoft.Network/loadBalancers')).toMatchObject([
    { condition: { reason: { kind: 'parameter', name: 'var.enabled' } } },
  ]);
});

test('findings about a template stand where the template is given, its parameters where they are', () => {
  const { model } = translate(...NETWORK, deploy(template([BALANCER])));
  const [balancer] = model.ofType('Microsoft.Network/loadBalancers');
  const place = { kind: 'json', path: 'plan.json', pointer: `/${DEPLOYMENT}/template_content` };
  expect([balancer?.origin, balancer?.body.fields.get('properties')?.origin]).toEqual([place, place]);
});

test.each<[string, Instance]>([
  ['not known', deploy(openRef())],
  ['that of a template spec', deploy(null)],
  ['no JSON', deploy('resources: []')],
  ['secret', deploy(secret(template([BALANCER])))],
  ['of unknown types', deploy(textAround('{"resources":[{"type":"', unsetVariable('type'), '"}]}'))],
  ['of unknown length', deploy(textAround('{"resources":', unsetVariable('resources'), '}'))],
  ['of a tenant, not known', instance('azurerm_tenant_template_deployment.t', { name: 't' })],
])('a template that is %s is a gap and a problem', (_, deployment) => {
  const result = translate(...NETWORK, deployment);
  const { address } = deployment;
  expect(result.model.gaps).toEqual([
    { reason: { kind: 'module', name: address }, origin: deployment.origin },
  ]);
  expect(codesOf(result)).toEqual(['template-deployment-not-read']);
});

test('a template that is not known may change what its parameters name', () => {
  const result = translate(
    ...NETWORK,
    deploy(openRef(), {
      parameters_content: textAround('{"s":{"value":"', ref('azurerm_subnet.web.id'), '"}}'),
    }),
  );
  expect(result.properties('azurerm_subnet.web', 'networkSecurityGroup.id')).toBe('?');
});

test('a template inside a template that is not there is a gap', () => {
  const linked = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2024-03-01',
    name: 'linked',
    properties: { mode: 'Incremental', templateLink: { uri: 'https://example.com/lb.json' } },
  };
  const { model } = translate(...NETWORK, deploy(template([linked])));
  expect(model.gaps).toMatchObject([{ reason: { kind: 'module' }, origin: { kind: 'json' } }]);
});

test('the mode Complete is told, because it deletes what the root may make beside the template', () => {
  const result = translate(...NETWORK, deploy(template([]), { deployment_mode: 'Complete' }));
  expect(codesOf(result)).toEqual(['template-deployment-complete']);
});

test('an output of the root that is one of a template hands out what the template makes', () => {
  const output = {
    name: 'pool',
    origin: { kind: 'json', path: 'plan.json', pointer: '/outputs/pool' } as const,
    references: [{ id: `{${DEPLOYMENT}}`, property: 'output_content' }],
    open: false,
  };
  const { model } = translateRoot(root([...NETWORK, deploy(template([BALANCER]))], [output]));
  expect(model.gaps).toEqual([{ reason: { kind: 'outside', name: 'output.pool' }, origin: output.origin }]);
});

test('azapi deploys templates as well', () => {
  const result = translate(
    ...NETWORK,
    instance('azapi_resource.t', {
      type: 'Microsoft.Resources/deployments@2024-03-01',
      name: 't',
      parent_id: ref('azurerm_resource_group.rg.id'),
      body: {
        properties: {
          mode: 'Incremental',
          parameters: { subnet: { value: ref('azurerm_subnet.web.id') } },
          template: {
            parameters: { subnet: { type: 'string' } },
            resources: [interfaceAsData("[parameters('subnet')]")],
          },
        },
      },
    }),
  );
  expect(result.properties('azapi_resource.t/Microsoft.Network/networkInterfaces/nic', SUBNET)).toBe(
    '-> {azurerm_subnet.web}.id',
  );
  expect(result.model.gaps).toEqual([]);
});

function interfaceAsData(subnet: string): Plain {
  return JSON.parse(JSON.stringify(interfaceIn(subnet))) as Plain;
}
