import { readFileSync } from 'node:fs';
import { policies } from '../../policies/index.ts';
import { COMMANDS, OPTIONS } from '../../src/cli/commands.ts';
import { runCli } from '../support/cli.ts';

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `portcullis ${version}\n`, stderr: '' });
});

test.each([[['--help']], [['-h']], [['help']]])('%j prints the help', async (args) => {
  const { code, stdout, stderr } = await runCli(args);
  expect([code, stderr]).toEqual([0, '']);
  for (const { name, summary } of COMMANDS)
    expect(stdout).toMatch(new RegExp(`^  ${name} .*${escaped(summary)}$`, 'm'));
});

test.each(COMMANDS.map(({ name }) => name))(
  'the help of %s shows its options and no others',
  async (name) => {
    const help = await runCli([name, '--help']);
    expect(await runCli(['help', name])).toEqual(help);
    expect([help.code, help.stderr]).toEqual([0, '']);
    for (const option of OPTIONS) {
      const belongs = option.name !== 'version' && (option.commands ?? [name]).includes(name);
      expect(help.stdout.includes(`  ${option.shape} `)).toBe(belongs);
    }
  },
);

test('no command is an error that shows the help', async () => {
  const { stdout } = await runCli(['--help']);
  expect(await runCli([])).toEqual({ code: 2, stdout: '', stderr: stdout });
});

test.each<[string, string]>([
  ['gaet plan.json', 'unknown command `gaet`; did you mean `gate`?'],
  ['xeplian nsg-blocks-probe', 'unknown command `xeplian`; did you mean `explain`?'],
  [
    'frobnicate',
    'unknown command `frobnicate`; valid are baseline, check, explain, gate, paths, policies, trace',
  ],
  ['help gaet', 'unknown command `gaet`; did you mean `gate`?'],
  ['help gate check', '`help` takes one command'],
  ['check --strct', 'unknown option `--strct`; did you mean `--strict`?'],
  ['check -x', 'unknown option `-x`; valid are --baseline, --changed, --color'],
  ['gate --only', '`--only` needs a value: --only POLICY'],
  ['gate --only --strict plan.json', '`--only` needs a value: --only POLICY'],
  ['gate plan.json --only=', '`--only` needs a value: --only POLICY'],
  ['gate plan.json --terraform=', '`--terraform` needs a value: --terraform[=BIN]'],
  ['gate plan.json --strict=yes', '`--strict` takes no value'],
  [
    'gate plan.json --only nsg-blocks-dataport',
    'unknown policy `nsg-blocks-dataport`; did you mean `nsg-blocks-data-port`?',
  ],
  ['gate plan.json --skip x', 'unknown policy `x`; valid are apps-share-backend-vm, '],
  [
    'gate plan.json --only rule-without-probe --skip rule-without-probe',
    '`--only` and `--skip` leave no policy to run',
  ],
  ['gate plan.json --fail-on warn', '`--fail-on` cannot be `warn`; valid are error, info, never, warning'],
  ['gate plan.json --fail-on errors', '`--fail-on` cannot be `errors`; did you mean `error`?'],
  ['gate plan.json --color maybe', '`--color` cannot be `maybe`; valid are always, auto, never'],
  ['gate plan.json --format jsn', 'unknown format `jsn`; did you mean `json`?'],
  ['paths plan.json --format sarif', 'this command has no format `sarif`; valid are json, markdown, text'],
  ['gate plan.json --format json=', '`--format json=` names no file'],
  [
    'gate plan.json --format json --format text',
    'two formats go to standard output; give one a file: --format json=FILE',
  ],
  ['gate', '`gate` needs a plan: a file, or - for standard input'],
  ['gate a.json b.json', '`gate` takes one plan, not 2'],
  ['check no-such-directory', '`no-such-directory` does not exist'],
  ['paths no-such-directory', '`no-such-directory` does not exist'],
  ['policies nsg-blocks-probe', '`policies` takes no operand; did you mean `explain`?'],
  [
    'policies --strict',
    '`--strict` is not an option of `policies`, but of baseline, check, gate, paths, trace',
  ],
  ['explain', '`explain` needs a policy; `portcullis policies` lists them'],
  ['explain nsg-blocks-prob', 'unknown policy `nsg-blocks-prob`; did you mean `nsg-blocks-probe`?'],
  ['explain nsg-blocks-probe rule-without-probe', '`explain` takes one policy, not 2'],
])('`portcullis %s` is a usage error', async (line, message) => {
  const { code, stdout, stderr } = await runCli(line.split(' '));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toContain(`portcullis: ${message}`);
});

test.each([
  ['gate', ''],
  ['check', ''],
])('an empty path is a usage error of %s', async (...args) => {
  expect(await runCli(args)).toEqual({ code: 2, stdout: '', stderr: 'portcullis: a path is empty\n' });
});

test('what the user typed cannot forge lines or escapes in an error', async () => {
  const { stderr } = await runCli([`a\n::error::b\u001b[2J${'c'.repeat(10_000)}`]);
  expect(stderr).toMatch(/^portcullis: unknown command `a\ufffd::error::b[^\n\p{Cc}]{0,300}\n$/u);
});

test('policies are listed with severity and title', async () => {
  const { code, stdout, stderr } = await runCli(['policies']);
  expect([code, stderr]).toEqual([0, '']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(policies.length);
  for (const [index, { meta }] of policies.entries()) {
    expect(lines[index]?.split(/ {2,}/)).toEqual([meta.id, meta.severity, meta.title]);
  }
  expect(new Set(lines.map((line) => line.search(/ (?:error|warning|info) /))).size).toBe(1);
});

test('policies are data too', async () => {
  const { code, stdout, stderr } = await runCli(['policies', '--format', 'json']);
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual(
    policies.map(({ meta: { id, title, severity, confidence, remedy, references } }) => ({
      id,
      title,
      severity,
      confidence,
      remedy,
      docs: references[0].url,
    })),
  );
});

test.each<[string, readonly string[], Readonly<Record<string, string>>, boolean, boolean]>([
  ['a terminal', [], {}, true, true],
  ['no terminal', [], { FORCE_COLOR: '1' }, false, false],
  ['a terminal with NO_COLOR', [], { NO_COLOR: '1' }, true, false],
  ['a terminal with an empty NO_COLOR', [], { NO_COLOR: '' }, true, true],
  ['a dumb terminal', [], { TERM: 'dumb' }, true, false],
  ['--color always', ['--color', 'always'], { NO_COLOR: '1' }, false, true],
  ['--color never', ['--color=never'], {}, true, false],
  ['the last --color', ['--color=never', '--color=always'], {}, false, true],
])('colours follow %s', async (_, args, env, terminal, expected) => {
  const { stdout } = await runCli(['policies', ...args], { env, terminal });
  expect(stdout.includes('\u001b[')).toBe(expected);
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
