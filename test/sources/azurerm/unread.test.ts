import type { UnreadPart } from '../../../src/sources/azurerm/instance.ts';
import { list } from '../../../src/value/value.ts';
import {
  instance,
  openRef,
  ref,
  root,
  type Translation,
  textAround,
  translateRoot,
  unsetVariable,
} from '../../support/terraform-instance.ts';

type Instance = ReturnType<typeof instance>;

const ORIGIN = { kind: 'json', path: 'main.tf.json', pointer: '/module/web' } as const;

/** The translation of a root that hands these values to a module which is not there. */
function beside(given: UnreadPart['given'], ...instances: readonly Instance[]): Translation {
  const unread: readonly UnreadPart[] = [{ address: 'module.web', origin: ORIGIN, given }];
  return translateRoot({ ...root(instances), unread });
}

const NETWORK = instance('azurerm_virtual_network.v', {
  name: 'vnet',
  resource_group_name: 'rg',
  subnet: [{ name: 'inline' }, { name: 'other' }],
});
const SUBNET = instance('azurerm_subnet.s', { name: 's' });

test('a subnet that a missing module is given may have a security group, routes and a way out', () => {
  const { properties } = beside([ref('azurerm_subnet.s.id')], SUBNET, instance('azurerm_subnet.t', {}));
  expect(properties('azurerm_subnet.s')).toMatchObject({
    networksecuritygroup: { id: '?' },
    routetable: { id: '?' },
    natgateway: { id: '?' },
  });
  expect(properties('azurerm_subnet.t', 'networkSecurityGroup')).toBeUndefined();
});

test('what is attached already stays, because there is room for one', () => {
  const { properties } = beside(
    [ref('azurerm_subnet.s.id')],
    SUBNET,
    instance('azurerm_network_security_group.g', { name: 'g' }),
    instance('azurerm_subnet_network_security_group_association.x', {
      subnet_id: ref('azurerm_subnet.s.id'),
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
  );
  expect(properties('azurerm_subnet.s', 'networkSecurityGroup.id')).toBe(
    '-> {azurerm_network_security_group.g}.id',
  );
});

test('rules and routes may be added to what is given by its id, by its name, or within a list', () => {
  const group = instance('azurerm_network_security_group.g', {
    name: 'nsg',
    security_rule: [{ name: 'own' }],
  });
  const table = instance('azurerm_route_table.t', { name: 'RT' });
  const { properties } = beside(
    [
      list([ref('azurerm_network_security_group.g.id')], ORIGIN),
      { kind: 'known', value: 'rt', origin: ORIGIN },
    ],
    group,
    table,
  );
  expect(properties('azurerm_network_security_group.g', 'securityRules')).toEqual([
    { name: 'own', properties: {} },
    '...',
  ]);
  expect(properties('azurerm_route_table.t', 'routes')).toEqual(['...']);
});

test('a network may get subnets and peerings, its inline subnets only when they are given', () => {
  const inline = textAround(ref('azurerm_virtual_network.v.id'), '/subnets/inline');
  const { properties } = beside([inline], NETWORK);
  expect(properties('azurerm_virtual_network.v')).toMatchObject({
    virtualnetworkpeerings: ['...'],
    subnets: [{ name: 'inline' }, { name: 'other' }, '...'],
  });
  expect(
    properties('azurerm_virtual_network.v', 'subnets.1.properties.networkSecurityGroup'),
  ).toBeUndefined();
});

test('an inline subnet that is given by its id is open like one of its own', () => {
  const given = {
    ...ref(),
    references: [{ id: '{azurerm_virtual_network.v}/subnets/inline', property: 'id' }],
  };
  const { properties } = beside([given], NETWORK);
  expect(properties('azurerm_virtual_network.v', 'subnets.0.properties.networkSecurityGroup')).toEqual({
    id: '?',
  });
  expect(
    properties('azurerm_virtual_network.v', 'subnets.1.properties.networkSecurityGroup'),
  ).toBeUndefined();
  expect(properties('azurerm_virtual_network.v', 'virtualNetworkPeerings')).toBeUndefined();
});

test('an interface may be put into groups', () => {
  const { properties } = beside(
    [ref('azurerm_network_interface.n.id')],
    instance('azurerm_network_interface.n', { name: 'n', ip_configuration: [{ name: 'i' }] }),
  );
  expect(properties('azurerm_network_interface.n')).toMatchObject({
    networksecuritygroup: { id: '?' },
    ipconfigurations: [{ properties: { applicationsecuritygroups: ['...'] } }],
  });
});

test('pools, load balancers and machines that are given have users nobody sees', () => {
  const { model } = beside(
    [
      ref('azurerm_lb_backend_address_pool.p.id'),
      ref('azurerm_lb.l.name'),
      ref('azurerm_linux_virtual_machine.m.'),
      ref('azurerm_lb.l.frontend_ip_configuration[0].private_ip_address'),
      ref('azurerm_public_ip.a.id'),
    ],
    instance('azurerm_lb.l', { name: 'l' }),
    instance('azurerm_lb_backend_address_pool.p', { name: 'p' }),
    instance('azurerm_linux_virtual_machine.m', { name: 'm' }),
    instance('azurerm_public_ip.a', { name: 'a' }),
  );
  const reason = { kind: 'module', name: 'module.web' };
  expect(model.gaps).toEqual([
    { id: '{azurerm_lb_backend_address_pool.p}', reason, origin: ORIGIN },
    { id: '{azurerm_lb.l}', reason, origin: ORIGIN },
    { id: '{azurerm_linux_virtual_machine.m}', reason, origin: ORIGIN },
  ]);
});

test('an address that is given opens nothing', () => {
  const { properties } = beside(
    [ref('azurerm_network_interface.n.private_ip_address')],
    instance('azurerm_network_interface.n', { name: 'n' }),
  );
  expect(properties('azurerm_network_interface.n', 'networkSecurityGroup')).toBeUndefined();
});

test('nothing is eliminated beside a module that is not there', () => {
  const nic = instance('azurerm_network_interface.n', {
    ip_configuration: [{ name: 'i', subnet_id: openRef() }],
  });
  const { properties } = beside([], SUBNET, nic);
  expect(properties('azurerm_network_interface.n', 'ipConfigurations.0.properties.subnet.id')).toBe('?');
});

test('what is attached only possibly leaves room for what the module attaches', () => {
  const attached = {
    ...instance('azurerm_subnet_network_security_group_association.x', {
      subnet_id: ref('azurerm_subnet.s.id'),
      network_security_group_id: ref('azurerm_network_security_group.g.id'),
    }),
    condition: unsetVariable('create'),
  };
  const { properties } = beside(
    [ref('azurerm_subnet.s.id')],
    SUBNET,
    instance('azurerm_network_security_group.g', { name: 'g' }),
    attached,
  );
  expect(properties('azurerm_subnet.s', 'networkSecurityGroup')).toEqual({ id: '?' });
});
