import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import fc from 'fast-check';
import { showSavedPlan, zipProblem } from '../../../src/sources/terraform-plan/saved-plan.ts';
import { isZip, unpackZip, zipEntryNames } from '../../../src/sources/terraform-plan/zip.ts';

const FIXTURES = join(__dirname, '../../fixtures/plan-input');
const SAVED = readFileSync(join(FIXTURES, 'private-dns.tfplan'));
const PLAN_ENTRIES = [
  'tfplan',
  'tfstate',
  'tfstate-prev',
  'tfconfig/m-/main.tf',
  'tfconfig/modules.json',
  '.terraform.lock.hcl',
];
const EMPTY_ZIP = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'saved plan ')));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A zip with one stored, empty entry, laid out by hand from PKWARE's APPNOTE. */
function zipWith(name: string): Buffer {
  const text = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(text.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(text.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + text.length, 12);
  end.writeUInt32LE(30 + text.length, 16);
  return Buffer.concat([local, text, entry, text, end]);
}

function edited(bytes: Uint8Array, edit: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  edit(copy);
  return copy;
}

test('a saved plan begins like a zip, JSON does not', () => {
  expect(isZip(SAVED)).toBe(true);
  expect(isZip(EMPTY_ZIP)).toBe(true);
  expect(isZip(readFileSync(join(FIXTURES, 'private-dns.json')))).toBe(false);
  expect(isZip(Buffer.from('PK'))).toBe(false);
});

test('the entries of a real saved plan are named in order', () => {
  expect(zipEntryNames(SAVED)).toEqual({ kind: 'entries', names: PLAN_ENTRIES });
});

test('a zip with a comment and one in the middle of a larger buffer are read', () => {
  const comment = Buffer.from('made by hand');
  const zip = edited(Buffer.concat([SAVED, comment]), (copy) =>
    copy.writeUInt16LE(comment.length, SAVED.length - 2),
  );
  const inside = Buffer.concat([Buffer.alloc(7), zip]).subarray(7);
  expect(zipEntryNames(inside)).toEqual({ kind: 'entries', names: PLAN_ENTRIES });
});

test('an empty zip has no entries', () => {
  expect(zipEntryNames(EMPTY_ZIP)).toEqual({ kind: 'entries', names: [] });
});

const END = SAVED.length - 22;
test.each([
  ['cut off at the end', SAVED.subarray(0, -1)],
  ['cut off in the middle', SAVED.subarray(0, 1000)],
  ['nothing but a signature', Buffer.from('504b0304', 'hex')],
  ['said to have more entries', edited(SAVED, (copy) => copy.writeUInt16LE(7, END + 10))],
  [
    'said to have its directory behind its end',
    edited(SAVED, (copy) => copy.writeUInt32LE(0xfffffff0, END + 16)),
  ],
  ['said to have its directory elsewhere', edited(SAVED, (copy) => copy.writeUInt32LE(0, END + 16))],
  [
    'with a name longer than the file',
    edited(SAVED, (copy) => copy.writeUInt16LE(0xffff, SAVED.readUInt32LE(END + 16) + 28)),
  ],
  [
    'with one name longer than the file',
    edited(zipWith('tfplan'), (copy) => copy.writeUInt16LE(99, 36 + 28)),
  ],
  ['with other bytes behind it', Buffer.concat([SAVED, Buffer.from('x')])],
  ['in zip64 form', edited(SAVED, (copy) => copy.fill(0xff, END + 8, END + 20))],
])('a zip %s is damaged', (_, bytes) => {
  expect(zipEntryNames(bytes)).toEqual({ kind: 'damaged' });
  expect(zipProblem(bytes, { path: 'tfplan' }, 'file')).toMatchObject({
    code: 'zip-damaged',
    message: 'the input is a zip file that is cut off or damaged',
  });
});

test('whatever is written over its directory, reading a zip ends and never fails', () => {
  const directory = SAVED.readUInt32LE(END + 16);
  const damage = fc.array(fc.tuple(fc.integer({ min: directory, max: SAVED.length - 1 }), fc.nat(255)), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(damage, (writes) => {
      const bytes = edited(SAVED, (copy) => {
        for (const [offset, byte] of writes) copy[offset] = byte;
      });
      return ['entries', 'damaged'].includes(zipEntryNames(bytes).kind);
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test.each([
  ['tfplan', 'terraform show -json tfplan > tfplan.json'],
  ['tfplan.json', 'terraform show -json tfplan.json > tfplan.json.json'],
  ['./tfplan', 'terraform show -json tfplan > tfplan.json'],
  ['infra/prod/tfplan', 'terraform -chdir=infra/prod show -json tfplan > tfplan.json'],
  ['my plan', "terraform show -json 'my plan' > 'my plan.json'"],
  ["it's", "terraform show -json 'it'\\''s' > 'it'\\''s.json'"],
  ['$(reboot)', "terraform show -json '$(reboot)' > '$(reboot).json'"],
  ['the root/tfplan', "terraform -chdir='the root' show -json tfplan > tfplan.json"],
  ['-destroy', 'terraform show -json ./-destroy > -destroy.json'],
  ['a\u001b[2Jb', 'terraform show -json PLAN > PLAN.json'],
  ['x\ny/tfplan', 'terraform -chdir=DIRECTORY show -json tfplan > tfplan.json'],
])('a saved plan at %j says the command that shows it', (path, command) => {
  expect(zipProblem(SAVED, { path }, 'file')).toEqual({
    code: 'saved-plan',
    message: 'the input is a saved plan, which only terraform can read',
    remedy: `run \`${command}\` and give the JSON file`,
    origin: { kind: 'json', path, pointer: '' },
    severity: 'fatal',
  });
});

test('a saved plan on standard input says to pipe its JSON', () => {
  expect(zipProblem(SAVED, { path: '-', label: '<stdin>' }, 'stdin')).toMatchObject({
    code: 'saved-plan',
    remedy: 'pipe the output of `terraform show -json PLAN` instead',
    origin: { path: '<stdin>' },
  });
});

test.each([
  ['without a plan', zipWith('readme.txt'), 'give the plan as JSON'],
  ['with a JSON file, as a CI artifact', zipWith('out/plan.json'), 'unpack it and give `out/plan.json`'],
  ['with a hostile name', zipWith('a\u001b[31m\n.json'), 'unpack it and give `a\ufffd.json`'],
  ['with a plan in a folder', zipWith('out/tfplan'), 'give the plan as JSON'],
])('a zip %s is not a saved plan', (_, bytes, remedy) => {
  expect(zipProblem(bytes, { path: 'x.zip' }, 'file')).toMatchObject({
    code: 'zip-without-plan',
    message: 'the input is a zip file without a `tfplan` entry',
    remedy,
  });
});

const onUnix = process.platform === 'win32' ? test.skip : test;

function script(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

function savedPlan(): string {
  const path = join(folder, 'the plan');
  writeFileSync(path, SAVED);
  return path;
}

onUnix('terraform runs without a shell in the directory of the plan, and its output is the text', () => {
  const path = savedPlan();
  const binary = script('echo', 'printf "%s|" "$PWD" "$TF_IN_AUTOMATION" "$HOME" "$@"; cat');
  expect(showSavedPlan({ path }, binary)).toEqual({
    text: [folder, '1', process.env.HOME ?? '', 'show', '-json', '-no-color', path, ''].join('|'),
  });
});

onUnix('a relative path to the binary is meant from the working directory', () => {
  const binary = relative(process.cwd(), script('relative', 'echo here'));
  const deeper = join(folder, 'a/b/c/d/e/f');
  mkdirSync(deeper, { recursive: true });
  expect(showSavedPlan({ path: join(deeper, 'tfplan') }, binary)).toEqual({ text: 'here\n' });
});

onUnix('more output than the usual megabyte is kept whole', () => {
  const binary = script('large', 'head -c 3000000 /dev/zero | tr "\\0" x');
  expect(showSavedPlan({ path: savedPlan() }, binary)).toEqual({ text: 'x'.repeat(3_000_000) });
});

test.each(['no-such-terraform', './no/such/terraform'])('the binary %s is not found', (binary) => {
  expect(showSavedPlan({ path: savedPlan(), label: 'tfplan' }, binary)).toMatchObject({
    problem: {
      code: 'terraform-not-found',
      message: `\`${binary}\` is not found`,
      remedy: expect.stringContaining('install it or name its path'),
      origin: { kind: 'json', path: 'tfplan', pointer: '' },
      severity: 'fatal',
    },
  });
});

test.each([
  ['an empty name', ''],
  ['a name with a NUL', 'terra\u0000form'],
])('%s cannot be started', (_, binary) => {
  expect(showSavedPlan({ path: savedPlan() }, binary)).toMatchObject({
    problem: { code: 'terraform-failed', message: expect.stringContaining('cannot be started') },
  });
});

onUnix('a file that is not executable cannot be started', () => {
  const binary = script('plain', 'echo');
  chmodSync(binary, 0o644);
  expect(showSavedPlan({ path: savedPlan() }, binary)).toMatchObject({
    problem: { code: 'terraform-failed', message: `\`${binary}\` cannot be started (EACCES)` },
  });
});

onUnix.each([
  [
    'the title of the error, not a warning before it',
    `printf '│ Warning: Unable to open\\n╵\\n\\033[31m╷\\033[0m\\n\\033[31m│\\033[0m \\033[1mError: \\033[0mNo \\007schema\\n│ Details\\n' >&2; exit 1`,
    'failed with exit code 1: Error: No \ufffdschema',
  ],
  [
    'the first line when no line is an error',
    "printf '\\n\\n  what now\\nor then\\n' >&2; exit 3",
    'failed with exit code 3: what now',
  ],
  ['the exit code alone when it says nothing', 'exit 2', 'failed with exit code 2'],
  ['that it was stopped', 'kill -9 $$', 'was stopped by a signal'],
])('a failure of terraform says %s', (_, body, message) => {
  const binary = script('terraform', body);
  expect(showSavedPlan({ path: savedPlan() }, binary)).toMatchObject({
    problem: {
      code: 'terraform-failed',
      message: `\`terraform show -json\` ${message}`,
      remedy: `run \`terraform -chdir='${folder}' show -json 'the plan' > 'the plan.json'\` to see all of the error, and give the JSON file`,
    },
  });
});

onUnix.each([
  'Failed to load plugin schemas',
  'Inconsistent dependency lock file',
  'Required plugins are not installed',
  'Module not installed',
  'Backend initialization required, please run "terraform init"',
])('the failure %j says to run terraform init', (title) => {
  const binary = script('uninitialised', `echo 'Error: ${title}' >&2; exit 1`);
  expect(showSavedPlan({ path: savedPlan() }, binary)).toMatchObject({
    problem: { remedy: expect.stringContaining(`run \`terraform -chdir='${folder}' init\``) },
  });
});

onUnix('a terraform that hangs is stopped', () => {
  const binary = script('slow', 'exec sleep 60');
  const started = performance.now();
  expect(showSavedPlan({ path: savedPlan(), timeout: 200 }, binary)).toMatchObject({
    problem: { code: 'terraform-failed', message: `\`${binary}\` did not finish in time` },
  });
  expect(performance.now() - started).toBeLessThan(20_000);
});

const hasTerraform = spawnSync('terraform', ['version']).status === 0;
const withTerraform = hasTerraform ? test : test.skip;

withTerraform('the real terraform shows a plan that needs no provider', () => {
  const path = join(folder, 'tfplan');
  copyFileSync(join(FIXTURES, 'create.tfplan'), path);
  const shown = showSavedPlan({ path }, 'terraform');
  const text = 'text' in shown ? shown.text : '{}';
  const { resource_changes: changes } = JSON.parse(text);
  expect(changes.map((change: { address: string }) => change.address)).toEqual([
    'terraform_data.probe["api"]',
    'terraform_data.probe["web"]',
    'terraform_data.summary',
  ]);
});

withTerraform('the real terraform without the provider of the plan fails with its reason', () => {
  const path = savedPlan();
  expect(showSavedPlan({ path, label: basename(path) }, 'terraform')).toMatchObject({
    problem: {
      code: 'terraform-failed',
      message: expect.stringMatching(/^`terraform show -json` failed with exit code 1: Error: \w/),
    },
  });
});

test('unpacks the entries of a saved plan below a folder', () => {
  const contents = unpackZip(SAVED, 'tfconfig/', 1_000_000);
  expect([...(contents?.keys() ?? [])]).toEqual(
    PLAN_ENTRIES.filter((name: string) => name.startsWith('tfconfig/')),
  );
  const modules: unknown = JSON.parse(Buffer.from(contents?.get('tfconfig/modules.json') ?? '').toString());
  expect(modules).toContainEqual({ Key: '', Dir: '.' });
});

test('unpacks nothing that grows beyond the limit, and nothing from a file that is cut off', () => {
  expect(unpackZip(SAVED, 'tfconfig/', 100)).toBeUndefined();
  expect(unpackZip(SAVED.subarray(0, SAVED.length - 30), 'tfconfig/', 1_000_000)).toBeUndefined();
});
