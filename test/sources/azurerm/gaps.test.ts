import type { TerraformRoot } from '../../../src/sources/azurerm/instance.ts';
import { toModel } from '../../../src/sources/azurerm/to-model.ts';
import {
  instance,
  openRef,
  partly,
  ref,
  root,
  textAround,
  translate,
} from '../../support/terraform-instance.ts';

const ORIGIN = { kind: 'json', path: 'plan.json', pointer: '/outputs' } as const;

const ESTATE = [
  instance('azurerm_lb.l', { name: 'l', frontend_ip_configuration: [{ name: 'fe' }] }),
  instance('azurerm_lb_backend_address_pool.p', { name: 'p' }),
  instance('azurerm_lb_nat_rule.n', { name: 'n' }),
  instance('azurerm_lb_rule.r', {
    name: 'r',
    backend_address_pool_ids: [ref('azurerm_lb_backend_address_pool.p.id')],
  }),
  instance('azurerm_subnet.s', { name: 's' }),
];

function gapsOfOutput(open: boolean, ...paths: readonly string[]): unknown {
  const references = ref(...paths).references ?? [];
  const outputs: TerraformRoot['outputs'] = [{ name: 'pool_id', origin: ORIGIN, references, open }];
  return toModel(root(ESTATE, outputs)).model.gaps;
}

const REASON = { reason: { kind: 'outside', name: 'output.pool_id' }, origin: ORIGIN };

test.each([
  ['the id of a pool', 'azurerm_lb_backend_address_pool.p.id', '{azurerm_lb_backend_address_pool.p}'],
  ['a whole pool', 'azurerm_lb_backend_address_pool.p.', '{azurerm_lb_backend_address_pool.p}'],
  [
    'a copy of the id of a pool',
    'azurerm_lb_rule.r.backend_address_pool_ids[0]',
    '{azurerm_lb_backend_address_pool.p}',
  ],
  ['the id of a NAT rule', 'azurerm_lb_nat_rule.n.id', '{azurerm_lb_nat_rule.n}'],
  ['the id of a load balancer', 'azurerm_lb.l.id', '{azurerm_lb.l}'],
  ['a whole load balancer', 'azurerm_lb.l.', '{azurerm_lb.l}'],
])('an output of %s lets other roots attach members', (_, path, id) => {
  expect(gapsOfOutput(false, path)).toEqual([{ id, ...REASON }]);
});

test.each([
  ['an address', 'azurerm_lb.l.frontend_ip_configuration[0].private_ip_address'],
  ['the name of a load balancer', 'azurerm_lb.l.name'],
  ['a subnet', 'azurerm_subnet.s.id'],
])('an output of %s is no gap', (_, path) => {
  expect(gapsOfOutput(false, path)).toEqual([]);
});

test('an output that cannot be followed may hold any pool', () => {
  expect(gapsOfOutput(true)).toEqual([REASON]);
});

test('the pool of a load balancer that exists can be exported too', () => {
  const id = '/subscriptions/s/pools/p';
  const outputs = [{ name: 'pool_id', origin: ORIGIN, references: [{ id, property: 'id' }], open: false }];
  const pool = instance('azurerm_lb_backend_address_pool.p', { name: 'p' }, { id });
  expect(toModel(root([pool], outputs)).model.gaps).toEqual([{ id, ...REASON }]);
});

test.each([
  'azurerm_kubernetes_cluster',
  'azurerm_kubernetes_cluster_node_pool',
  'azurerm_virtual_machine_scale_set_standby_pool',
  'azurerm_service_fabric_managed_cluster',
  'azurerm_databricks_workspace',
  'azurerm_hdinsight_hadoop_cluster',
  'azurerm_batch_pool',
  'azurerm_redhat_openshift_cluster',
  'azurerm_api_management',
])('%s can bring members that are not seen', (type) => {
  const { model, problems } = translate(instance(`${type}.x`, { name: 'x' }));
  expect(model.gaps).toMatchObject([{ reason: { kind: 'unsupported', name: `${type}.x` } }]);
  expect(model.gaps[0]).not.toHaveProperty('id');
  expect(problems).toEqual([]);
});

test.each([
  'azurerm_resource_group',
  'azurerm_container_group',
  'azurerm_storage_account',
  'azurerm_virtual_machine_scale_set_packet_capture',
  'random_pet',
  'aws_lb',
])('%s brings no members', (type) => {
  expect(translate(instance(`${type}.x`, { name: 'x' })).model.gaps).toEqual([]);
});

test('a data source is no gap', () => {
  expect(translate(instance('data.azurerm_kubernetes_cluster.x', {})).model.gaps).toEqual([]);
});

test('a type that is not translated and names a pool is a gap of that pool', () => {
  const { model } = translate(
    ...ESTATE,
    instance('azurerm_something_new.x', {
      backend_address_pool_ids: [ref('azurerm_lb_backend_address_pool.p.id')],
    }),
  );
  expect(model.gaps).toMatchObject([
    {
      id: '{azurerm_lb_backend_address_pool.p}',
      reason: { kind: 'unsupported', name: 'azurerm_something_new.x' },
    },
  ]);
});

test('a type that is not translated and names a pool that cannot be followed is a gap of all', () => {
  const { model } = translate(
    instance('azapi_resource.x', { type: 'Microsoft.Web/sites@2023-01-01' }),
    instance('azurerm_something_new.x', { load_balancer_backend_address_pool_ids: openRef() }),
  );
  expect(model.gaps).toHaveLength(1);
  expect(model.gaps[0]).not.toHaveProperty('id');
});

test('the pools of an application gateway are others', () => {
  const { model } = translate(
    ...ESTATE,
    instance('azurerm_network_interface_application_gateway_backend_address_pool_association.x', {
      backend_address_pool_id: openRef(),
    }),
  );
  expect(model.gaps).toEqual([]);
});

test.each([
  ['azurerm_linux_virtual_machine_scale_set', { network_interface: openRef() }, 1],
  ['azurerm_orchestrated_virtual_machine_scale_set', { network_interface: partly({ name: 'n' }) }, 1],
  ['azurerm_virtual_machine_scale_set', { network_profile: [{ name: 'n' }] }, 0],
  [
    'azapi_resource',
    {
      type: 'Microsoft.Compute/virtualMachines@2024-03-01',
      body: { properties: { networkProfile: { networkInterfaceConfigurations: openRef() } } },
    },
    1,
  ],
  ['azapi_resource', { type: 'Microsoft.Compute/virtualMachines@2024-03-01', body: openRef() }, 1],
])('%s with %j can be in any pool as often as %i', (type, attributes, gaps) => {
  expect(translate(instance(`${type}.x`, attributes)).model.gaps).toHaveLength(gaps);
});

const POOL_ID = ref('azurerm_lb_backend_address_pool.p.id');

test.each([
  ['azurerm_linux_function_app.x', { app_settings: { POOL: POOL_ID } }, 1],
  ['azurerm_linux_function_app.x', { app_settings: { CONFIG: textAround('{"pool":"', POOL_ID, '"}') } }, 1],
  ['terraform_data.x', { triggers_replace: [POOL_ID] }, 1],
  ['azurerm_linux_function_app.x', { app_settings: { LB: ref('azurerm_lb.l.private_ip_address') } }, 0],
  ['azurerm_monitor_diagnostic_setting.x', { target_resource_id: ref('azurerm_lb.l.id') }, 0],
])('what is told of a pool may add members to it: %s %j', (address, attributes, count) => {
  const { gaps } = translate(...ESTATE, instance(address, attributes)).model;
  expect(gaps.map(({ id, reason }) => [id, reason.name])).toEqual(
    Array(count).fill(['{azurerm_lb_backend_address_pool.p}', `what ${address} attaches`]),
  );
});
