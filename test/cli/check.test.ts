import { readFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, runCli } from '../support/cli.ts';

const BLOCKED = readFileSync('policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json');
const OPEN = readFileSync('policies/nsg-blocks-data-port/examples/good-both-levels/plan.json');
const UNKNOWN = readFileSync('policies/nsg-blocks-data-port/examples/unknown-port/plan.json');
const EMPTY = readFileSync('test/fixtures/plan-input/empty.json');
const TRUNCATED = '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":';

interface Ran {
  readonly code: number;
  readonly stderr: string;
  readonly roots: readonly string[];
  readonly files: number;
  readonly problems: readonly string[];
}

/** Runs a command with a JSON report. Roots are named from the folder, which is not the working directory. */
async function ranIn(folder: string, command: string, ...operands: readonly string[]): Promise<Ran> {
  const { code, stdout, stderr } = await runCli([command, ...operands, '--format', 'json']);
  const report = JSON.parse(stdout) as {
    readonly roots: readonly { readonly id: string }[];
    readonly problems: readonly { readonly code: string }[];
    readonly counts: { readonly files: number };
  };
  const roots = report.roots.map(({ id }) => path.relative(folder, id));
  return {
    code,
    stderr,
    roots,
    files: report.counts.files,
    problems: report.problems.map((one) => one.code),
  };
}

test.each(['check', 'paths'])('%s finds the plans below a directory', async (command) => {
  const folder = folderOf({ 'b/plan.json': OPEN, 'a.json': OPEN, 'package.json': '{"name":"x"}' });
  expect(await ranIn(folder, command, folder)).toMatchObject({
    code: 0,
    stderr: '',
    roots: ['a.json', 'b/plan.json'],
    files: 2,
  });
});

test('check without a path looks below the working directory', async () => {
  const here = await runCli(['check', '--format', 'json']);
  expect(here).toEqual(await runCli(['check', '.', '--format', 'json']));
  expect(JSON.parse(here.stdout)).toMatchObject({
    roots: expect.arrayContaining([
      {
        id: 'examples/mixed-estate/plan.json',
        source: 'terraform-plan',
        path: 'examples/mixed-estate/plan.json',
      },
    ]),
  });
});

test('roots come in the order of the paths, each once', async () => {
  const folder = folderOf({ 'a.json': OPEN, 'z.json': OPEN });
  const z = path.join(folder, 'z.json');
  expect((await ranIn(folder, 'check', z, folder, z, `${folder}/./a.json`)).roots).toEqual([
    'z.json',
    'a.json',
  ]);
});

test('standard input can be one of the inputs, and is read once', async () => {
  const folder = folderOf({ 'a.json': OPEN });
  const { code, stdout } = await runCli(['check', folder, '-', '-', '--format', 'json'], { stdin: BLOCKED });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { files: 2 }, findings: [{ root: '<stdin>' }] });
});

test('one blocked plan among others fails the run', async () => {
  const { code, stdout, stderr } = await runCli([
    'check',
    folderOf({ 'a.json': OPEN, 'b.json': BLOCKED, 'c.json': EMPTY }),
  ]);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^error\[nsg-blocks-data-port\]: /);
  expect(stdout).toMatch(
    /\n\n\S+c\.json: nothing to check: .+\nchecked 2 paths: 1 violation \(1 error\), 0 unknown, \d+ passed\n$/,
  );
});

test('a plan that cannot be read fails the run, and the others are still checked', async () => {
  const folder = folderOf({ 'a.json': BLOCKED, 'b.json': TRUNCATED });
  const { code, stdout, stderr } = await runCli(['check', folder]);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^error\[nsg-blocks-data-port\]: /);
  expect(stderr).toMatch(/^problem\[json-truncated\]: .+\n {2}--> \S+b\.json:1:\d+\n {3}= help: .+\n$/);
  expect(await ranIn(folder, 'check', folder)).toMatchObject({
    roots: ['a.json'],
    problems: ['json-truncated'],
    files: 2,
  });
});

test('a file that is named and is no plan is a problem, not nothing', async () => {
  const folder = folderOf({ 'state.json': readFileSync('test/fixtures/plan-input/state.json') });
  expect(await ranIn(folder, 'check', path.join(folder, 'state.json'))).toMatchObject({
    code: 3,
    problems: ['state-not-plan'],
  });
});

test.each(['check', 'paths'])(
  '%s of a directory without anything of Azure is no failure, and says so',
  async (command) => {
    const folder = folderOf({ 'main.tf': '', 'package.json': '{}' });
    const stderr = `portcullis: nothing to check below ${folder}\n`;
    expect(await runCli([command, folder])).toEqual({ code: 0, stdout: '', stderr });
    expect(await ranIn(folder, command, folder)).toEqual({
      code: 0,
      stderr,
      roots: [],
      files: 1,
      problems: [],
    });
  },
);

test('paths prints the table, and under --strict fails on what is undecided', async () => {
  const plan = path.join(folderOf({ 'plan.json': UNKNOWN }), 'plan.json');
  const { code, stdout, stderr } = await runCli(['paths', plan]);
  expect([code, stderr]).toEqual([0, '']);
  const [header, ...rows] = stdout.trimEnd().split('\n');
  expect(header?.split(/ {2,}/)).toEqual([
    'rule',
    'client',
    'traffic',
    'data',
    'probe',
    'because',
    'members',
  ]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('random_integer.port.result (known only after apply)');
  expect((await runCli(['paths', plan, '--strict'])).code).toBe(4);
});

test('paths reports violations of no policy, and its JSON has no findings', async () => {
  const plan = path.join(folderOf({ 'plan.json': BLOCKED }), 'plan.json');
  const { code, stdout } = await runCli(['paths', plan, '--format', 'json']);
  expect(code).toBe(0);
  const report: unknown = JSON.parse(stdout);
  expect(Object.keys(report as object)).toEqual(['version', 'tool', 'roots', 'paths', 'problems', 'counts']);
  expect(report).toMatchObject({
    paths: [{ data: 'blocked' }],
    counts: { violations: 0, passed: 0, paths: 1 },
  });
});

test('a name with a line break and escapes in it stays on its line', async () => {
  const folder = folderOf({ 'x\n::error::y\u001b[2J.json': TRUNCATED });
  const { code, stderr } = await runCli(['check', folder]);
  expect(code).toBe(3);
  expect(stderr.split('\n')).toHaveLength(4);
  expect(stderr).not.toMatch(/(?!\n)\p{Cc}|^\s*::/mu);
});

test('a file that is too large fails the run, also when nothing else is there', async () => {
  const folder = folderOf({ 'main.tf': '# x\n'.repeat(1_500_000) });
  const { code, stderr } = await runCli(['check', folder]);
  expect([code, stderr]).toEqual([3, expect.stringContaining('is larger than 5 MB')]);
});

test('what a module for callers leaves empty is open, wherever the command is run', async () => {
  const balancer = `
param probeId string = ''
resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb'
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [{ name: 'front', properties: { publicIPAddress: { id: 'x' } } }]
    backendAddressPools: [{ name: 'pool' }]
    loadBalancingRules: [
      {
        name: 'web'
        properties: { protocol: 'Tcp', frontendPort: 80, backendPort: 80, probe: empty(probeId) ? null : { id: probeId } }
      }
    ]
  }
}
`;
  const repository = folderOf({
    '.git/HEAD': '',
    'modules/balancer.bicep': balancer,
    'balancer.bicep': balancer,
  });
  const said = async (cwd: string): Promise<readonly string[]> => {
    const { stdout } = await runCli(['check', '--only', 'rule-without-probe', '--format', 'json'], { cwd });
    const { findings } = JSON.parse(stdout) as { findings: { location: { path: string }; status: string }[] };
    return findings.map(({ location, status }) => `${location.path} ${status}`);
  };
  expect(await said(repository)).toEqual(['balancer.bicep violation', 'modules/balancer.bicep unknown']);
  expect(await said(`${repository}/modules`)).toEqual(['balancer.bicep unknown']);
});
