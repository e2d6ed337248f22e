import { versionRange } from '../../../src/sources/azurerm/provider-version.ts';
import {
  instance,
  openRef,
  ref,
  root,
  type Translation,
  translate,
  translateRoot,
  unsetVariable,
} from '../../support/terraform-instance.ts';

type Instance = ReturnType<typeof instance>;
type Plain = NonNullable<Parameters<typeof instance>[1]>[string];

const NIC = 'Microsoft.Network/networkInterfaces';
const BALANCER = 'Microsoft.Network/loadBalancers';

function update(type: string, target: Plain, properties: Plain, condition?: Instance['condition']): Instance {
  const made = instance('azapi_update_resource.u', {
    type: `${type}@2024-05-01`,
    resource_id: target,
    body: { properties },
  });
  return condition === undefined ? made : { ...made, condition };
}

const INTERFACE = instance('azurerm_network_interface.n', {
  name: 'n',
  location: 'here',
  ip_configuration: [{ name: 'i', private_ip_address_allocation: 'Dynamic' }],
});
const INTERFACE_ID = ref('azurerm_network_interface.n.id');

test('an update changes what it names and leaves the rest', () => {
  const { body } = translate(
    INTERFACE,
    update(NIC, INTERFACE_ID, { enableIPForwarding: true, auxiliaryMode: 'AcceleratedConnections' }),
  );
  expect(body('azurerm_network_interface.n')).toMatchObject({
    location: 'here',
    properties: {
      enableipforwarding: true,
      auxiliarymode: 'AcceleratedConnections',
      enableacceleratednetworking: '~false',
      ipconfigurations: [{ name: 'i', properties: { privateipallocationmethod: 'Dynamic' } }],
    },
  });
});

test('the items of a list are merged by their names', () => {
  const { properties } = translate(
    instance('azurerm_network_security_group.g', { name: 'g' }),
    INTERFACE,
    update(NIC, INTERFACE_ID, {
      networkSecurityGroup: { id: ref('azurerm_network_security_group.g.id') },
      ipConfigurations: [{ name: 'i', properties: { privateIPAddress: '10.0.0.4' } }],
    }),
  );
  expect(properties('azurerm_network_interface.n', 'networkSecurityGroup')).toEqual({
    id: '-> {azurerm_network_security_group.g}.id',
  });
  expect(properties('azurerm_network_interface.n', 'ipConfigurations')).toEqual([
    {
      id: '{azurerm_network_interface.n}/ipconfigurations/i',
      name: 'i',
      properties: expect.objectContaining({
        privateipaddress: '10.0.0.4',
        privateipallocationmethod: 'Dynamic',
      }),
    },
  ]);
});

const LB = instance('azapi_resource.lb', {
  type: `${BALANCER}@2024-05-01`,
  name: 'lb',
  body: { properties: { probes: [{ name: 'a', properties: { port: 1 } }], tags: ['x'] } },
});

function probesWith(constraint: string | undefined, probes: Plain): unknown {
  const terraform = root([LB, update(BALANCER, ref('azapi_resource.lb.id'), { probes, tags: ['y', 'z'] })]);
  const { properties }: Translation = translateRoot(
    constraint === undefined ? terraform : { ...terraform, providers: { azapi: versionRange([constraint]) } },
  );
  expect(properties('azapi_resource.lb', 'tags')).toEqual(['y', 'z']);
  return properties('azapi_resource.lb', 'probes');
}

const OTHER = [
  { name: 'b', properties: { port: 2 } },
  { name: 'a', properties: { protocol: 'Tcp' } },
];

test('since azapi 2.5 an update adds to a list whose items have other names', () => {
  expect(probesWith('~> 2.5', OTHER)).toEqual([
    { name: 'a', properties: { port: 1, protocol: 'Tcp' } },
    { name: 'b', properties: { port: 2 } },
  ]);
});

test('before azapi 2.5 the list of an update took the place of the old one', () => {
  expect(probesWith('< 2.5.0', OTHER)).toEqual([
    { name: 'b', properties: { port: 2 } },
    { name: 'a', properties: { protocol: 'Tcp' } },
  ]);
});

test('what becomes of the list is not known while the version is not', () => {
  expect(probesWith('~> 2.0', OTHER)).toBe('?');
  expect(probesWith(undefined, OTHER)).toBe('?');
});

test('a list of the same names in the same order is the same in every version', () => {
  expect(probesWith(undefined, [{ name: 'a', properties: { port: 9 } }])).toEqual([
    { name: 'a', properties: { port: 9 } },
  ]);
});

test('a list where there was none is the list of the update', () => {
  const { properties } = translate(
    LB,
    update(BALANCER, ref('azapi_resource.lb.id'), { loadBalancingRules: [{ name: 'r' }] }),
  );
  expect(properties('azapi_resource.lb', 'loadBalancingRules')).toEqual([{ name: 'r' }]);
});

test('a collection that resources of the root add to as well is not known after an update', () => {
  const { properties } = translate(
    instance('azurerm_lb.l', { name: 'l' }),
    instance('azurerm_lb_probe.p', { name: 'p', loadbalancer_id: ref('azurerm_lb.l.id') }),
    update(BALANCER, ref('azurerm_lb.l.id'), { probes: [{ name: 'q' }], outboundRules: [{ name: 'o' }] }),
  );
  expect(properties('azurerm_lb.l')).toEqual({ probes: '?', outboundrules: [{ name: 'o' }] });
});

test('an update that may not happen leaves open what it changes', () => {
  const { properties } = translate(
    INTERFACE,
    update(NIC, INTERFACE_ID, { enableIPForwarding: true }, unsetVariable('router')),
  );
  expect(properties('azurerm_network_interface.n')).toMatchObject({
    enableipforwarding: '?',
    enableacceleratednetworking: '~false',
  });
});

test('an update that cannot be followed may change everything of the type', () => {
  const { properties } = translate(
    INTERFACE,
    instance('azurerm_network_interface.m', { name: 'm' }),
    update(NIC, openRef('data.terraform_remote_state.s.outputs'), { enableIPForwarding: true }),
    instance('data.terraform_remote_state.s', {}),
  );
  for (const name of ['n', 'm']) {
    expect(properties(`azurerm_network_interface.${name}`, 'enableIPForwarding')).toBe('?');
  }
});

test('an update of which nothing is known leaves nothing known', () => {
  const { body } = translate(INTERFACE, update(NIC, INTERFACE_ID, openRef()));
  expect(body('azurerm_network_interface.n')).toEqual({ location: 'here', properties: '?' });
});

test('a target is named by its name and its parent as well', () => {
  const { properties } = translate(
    instance('azurerm_virtual_network.v', { name: 'v', resource_group_name: 'rg' }),
    instance('azurerm_subnet.s', { name: 'S', virtual_network_name: 'v', resource_group_name: 'rg' }),
    instance('azapi_update_resource.u', {
      type: 'Microsoft.Network/virtualNetworks/subnets@2024-05-01',
      name: 's',
      parent_id: ref('azurerm_virtual_network.v.id'),
      body: { properties: { defaultOutboundAccess: false } },
    }),
  );
  expect(properties('azurerm_subnet.s', 'defaultOutboundAccess')).toBe(false);
});

test('an update of an inline subnet leaves open what the network has', () => {
  const { properties } = translate(
    instance('azurerm_virtual_network.v', {
      name: 'v',
      address_space: ['10.0.0.0/8'],
      subnet: [{ name: 's' }],
    }),
    instance('azapi_update_resource.u', {
      type: 'Microsoft.Network/virtualNetworks/subnets@2024-05-01',
      name: 's',
      parent_id: ref('azurerm_virtual_network.v.id'),
      body: { properties: { defaultOutboundAccess: false } },
    }),
  );
  expect(properties('azurerm_virtual_network.v')).toEqual({
    addressspace: { addressprefixes: ['10.0.0.0/8'] },
    subnets: '?',
  });
});

test('an update of a resource of another root changes nothing here and is a problem', () => {
  const { properties, problems } = translate(
    INTERFACE,
    update(NIC, '/subscriptions/s/elsewhere', { enableIPForwarding: true }),
  );
  expect(properties('azurerm_network_interface.n', 'enableIPForwarding')).toBe('~false');
  expect(problems).toMatchObject([
    {
      code: 'update-outside-root',
      message:
        '`azapi_update_resource.u` changes a `microsoft.network/networkinterfaces` that is not part of this root',
    },
  ]);
});

test('an id taken from an update is that of its target', () => {
  const { properties } = translate(
    instance('azurerm_subnet.s', { name: 's' }),
    update('Microsoft.Network/virtualNetworks/subnets', ref('azurerm_subnet.s.id'), {}),
    instance('azurerm_network_interface.n', {
      ip_configuration: [{ name: 'i', subnet_id: ref('azapi_update_resource.u.id') }],
    }),
  );
  expect(properties('azurerm_network_interface.n', 'ipConfigurations.0.properties.subnet.id')).toBe(
    '-> {azurerm_subnet.s}.id',
  );
});

test('an update of a resource that exists has the id of it, and is not taken for it', () => {
  const id = '/subscriptions/s/resourcegroups/rg/providers/microsoft.network/networkinterfaces/n';
  const existing = instance('azurerm_network_interface.n', { name: 'n' }, { id });
  const applied = instance(
    'azapi_update_resource.u',
    { type: `${NIC}@2024-05-01`, resource_id: id, body: { properties: { enableIPForwarding: true } } },
    { id },
  );
  for (const instances of [
    [existing, applied],
    [applied, existing],
  ]) {
    const { properties, problems } = translate(...instances);
    expect(properties('azurerm_network_interface.n', 'enableIPForwarding')).toBe(true);
    expect(problems).toEqual([]);
  }
});
