import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// The package is packed, and laid out for a user as npm does it, without a registry.
const scratch = mkdtempSync(path.join(tmpdir(), 'portcullis-policies-'));
const user = path.join(scratch, 'user');
const cli = path.join(user, 'node_modules/portcullis/dist/src/cli.js');
const EXAMPLE = path.dirname(require.resolve('../examples/custom-policy/policies.mjs'));
const compiler = path.resolve('node_modules/typescript/bin/tsc');
const ID = 'idle-timeout-without-reset';

beforeAll(() => {
  const { files, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly files: readonly string[];
    readonly dependencies: Readonly<Record<string, string>>;
  };
  expect(files).toContain('dist');
  const stage = path.join(scratch, 'stage');
  spawnSync(process.execPath, [compiler, '--outDir', path.join(stage, 'dist')]);
  cpSync('package.json', path.join(stage, 'package.json'));
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], {
      cwd: stage,
      encoding: 'utf8',
    }),
  ) as readonly { readonly filename: string }[];
  const installed = path.join(user, 'node_modules/portcullis');
  mkdirSync(installed, { recursive: true });
  const tarball = path.join(scratch, packed?.filename ?? '');
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const name of [...Object.keys(dependencies), 'json-schema-to-ts', '@types/node']) {
    const place = path.join(user, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.resolve('node_modules', name), place);
  }
  cpSync(EXAMPLE, path.join(user, 'custom'), { recursive: true });
}, 120_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: user,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { code: status, stdout, stderr };
}

/** Many command lines in one process, which costs one start. */
const ALL = `
const { main } = await import(process.argv[1]);
const runs = [];
for (const args of JSON.parse(process.argv[2])) {
  const ran = { code: 0, stdout: '', stderr: '' };
  ran.code = await main(args, {
    stdout: (text) => { ran.stdout += text; },
    stderr: (text) => { ran.stderr += text; },
    stdoutIsTerminal: false, env: {}, cwd: process.cwd(), readStdin: () => new Uint8Array(),
  });
  runs.push(ran);
}
console.log(JSON.stringify(runs));
`;

function runAll(lines: readonly (readonly string[])[]): readonly Ran[] {
  const main = pathToFileURL(path.join(user, 'node_modules/portcullis/dist/src/cli/main.js')).href;
  const args = ['--input-type=module', '--eval', ALL, main, JSON.stringify(lines)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: user, encoding: 'utf8' })) as readonly Ran[];
}

function write(name: string, text: string): string {
  writeFileSync(path.join(user, name), text);
  return name;
}

const POLICIES = '--policies=custom/policies.mjs';

function statusesOf(estate: string, ...more: readonly string[]): unknown {
  const { stdout, stderr } = run('check', `custom/${estate}`, POLICIES, '--format=json', ...more);
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly { policy: string; status: string; severity: string }[];
  };
  return findings.map(({ policy, status, severity }) => [policy, status, severity]);
}

test.each([
  ['bad', [[ID, 'violation', 'warning']]],
  ['good', []],
  ['unknown', [[ID, 'unknown', 'warning']]],
])('the policy of the example says what the name of the estate %s promises', (estate, expected) => {
  expect(statusesOf(estate)).toEqual(expected);
});

test('the example has an estate for each answer, and its page says how to run it', () => {
  const entries = readdirSync(EXAMPLE, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.toSorted()).toEqual(['bad', 'good', 'unknown']);
  expect(readFileSync(path.join(EXAMPLE, 'README.md'), 'utf8')).toContain(
    'portcullis check examples/custom-policy --policies examples/custom-policy/policies.mjs',
  );
});

test('without the option the file is not looked for', () => {
  const { stdout } = run('check', 'custom', '--format=json');
  expect(stdout).not.toContain(ID);
});

test('a policy of a file is listed, explained, run alone, left out and found in the SARIF report', () => {
  expect(run('policies', POLICIES).stdout).toContain(`\n${ID} `);
  expect(run('policies').stdout).not.toContain(ID);
  const { code, stdout } = run('explain', ID, POLICIES);
  expect(code).toBe(0);
  expect(stdout).toContain('set enableTcpReset of the rule to true');
  expect(run('explain', ID).code).toBe(2);
  expect(statusesOf('bad', `--only=${ID}`)).toHaveLength(1);
  expect(statusesOf('bad', `--skip=${ID}`)).toEqual([]);
  expect(run('check', 'custom/bad', POLICIES, '--format=sarif').stdout).toContain(`"ruleId": "${ID}"`);
});

test('a configuration sets its severity, turns it off and accepts findings of it', () => {
  const severe = write('severe.yaml', `policies: { ${ID}: error }\n`);
  expect(statusesOf('bad', `--config=${severe}`)).toEqual([[ID, 'violation', 'error']]);
  expect(run('check', 'custom/bad', POLICIES, `--config=${severe}`).code).toBe(1);
  const off = write('off.yaml', `policies: { ${ID}: off }\n`);
  expect(statusesOf('bad', `--config=${off}`)).toEqual([]);
  const accepted = write('accepted.yaml', `suppressions: [{ policy: ${ID}, reason: short sessions }]\n`);
  expect(statusesOf('bad', `--config=${accepted}`)).toEqual([]);
  const { code, stderr } = run('check', 'custom/bad', `--config=${severe}`);
  expect(code).toBe(2);
  expect(stderr).toContain(`names no policy: \`${ID}\``);
});

test('a configuration that names such a policy serves the other commands too', () => {
  const severe = write('severe.yaml', `policies: { ${ID}: error }\n`);
  expect(run('paths', 'custom/bad', POLICIES, `--config=${severe}`).code).toBe(0);
  expect(run('baseline', 'create', 'custom/bad', POLICIES, `--config=${severe}`).code).toBe(0);
  expect(readFileSync(path.join(user, 'portcullis-baseline.json'), 'utf8')).toContain(ID);
});

/** The text of a module with one policy, made of a whole one with some things changed. */
function moduleWith(changes: string, more = ''): string {
  return `
const meta = { id: 'own-one', title: 'It holds', severity: 'error', confidence: 'proved', remedy: 'do it',
  references: [{ title: 'Wiki', url: 'https://wiki.example/' }], ${changes} };
const run = () => ({ findings: [], passed: 1 });
export const policies = [{ meta, run ${more} }];
`;
}

test('a policy needs no more than an object of that shape', () => {
  const file = write('plain.mjs', moduleWith(''));
  expect(run('check', 'custom/good', `--policies=${file}`, '--only=own-one')).toMatchObject({ code: 0 });
});

const FAULTY = [
  ['taken.mjs', moduleWith(`id: 'rule-without-probe'`), 'defines `rule-without-probe`, which is a policy of'],
  [
    'twice.mjs',
    `${moduleWith('')} policies.push(policies[0]);`,
    'defines `own-one`, which is defined already',
  ],
  ['none.mjs', 'export const policy = 1;', 'exports no list `policies`'],
  ['wrong.mjs', 'export const policies = [1];', 'number 1 of `wrong.mjs` is not what `definePolicy` returns'],
  ['id.mjs', moduleWith(`id: 'Own One'`), '`Own One` of `id.mjs` has no id of lower-case words with hyphens'],
  ['title.mjs', moduleWith(`title: ''`), 'the policy `own-one` of `title.mjs` has no title of one line'],
  ['remedy.mjs', moduleWith('remedy: undefined'), 'has no remedy of one line'],
  ['severity.mjs', moduleWith(`severity: 'high'`), 'has no severity: error, warning or info'],
  ['confidence.mjs', moduleWith(`confidence: 'sure'`), 'has no confidence: proved or suspected'],
  ['references.mjs', moduleWith('references: []'), 'has no references with a title and an https url'],
  ['syntax.mjs', 'export const policies = [', 'the policies `syntax.mjs` cannot be loaded: Unexpected'],
  ['throws.mjs', 'throw new Error("not today");', 'cannot be loaded: not today'],
  ['data.json', '{}', 'cannot be loaded'],
  ['.', '', 'the policies `.` are no file'],
  ['missing.mjs', '', 'the policies `missing.mjs` cannot be read (ENOENT)'],
] as const;

test('a file that cannot be used ends with exit code 2 and one line that says what is wrong with it', () => {
  for (const [name, text] of FAULTY) if (text !== '') write(name, text);
  const ran = runAll(FAULTY.map(([name]) => ['check', 'custom/good', `--policies=${name}`]));
  expect(ran).toHaveLength(FAULTY.length);
  for (const [index, [, , message]] of FAULTY.entries()) {
    const line = new RegExp(`^portcullis: .*${escapeRegExp(message)}.*\n$`);
    expect(ran[index]).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(line) });
  }
});

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

test('a policy that throws, or answers nothing, is named with its file', () => {
  const throwing = write('throwing.mjs', moduleWith('', ', run() { throw new Error("boom") }'));
  expect(run('check', 'custom/good', `--policies=${throwing}`)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'portcullis: the policy `own-one` of `throwing.mjs` failed: boom\n',
  });
  const silent = write('silent.mjs', moduleWith('', ', run() {}'));
  expect(run('check', 'custom/good', `--policies=${silent}`)).toEqual({
    code: 2,
    stdout: '',
    stderr: 'portcullis: the policy `own-one` of `silent.mjs` gives no findings\n',
  });
});

test('two files are both run, and one that is named twice is run once', () => {
  const file = write('plain.mjs', moduleWith(''));
  const { code, stdout } = run('policies', POLICIES, `--policies=${file}`, `--policies=${file}`);
  expect(code).toBe(0);
  expect(stdout.match(new RegExp(`^(${ID}|own-one) `, 'gm'))).toHaveLength(2);
});

test('a file outside of any installation is told what it lacks', () => {
  const apart = path.join(scratch, 'apart.mjs');
  writeFileSync(apart, "import { pass } from 'portcullis';\nexport const policies = [pass];\n");
  const { code, stderr } = run('check', 'custom/good', `--policies=${apart}`);
  expect(code).toBe(2);
  expect(stderr).toContain('the package `portcullis` is not installed where the file is');
});

test('a file in TypeScript is read where Node.js can, and refused with the reason where not', () => {
  const file = write('typed.ts', `const answer: string = 'x';\n${moduleWith('')}`);
  const { code, stderr } = run('check', 'custom/good', `--policies=${file}`, '--only=own-one');
  const features = process.features as { readonly typescript?: string | false };
  if (typeof features.typescript === 'string') expect(code).toBe(0);
  else {
    expect(code).toBe(2);
    expect(stderr).toContain('reads no TypeScript; compile the file, or use Node.js 22.18 or later');
  }
});

/** What the compiler of a user says about modules of theirs. */
function compile(...files: readonly string[]): string {
  const options = ['--noEmit', '--strict', '--checkJs', '--module', 'nodenext', '--target', 'es2023'];
  const { stdout } = spawnSync(
    process.execPath,
    [compiler, ...options, '--exactOptionalPropertyTypes', '--types', 'node', ...files],
    { cwd: user, encoding: 'utf8' },
  );
  return stdout;
}

test('the package types the example and the module of the page, and finds a fact that a message lacks', () => {
  const page = readFileSync('policies/README.md', 'utf8');
  const [, shown = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  write('shown.mjs', shown);
  expect(run('check', 'custom/good', '--policies=shown.mjs', '--only=plain-http-for-everybody').code).toBe(0);
  const wrong = shown.replace('with: { name: path.name }', 'with: { named: path.name }');
  const said = compile('custom/policies.mjs', 'shown.mjs', write('wrong-facts.mjs', wrong));
  expect([...new Set(said.match(/^\S+(?=\(\d)/gm))]).toEqual(['wrong-facts.mjs']);
});
