import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TerraformInstance, TerraformRoot } from '../../../src/sources/azurerm/instance.ts';
import { toTerraformRoot } from '../../../src/sources/terraform-plan/load-plan.ts';
import { checkPlan, type Json, type Plan } from '../../../src/sources/terraform-plan/plan-format.ts';
import type { Value } from '../../../src/value/value.ts';
import { formatReference, instanceOf, linksOf } from './tiny-plan.ts';

const PLANS = path.join(import.meta.dirname, '../../fixtures/plans');
const NAMES = readdirSync(PLANS).toSorted();

function planNamed(name: string): Plan {
  const checked = checkPlan(
    JSON.parse(readFileSync(path.join(PLANS, name, 'plan.json'), 'utf8')),
    'plan.json',
  );
  if ('problem' in checked) throw new Error(checked.problem.message);
  return checked.plan;
}

function rootNamed(name: string): TerraformRoot {
  return toTerraformRoot(planNamed(name), 'plan.json');
}

/** Each part of a value with the steps to it. */
function* partsOf(value: Value, label: string): Generator<readonly [string, Value]> {
  yield [label, value];
  if (value.kind === 'list')
    for (const [at, item] of value.items.entries()) yield* partsOf(item, `${label}[${at}]`);
  if (value.kind === 'object')
    for (const [name, field] of value.fields) yield* partsOf(field, `${label}.${name}`);
}

interface Read {
  readonly instance: TerraformInstance;
  readonly label: string;
  readonly part: Value;
}

function readAll(plan: Plan): readonly Read[] {
  const root = toTerraformRoot(plan, 'plan.json');
  return plan.resource_changes.flatMap(({ address, change }) => {
    const instance = instanceOf(root, address);
    const unknown = typeof change.after_unknown === 'object' ? change.after_unknown : {};
    const names = new Set([...Object.keys(change.after ?? {}), ...Object.keys(unknown ?? {})]);
    return [...names].flatMap((name) =>
      [...partsOf(instance.attribute(name), name)].map(([label, part]) => ({ instance, label, part })),
    );
  });
}

/** The node of the plan that a JSON pointer names. */
function nodeAt(plan: Plan, pointer: string): Json | undefined {
  let node = plan as unknown as Json | undefined;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Readonly<Record<string, Json>>)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return node;
}

test('there are plans to read', () => {
  expect(NAMES.length).toBeGreaterThan(10);
});

test.each(NAMES)('%s: every known value is the one at its place in the plan', (name) => {
  const plan = planNamed(name);
  const scalars = readAll(plan).flatMap(({ part }) => (part.kind === 'known' ? [part] : []));
  expect(scalars.length).toBeGreaterThan(20);
  for (const { value, origin } of scalars) {
    expect(origin.kind === 'json' && nodeAt(plan, origin.pointer)).toBe(value);
  }
});

test.each(NAMES)(
  '%s: an unknown value says what it waits for and refers to instances of the plan',
  (name) => {
    const plan = planNamed(name);
    const ids = new Set(rootNamed(name).instances.map(({ id }) => id));
    for (const { part } of readAll(plan)) {
      if (part.kind !== 'unknown') continue;
      expect(part.reason).toEqual({ kind: 'known-after-apply', name: expect.stringMatching(/.\../) });
      for (const { id } of part.references ?? []) expect(ids).toContain(id);
    }
  },
);

test.each(NAMES)('%s: reading it again gives the same', (name) => {
  const written = (): readonly string[] =>
    readAll(planNamed(name)).map(
      ({ instance, label, part }) => `${instance.id} ${label} ${JSON.stringify(part)}`,
    );
  expect(written()).toEqual(written());
});

// What the configurations of the estates say.

const IP = 'ip_configuration[0].subnet_id';
const FRONTEND = 'frontend_ip_configuration[0]';
const JOINS = 'azurerm_network_interface_backend_address_pool_association';

test.each([
  ['nic-count-pool', `${JOINS}.web[2]`, 'network_interface_id', ['azurerm_network_interface.web[2]']],
  [
    'nic-count-pool',
    `${JOINS}.web[2]`,
    'backend_address_pool_id',
    ['azurerm_lb_backend_address_pool.web.id'],
  ],
  [
    'nic-count-pool',
    'azurerm_linux_virtual_machine.web[1]',
    'network_interface_ids[0]',
    ['azurerm_network_interface.web[1]'],
  ],
  [
    'nic-count-pool',
    'azurerm_lb_rule.web["https"]',
    'backend_address_pool_ids[0]',
    ['azurerm_lb_backend_address_pool.web.id'],
  ],
  ['nic-count-pool', 'azurerm_lb.main', `${FRONTEND}.public_ip_address_id`, ['azurerm_public_ip.lb.id']],
  ['nic-count-pool', 'azurerm_lb.main', 'public_ip_address_id', ['absent']],
  [
    'modules-for-each',
    'module.app["search"].azurerm_lb.this',
    `${FRONTEND}.subnet_id`,
    ['azurerm_subnet.apps["search"]'],
  ],
  [
    'modules-for-each',
    'module.app["payments"].azurerm_network_interface.this[2]',
    IP,
    ['azurerm_subnet.apps["payments"]'],
  ],
  [
    'modules-for-each',
    `module.app["payments"].${JOINS}.this[2]`,
    'network_interface_id',
    ['module.app["payments"].azurerm_network_interface.this[2]'],
  ],
  // azurerm 3: both targets of the frontend are unknown, only one of them is written.
  ['legacy-basic', 'azurerm_lb.old', `${FRONTEND}.subnet_id`, ['absent']],
  ['legacy-basic', 'azurerm_lb.old', `${FRONTEND}.public_ip_address_id`, ['azurerm_public_ip.old.id']],
  ['sql-floating-ip', 'azurerm_lb.sql', `${FRONTEND}.public_ip_address_id`, ['absent']],
  ['sql-floating-ip', 'azurerm_lb.sql', `${FRONTEND}.subnet_id`, ['azurerm_subnet.sql.id']],
  // Behind dynamic blocks and local values nothing can be seen.
  ['outbound-rules', 'azurerm_lb.egress', `${FRONTEND}.public_ip_address_id`, ['open']],
  ['inline-subnets', 'azurerm_network_interface.front', IP, ['open']],
])('%s: %s %s', (name, address, label, expected) => {
  const [attribute = ''] = label.split(/[.[]/);
  const found = [...partsOf(instanceOf(rootNamed(name), address).attribute(attribute), attribute)];
  const [, part] = found.find(([at]) => at === label) ?? [];
  expect(part === undefined ? ['absent'] : linksOf(part)).toEqual(expected);
});

test('the pools of all instances of a module leave the root through an output', () => {
  const { outputs } = rootNamed('modules-for-each');
  expect(outputs.map(({ name, references, open }) => [name, references.map(formatReference), open])).toEqual([
    [
      'pools',
      ['catalog', 'payments', 'search'].map(
        (key) => `module.app["${key}"].azurerm_lb_backend_address_pool.this.id`,
      ),
      false,
    ],
  ]);
});
