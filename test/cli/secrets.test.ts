import { readFileSync } from 'node:fs';
import { runCli } from '../support/cli.ts';

const PLANS = [
  'examples/public-web-tier/plan.json',
  'policies/nsg-blocks-data-port/examples/bad-explicit-deny/plan.json',
  'policies/nsg-blocks-data-port/examples/bad-frontend-port/plan.json',
  'policies/nsg-blocks-probe/examples/bad-deny-port-22/plan.json',
  'policies/public-backend-without-nsg/examples/bad-no-nsg/plan.json',
  'test/fixtures/plans/nat-rules/plan.json',
  'test/fixtures/plans/private-dns/plan.json',
  'test/fixtures/plans/sql-floating-ip/plan.json',
];
const SECRET = /CLASSIFIED|\b4\d{4}\b|\b10\.222\./;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Names, ports and addresses that stand out: `CLASSIFIED-...`, 40000 and more, 10.222.x.x. */
function standOut(value: Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((item: Json) => standOut(item, key));
  if (value !== null && typeof value === 'object') return mapValues(value, standOut);
  const isPort = /port/.test(key) && /^\d{1,4}$/.test(`${value}`) && value !== 0;
  if (isPort) return typeof value === 'number' ? 40_000 + value : `${40_000 + Number(value)}`;
  if (typeof value !== 'string') return value;
  if (/^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(value)) return value.replace(/^\d+\.\d+/, '10.222');
  return key === 'name' || key.endsWith('_name') ? `CLASSIFIED-${value}` : value;
}

/** `true` for every leaf, as a plan marks secrets. */
function allSecret(value: Json): Json {
  if (Array.isArray(value)) return value.map(allSecret);
  return value !== null && typeof value === 'object' ? mapValues(value, allSecret) : value !== null;
}

function mapValues(value: object, map: (value: Json, key: string) => Json): Json {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item, key)]));
}

/** The plan with values that stand out, with all of them marked as secrets or none. */
function planOf(file: string, secret: boolean): string {
  const plan = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resource_changes: readonly { readonly change: Record<string, Json> }[];
  };
  for (const { change } of plan.resource_changes) {
    change.after = standOut(change.after ?? null);
    if (secret) change.after_sensitive = allSecret(change.after);
  }
  return JSON.stringify(plan);
}

test.each(PLANS)('no secret of %s is printed', async (file) => {
  for (const args of [
    ['gate', '-'],
    ['gate', '-', '--format=json'],
    ['gate', '-', '--format=sarif'],
    ['gate', '-', '--format=github'],
    ['gate', '-', '--format=markdown'],
    ['gate', '-', '--format=junit'],
    ['paths', '-'],
    ['paths', '-', '--format=json'],
  ]) {
    const open = await runCli(args, { stdin: planOf(file, false) });
    expect(open.stdout).toMatch(SECRET);
    const closed = await runCli(args, { stdin: planOf(file, true) });
    expect(closed.code).toBe(open.code);
    expect(closed.stdout + closed.stderr).not.toMatch(SECRET);
  }
});
