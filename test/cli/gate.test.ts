import { chmodSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { folderOf, runCli } from '../support/cli.ts';

const BLOCKED = 'policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json';
const OPEN = 'policies/nsg-blocks-data-port/examples/good-both-levels/plan.json';
const UNKNOWN = 'policies/nsg-blocks-data-port/examples/unknown-port/plan.json';
const NO_PROBE = 'policies/rule-without-probe/examples/bad-no-probe/plan.json';
const TRUNCATED = '{"format_version":"1.2","terraform_version":"1.11.4","planned_val';

/** A plan that deploys an ARM template which is not known before the apply. */
const UNKNOWN_TEMPLATE = readFileSync('test/fixtures/plans/template-deployment/plan.json', 'utf8')
  .replace(/"template_content":"\{(?:[^"\\]|\\.)*",(?="template_spec_version_id")/, '')
  .replace('"output_content":true', '"output_content":true,"template_content":true');

interface Report {
  readonly version: number;
  readonly roots: readonly { readonly id: string }[];
  readonly paths: readonly unknown[];
  readonly findings: readonly { readonly policy: string; readonly status: string }[];
  readonly problems: readonly { readonly code: string }[];
  readonly counts: Readonly<Record<string, number>>;
}

async function reportOf(...args: readonly string[]): Promise<Report & { readonly code: number }> {
  const { code, stdout, stderr } = await runCli([...args, '--format', 'json']);
  expect(stderr).toBe('');
  return { ...(JSON.parse(stdout) as Report), code };
}

test('a blocked path fails the gate and is explained on standard output', async () => {
  const { code, stdout, stderr } = await runCli(['gate', BLOCKED]);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^error\[nsg-blocks-data-port\]: /);
  expect(stdout).toMatch(/\n\nchecked 1 path: 1 violation \(1 error\), 0 unknown, \d+ passed\n$/);
});

test('an open path passes', async () => {
  const { code, stdout, stderr } = await runCli(['gate', OPEN]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^checked 1 path: no violations, 0 unknown, \d+ passed\n$/);
});

test('the reports of a plan are the same in every run', async () => {
  for (const format of ['text', 'json']) {
    const args = ['gate', 'examples/mixed-estate/plan.json', '--format', format];
    expect((await runCli(args)).stdout).toBe((await runCli(args)).stdout);
  }
});

test.each<[string, readonly string[], number]>([
  [BLOCKED, [], 1],
  [BLOCKED, ['--fail-on', 'error'], 1],
  [BLOCKED, ['--fail-on', 'info'], 1],
  [BLOCKED, ['--fail-on', 'never'], 0],
  [BLOCKED, ['--fail-on', 'never', '--fail-on', 'error'], 1],
  [BLOCKED, ['--strict'], 1],
  [BLOCKED, ['--skip', 'nsg-blocks-data-port'], 0],
  [BLOCKED, ['--only', 'nsg-blocks-data-port'], 1],
  [BLOCKED, ['--only', 'nsg-blocks-probe', '--only', 'nsg-blocks-data-port'], 1],
  [BLOCKED, ['--only', 'nsg-blocks-probe'], 0],
  [NO_PROBE, [], 0],
  [NO_PROBE, ['--strict'], 0],
  [NO_PROBE, ['--fail-on', 'warning'], 1],
  [NO_PROBE, ['--fail-on', 'info'], 1],
  [UNKNOWN, [], 0],
  [UNKNOWN, ['--fail-on', 'info'], 0],
  [UNKNOWN, ['--strict'], 4],
  [UNKNOWN, ['--strict', '--fail-on', 'never'], 4],
  // Somebody who chooses policies does not ask about the others, nor about the paths as such.
  [UNKNOWN, ['--strict', '--only', 'basic-sku-retired'], 0],
  [OPEN, ['--strict'], 0],
])('gate %s %j ends with %i', async (plan, options, expected) => {
  expect((await runCli(['gate', plan, ...options])).code).toBe(expected);
});

test('--quiet shows the findings and nothing else', async () => {
  const loud = await runCli(['gate', BLOCKED]);
  const quiet = await runCli(['gate', BLOCKED, '--quiet']);
  expect(quiet).toEqual({ ...loud, stdout: loud.stdout.slice(0, loud.stdout.indexOf('\nchecked ')) });
  expect(await runCli(['gate', OPEN, '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('what could not be read fails under --strict, and is shown even when quiet', async () => {
  const plan = path.join(folderOf({ 'plan.json': UNKNOWN_TEMPLATE }), 'plan.json');
  const loud = await runCli(['gate', plan, '--only', 'basic-sku-retired']);
  expect([loud.code, loud.stderr]).toEqual([0, '']);
  expect(loud.stdout).toContain('problem[');
  const strict = await runCli(['gate', plan, '--only', 'basic-sku-retired', '--strict', '--quiet']);
  expect([strict.code, strict.stderr]).toEqual([4, '']);
  expect(strict.stdout).toContain('problem[');
  expect((await runCli(['gate', plan, '--only', 'basic-sku-retired', '--quiet'])).stdout).not.toContain(
    'problem[',
  );
});

test('--only and --skip say which policies speak', async () => {
  const all = await reportOf('gate', 'examples/mixed-estate/plan.json');
  expect(new Set(all.findings.map(({ policy }) => policy)).size).toBeGreaterThan(1);
  const only = await reportOf('gate', 'examples/mixed-estate/plan.json', '--only', 'nsg-blocks-probe');
  expect(only.findings).toEqual(all.findings.filter(({ policy }) => policy === 'nsg-blocks-probe'));
  const skipped = await reportOf('gate', 'examples/mixed-estate/plan.json', '--skip', 'nsg-blocks-probe');
  expect(skipped.findings).toEqual(all.findings.filter(({ policy }) => policy !== 'nsg-blocks-probe'));
});

test('a plan on standard input is judged like one in a file, and called <stdin>', async () => {
  const { findings, code } = await reportOf('gate', BLOCKED);
  const { stdout, ...rest } = await runCli(['gate', '-', '--format=json'], { stdin: readFileSync(BLOCKED) });
  expect(rest).toEqual({ code, stderr: '' });
  const report = JSON.parse(stdout) as Report;
  expect(report.roots).toMatchObject([{ id: '<stdin>', path: '<stdin>' }]);
  expect(report.findings.map(({ policy }) => policy)).toEqual(findings.map(({ policy }) => policy));
});

test.each<[string, string | Uint8Array, string]>([
  ['cut off', TRUNCATED, 'json-truncated'],
  ['empty', '', 'plan-file-empty'],
  ['errored', readFileSync('test/fixtures/plan-input/errored.json'), 'plan-errored'],
  ['partial', readFileSync('test/fixtures/plan-input/partial.json'), 'plan-partial'],
  ['a state', readFileSync('test/fixtures/plan-input/state.json'), 'state-not-plan'],
  ['a saved plan', readFileSync('test/fixtures/plan-input/create.tfplan'), 'saved-plan'],
])('a plan that is %s is refused on standard error', async (_, content, code) => {
  const file = path.join(folderOf({ 'plan.json': content }), 'plan.json');
  const text = await runCli(['gate', file]);
  expect([text.code, text.stdout]).toEqual([3, '']);
  expect(text.stderr).toMatch(new RegExp(`^problem\\[${code}\\]: .+\n  --> .+\n   = help: .+\n$`));

  const json = await runCli(['gate', file, '--format', 'json']);
  expect([json.code, json.stderr]).toEqual([3, text.stderr]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    version: 1,
    roots: [],
    paths: [],
    findings: [],
    problems: [{ code }],
  });
});

test.each([
  ['a file that is not there', 'no-such-plan.json', 'plan-not-found'],
  ['a directory', 'examples', 'plan-not-a-file'],
])('%s is refused', async (_, plan, code) => {
  const { stdout, stderr, ...rest } = await runCli(['gate', plan]);
  expect([rest.code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(new RegExp(`^problem\\[${code}\\]: `));
});

test('standard input that cannot be read is refused', async () => {
  const { code, stdout, stderr } = await runCli(['gate', '-', '--format', 'json']);
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^problem\[stdin-not-readable\]: standard input cannot be read \(unknown\)\n {2}--> <stdin>\n/,
  );
  expect(JSON.parse(stdout)).toMatchObject({ roots: [], problems: [{ code: 'stdin-not-readable' }] });
});

test.each(['destroy.json', 'empty.json', 'refresh-only.json'])('%s leaves nothing to check', async (name) => {
  const { code, stdout, stderr } = await runCli(['gate', `test/fixtures/plan-input/${name}`, '--strict']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^nothing to check: [^\n]+\n$/);
});

test('a saved plan is read by the binary that --terraform names', async () => {
  const plan = readFileSync(OPEN, 'utf8');
  const folder = folderOf({
    tfplan: readFileSync('test/fixtures/plan-input/create.tfplan'),
    'shown.json': plan,
    'fake-terraform': '#!/bin/sh\ncat "$(dirname "$0")/shown.json"\n',
  });
  const binary = path.join(folder, 'fake-terraform');
  chmodSync(binary, 0o755);
  const { code, stdout, stderr } = await runCli([
    'gate',
    path.join(folder, 'tfplan'),
    `--terraform=${binary}`,
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^checked 1 path: /m);
  rmSync(binary);
  expect((await runCli(['gate', path.join(folder, 'tfplan'), `--terraform=${binary}`])).code).toBe(3);
});

const TIER = 'examples/public-web-tier';

test('the code of a plan may lie in another folder, and the plan on standard input', async () => {
  const plan = readFileSync(`${TIER}/plan.json`);
  const code = folderOf({
    'main.tf': readFileSync(`${TIER}/main.tf`),
    'web.yaml': readFileSync(`${TIER}/web.yaml`),
  });
  const elsewhere = folderOf({ 'plan.json': plan });
  for (const operand of ['-', `${elsewhere}/plan.json`]) {
    const { stdout } = await runCli(['gate', operand, '--source', code], { stdin: plan });
    expect(stdout).toContain('security_rule {');
    expect(stdout).toContain('/main.tf:48:3');
  }
});

test.each(['nowhere', 'test/fixtures/plan-input'])('%s is no source of a plan', async (source) => {
  const { code, stderr } = await runCli(['gate', BLOCKED, '--source', source]);
  expect([code, stderr]).toEqual([
    2,
    `portcullis: the source \`${source}\` is no directory with Terraform code\n`,
  ]);
});

test('a plan is found from the working directory of the command, not of the process', async () => {
  const cwd = folderOf({ 'infra/plan.json': readFileSync(BLOCKED) });
  const { code, stdout, stderr } = await runCli(['gate', 'infra/plan.json', '--format=json'], { cwd });
  expect([code, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout)).toMatchObject({ roots: [{ path: 'infra/plan.json' }] });
});
