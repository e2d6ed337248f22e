import { Buffer } from 'node:buffer';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type PlanInput, readPlan } from '../../../src/sources/terraform-plan/read-plan.ts';

const FIXTURES = join(__dirname, '../../fixtures/plan-input');
const fixture = (name: string): string => join(FIXTURES, name);
const PLAN = readFileSync(fixture('create.json'));
const TEXT = PLAN.toString('utf8');
const SAVED = readFileSync(fixture('create.tfplan'));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-plan-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const onUnix = process.platform === 'win32' ? test.skip : test;
const asUser = process.platform === 'win32' || process.getuid?.() === 0 ? test.skip : test;

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function problemOf(input: PlanInput): unknown {
  const read = readPlan(input);
  return 'problem' in read ? read.problem : 'a plan';
}

const fromText = (text: string): PlanInput => ({ path: '-', bytes: Buffer.from(text) });

test('a plan file is read and carries the path as given', () => {
  expect(readPlan({ path: fixture('create.json') })).toMatchObject({
    path: fixture('create.json'),
    kind: 'normal',
    plan: { terraform_version: '1.11.4', resource_changes: { length: 3 } },
  });
});

test('a label stands for the path in the answer and in origins', () => {
  expect(readPlan({ path: fixture('create.json'), label: 'out/plan.json' })).toMatchObject({
    path: 'out/plan.json',
  });
  expect(problemOf({ path: join(folder, 'none'), label: 'out/plan.json' })).toMatchObject({
    origin: { path: 'out/plan.json' },
  });
});

test('bytes are a plan from standard input, and no file is opened', () => {
  expect(readPlan({ path: join(folder, 'none'), bytes: PLAN })).toMatchObject({
    path: '<stdin>',
    kind: 'normal',
  });
});

test.each([
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16LE with a mark, as Windows PowerShell redirects', Buffer.from(`\ufeff${TEXT}\r\n`, 'utf16le')],
  ['UTF-16LE without a mark', Buffer.from(TEXT, 'utf16le')],
  ['UTF-16BE with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
  ['UTF-16BE without a mark', Buffer.from(TEXT, 'utf16le').swap16()],
  [
    'indented JSON with Windows line ends',
    Buffer.from(JSON.stringify(JSON.parse(TEXT), null, 2).replaceAll('\n', '\r\n')),
  ],
])('a plan in %s is the same plan', (_, bytes) => {
  const plain = readPlan({ path: '-', bytes: PLAN });
  expect(readPlan({ path: write('encoded.json', bytes), label: '<stdin>' })).toEqual(plain);
});

/** A named pipe that another process fills with a file, which is what a shell makes of `<(cat FILE)`. */
function pipeOf(name: string, file: string): string {
  const path = join(folder, name);
  spawnSync('mkfifo', [path]);
  spawn('sh', ['-c', 'cat "$0" > "$1"', file, path], { stdio: 'ignore' }).unref();
  return path;
}

onUnix('a plan from a named pipe is read to its end', () => {
  const padded = write('padded.json', `${TEXT}${' '.repeat(300_000)}`);
  const path = pipeOf('pipe', padded);
  expect(readPlan({ path })).toEqual({ ...readPlan({ path: padded }), path });
});

onUnix('a saved plan from a named pipe is never run, because it cannot be read twice', () => {
  const path = pipeOf('saved', fixture('create.tfplan'));
  expect(problemOf({ path, terraform: 'no-such-terraform' })).toMatchObject({
    code: 'saved-plan',
    remedy: 'pipe the output of `terraform show -json PLAN` instead',
  });
});

test.each([
  ['a file that is not there', join('no', 'such', 'plan.json'), 'plan-not-found', 'the file does not exist'],
  ['a path through a file', join(fixture('create.json'), 'x'), 'plan-not-found', 'the file does not exist'],
  ['a directory', FIXTURES, 'plan-not-a-file', 'the path is a directory, not a plan'],
  ['a path with a NUL', 'a\u0000b', 'plan-not-readable', 'the file cannot be read (ERR_INVALID_ARG_VALUE)'],
  [
    'a path that is too long',
    'x'.repeat(5000),
    'plan-not-readable',
    'the file cannot be read (ENAMETOOLONG)',
  ],
])('%s is a problem', (_, path, code, message) => {
  expect(problemOf({ path })).toMatchObject({
    code,
    message,
    origin: { kind: 'json', path, pointer: '' },
    severity: 'fatal',
  });
});

onUnix('a device is not opened', () => {
  expect(problemOf({ path: '/dev/zero' })).toMatchObject({
    code: 'plan-not-a-file',
    message: 'the path is a device, not a plan',
  });
});

onUnix('a socket is not opened', async () => {
  const path = join(folder, 'socket');
  const server = createServer();
  await new Promise<void>((done) => server.listen(path, done));
  const problem = problemOf({ path });
  await new Promise((done) => server.close(done));
  expect(problem).toMatchObject({ code: 'plan-not-a-file', message: 'the path is a socket, not a plan' });
});

asUser('a file without permission is a problem (root may read every file)', () => {
  const path = write('secret.json', TEXT);
  chmodSync(path, 0);
  expect(problemOf({ path })).toMatchObject({
    code: 'plan-not-readable',
    message: 'the file may not be read',
  });
});

const TOO_LARGE = {
  code: 'plan-too-large',
  message: 'the plan is larger than 536870888 bytes (512 MiB), the most Node.js can hold in a string',
  remedy: 'split the configuration into smaller roots',
};

test('a file of 600 MB is refused without reading it', () => {
  const path = write('large.json', '');
  truncateSync(path, 600_000_000);
  const before = process.memoryUsage.rss();
  expect(problemOf({ path })).toMatchObject(TOO_LARGE);
  expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
});

test('the same holds for standard input', () => {
  expect(problemOf({ path: '-', bytes: new Uint8Array(536_870_889) })).toMatchObject(TOO_LARGE);
});

test.each([
  ['nothing', ''],
  ['space', ' \r\n\t'.repeat(50_000)],
  ['a byte order mark', '\ufeff'],
])('an input of %s is empty', (_, text) => {
  expect(problemOf(fromText(text))).toMatchObject({ code: 'plan-file-empty', message: 'the input is empty' });
});

test.each([
  ['Windows-1252', Buffer.from('{"a":"Zürich"}', 'latin1')],
  ['gzip', Buffer.from('1f8b0800000000000003', 'hex')],
  ['UTF-32', Buffer.from('fffe00007b0000007d000000', 'hex')],
])('%s is not decoded', (_, bytes) => {
  expect(problemOf({ path: '-', bytes })).toMatchObject({
    code: 'plan-encoding-unknown',
    message: 'the input is not text in UTF-8 or UTF-16',
  });
});

test('a log of terraform is known by its first line', () => {
  const log = readFileSync(fixture('plan-log.jsonl'), 'utf8');
  const problem = {
    code: 'plan-log',
    message: 'the input is the log of `terraform plan -json`, not a plan',
    remedy: 'run `terraform plan -out=tfplan`, then `terraform show -json tfplan`',
  };
  expect(problemOf({ path: fixture('plan-log.jsonl') })).toMatchObject(problem);
  expect(problemOf(fromText(log.slice(0, log.indexOf('\n'))))).toMatchObject(problem);
  expect(problemOf(fromText(`\n${log.replaceAll('\n', '\r\n')}`))).toMatchObject(problem);
  expect(problemOf(fromText(log.replaceAll('terraform.ui', 'tofu.ui')))).toMatchObject(problem);
});

test.each([
  ['the real output', readFileSync(fixture('plan-output.txt'), 'utf8')],
  ['output in colour', '\u001b[0m\u001b[1mazurerm_lb.web: Refreshing state... [id=/x]\u001b[0m\n'],
  [
    'output of OpenTofu',
    '\nOpenTofu used the selected providers to generate the following execution plan.\n',
  ],
  ['an old plan', '\nAn execution plan has been generated and is shown below.\n'],
  ['no changes', 'No changes. Your infrastructure matches the configuration.\n'],
  ['a shown plan', '# azurerm_lb.web must be replaced\n'],
])('%s for people is not JSON', (_, text) => {
  expect(problemOf(fromText(text))).toMatchObject({
    code: 'plan-text-output',
    message: 'the input is what terraform prints for people, not JSON',
  });
});

test('the wrapper of the setup-terraform action is named', () => {
  const wrapped = `[command]/opt/terraform-bin show -json tfplan\n${TEXT}\n::debug::Terraform exited with code 0.\n`;
  expect(problemOf(fromText(wrapped))).toMatchObject({
    code: 'plan-wrapped',
    remedy: 'set `terraform_wrapper: false` on that action',
  });
});

test.each([
  [
    'stops in the middle',
    TEXT.slice(0, 1000),
    'json-truncated',
    'the plan is truncated: its JSON stops at line 1, column 1001',
    1,
    1001,
  ],
  [
    'stops after a line break',
    '{\n  "a": [\n',
    'json-truncated',
    'the plan is truncated: its JSON stops at line 3, column 1',
    3,
    1,
  ],
  [
    'has a comma too many',
    '{\n  "a": [1,]\n}',
    'json-syntax',
    'the input is not JSON: unexpected character at line 2, column 11',
    2,
    11,
  ],
  [
    'is YAML',
    'resources: []',
    'json-syntax',
    'the input is not JSON: unexpected character at line 1, column 1',
    1,
    1,
  ],
  [
    'is two plans',
    '{}\r\n{}',
    'json-syntax',
    'something follows the end of the JSON, at line 2, column 1',
    2,
    1,
  ],
  [
    'holds NUL',
    '{ \u0000}',
    'json-syntax',
    'the input is not JSON: unexpected character at line 1, column 3',
    1,
    3,
  ],
])('a text that %s says where', (_, text, code, message, line, column) => {
  expect(problemOf(fromText(text))).toMatchObject({
    code,
    message,
    origin: { kind: 'text', path: '<stdin>', line, column, endLine: line, endColumn: column + 1 },
    severity: 'fatal',
  });
});

test('a truncated UTF-16 plan says where in characters, not in bytes', () => {
  const bytes = Buffer.from(`\ufeff${TEXT}`, 'utf16le').subarray(0, 2 + 2 * 100 + 1);
  expect(problemOf({ path: '-', bytes })).toMatchObject({
    code: 'json-truncated',
    origin: { line: 1, column: 101 },
  });
});

test.each([
  ['state.json', 'state-not-plan'],
  ['terraform.tfstate', 'state-not-plan'],
  ['empty-state.json', 'state-not-plan'],
  ['errored.json', 'plan-errored'],
  ['partial.json', 'plan-partial'],
])('what is in %s is refused as %s', (name, code) => {
  expect(problemOf({ path: fixture(name) })).toMatchObject({ code, severity: 'fatal' });
});

test('nesting of any depth is a problem and no crash', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  expect(problemOf(fromText(deep))).toMatchObject({ code: 'not-a-plan' });
  expect(
    problemOf(fromText(TEXT.replace('"variables":{', `"variables":{"deep":{"value":${deep}},`))),
  ).toMatchObject({
    code: 'plan-malformed',
    message: '`variables` is nested deeper than 256 levels',
  });
});

test('a saved plan is not run without being asked to', () => {
  expect(problemOf({ path: fixture('create.tfplan'), label: 'tfplan' })).toMatchObject({
    code: 'saved-plan',
    origin: { path: 'tfplan' },
  });
});

test('a saved plan is known by its content, whatever it is called', () => {
  expect(problemOf({ path: write('plan.json', SAVED) })).toMatchObject({ code: 'saved-plan' });
});

test('a saved plan on standard input is never run', () => {
  expect(problemOf({ path: '-', bytes: SAVED, terraform: 'terraform' })).toMatchObject({
    code: 'saved-plan',
    remedy: 'pipe the output of `terraform show -json PLAN` instead',
  });
});

test('a zip that is no plan is never given to terraform', () => {
  expect(
    problemOf({ path: write('broken.zip', SAVED.subarray(0, 500)), terraform: 'terraform' }),
  ).toMatchObject({
    code: 'zip-damaged',
  });
});

function fakeTerraform(name: string, body: string): string {
  const path = write(name, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

onUnix('a saved plan is what the given terraform shows of it', () => {
  const terraform = fakeTerraform('shows', `cat '${fixture('create.json')}'`);
  expect(readPlan({ path: fixture('create.tfplan'), terraform, label: 'tfplan' })).toEqual({
    ...readPlan({ path: fixture('create.json') }),
    path: 'tfplan',
  });
});

onUnix.each([
  ['fails', 'echo "Error: no" >&2; exit 1', 'terraform-failed'],
  ['says nothing', 'exit 0', 'plan-file-empty'],
  ['says half of it', `head -c 900 '${fixture('create.json')}'`, 'json-truncated'],
  ['shows a plan that failed', `cat '${fixture('errored.json')}'`, 'plan-errored'],
])('a terraform that %s is a problem', (name, body, code) => {
  const terraform = fakeTerraform(name, body);
  expect(problemOf({ path: fixture('create.tfplan'), terraform, label: 'tfplan' })).toMatchObject({
    code,
    origin: { path: 'tfplan' },
  });
});

test('a terraform that is not installed is a problem', () => {
  expect(problemOf({ path: fixture('create.tfplan'), terraform: 'no-such-terraform' })).toMatchObject({
    code: 'terraform-not-found',
  });
});

const SECRET = 'hunter2';

test.each([
  ['a syntax error', `{"password":"${SECRET}",}`],
  ['a syntax error of short text', `"${SECRET}`],
  ['a truncation', `{"password":"${SECRET}`],
  ['something that follows', `{} ${SECRET}`],
  ['another format version', `{"format_version":"2.0${SECRET}","planned_values":{}}`],
  ['a state', `{"values":{"password":"${SECRET}"}}`],
  ['a malformed entry', `{"format_version":"1.2","resource_changes":[{"address":["${SECRET}"]}]}`],
  [
    'a malformed action',
    `{"format_version":"1.2","resource_changes":[{"address":"a","mode":"managed","type":"t","name":"n","change":{"actions":["${SECRET}"]}}]}`,
  ],
])('the problem with %s quotes nothing of the input', (_, text) => {
  const problem = problemOf(fromText(text));
  expect(problem).toMatchObject({ severity: 'fatal' });
  expect(JSON.stringify(problem)).not.toContain(SECRET);
});

test('no input makes it throw, and no message has control characters', () => {
  const flipped = (whole: Uint8Array): fc.Arbitrary<Uint8Array> =>
    fc
      .tuple(fc.nat(whole.length - 1), fc.nat(255))
      .map(([at, byte]) => Uint8Array.from(whole).fill(byte, at, at + 1));
  const json = fc.json().map((text) => Buffer.from(text));
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 60 }), flipped(PLAN), flipped(SAVED), json);
  fc.assert(
    fc.property(bytes, (content) => {
      const read = readPlan({ path: '-', bytes: content });
      if ('plan' in read) return true;
      return read.problem.severity === 'fatal' && !/\p{Cc}/u.test(read.problem.message + read.problem.remedy);
    }),
    { seed: 3, numRuns: 3000 },
  );
});
