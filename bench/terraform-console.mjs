/**
 * Asks terraform what the expressions of a table give, so that the tests of the evaluator have expected values that are not
 * our own:
 *
 *     node bench/terraform-console.mjs             says where the table and terraform differ
 *     node bench/terraform-console.mjs --write     writes what terraform says into the table
 *
 * The table is test/sources/terraform-hcl/functions/terraform-console.json: a list of `{ expression, value, type }`, or
 * `{ expression, fails: true }` for what terraform refuses, or `{ expression, unknown: true }`. A new row needs its expression only. Terraform runs in a copy
 * of that folder, without providers and without a network. It evaluates all expressions in one plan; those it refuses are
 * taken out until it has a plan.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MOST_ROUNDS = 40;
const folder = fileURLToPath(new URL('../test/sources/terraform-hcl/functions', import.meta.url));
const table = path.join(folder, 'terraform-console.json');
const rows = JSON.parse(readFileSync(table, 'utf8'));

const root = mkdtempSync(path.join(tmpdir(), 'terraform-console-'));
cpSync(path.join(folder, 'files'), path.join(root, 'files'), { recursive: true });

function terraform(...args) {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' };
  return spawnSync('terraform', args, { cwd: root, encoding: 'utf8', env, maxBuffer: 1e9 });
}

/** One output per line, so that the line of a diagnostic names the row. */
function outputs(refused) {
  return rows
    .map(({ expression }, index) => {
      const value = refused.has(index) ? 'null' : `{ v = ${expression} }`;
      return `output "o${index}" { value = ${value.replaceAll('\n', ' ')} }`;
    })
    .join('\n');
}

function refusedBy(run, refused) {
  const diagnostics = run.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .flatMap((event) => event.diagnostics ?? (event.diagnostic === undefined ? [] : [event.diagnostic]));
  const lines = diagnostics.flatMap(({ severity, range }) =>
    severity === 'error' && range?.filename === 'main.tf' ? [range.start.line - 1] : [],
  );
  if (lines.length === 0)
    throw new Error(`terraform failed without saying where:\n${run.stdout}${run.stderr}`);
  for (const line of lines) refused.add(line);
}

function ask() {
  const refused = new Set();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    writeFileSync(path.join(root, 'main.tf'), outputs(refused));
    const run = terraform('plan', '-input=false', '-refresh=false', '-out=plan', '-json');
    if (run.status !== 0) {
      refusedBy(run, refused);
      continue;
    }
    const plan = JSON.parse(terraform('show', '-json', 'plan').stdout);
    return rows.map(({ expression }, index) => {
      if (refused.has(index)) return { expression, fails: true };
      const output = plan.planned_values.outputs[`o${index}`];
      if (output?.type === undefined) return { expression, unknown: true };
      return { expression, value: output.value.v, type: output.type[1].v };
    });
  }
  throw new Error('terraform refuses something in every round');
}

try {
  const answers = ask();
  const changed = answers.filter((answer, index) => JSON.stringify(answer) !== JSON.stringify(rows[index]));
  for (const answer of changed) console.log(JSON.stringify(answer));
  console.log(`${rows.length} expressions, ${changed.length} different from the table`);
  if (process.argv.includes('--write')) {
    writeFileSync(table, `[\n${answers.map((answer) => `  ${JSON.stringify(answer)}`).join(',\n')}\n]\n`);
  } else if (changed.length > 0) {
    process.exitCode = 1;
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
