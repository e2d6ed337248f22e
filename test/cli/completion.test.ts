import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { policies } from '../../policies/index.ts';
import { COMMANDS, OPTIONS } from '../../src/cli/commands.ts';
import { REPORT_FORMATS } from '../../src/cli/outputs.ts';
import { folderOf, runCli } from '../support/cli.ts';
import { git, repositoryOf } from '../support/git.ts';

const scripts = new Map<string, string>();

beforeAll(async () => {
  for (const shell of ['bash', 'fish', 'zsh']) {
    const { code, stdout, stderr } = await runCli(['completion', shell]);
    if (code !== 0 || stderr !== '') throw new Error(stderr);
    scripts.set(shell, stdout);
  }
});

/** What bash offers for the last of the words, asked as `complete -F` asks. */
function offered(words: readonly string[], cwd: string = process.cwd()): readonly string[] {
  const file = path.join(folderOf({ 'portcullis.bash': scripts.get('bash') ?? '' }), 'portcullis.bash');
  const ask = `source "$0"
[[ $(complete -p portcullis) == *'-F _portcullis portcullis' ]] || exit 9
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_portcullis
for word in "\${COMPREPLY[@]}"; do printf '%s\\0' "$word"; done`;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask, file, 'portcullis', ...words], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0 || stderr !== '') throw new Error(`${status} ${stderr}`);
  return stdout.split('\0').slice(0, -1);
}

const ids = policies.map(({ meta }) => meta.id);

test('bash offers all commands, and those that begin like the word', () => {
  expect(offered([''])).toEqual([...COMMANDS.map(({ name }) => name), 'help']);
  expect(offered(['ch'])).toEqual(['check']);
  expect(offered(['--col'])).toEqual(['--color']);
});

test.each(COMMANDS.map(({ name }) => name))('bash offers the options of %s and no others', (name) => {
  const own = OPTIONS.filter(
    (option) => !['verbose', 'version'].includes(option.name) && (option.commands ?? [name]).includes(name),
  );
  expect(offered([name, '--'])).toEqual(own.map((option) => `--${option.name}`));
});

test.each<[readonly string[], readonly string[]]>([
  [['check', '--format', ''], REPORT_FORMATS],
  [
    ['check', '--format', 'js'],
    ['json', 'jsonl'],
  ],
  [
    ['paths', '--format', ''],
    ['text', 'json', 'markdown'],
  ],
  [
    ['policies', '--format', ''],
    ['text', 'json'],
  ],
  // An equals sign is a word of its own, unless COMP_WORDBREAKS is changed.
  [
    ['check', '--format', '=', 'js'],
    ['json', 'jsonl'],
  ],
  [['check', '--format', '='], REPORT_FORMATS],
  [
    ['check', '--format=js'],
    ['--format=json', '--format=jsonl'],
  ],
  [['check', '--print-config', '=', ''], ['json']],
  [
    ['gate', '--fail-on', ''],
    ['error', 'warning', 'info', 'never'],
  ],
  [
    ['--color', 'a'],
    ['auto', 'always'],
  ],
  [
    ['trace', '--protocol', ''],
    ['tcp', 'udp', 'icmp'],
  ],
  [['check', '--only', ''], ids],
  [['explain', 'nsg-blocks-p'], ['nsg-blocks-probe']],
  [['--color', 'always', 'explain', 'nsg-blocks-p'], ['nsg-blocks-probe']],
  [['--color=always', 'explain', 'nsg-blocks-p'], ['nsg-blocks-probe']],
  [
    ['baseline', ''],
    ['create', 'prune'],
  ],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  [['help', 'di'], ['diff']],
  // A value that nobody can guess, and files, which bash completes by itself.
  [['trace', '--port', ''], []],
  [['check', '--config', ''], []],
  [['check', ''], []],
  [['baseline', 'create', ''], []],
  // The value of an option is no command and no operand.
  [
    ['--color', 'always', ''],
    [...COMMANDS.map(({ name }) => name), 'help'],
  ],
  [['explain', 'nsg-blocks-probe', ''], []],
])('bash offers for %j what may stand there', (words, expected) => {
  expect(offered(words)).toEqual(expected);
});

test('bash offers branches and tags, and runs nothing that their names hold', () => {
  const folder = repositoryOf({ 'a.md': 'x' });
  const name = `$(touch$\{IFS}ran)`;
  git(folder, 'branch', name);
  git(folder, 'branch', 'feature/one');
  git(folder, 'tag', 'v1.0');
  expect(offered(['check', '--base', ''], folder)).toEqual(['feature/one', 'main', 'v1.0']);
  expect(offered(['check', '--base', 'fe'], folder)).toEqual(['feature/one']);
  expect(existsSync(path.join(folder, 'ran'))).toBe(false);
  expect(offered(['check', '--base', ''], folderOf())).toEqual([]);
});

/** A shell of the machine, if it has it. */
function has(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

for (const [shell, ...options] of [
  ['zsh', '-f', '-n'],
  ['fish', '--no-config', '--no-execute'],
] as const) {
  (has(shell) ? test : test.skip)(`${shell} takes the script`, () => {
    const { status, stderr } = spawnSync(shell, options, { input: scripts.get(shell), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
}

test.each(['zsh', 'fish'])('the script for %s names every command, option and policy', (shell) => {
  const script = scripts.get(shell) ?? '';
  const words = [
    ...COMMANDS.map(({ name }) => name),
    ...OPTIONS.map(({ name }) => (shell === 'fish' ? `-l ${name}` : `--${name}`)),
    ...ids,
    ...REPORT_FORMATS,
  ];
  expect(words.filter((word) => !script.includes(word))).toEqual([]);
});

test.each<[string, readonly string[], string]>([
  ['no shell', [], '`completion` needs bash, fish or zsh'],
  ['two shells', ['bash', 'zsh'], '`completion` needs bash, fish or zsh'],
  ['an unknown shell', ['bsh'], 'unknown shell `bsh`; did you mean `bash`?'],
])('%s is a usage error', async (_, args, message) => {
  expect(await runCli(['completion', ...args])).toEqual({
    code: 2,
    stdout: '',
    stderr: `portcullis: ${message}\n`,
  });
});
