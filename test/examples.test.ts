import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { policies } from '../policies/index.ts';
import { check } from '../src/engine/check.ts';
import type { Report } from '../src/engine/report.ts';
import { toJsonReport } from '../src/report/json.ts';
import type { JsonPath } from '../src/report/json-report.ts';
import { toText } from '../src/report/text.ts';
import { sectionsOf } from './support/policy-page.ts';

// UPDATE_DOCS=1 writes the expected reports anew instead of comparing them.
const ROOT = path.join(import.meta.dirname, '..');
const folders = [
  ...foldersOf('examples').filter((folder) => folder !== 'well-built'),
  ...foldersOf('examples/well-built').map((folder) => `well-built/${folder}`),
];
/** Those without a plan are about something else than a report, and have tests of their own. */
const estates = folders.filter((folder) => existsSync(path.join(ROOT, 'examples', folder, 'plan.json')));

function foldersOf(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

async function reportOf(folder: string): Promise<Report> {
  const plan = `${folder}/plan.json`;
  return await check([{ path: plan, bytes: readFileSync(path.join(ROOT, plan)) }], { policies });
}

/** What a path comes down to, as the tables below and in the pages of the estates write it. */
type Row = readonly [rule: string, client: string, data: string, probe: string, diagnosis: string];

function rowOf({ rule, client, data, probe, diagnosis }: JsonPath): Row {
  return [rule, client, data, probe, diagnosis ?? '-'];
}

function byRule(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function pathsOf(report: Report): readonly JsonPath[] {
  return toJsonReport(report, '0.0.0').paths;
}

const HEADER = 'rule | client | data | probe | diagnosis';

/** The rows of the table that a page derives by hand. */
function tableIn(section: string): readonly Row[] {
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).replaceAll('`', ''));
  const [header, , ...body] = rows;
  expect(header).toBe(HEADER);
  return body.map((row) => {
    const [rule = '', client = '', data = '', probe = '', diagnosis = ''] = row.split(' | ');
    return [rule, client, data, probe, diagnosis];
  });
}

test.each(estates)('the page of %s says what Portcullis says', async (estate) => {
  const section = sectionsOf(read(`examples/${estate}/README.md`)).get('What Portcullis says') ?? '';
  const report = await reportOf(`examples/${estate}`);
  expect(byRule(pathsOf(report).map(rowOf))).toEqual(byRule(tableIn(section)));
  const named = [...section.matchAll(/\*\*([\w-]+)\*\*/g)].map(([, policy]) => policy);
  const found = report.roots.flatMap(({ findings }) => findings.map(({ policy }) => policy));
  expect([...new Set(found)].toSorted()).toEqual(named.toSorted());
});

test.each(estates)('the report about %s is the expected one', async (estate) => {
  const file = `examples/${estate}/expected-report.txt`;
  const options = { color: false, problems: true, summary: true, everyPath: true };
  const text = toText(await reportOf(`examples/${estate}`), options);
  if (process.env.UPDATE_DOCS === '1') writeFileSync(path.join(ROOT, file), text);
  expect(text).toBe(read(file));
});

test('the index of the estates lists each of them', () => {
  const links = [...read('examples/README.md').matchAll(/\]\(([\w/-]+)\/README\.md\)/g)];
  expect(links.map(([, estate = '']) => estate).toSorted()).toEqual(folders.toSorted());
});

/** A path as a reader of main.tf derives it. */
interface Derived {
  readonly row: Row;
  /** Where Portcullis leaves open what a reader can tell, and why. It may never say something else. */
  readonly leavesOpen?: { readonly what: readonly ('data' | 'probe')[]; readonly because: string };
}

// Where a rule without a security group on its way is concerned: semantics 3.1.
const derived: Readonly<Record<string, readonly Derived[]>> = {
  // SSH from the internet is denied before the group, which admits it: semantics 6.6. Nothing denies 80.
  'admin-rules': [
    { row: ['lbe-web/http', 'internet', 'open', 'none', '-'] },
    { row: ['lbe-web/nat:ssh', 'internet', 'blocked', 'none', 'explicit-deny'] },
  ],
  // The group admits 8443 from VirtualNetwork, which holds the probe, before it denies the rest: sections 1.3 and 1.6.
  'azapi-estate': [{ row: ['lbi-api/https', 'vnet', 'open', 'open', '-'] }],
  // The balancer is an azapi_resource. Internal, no group anywhere; no rule names the probe.
  'azapi-load-balancer': [{ row: ['lbi-edge/https', 'vnet', 'open', 'none', '-'] }],
  // No group; floating IP changes nothing about that. The global rule leads to frontends behind which all is closed,
  // and health is what the regional balancers say.
  'cross-region': [
    { row: ['lbe-eastus/https', 'internet', 'blocked', 'open', 'no-security-group'] },
    { row: ['lbe-westeurope/https', 'internet', 'blocked', 'open', 'no-security-group'] },
    {
      row: ['lbe-global/https', 'internet', 'blocked', 'none', 'no-security-group'],
      leavesOpen: { what: ['data'], because: 'global load balancers are not modelled' },
    },
  ],
  // No group in front of the instances: semantics 3.1.
  egress: [{ row: ['lbe-egress/http', 'internet', 'blocked', 'none', 'no-security-group'] }],
  // Nobody is in the pool of the gateway balancer, so there is nothing to judge.
  'gateway-lb': [{ row: ['lbg-inspect/all', 'vnet', 'unknown', 'unknown', '-'] }],
  'hub-gateways': [],
  // Internal, no group: HA ports and floating IP do not matter.
  'hub-nva': [{ row: ['lbi-nva/ha-ports', 'vnet', 'open', 'open', '-'] }],
  // nsg-front of the inline subnet admits 80 from everywhere; no probe.
  'inline-subnets': [
    {
      row: ['lbe-site/web', 'internet', 'open', 'none', '-'],
    },
  ],
  // azurerm 3 means Basic when no SKU is written, and Basic is open without a group.
  'legacy-basic': [
    { row: ['legacy-lb/http', 'internet', 'open', 'open', '-'] },
    { row: ['legacy-lb/nat:ssh', 'internet', 'open', 'none', '-'] },
  ],
  'machine-carriers': [],
  // Each group admits 10.0.0.0/8, which holds the virtual network, to the port of its application, and the probe.
  'modules-for-each': [
    { row: ['lbi-catalog/app', 'vnet', 'open', 'open', '-'] },
    { row: ['lbi-payments/app', 'vnet', 'open', 'open', '-'] },
    { row: ['lbi-search/app', 'vnet', 'open', 'open', '-'] },
  ],
  // The jump hosts have a group that admits one /24 to 22, which is some of the internet: golden vector 13. The
  // desktops have none.
  'nat-rules': [
    { row: ['lbe-jump/nat:ssh-alpha', 'internet', 'partial', 'none', 'client-not-in-source'] },
    { row: ['lbe-jump/nat:ssh-beta', 'internet', 'partial', 'none', 'client-not-in-source'] },
    { row: ['lbe-jump/nat:rdp', 'internet', 'blocked', 'none', 'no-security-group'] },
  ],
  // The group admits 80 and says nothing about 443: 65500 drops it. 65001 admits the probe.
  'nic-count-pool': [
    { row: ['lbe-shop/http', 'internet', 'open', 'open', '-'] },
    { row: ['lbe-shop/https', 'internet', 'blocked', 'open', 'default-deny'] },
  ],
  'nsg-styles': [],
  'outbound-rules': [],
  // The pool lists addresses. The subnet has no group, but the interfaces that own the addresses are not here.
  'private-dns': [
    { row: ['lbi-ldap/ldap', 'vnet', 'unknown', 'unknown', '-'] },
    { row: ['lbi-ldap/ldaps', 'vnet', 'unknown', 'unknown', '-'] },
  ],
  // Nobody is in the pool.
  'private-link': [
    { row: ['lbi-service/https', 'vnet', 'unknown', 'unknown', '-'] },
    { row: ['lbi-service/https', 'private-link', 'unknown', 'unknown', '-'] },
  ],
  // The frontend address lies in VirtualNetwork, so AllowSql admits the data; DenyAll stops the probe on 59999, since
  // VirtualNetwork holds 168.63.129.16 but AllowSql is about 1433: sections 1.3, 1.6 and 1.8.
  'sql-floating-ip': [{ row: ['lbi-sql/listener', 'vnet', 'open', 'blocked', 'explicit-deny'] }],
  // The balancer is in a template, and has no rules.
  'template-deployment': [],
  'vmss-flexible': [{ row: ['lbi-jobs/amqp', 'vnet', 'open', 'open', '-'] }],
  // AllowApi admits the internet to 8080 in the subnet of the instances; SSH is for two offices.
  'vmss-nat-pool': [
    { row: ['lbe-api/api', 'internet', 'open', 'open', '-'] },
    { row: ['lbe-api/nat:ssh', 'internet', 'partial', 'none', 'client-not-in-source'] },
  ],
  // nsg-wo admits the internet to 8883.
  'write-only-subnets': [{ row: ['lbe-broker/mqtt', 'internet', 'open', 'open', '-'] }],
};

function expectedRow({ row, leavesOpen }: Derived): Row {
  const [rule, client, data, probe, diagnosis] = row;
  const what = leavesOpen?.what ?? [];
  const said = [
    what.includes('data') ? 'unknown' : data,
    what.includes('probe') ? 'unknown' : probe,
  ] as const;
  const isDiagnosed = said.includes('blocked') || said.includes('partial');
  return [rule, client, ...said, isDiagnosed ? diagnosis : '-'];
}

const plans = foldersOf('test/fixtures/plans');

test('every plan of the fixtures has its derived verdicts', () => {
  expect(Object.keys(derived).toSorted()).toEqual(plans);
});

test.each(plans)('the verdicts on %s are those derived by hand', async (plan) => {
  const paths = pathsOf(await reportOf(`test/fixtures/plans/${plan}`));
  expect(byRule(paths.map(rowOf))).toEqual(byRule((derived[plan] ?? []).map(expectedRow)));
});

const RULE_TYPES = ['azurerm_lb_rule', 'azurerm_lb_nat_rule', 'azurerm_lb_nat_pool'];

interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly after: { readonly body?: { readonly properties?: AzapiProperties } } };
}

interface AzapiProperties {
  readonly loadBalancingRules?: readonly unknown[];
}

/** One address per rule; those in the body of an azapi resource have its address. */
function rulesOf({ address, type, change }: Change): readonly string[] {
  if (RULE_TYPES.includes(type)) return [address];
  const rules = type === 'azapi_resource' ? change.after.body?.properties?.loadBalancingRules : undefined;
  return (rules ?? []).map(() => address);
}

test.each(plans)('every rule of %s has one path, beside those of private link clients', async (plan) => {
  const folder = `test/fixtures/plans/${plan}`;
  const changes: readonly Change[] = JSON.parse(read(`${folder}/plan.json`)).resource_changes;
  expect(
    pathsOf(await reportOf(folder))
      .filter(({ client }) => client !== 'private-link')
      .map(({ address }) => address)
      .toSorted(),
  ).toEqual(changes.flatMap(rulesOf).toSorted());
});
