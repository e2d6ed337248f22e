import type { TerraformInstance } from '../../../src/sources/azurerm/instance.ts';
import { toModel } from '../../../src/sources/azurerm/to-model.ts';
import { instance, ref, root, show, translate } from '../../support/terraform-instance.ts';

test('an empty root is an empty model', () => {
  const { model, problems } = toModel(root([]));
  expect([model.resources, model.gaps, problems]).toEqual([[], [], []]);
});

test('resources are in the order of the source, data sources and other types are left out', () => {
  const { model } = translate(
    instance('azurerm_subnet.s', { name: 's' }),
    instance('azurerm_resource_group.rg', { name: 'rg' }),
    instance('data.azurerm_subnet.d', { name: 'd' }),
    instance('module.a["b"].azurerm_lb.l', { name: 'l' }),
  );
  expect(model.resources.map(({ type, id, address }) => [type, id, address])).toEqual([
    ['microsoft.network/virtualnetworks/subnets', '{azurerm_subnet.s}', 'azurerm_subnet.s'],
    ['microsoft.network/loadbalancers', '{module.a["b"].azurerm_lb.l}', 'module.a["b"].azurerm_lb.l'],
  ]);
});

test.each([
  ['azurerm_lb', 'microsoft.network/loadbalancers'],
  ['azurerm_lb_rule', 'microsoft.network/loadbalancers/loadbalancingrules'],
  ['azurerm_lb_probe', 'microsoft.network/loadbalancers/probes'],
  ['azurerm_lb_backend_address_pool', 'microsoft.network/loadbalancers/backendaddresspools'],
  [
    'azurerm_lb_backend_address_pool_address',
    'microsoft.network/loadbalancers/backendaddresspools/backendaddresses',
  ],
  ['azurerm_lb_nat_rule', 'microsoft.network/loadbalancers/inboundnatrules'],
  ['azurerm_lb_nat_pool', 'microsoft.network/loadbalancers/inboundnatpools'],
  ['azurerm_lb_outbound_rule', 'microsoft.network/loadbalancers/outboundrules'],
  ['azurerm_network_interface', 'microsoft.network/networkinterfaces'],
  ['azurerm_network_security_group', 'microsoft.network/networksecuritygroups'],
  ['azurerm_network_security_rule', 'microsoft.network/networksecuritygroups/securityrules'],
  ['azurerm_application_security_group', 'microsoft.network/applicationsecuritygroups'],
  ['azurerm_virtual_network', 'microsoft.network/virtualnetworks'],
  ['azurerm_subnet', 'microsoft.network/virtualnetworks/subnets'],
  ['azurerm_virtual_network_peering', 'microsoft.network/virtualnetworks/virtualnetworkpeerings'],
  ['azurerm_public_ip', 'microsoft.network/publicipaddresses'],
  ['azurerm_public_ip_prefix', 'microsoft.network/publicipprefixes'],
  ['azurerm_nat_gateway', 'microsoft.network/natgateways'],
  ['azurerm_route_table', 'microsoft.network/routetables'],
  ['azurerm_route', 'microsoft.network/routetables/routes'],
  ['azurerm_linux_virtual_machine', 'microsoft.compute/virtualmachines'],
  ['azurerm_windows_virtual_machine', 'microsoft.compute/virtualmachines'],
  ['azurerm_virtual_machine', 'microsoft.compute/virtualmachines'],
  ['azurerm_virtual_machine_extension', 'microsoft.compute/virtualmachines/extensions'],
  ['azurerm_availability_set', 'microsoft.compute/availabilitysets'],
  ['azurerm_linux_virtual_machine_scale_set', 'microsoft.compute/virtualmachinescalesets'],
  ['azurerm_windows_virtual_machine_scale_set', 'microsoft.compute/virtualmachinescalesets'],
  ['azurerm_orchestrated_virtual_machine_scale_set', 'microsoft.compute/virtualmachinescalesets'],
  ['azurerm_virtual_machine_scale_set', 'microsoft.compute/virtualmachinescalesets'],
  ['azurerm_virtual_machine_scale_set_extension', 'microsoft.compute/virtualmachinescalesets/extensions'],
])('%s becomes %s, also when nothing is set in it', (type, armType) => {
  const { model } = translate(instance(`${type}.x`));
  expect(model.resources.map((resource) => resource.type)).toEqual([armType]);
  expect(show(model.resources[0]?.name)).toBeUndefined();
});

/** A web tier: every ten instances hold one load balancer with a rule, and members with everything around them. */
function tier(number: number): readonly TerraformInstance[] {
  const at = (type: string): string => `${type}.x[${number}]`;
  const idOf = (type: string): ReturnType<typeof ref> => ref(`${at(type)}.id`);
  const rg = { resource_group_name: 'rg' };
  return [
    instance(at('azurerm_virtual_network'), { name: `v${number}`, address_space: ['10.0.0.0/16'], ...rg }),
    instance(at('azurerm_subnet'), {
      name: 's',
      virtual_network_name: `v${number}`,
      address_prefixes: ['10.0.0.0/24'],
      ...rg,
    }),
    instance(at('azurerm_network_security_group'), {
      name: 'g',
      security_rule: [{ name: 'r', priority: 100, source_address_prefix: '*', destination_port_range: '80' }],
      ...rg,
    }),
    instance(at('azurerm_subnet_network_security_group_association'), {
      subnet_id: idOf('azurerm_subnet'),
      network_security_group_id: idOf('azurerm_network_security_group'),
    }),
    instance(at('azurerm_lb'), {
      name: 'l',
      sku: 'Standard',
      frontend_ip_configuration: [{ name: 'f', subnet_id: idOf('azurerm_subnet') }],
    }),
    instance(at('azurerm_lb_backend_address_pool'), { name: 'p', loadbalancer_id: idOf('azurerm_lb') }),
    instance(at('azurerm_lb_probe'), { name: 'h', port: 80, loadbalancer_id: idOf('azurerm_lb') }),
    instance(at('azurerm_lb_rule'), {
      name: 'r',
      loadbalancer_id: idOf('azurerm_lb'),
      frontend_ip_configuration_name: 'f',
      backend_address_pool_ids: [idOf('azurerm_lb_backend_address_pool')],
      probe_id: idOf('azurerm_lb_probe'),
    }),
    instance(at('azurerm_network_interface'), {
      name: 'n',
      ip_configuration: [{ name: 'i', subnet_id: idOf('azurerm_subnet') }],
    }),
    instance(at('azurerm_network_interface_backend_address_pool_association'), {
      network_interface_id: idOf('azurerm_network_interface'),
      ip_configuration_name: 'i',
      backend_address_pool_id: idOf('azurerm_lb_backend_address_pool'),
    }),
  ];
}

function readsOf(tiers: number): number {
  let reads = 0;
  const instances = Array.from({ length: tiers }, (_, number) => tier(number)).flat();
  const counted = instances.map((each) => ({
    ...each,
    attribute: (name: string) => {
      reads += 1;
      return each.attribute(name);
    },
  }));
  expect(toModel(root(counted)).model.resources).toHaveLength(tiers * 8);
  return reads;
}

test('what is read grows with the number of instances, not with its square', () => {
  expect(readsOf(400) / readsOf(20)).toBeLessThanOrEqual(20);
});
