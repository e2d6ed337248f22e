import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { policies } from '../policies/index.ts';
import { check } from '../src/engine/check.ts';
import type { Report } from '../src/engine/report.ts';
import { toJsonReport } from '../src/report/json.ts';
import { toText } from '../src/report/text.ts';

// Estates as their vendors' pages describe them. Whatever a policy says about one of them is wrong.
const ROOT = path.join(import.meta.dirname, 'fixtures/well-built');
const scratch = mkdtempSync(path.join(tmpdir(), 'portcullis-well-built-'));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Form = 'main.bicep' | 'main.tf';

async function reportOf(folder: string, form: Form): Promise<Report> {
  const kind = form === 'main.bicep' ? 'bicep' : 'terraform';
  const place = { cwd: process.cwd(), roots: [folder] };
  return await check([{ path: path.join(folder, form), kind, isNamed: true }], { policies, place });
}

/** Each with a change that breaks it, in both languages, and what is said then. */
const ESTATES: readonly (readonly [
  estate: string,
  paths: number,
  bicep: readonly [RegExp, string],
  terraform: readonly [RegExp, string],
  policy: string,
])[] = [
  [
    'public-web-tier',
    1,
    [/destinationPortRange: '8080'/, "destinationPortRange: '80'"],
    [/destination_port_range( +)= "8080"/, 'destination_port_range$1= "80"'],
    'nsg-blocks-data-port',
  ],
  [
    'internal-tier',
    1,
    [/natGateway: \{ id: nat\.id \}/, ''],
    [/resource "azurerm_subnet_nat_gateway_association"[^}]+\}/, ''],
    'bootstrap-without-egress',
  ],
  [
    'scale-set',
    1,
    [/disableOutboundSnat: true/, 'disableOutboundSnat: false'],
    [/disable_outbound_snat( +)= true/, 'disable_outbound_snat$1= false'],
    'outbound-rule-conflict',
  ],
  [
    'nva-pair',
    1,
    [/protocol: 'Https', port: 443, requestPath: '[^']+'/, "protocol: 'Tcp', port: 22"],
    [/protocol( +)= "Https"\n( +)port( +)= 443\n +request_path.*/, 'protocol = "Tcp"\n port = 22'],
    'nva-probed-on-ssh',
  ],
  [
    'sql-availability-group',
    1,
    [/enableFloatingIP: true/, 'enableFloatingIP: false'],
    [/floating_ip_enabled( +)= true/, 'floating_ip_enabled$1= false'],
    'probe-port-differs-from-data-port',
  ],
  [
    'aks-style',
    2,
    [/destinationAddressPrefixes: \[[^\]]+\]/, "destinationAddressPrefix: '10.6.1.0/24'"],
    [/destination_address_prefixes( +)= .*/, 'destination_address_prefix$1= "10.6.1.0/24"'],
    'nsg-blocks-data-port',
  ],
];

const cases = ESTATES.flatMap(([estate, paths, bicep, terraform, policy]) => [
  { estate, paths, policy, form: 'main.bicep' as const, change: bicep },
  { estate, paths, policy, form: 'main.tf' as const, change: terraform },
]);

test.each(cases)('nothing is said about $estate as $form', async ({ estate, form, paths }) => {
  const report = await reportOf(path.join(ROOT, estate), form);
  expect(toText(report, { color: false, problems: true, summary: false, everyPath: false })).toBe('');
  const verdicts = toJsonReport(report, '0.0.0').paths.map(({ data, probe }) => [data, probe]);
  expect(verdicts).toEqual(Array.from({ length: paths }, () => ['open', 'open']));
});

test.each(cases)('a fault in $estate as $form is seen: $policy', async ({ estate, form, policy, change }) => {
  const folder = path.join(scratch, `${estate}-${form}`);
  cpSync(path.join(ROOT, estate), folder, { recursive: true });
  const code = readFileSync(path.join(folder, form), 'utf8');
  const broken = code.replace(...change);
  expect(broken).not.toBe(code);
  writeFileSync(path.join(folder, form), broken);
  const { roots } = await reportOf(folder, form);
  const found = roots.flatMap(({ findings }) => findings.filter(({ status }) => status === 'violation'));
  expect(found.map((finding) => finding.policy)).toContain(policy);
});
