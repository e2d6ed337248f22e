import type { TerraformInstance, TerraformRoot } from '../../../src/sources/azurerm/instance.ts';
import { joinPlan } from '../../../src/sources/terraform-hcl/join-plan.ts';
import { absent, known, list, object, unknown, type Value } from '../../../src/value/value.ts';
import { instanceIn, read, rootOf } from './read-text.ts';

const PLAN = { kind: 'json', path: 'plan.json', pointer: '/x' } as const;
const LATER = unknown({ kind: 'known-after-apply', name: 'something' }, PLAN);

function planned(
  address: string,
  attributes: Readonly<Record<string, Value>> = {},
  id = `{${address}}`,
): TerraformInstance {
  const isData = address.includes('data.');
  return {
    address,
    type: address.split('.').at(-2) ?? '',
    mode: isData ? 'data' : 'managed',
    id,
    created: !isData,
    origin: PLAN,
    attribute: (name) => attributes[name] ?? absent(PLAN),
    names: () => Object.keys(attributes),
  };
}

function planOf(...instances: readonly TerraformInstance[]): TerraformRoot {
  return { instances, deleted: [], outputs: [] };
}

const MAIN = `
variable "v" {}
resource "azurerm_lb" "a" {
  name = "lb"
  frontend_ip_configuration {
    name      = "front"
    subnet_id = data.azurerm_subnet.s.id
  }
  frontend_ip_configuration {
    name = "other"
  }
}
data "azurerm_subnet" "s" {
  name = "snet"
}
resource "azurerm_lb_probe" "p" {
  loadbalancer_id = azurerm_lb.a.id
  port            = var.v
  ids             = [azurerm_lb.a.id, "x"]
  nothing         = null
  key_wo          = azurerm_lb.a.id
}
`;

const known80 = known(80, PLAN);

async function joined(...instances: readonly TerraformInstance[]) {
  return joinPlan(planOf(...instances), await rootOf(MAIN, { given: { v: 80 } }));
}

test('values come from the plan, what they refer to and where they are written from the configuration', async () => {
  const probe = planned('azurerm_lb_probe.p', {
    loadbalancer_id: LATER,
    port: known80,
    ids: list([LATER, known('x', PLAN)], PLAN),
    interval: known(15, PLAN),
    nothing: LATER,
    key_wo: absent(PLAN),
  });
  const { root } = await joined(probe, planned('azurerm_lb.a', {}, '{azurerm_lb.a}'));
  expect(read(root, 'azurerm_lb_probe.p', 'loadbalancer_id')).toBe('{azurerm_lb.a}.id');
  expect(read(root, 'azurerm_lb_probe.p', 'port')).toBe(80);
  expect(read(root, 'azurerm_lb_probe.p', 'ids')).toEqual(['{azurerm_lb.a}.id', 'x']);
  expect(read(root, 'azurerm_lb_probe.p', 'interval')).toBe(15);
  expect(read(root, 'azurerm_lb_probe.p', 'nothing')).toBeNull();
  expect(read(root, 'azurerm_lb_probe.p', 'key_wo')).toBe('{azurerm_lb.a}.id');
  const instance = instanceIn(root, 'azurerm_lb_probe.p');
  expect(instance.origin).toMatchObject({ path: 'main.tf', line: 16 });
  expect(instance.attribute('port').origin).toMatchObject({ path: 'main.tf', line: 18 });
  expect(instance.attribute('interval').origin).toEqual(PLAN);
});

test('blocks belong together by name, whatever their order', async () => {
  const balancer = planned('azurerm_lb.a', {
    frontend_ip_configuration: list(
      [
        object({ name: known('other', PLAN), subnet_id: LATER }, PLAN),
        object({ name: known('front', PLAN), subnet_id: LATER, zones: LATER }, PLAN),
      ],
      PLAN,
    ),
  });
  const subnet = planned('data.azurerm_subnet.s', {}, '/subscriptions/s/subnets/snet');
  const { root } = await joined(balancer, subnet);
  expect(read(root, 'azurerm_lb.a', 'frontend_ip_configuration')).toEqual([
    { name: 'other' },
    { name: 'front', subnet_id: '/subscriptions/s/subnets/snet.id' },
  ]);
  const blocks = instanceIn(root, 'azurerm_lb.a').attribute('frontend_ip_configuration');
  expect(blocks.kind === 'list' && blocks.items.map(({ origin }) => origin)).toMatchObject([
    { line: 9 },
    { line: 5 },
  ]);
});

test('a reference to an instance that the plan does not have stays what the plan says', async () => {
  const probe = planned('azurerm_lb_probe.p', { loadbalancer_id: LATER });
  const { root } = await joined(probe);
  expect(read(root, 'azurerm_lb_probe.p', 'loadbalancer_id')).toBe('?known-after-apply something');
});

test('instances of one of the two alone are a problem; data sources are not', async () => {
  const { root, problems } = await joined(planned('azurerm_lb.a'), planned('azurerm_lb.new["x"]'));
  expect(root.instances.map(({ address }) => address)).toEqual(['azurerm_lb.a', 'azurerm_lb.new["x"]']);
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    [
      'plan-differs-from-configuration',
      'the plan has `azurerm_lb.new["x"]` that the configuration does not declare',
    ],
    [
      'plan-differs-from-configuration',
      'the configuration declares `azurerm_lb_probe.p` that the plan does not have',
    ],
  ]);
});

test('an instance that stands for any number gives its place to all of them', async () => {
  const configuration = await rootOf(`
variable "n" { type = number }
variable "on" { type = bool }
resource "test" "x" {
  count = var.n
  v     = 1
}
resource "test" "maybe" {
  count = var.on ? 1 : 0
}
`);
  const plan = planOf(planned('test.x[0]', { v: known(1, PLAN) }), planned('test.x[1]'));
  const { root, problems } = joinPlan(plan, configuration);
  expect(problems).toEqual([]);
  expect(root.instances.map(({ origin }) => origin)).toMatchObject([{ line: 4 }, { line: 4 }]);
  expect(instanceIn(root, 'test.x[0]').condition).toBeUndefined();
  expect(instanceIn(root, 'test.x[0]').attribute('v')).toMatchObject({ value: 1, origin: { line: 6 } });
});
