/**
 * Writes a Terraform plan (`terraform show -json`) of a given number of resources, the same bytes every time:
 *
 *     node bench/make-plan.mjs RESOURCES FILE
 *
 * The plan is that of fixtures/unit.tf (50 resources) repeated, as Terraform writes it for the repeated file. In every
 * tenth copy the security group admits the frontend port 443 where the members listen on 8443.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const UNIT_RESOURCES = 50;
const MOST_UNITS = 4096; // one /20 of 10.0.0.0/8 each

const template = readFileSync(new URL('fixtures/unit-plan.json', import.meta.url), 'utf8');

function unitPlan(index) {
  const block = index * 16;
  const text = template
    .replaceAll('u0000', `u${String(index).padStart(4, '0')}`)
    .replace(/\b10\.0\.([01])\./g, (_, third) => `10.${block >> 8}.${(block & 255) + Number(third)}.`);
  return JSON.parse(index % 10 === 0 ? text.replaceAll('"8443"', '"443"') : text);
}

/** Terraform sorts by type and name; the instances of one resource stay as they are. */
function byTypeAndName(left, right) {
  if (left.type !== right.type) return left.type < right.type ? -1 : 1;
  if (left.name !== right.name) return left.name < right.name ? -1 : 1;
  return 0;
}

function makePlan(resources) {
  const units = resources / UNIT_RESOURCES;
  if (!Number.isInteger(units) || units < 1 || units > MOST_UNITS) {
    throw new RangeError(
      `the number of resources must be a multiple of ${UNIT_RESOURCES}, at most ${UNIT_RESOURCES * MOST_UNITS}`,
    );
  }
  const plans = Array.from({ length: units }, (_, index) => unitPlan(index));
  const sorted = (pick) => plans.flatMap(pick).sort(byTypeAndName);
  const merged = (pick) => Object.assign({}, ...plans.map(pick));

  const [first] = plans;
  return {
    ...first,
    planned_values: {
      outputs: merged((plan) => plan.planned_values.outputs),
      root_module: { resources: sorted((plan) => plan.planned_values.root_module.resources) },
    },
    resource_changes: sorted((plan) => plan.resource_changes),
    output_changes: merged((plan) => plan.output_changes),
    configuration: {
      ...first.configuration,
      root_module: {
        ...first.configuration.root_module,
        outputs: merged((plan) => plan.configuration.root_module.outputs),
        resources: sorted((plan) => plan.configuration.root_module.resources),
      },
    },
    relevant_attributes: plans.flatMap((plan) => plan.relevant_attributes),
  };
}

const [resources, file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node bench/make-plan.mjs RESOURCES FILE\n');
  process.exitCode = 2;
} else {
  writeFileSync(file, `${JSON.stringify(makePlan(Number(resources)))}\n`);
}
