import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildNetwork } from '../../../src/network/network.ts';
import type { TerraformRoot } from '../../../src/sources/azurerm/instance.ts';
import { toModel } from '../../../src/sources/azurerm/to-model.ts';
import { joinPlan } from '../../../src/sources/terraform-hcl/join-plan.ts';
import { readTerraformRoot } from '../../../src/sources/terraform-hcl/read-root.ts';
import {
  SAVED_CONFIGURATION,
  savedConfiguration,
} from '../../../src/sources/terraform-hcl/saved-configuration.ts';
import { toTerraformRoot } from '../../../src/sources/terraform-plan/load-plan.ts';
import { checkPlan, type Plan } from '../../../src/sources/terraform-plan/plan-format.ts';
import { unpackZip } from '../../../src/sources/terraform-plan/zip.ts';
import { asText, field, type Value } from '../../../src/value/value.ts';
import { folderFiles } from './evaluate-text.ts';
import { read } from './read-text.ts';

const FIXTURES = path.join(import.meta.dirname, '../../fixtures');
const NAMES = readdirSync(path.join(FIXTURES, 'plans')).filter((name) => {
  return readdirSync(path.join(FIXTURES, 'plans', name)).includes('main.tf');
});

function planNamed(name: string): Plan {
  const json: unknown = JSON.parse(readFileSync(path.join(FIXTURES, 'plans', name, 'plan.json'), 'utf8'));
  const checked = checkPlan(json, 'plan.json');
  if ('problem' in checked) throw new Error(checked.problem.message);
  return checked.plan;
}

async function configurationNamed(name: string): Promise<TerraformRoot> {
  const files = folderFiles(path.join(FIXTURES, 'plans', name));
  const { root, problems } = await readTerraformRoot({ directory: '', files });
  if (root === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return root;
}

test('there are configurations with plans', () => {
  expect(NAMES.length).toBeGreaterThan(10);
});

test.each(NAMES)('%s: the instances are those that Terraform planned', async (name) => {
  const addresses = (root: TerraformRoot) => root.instances.map(({ address }) => address).sort();
  expect(addresses(await configurationNamed(name))).toEqual(
    addresses(toTerraformRoot(planNamed(name), 'plan.json')),
  );
});

interface Leaf {
  readonly steps: readonly (string | number)[];
  readonly value: string | number | boolean;
}

function* leavesOf(value: unknown, steps: readonly (string | number)[] = []): Generator<Leaf> {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leavesOf(item, [...steps, index]);
  } else if (typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) yield* leavesOf(item, [...steps, name]);
  } else yield { steps, value: value as Leaf['value'] };
}

/** Our value at the place of a planned one. Items of sets have another order, so names decide, and texts are looked for. */
function valueAt(attribute: Value, planned: unknown, { steps, value }: Leaf): Value | undefined {
  let ours: Value | undefined = attribute;
  let plan = planned;
  for (const step of steps) {
    plan = (plan as Record<string | number, unknown>)[step];
    if (ours === undefined || ours.kind === 'unknown') return ours;
    if (typeof step === 'string') ours = ours.kind === 'object' ? ours.fields.get(step) : undefined;
    else if (ours.kind === 'list') ours = itemFor(ours.items, plan, step, value);
  }
  return ours;
}

function itemFor(
  items: readonly Value[],
  planned: unknown,
  index: number,
  leaf: Leaf['value'],
): Value | undefined {
  if (typeof planned !== 'object' || planned === null) {
    return items.find((item) => item.kind === 'known' && String(item.value) === String(leaf)) ?? items[index];
  }
  const name = (planned as { readonly name?: unknown }).name;
  const named = items.find((item) => {
    const own = item.kind === 'object' ? asText(field(item, 'name')) : undefined;
    return own?.kind === 'known' && own.value === name;
  });
  return named ?? items[index];
}

test.each(NAMES)('%s: every value that is written is the one that Terraform planned', async (name) => {
  const root = await configurationNamed(name);
  let compared = 0;
  for (const { address, mode, change } of planNamed(name).resource_changes) {
    const instance = root.instances.find((candidate) => candidate.address === address);
    for (const [attribute, planned] of Object.entries(mode === 'managed' ? (change.after ?? {}) : {})) {
      for (const leaf of leavesOf(planned)) {
        const ours =
          instance === undefined ? undefined : valueAt(instance.attribute(attribute), planned, leaf);
        if (ours?.kind !== 'known') continue;
        compared += 1;
        expect([address, attribute, ...leaf.steps, String(ours.value)]).toEqual([
          address,
          attribute,
          ...leaf.steps,
          String(leaf.value),
        ]);
      }
    }
  }
  expect(compared).toBeGreaterThan(20);
});

/** A path in short. What it waits for is worded differently, so only the verdicts count. */
function pathsOf(root: TerraformRoot): readonly string[] {
  return buildNetwork(toModel(root).model)
    .paths.map(({ address, client, data, probe, diagnosis, membersComplete, members }) =>
      [address, client, data, probe, diagnosis?.id, members.length, membersComplete].join(' '),
    )
    .sort();
}

/** The plan loses which subnet a local value means; the configuration says it. */
const BETTER_SETTLED = ['inline-subnets'];

test.each(NAMES)('%s: the paths are those of the plan, also when the two are joined', async (name) => {
  const plan = toTerraformRoot(planNamed(name), 'plan.json');
  const configuration = await configurationNamed(name);
  const joined = joinPlan(plan, configuration);
  expect(joined.problems).toEqual([]);
  const expected = pathsOf(plan);
  if (BETTER_SETTLED.includes(name)) {
    expect(pathsOf(configuration)).not.toEqual(expected);
    expect(pathsOf(joined.root)).toEqual(pathsOf(configuration));
    return;
  }
  expect(pathsOf(configuration)).toEqual(expected);
  expect(pathsOf(joined.root)).toEqual(expected);
});

test('a saved plan carries its configuration, with the files where they were', async () => {
  const bytes = readFileSync(path.join(FIXTURES, 'plan-input/private-dns.tfplan'));
  const saved = savedConfiguration(
    unpackZip(bytes, SAVED_CONFIGURATION, 1_000_000) ?? new Map(),
    (file) => `estate/${file}`,
  );
  if (saved === undefined) throw new Error('no configuration');
  const { root, files } = await readTerraformRoot(saved);
  const fixture = await configurationNamed('private-dns');
  expect(root?.instances.map(({ address }) => address)).toEqual(
    fixture.instances.map(({ address }) => address),
  );
  expect(files).toEqual(['estate/main.tf']);
  expect(root?.instances[0]?.origin).toMatchObject({ path: 'estate/main.tf' });
});

test('modules of a saved plan are found, also those above the root module', async () => {
  const entries = new Map(
    Object.entries({
      'tfconfig/modules.json': JSON.stringify([
        { Key: '', Dir: '.' },
        { Key: 'up', Source: '../shared', Dir: '../shared' },
        { Key: 'up.net', Source: 'Azure/network/azurerm', Dir: '.terraform/modules/up.net' },
      ]),
      'tfconfig/m-/main.tf': 'module "up" { source = "../shared" }\n',
      'tfconfig/m-up/main.tf': 'module "net" { source = "Azure/network/azurerm" }\n',
      'tfconfig/m-up.net/main.tf': 'resource "test" "x" {\n  v = path.module\n}\n',
    }).map(([name, text]) => [name, Buffer.from(text)] as const),
  );
  const saved = savedConfiguration(entries);
  if (saved === undefined) throw new Error('no configuration');
  const { root, problems } = await readTerraformRoot(saved);
  expect(problems).toEqual([]);
  expect(read(root, 'module.up.module.net.test.x', 'v')).toBe('.terraform/modules/up.net');
});

test.each([
  ['no list of modules', new Map()],
  ['a list that is none', new Map([['tfconfig/modules.json', Buffer.from('{}')]])],
  ['no root module', new Map([['tfconfig/modules.json', Buffer.from('[{"Key":"a","Dir":"a"}]')]])],
])('%s is no configuration', (_, entries) => {
  expect(savedConfiguration(entries)).toBeUndefined();
});
