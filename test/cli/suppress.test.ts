import { readFileSync } from 'node:fs';
import { folderOf, runCli } from '../support/cli.ts';

interface Report {
  readonly findings: readonly {
    readonly policy: string;
    readonly message: string;
    readonly alsoIn?: readonly string[];
  }[];
  readonly suppressed: readonly { readonly reason: string }[];
  readonly problems: readonly { readonly code: string }[];
  readonly roots: readonly { readonly id: string; readonly parameters?: string }[];
}

async function reportOf(folder: string, ...args: readonly string[]): Promise<Report> {
  const { stdout } = await runCli([
    'check',
    folder,
    '--only',
    'backend-pool-empty',
    '--format=json',
    ...args,
  ]);
  return JSON.parse(stdout) as Report;
}

/** A load balancer whose pool has no member; `comment` stands on the line above the name of the pool. */
function bicep(comment = ''): string {
  return `param sku string = 'Standard'

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip'
  location: 'westeurope'
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb'
  location: 'westeurope'
  sku: { name: sku }
  properties: {
    frontendIPConfigurations: [
      { name: 'front', properties: { publicIPAddress: { id: pip.id } } }
    ]
    backendAddressPools: [
      {
        ${comment}
        name: 'pool'
      }
    ]
    loadBalancingRules: [
      {
        name: 'web'
        properties: {
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 80
          frontendIPConfiguration: { id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'front') }
          backendAddressPool: { id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool') }
        }
      }
    ]
  }
}
`;
}

const codes = ({ problems }: Report): readonly string[] => problems.map(({ code }) => code);

test('a comment with a reason takes the finding on the next line away and is shown as suppressed', async () => {
  const folder = folderOf({
    'main.bicep': bicep('// portcullis:allow backend-pool-empty filled by the cluster'),
  });
  const report = await reportOf(folder);
  expect(report.findings).toEqual([]);
  expect(report.suppressed).toMatchObject([
    { reason: 'filled by the cluster', finding: { policy: 'backend-pool-empty' } },
  ]);
});

test('a comment without a reason, an expired one and one of another policy take nothing away', async () => {
  for (const [comment, code] of [
    ['// portcullis:allow backend-pool-empty', 'suppression-without-reason'],
    ['// portcullis:allow backend-pool-empty until=2020-01-31 for now', 'suppression-expired'],
    ['// portcullis:allow backend-pool-full for now', 'suppression-unknown'],
    ['// portcullis:allow backend-pool-empty until=soon for now', 'suppression-date-invalid'],
    ['// portcullis:allow backend-pool-empty for now until=2027-02-30', 'suppression-date-invalid'],
    ['// portcullis:allow backend-pool-empty for now until=2020-01-31', 'suppression-expired'],
  ]) {
    const report = await reportOf(folderOf({ 'main.bicep': bicep(comment) }));
    expect(report.findings).toHaveLength(1);
    expect(codes(report)).toContain(code);
  }
});

test('a directive of Bicep that names the policy needs no reason', async () => {
  const report = await reportOf(folderOf({ 'main.bicep': bicep('#disable-next-line backend-pool-empty') }));
  expect([report.findings.length, report.suppressed.length]).toEqual([0, 1]);
});

test('a comment that nothing needs is a problem', async () => {
  const text = bicep().replace('param sku', '// portcullis:allow backend-pool-empty old\nparam sku');
  expect(codes(await reportOf(folderOf({ 'main.bicep': text })))).toContain('suppression-unused');
});

test('a comment in Terraform code covers the next line, also when findings come from a plan', async () => {
  const example = 'policies/nsg-blocks-data-port/examples/bad-default-deny';
  const code = readFileSync(`${example}/main.tf`, 'utf8');
  const folder = folderOf({ 'plan.json': readFileSync(`${example}/plan.json`), 'main.tf': code });
  const args = ['check', folder, '--only=nsg-blocks-data-port', '--format=json'];
  const before = JSON.parse((await runCli(args)).stdout) as {
    readonly findings: readonly { readonly location: { readonly path: string; readonly line: number } }[];
  };
  const [finding] = before.findings;
  expect(finding?.location.path).toMatch(/main\.tf$/);
  const lines = code.split('\n');
  lines.splice((finding?.location.line ?? 1) - 1, 0, '# portcullis:allow nsg-blocks-data-port tested');
  const allowed = folderOf({
    'plan.json': readFileSync(`${example}/plan.json`),
    'main.tf': lines.join('\n'),
  });
  const after = JSON.parse((await runCli([args[0] ?? '', allowed, ...args.slice(2)])).stdout) as Report;
  expect([after.findings.length, after.suppressed.map(({ reason }) => reason)]).toEqual([0, ['tested']]);
});

test('a suppression of the configuration names policy and subject, and is reported when nothing needs it', async () => {
  const config = (subject: string): string =>
    `suppressions: [{ policy: backend-pool-empty, subject: ${subject}, reason: filled later }]\n`;
  const folder = folderOf({
    'main.bicep': bicep(),
    'yes.yaml': config('lb/pool'),
    'no.yaml': config('lb/other'),
  });
  const yes = await reportOf(folder, `--config=${folder}/yes.yaml`);
  expect([yes.findings.length, yes.suppressed[0]?.reason, codes(yes)]).toEqual([0, 'filled later', []]);
  const no = await reportOf(folder, `--config=${folder}/no.yaml`);
  expect([no.findings.length, codes(no)]).toEqual([1, ['suppression-unused']]);
});

test('a baseline takes what it knows away, says what is stale, and can be pruned', async () => {
  const folder = folderOf({ 'main.bicep': bicep() });
  const baseline = `--baseline=${folder}/known.json`;
  expect((await runCli(['baseline', 'create', folder, baseline])).code).toBe(0);
  expect((await reportOf(folder, baseline)).findings).toEqual([]);
  const other = folderOf({
    'main.bicep': "resource v 'Microsoft.Network/virtualNetworks@2024-05-01' = {\n  name: 'v'\n}\n",
  });
  expect(codes(await reportOf(other, baseline))).toEqual(['baseline-stale']);
  await runCli(['baseline', 'prune', other, baseline]);
  expect(JSON.parse(readFileSync(`${folder}/known.json`, 'utf8'))).toEqual({ version: 1, findings: [] });
});

test('what several parameters files show is one finding that lists them', async () => {
  const folder = folderOf({
    'main.bicep': bicep(),
    'dev.bicepparam': "using 'main.bicep'\nparam sku = 'Standard'\n",
    'prod.bicepparam': "using 'main.bicep'\nparam sku = 'Standard'\n",
  });
  const { findings, roots } = await reportOf(folder);
  expect(roots.map(({ parameters }) => parameters?.replace(/^.*\//, ''))).toEqual([
    'dev.bicepparam',
    'prod.bicepparam',
  ]);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.alsoIn).toEqual([roots[1]?.id]);
});

test('line ends of Windows, a byte order mark and comments of several lines do not matter', async () => {
  const comment = '/* portcullis:allow backend-pool-empty filled\n           by the cluster */';
  const text = `\ufeff${bicep(comment).replaceAll('\n', '\r\n')}`;
  const report = await reportOf(folderOf({ 'main.bicep': text }));
  expect([report.findings, codes(report)]).toEqual([[], []]);
  expect(report.suppressed[0]?.reason).toMatch(/^filled\s+by the cluster$/);
});

test('comments in a template take findings away', async () => {
  const template = (comment: string): string =>
    JSON.stringify(
      {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [
          {
            type: 'Microsoft.Network/loadBalancers',
            apiVersion: '2024-05-01',
            name: 'lb',
            location: 'westeurope',
            sku: { name: 'Standard' },
            properties: {
              frontendIPConfigurations: [
                {
                  name: 'front',
                  properties: {
                    publicIPAddress: { id: "[resourceId('Microsoft.Network/publicIPAddresses', 'p')]" },
                  },
                },
              ],
              backendAddressPools: [{ name: 'pool' }],
              loadBalancingRules: [
                {
                  name: 'web',
                  properties: {
                    protocol: 'Tcp',
                    frontendPort: 80,
                    backendPort: 80,
                    frontendIPConfiguration: {
                      id: "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'front')]",
                    },
                    backendAddressPool: {
                      id: "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]",
                    },
                  },
                },
              ],
            },
          },
        ],
      },
      undefined,
      2,
    ).replace(/^( +)"name": "pool"/m, `$1${comment}"name": "pool"`);
  const before = await reportOf(folderOf({ 'azuredeploy.json': template('') }));
  expect([before.findings.length, codes(before)]).toEqual([1, []]);
  const block = '/* portcullis:allow backend-pool-empty filled later */ ';
  const after = await reportOf(folderOf({ 'azuredeploy.json': template(block) }));
  expect([after.findings, codes(after)]).toEqual([[], []]);
  expect(after.suppressed).toMatchObject([{ reason: 'filled later', by: 'code' }]);
  const unused = template('').replace('{', '{ // portcullis:allow backend-pool-empty nothing here\n');
  expect(codes(await reportOf(folderOf({ 'azuredeploy.json': unused })))).toEqual(['suppression-unused']);
});

test('a comment in a module is needed when one root needs it, and told once when none does', async () => {
  const module = bicep('// portcullis:allow backend-pool-empty filled later').replace(
    "param sku string = 'Standard'",
    'param hasPool bool',
  );
  const pool = module
    .replace('sku: { name: sku }', "sku: { name: 'Standard' }")
    .replace('backendAddressPools: [', 'backendAddressPools: !hasPool ? [] : [')
    .replace('loadBalancingRules: [', 'loadBalancingRules: !hasPool ? [] : [');
  const root = (hasPool: boolean): string =>
    `module tier 'modules/tier.bicep' = { name: 'tier', params: { hasPool: ${hasPool} } }\n`;
  const files = { 'modules/tier.bicep': pool, 'a.bicep': root(false), 'b.bicep': root(true) };
  const needed = await reportOf(folderOf(files));
  expect([needed.suppressed.length, codes(needed)]).toEqual([1, []]);
  const idle = await reportOf(folderOf({ ...files, 'b.bicep': root(false) }));
  expect([idle.suppressed.length, codes(idle)]).toEqual([0, ['suppression-unused']]);
});

test('a suppression of a policy that is not asked is neither unknown nor unused', async () => {
  const folder = folderOf({
    'main.bicep': bicep('// portcullis:allow single-member-pool because'),
    'portcullis.yaml': 'suppressions: [{ policy: single-member-pool, reason: because }]\n',
  });
  expect(codes(await reportOf(folder, `--config=${folder}/portcullis.yaml`))).toEqual([]);
  const { code, stdout } = await runCli(['paths', folder, '--strict', '--format=json']);
  expect([code, codes(JSON.parse(stdout) as Report)]).toEqual([0, []]);
});

test('a suppression of the configuration that has expired says until when it held', async () => {
  const folder = folderOf({
    'main.bicep': bicep(),
    'portcullis.yaml':
      "suppressions: [{ policy: backend-pool-empty, until: '2020-01-31', reason: for now }]\n",
  });
  const report = await reportOf(folder, `--config=${folder}/portcullis.yaml`);
  expect([report.findings.length, codes(report)]).toEqual([1, ['suppression-expired']]);
});

test('paths in a configuration start from its own folder', async () => {
  const folder = folderOf({
    '.git': '',
    'infra/a/main.bicep': bicep(),
    'infra/b/main.bicep': bicep(),
    'portcullis.yaml': `exclude: [infra/b]
baseline: known.json
suppressions: [{ policy: backend-pool-empty, path: infra/a/main.bicep, reason: later }]
`,
    'known.json': '{ "version": 1, "findings": [] }',
  });
  for (const cwd of [folder, `${folder}/infra`, `${folder}/infra/a`]) {
    const { stdout, stderr } = await runCli(
      ['check', '..', '--only=backend-pool-empty', '--format=json'].map((word) =>
        word === '..' && cwd !== `${folder}/infra/a` ? '.' : word,
      ),
      { cwd },
    );
    const report = JSON.parse(stdout) as Report;
    expect([stderr, report.roots.length, report.findings, report.suppressed.length]).toEqual(['', 1, [], 1]);
  }
});

test('code scanning is told what is accepted in the code and what is known', async () => {
  const folder = folderOf({
    'a/main.bicep': bicep('// portcullis:allow backend-pool-empty filled later'),
    'b/main.bicep': bicep(),
    'c/main.bicep': bicep(),
  });
  const baseline = `--baseline=${folder}/known.json`;
  await runCli(['baseline', 'create', `${folder}/b`, baseline]);
  const { stdout } = await runCli(['check', folder, baseline, '--only=backend-pool-empty', '--format=sarif']);
  const { runs } = JSON.parse(stdout) as {
    readonly runs: readonly [
      {
        readonly results: readonly {
          readonly baselineState: string;
          readonly suppressions?: readonly {
            readonly kind: string;
            readonly location?: {
              readonly physicalLocation: { readonly region: { readonly startLine: number } };
            };
          }[];
        }[];
      },
    ];
  };
  const told = runs[0].results.map(({ baselineState, suppressions = [] }) => [
    baselineState,
    ...suppressions.map(
      ({ kind, location }) => `${kind} ${location?.physicalLocation.region.startLine ?? '-'}`,
    ),
  ]);
  const line =
    bicep('@@')
      .split('\n')
      .findIndex((text) => text.includes('@@')) + 1;
  expect(told.toSorted()).toEqual([['new'], ['new', `inSource ${line}`], ['unchanged', 'external -']]);
});
