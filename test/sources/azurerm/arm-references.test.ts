import type { TerraformInstance } from '../../../src/sources/azurerm/instance.ts';
import { field } from '../../../src/value/value.ts';
import { instance, openRef, ref, textAround, translate } from '../../support/terraform-instance.ts';

const ESTATE: readonly TerraformInstance[] = [
  instance('azurerm_lb.one', {
    frontend_ip_configuration: [{ name: 'Only', subnet_id: ref('azurerm_subnet.s.id') }],
  }),
  instance('azurerm_lb.two', {
    frontend_ip_configuration: [
      { name: 'public', public_ip_address_id: ref('azurerm_public_ip.p.id') },
      { name: 'internal', subnet_id: ref('azurerm_subnet.s.id') },
    ],
  }),
  instance('azurerm_subnet.s', { name: 's' }),
  instance('azurerm_public_ip.p', { name: 'p' }),
  instance('azurerm_public_ip_prefix.p', { name: 'p' }),
  instance('azurerm_network_interface.n', { ip_configuration: [{ name: 'First' }, { name: 'second' }] }),
  instance('azurerm_linux_virtual_machine.v', {
    network_interface_ids: [ref('azurerm_network_interface.n.id')],
  }),
  instance('azurerm_resource_group.rg', { name: 'rg' }),
];

const ONLY = '{azurerm_lb.one}/frontendipconfigurations/only.privateIPAddress';
const PUBLIC = '{azurerm_lb.two}/frontendipconfigurations/public.privateIPAddress';
const INTERNAL = '{azurerm_lb.two}/frontendipconfigurations/internal.privateIPAddress';
const FIRST = '{azurerm_network_interface.n}/ipconfigurations/first.privateIPAddress';
const SECOND = '{azurerm_network_interface.n}/ipconfigurations/second.privateIPAddress';

test.each([
  ['azurerm_lb.one.private_ip_address', `-> ${ONLY}`],
  ['azurerm_lb.one.frontend_ip_configuration[0].private_ip_address', `-> ${ONLY}`],
  ['azurerm_lb.one.frontend_ip_configuration', `-> ${ONLY}`],
  ['azurerm_lb.two.private_ip_address', `-> ${INTERNAL}`],
  ['azurerm_lb.two.frontend_ip_configuration[1].private_ip_address', `-> ${INTERNAL}`],
  ['azurerm_lb.two.frontend_ip_configuration.1.private_ip_address', `-> ${INTERNAL}`],
  ['azurerm_lb.two.frontend_ip_configuration[*].private_ip_address', `-> ${PUBLIC} | ${INTERNAL}`],
  ['azurerm_lb.two.private_ip_addresses[0]', `-> ${PUBLIC} | ${INTERNAL}`],
  [
    'azurerm_lb.two.frontend_ip_configuration[0].id',
    '-> {azurerm_lb.two}/frontendipconfigurations/public.id',
  ],
  [
    'azurerm_lb.two.frontend_ip_configuration[9].private_ip_address',
    '-> {azurerm_lb.two}.frontend_ip_configuration[9].private_ip_address',
  ],
  ['azurerm_lb.one.id', '-> {azurerm_lb.one}.id'],
  ['azurerm_lb.one.', '-> {azurerm_lb.one}.'],
  ['azurerm_public_ip.p.ip_address', '-> {azurerm_public_ip.p}.ipAddress'],
  ['azurerm_public_ip.p.fqdn', '-> {azurerm_public_ip.p}.fqdn'],
  ['azurerm_public_ip_prefix.p.ip_prefix', '-> {azurerm_public_ip_prefix.p}.ipPrefix'],
  ['azurerm_network_interface.n.private_ip_address', `-> ${FIRST}`],
  ['azurerm_network_interface.n.ip_configuration[1].private_ip_address', `-> ${SECOND}`],
  ['azurerm_network_interface.n.private_ip_addresses', `-> ${FIRST} | ${SECOND}`],
  ['azurerm_linux_virtual_machine.v.private_ip_address', `-> ${FIRST}`],
  [
    'azurerm_linux_virtual_machine.v.public_ip_address',
    '-> {azurerm_linux_virtual_machine.v}.public_ip_address',
  ],
  ['azurerm_resource_group.rg.name', '-> {azurerm_resource_group.rg}.name'],
])('in custom data, %s refers to the ARM property', (path, expected) => {
  const vm = instance('azurerm_linux_virtual_machine.x', { custom_data: ref(path) });
  expect(translate(...ESTATE, vm).properties(vm.address, 'osProfile.customData')).toBe(expected);
});

test('all references of a value are rewritten, and equal ones are one', () => {
  const vm = instance('azurerm_linux_virtual_machine.x', {
    user_data: openRef(
      'azurerm_lb.one.private_ip_address',
      'azurerm_lb.one.frontend_ip_configuration[0].private_ip_address',
      'azurerm_public_ip.p.ip_address',
    ),
  });
  expect(translate(...ESTATE, vm).properties(vm.address, 'userData')).toBe(
    `-> ${ONLY} | {azurerm_public_ip.p}.ipAddress | ?`,
  );
});

const ADDRESS = ref('azurerm_public_ip.p.ip_address');
const PUBLIC_ADDRESS = '-> {azurerm_public_ip.p}.ipAddress';

test('addresses in security rules refer to public IPs', () => {
  const { properties } = translate(
    ...ESTATE,
    instance('azurerm_network_security_rule.r', {
      name: 'r',
      source_address_prefix: ADDRESS,
      source_address_prefixes: ['10.0.0.0/8', ADDRESS],
      destination_address_prefix: ref('azurerm_lb.one.private_ip_address'),
    }),
    instance('azurerm_network_security_group.g', {
      name: 'g',
      security_rule: [{ name: 'inline', source_address_prefixes: [ADDRESS] }],
    }),
  );
  expect(properties('azurerm_network_security_rule.r')).toMatchObject({
    sourceaddressprefix: PUBLIC_ADDRESS,
    sourceaddressprefixes: ['10.0.0.0/8', PUBLIC_ADDRESS],
    destinationaddressprefix: `-> ${ONLY}`,
  });
  expect(
    properties('azurerm_network_security_group.g', 'securityRules.0.properties.sourceAddressPrefixes'),
  ).toEqual([PUBLIC_ADDRESS]);
});

test('addresses of routes, frontends, interfaces and pool members refer to what they are copied from', () => {
  const copy = ref('azurerm_lb.one.private_ip_address');
  const { properties } = translate(
    ...ESTATE,
    instance('azurerm_route.r', { name: 'r', next_hop_in_ip_address: copy }),
    instance('azurerm_lb.copy', { frontend_ip_configuration: [{ name: 'f', private_ip_address: copy }] }),
    instance('azurerm_network_interface.copy', {
      ip_configuration: [{ name: 'i', private_ip_address: copy }],
    }),
    instance('azurerm_lb_backend_address_pool_address.copy', {
      name: 'a',
      ip_address: ref('azurerm_linux_virtual_machine.v.private_ip_address'),
    }),
  );
  expect(properties('azurerm_route.r', 'nextHopIpAddress')).toBe(`-> ${ONLY}`);
  expect(properties('azurerm_lb.copy', 'frontendIPConfigurations.0.properties.privateIPAddress')).toBe(
    `-> ${ONLY}`,
  );
  expect(properties('azurerm_network_interface.copy', 'ipConfigurations.0.properties.privateIPAddress')).toBe(
    `-> ${ONLY}`,
  );
  expect(properties('azurerm_lb_backend_address_pool_address.copy', 'ipAddress')).toBe(`-> ${FIRST}`);
});

function prefixOf(
  value: Parameters<typeof instance>[1],
  ...others: readonly ReturnType<typeof instance>[]
): unknown {
  const rule = instance('azurerm_network_security_rule.r', { name: 'r', ...value });
  return translate(rule, ...others).properties('azurerm_network_security_rule.r', 'sourceAddressPrefix');
}

const READ = { name: 'P', resource_group_name: 'RG' };

test('the address that a data source reads is that of the resource its arguments name', () => {
  const source = { source_address_prefix: ref('data.azurerm_public_ip.p.ip_address') };
  const data = instance('data.azurerm_public_ip.p', READ);
  expect(prefixOf(source, data)).toBe(
    '-> /resourcegroups/rg/providers/microsoft.network/publicipaddresses/p.ipAddress',
  );
  const own = instance('azurerm_public_ip.own', { name: 'p', resource_group_name: 'rg' });
  expect(prefixOf(source, data, own)).toBe('-> {azurerm_public_ip.own}.ipAddress');
});

test('what azapi hands out of an answer is a property of ARM', () => {
  const address = instance('azapi_resource.p', { type: 'Microsoft.Network/publicIPAddresses@2024-05-01' });
  expect(
    prefixOf({ source_address_prefix: ref('azapi_resource.p.output.properties.ipAddress') }, address),
  ).toBe('-> {azapi_resource.p}.ipAddress');
  const balancer = instance('azapi_resource.l', {
    type: 'Microsoft.Network/loadBalancers@2024-05-01',
    body: { properties: { frontendIPConfigurations: [{ name: 'a' }, { name: 'b' }] } },
  });
  const path = 'output.properties.frontendIPConfigurations[1].properties.privateIPAddress';
  expect(prefixOf({ source_address_prefix: ref(`azapi_resource.l.${path}`) }, balancer)).toBe(
    '-> {azapi_resource.l}/frontendipconfigurations/b.privateIPAddress',
  );
});

test('the parts of a text refer to properties of ARM as well', () => {
  const text = textAround(ref('azurerm_public_ip.p.ip_address'), '/32');
  const { model } = translate(
    instance('azurerm_public_ip.p', { name: 'p' }),
    instance('azurerm_network_security_rule.r', { name: 'r', source_address_prefix: text }),
  );
  const body = model.ofType('microsoft.network/networksecuritygroups/securityrules')[0]?.body;
  expect(body === undefined ? undefined : field(body, 'properties', 'sourceAddressPrefix')).toMatchObject({
    parts: [{ references: [{ id: '{azurerm_public_ip.p}', property: 'ipAddress' }] }, '/32'],
  });
});
