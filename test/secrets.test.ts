import { readFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, runCli } from './support/cli.ts';

interface Change {
  readonly type: string;
  readonly change: { after: Record<string, unknown>; after_sensitive: Record<string, unknown> };
}
interface Plan {
  variables?: Record<string, unknown>;
  readonly resource_changes: readonly Change[];
}

type Steps = readonly (string | number)[];

/** Replaces a planned value by a secret one and marks it, as Terraform marks a sensitive variable. */
function plant(plan: Plan, type: string, steps: Steps, secret: unknown): void {
  for (const { type: each, change } of plan.resource_changes) {
    if (each !== type) continue;
    set(change.after, steps, secret);
    set(change.after_sensitive, steps, true);
  }
}

function set(target: Record<string, unknown>, steps: Steps, value: unknown): void {
  let at = target;
  steps.forEach((step, index) => {
    if (index === steps.length - 1) at[step] = value;
    else {
      const next = at[step];
      at[step] =
        typeof next === 'object' && next !== null ? next : typeof steps[index + 1] === 'number' ? [] : {};
      at = at[step] as Record<string, unknown>;
    }
  });
}

const RUNS: readonly (readonly string[])[] = [
  ['gate', '--format', 'text'],
  ['gate', '--format', 'json'],
  ['paths', '--format', 'text'],
  ['paths', '--format', 'json'],
];

async function everythingPrinted(plan: Plan): Promise<string> {
  const file = path.join(folderOf({ 'plan.json': JSON.stringify(plan) }), 'plan.json');
  const runs = await Promise.all(RUNS.map((args) => runCli([...args, file])));
  expect(runs.every(({ code }) => code <= 1)).toBe(true);
  return runs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
}

function read(file: string): Plan {
  return JSON.parse(readFileSync(file, 'utf8')) as Plan;
}

const PUBLIC = 'examples/public-web-tier/plan.json';
const LOOPBACK = 'examples/internal-tier-loopback/plan.json';
const SHADOWED = 'policies/nsg-blocks-data-port/examples/bad-shadowed/plan.json';
const FRONTEND = 'policies/nsg-blocks-data-port/examples/bad-frontend-address/plan.json';
const MARK = 'swordfish';

test.each<[string, string, string, Steps, unknown, string]>([
  ['the name of a load balancer', PUBLIC, 'azurerm_lb', ['name'], MARK, MARK],
  ['the name of a rule', PUBLIC, 'azurerm_lb_rule', ['name'], MARK, MARK],
  ['the name of a subnet', PUBLIC, 'azurerm_subnet', ['name'], MARK, MARK],
  ['the name of a security group', PUBLIC, 'azurerm_network_security_group', ['name'], MARK, MARK],
  ['the name of a network interface', PUBLIC, 'azurerm_network_interface', ['name'], MARK, MARK],
  ['tags', PUBLIC, 'azurerm_lb', ['tags'], { owner: MARK }, MARK],
  ['a backend port', PUBLIC, 'azurerm_lb_rule', ['backend_port'], 61_237, '61237'],
  ['a frontend port', PUBLIC, 'azurerm_lb_rule', ['frontend_port'], 61_237, '61237'],
  ['a probe port', PUBLIC, 'azurerm_lb_probe', ['port'], 61_237, '61237'],
  ['the prefix of a subnet', PUBLIC, 'azurerm_subnet', ['address_prefixes'], ['10.10.231.0/24'], '10.10.231'],
  ['an address space', PUBLIC, 'azurerm_virtual_network', ['address_space'], ['10.231.0.0/16'], '10.231.'],
  ['the name of a security rule', SHADOWED, 'azurerm_network_security_rule', ['name'], MARK, MARK],
  ['the priority of a security rule', SHADOWED, 'azurerm_network_security_rule', ['priority'], 2317, '2317'],
  [
    'the port of a security rule',
    SHADOWED,
    'azurerm_network_security_rule',
    ['destination_port_range'],
    '61237',
    '61237',
  ],
  ['a malformed port', SHADOWED, 'azurerm_network_security_rule', ['destination_port_range'], MARK, MARK],
  [
    'a malformed prefix',
    SHADOWED,
    'azurerm_network_security_rule',
    ['source_address_prefix'],
    '10.0.0.999',
    '10.0.0.999',
  ],
  ['a service tag', SHADOWED, 'azurerm_network_security_rule', ['source_address_prefix'], MARK, MARK],
  [
    'a prefix',
    SHADOWED,
    'azurerm_network_security_rule',
    ['source_address_prefix'],
    '198.51.100.0/24',
    '198.51.100',
  ],
  ['a description', SHADOWED, 'azurerm_network_security_rule', ['description'], MARK, MARK],
  [
    'the address of a frontend',
    FRONTEND,
    'azurerm_lb',
    ['frontend_ip_configuration', 0, 'private_ip_address'],
    '10.100.1.231',
    '10.100.1.231',
  ],
  [
    'the address of a network interface',
    FRONTEND,
    'azurerm_network_interface',
    ['ip_configuration', 0, 'private_ip_address'],
    '10.100.1.231',
    '10.100.1.231',
  ],
  [
    'the id of a subnet',
    FRONTEND,
    'azurerm_network_interface',
    ['ip_configuration', 0, 'subnet_id'],
    `/subscriptions/x/${MARK}/subnets/s`,
    MARK,
  ],
  [
    'custom data',
    LOOPBACK,
    'azurerm_linux_virtual_machine',
    ['custom_data'],
    Buffer.from(`curl http://10.20.1.10/${MARK}`).toString('base64'),
    MARK,
  ],
])('%s never appears in any output', async (_, file, type, steps, secret, mark) => {
  const plan = read(file);
  plant(plan, type, steps, secret);
  expect(JSON.stringify(plan)).toContain(
    typeof secret === 'object' || typeof secret === 'number' ? JSON.stringify(secret) : secret,
  );
  expect(await everythingPrinted(plan)).not.toContain(mark);
});

test('the variables of the plan never appear in any output', async () => {
  const plan = read(PUBLIC);
  plan.variables = { password: { value: MARK } };
  expect(await everythingPrinted(plan)).not.toContain(MARK);
});

test('what is marked as a set is secret in all its parts', async () => {
  const plan = read(PUBLIC);
  for (const { type, change } of plan.resource_changes) {
    if (type !== 'azurerm_network_security_group') continue;
    const [rule] = change.after.security_rule as Record<string, unknown>[];
    if (rule !== undefined) rule.name = MARK;
    change.after_sensitive.security_rule = true;
  }
  const printed = await everythingPrinted(plan);
  expect(printed).not.toContain(MARK);
  expect(printed).toContain('allows-frontend-port');
});
