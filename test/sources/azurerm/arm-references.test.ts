import type { TerraformInstance } from '../../../src/sources/azurerm/instance.ts';
import { instance, openRef, ref, translate } from '../../support/terraform-instance.ts';

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
