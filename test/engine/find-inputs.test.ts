import { Buffer } from 'node:buffer';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findInputs, pathFrom } from '../../src/engine/find-inputs.ts';
import { folderOf } from '../support/cli.ts';

const PLAN = '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{}}';
const STATE = '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}';
const FILLER = `"variables":{"a":{"value":"${'x'.repeat(70_000)}"}}`;

/** The parts of a zip file that its directory needs: no entry data, one name. */
function zipWith(name: string): Uint8Array {
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(name.length, 28);
  entry.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(4, 16);
  return Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), entry, end]);
}

function foundIn(folder: string, start = '.'): readonly string[] | undefined {
  return findInputs(start, folder)?.inputs.map((input) => input.path);
}

test('finds plans below a directory, sorted, with paths from the working directory', () => {
  const folder = folderOf({
    'z.json': PLAN,
    'b/plan.json': PLAN,
    'b/a/x.json': PLAN,
    'b.json': PLAN,
    'note.txt': PLAN,
  });
  expect(foundIn(folder)).toEqual(['b.json', 'b/a/x.json', 'b/plan.json', 'z.json']);
  expect(foundIn(folder, 'b')).toEqual(['b/a/x.json', 'b/plan.json']);
  expect(foundIn(path.join(folder, 'b'), '..')).toEqual(['../b.json', '../z.json', 'a/x.json', 'plan.json']);
});

test.each(['.git', '.terraform', 'dist', 'node_modules'])('leaves out %s at every depth', (name) => {
  const folder = folderOf({
    [`${name}/plan.json`]: PLAN,
    [`a/${name}/plan.json`]: PLAN,
    'a/plan.json': PLAN,
  });
  expect(foundIn(folder)).toEqual(['a/plan.json']);
  expect(foundIn(folder, name)).toEqual([`${name}/plan.json`]);
});

test('does not follow symbolic links below a directory, but the one that is named', () => {
  const folder = folderOf({ 'real/plan.json': PLAN });
  symlinkSync('real', path.join(folder, 'linked'));
  symlinkSync('real/plan.json', path.join(folder, 'link.json'));
  symlinkSync('..', path.join(folder, 'real', 'loop'));
  expect(foundIn(folder)).toEqual(['real/plan.json']);
  expect(foundIn(folder, 'linked')).toEqual(['linked/plan.json']);
  expect(foundIn(folder, 'link.json')).toEqual(['link.json']);
});

test.each<[string, string | Uint8Array]>([
  ['UTF-8 with a byte order mark', `\ufeff${PLAN}`],
  ['UTF-16LE with a byte order mark', Buffer.from(`\ufeff${PLAN}`, 'utf16le')],
  ['UTF-16BE', Buffer.from(`\ufeff${PLAN}`, 'utf16le').swap16()],
  ['blanks before it', `\r\n\t ${PLAN}`],
  [
    'large variables before the rest',
    `{"format_version":"1.2","terraform_version":"1.11.4",${FILLER},"planned_values":{}}`,
  ],
  ['the same, cut off', `{"format_version":"1.2","terraform_version":"1.11.4",${FILLER.slice(0, 69_000)}`],
  [
    'sorted keys',
    `{"configuration":{"x":"${'é\\"}'.repeat(30_000)}"},"format_version":"1.2","terraform_version":"1.11.4"}`,
  ],
  ['keys that look nested inside strings', PLAN.replace('{}', '{"a":"\\\\","b":"{\\"values\\":"}')],
  ['strings that end in backslashes', PLAN.replace('"terraform', '"timestamp":"\\\\","terraform')],
  [
    'a byte that is not UTF-8',
    Buffer.concat([Buffer.from(PLAN.replace('{}', '{"a":"')), Buffer.from([0xe4, 0x22])]),
  ],
])('recognises a plan in %s', (_, content) => {
  expect(foundIn(folderOf({ 'any.json': content }))).toEqual(['any.json']);
});

test.each<[string, string | Uint8Array]>([
  ['a state', STATE],
  ['a large state', STATE.replace('{}', `{"x":"${'y'.repeat(70_000)}"}`)],
  ['a state file', '{"version":4,"terraform_version":"1.11.4","resources":[]}'],
  ['the output of terraform validate', '{"format_version":"1.0","valid":true}'],
  ['the output of terraform providers schema', '{"format_version":"1.0","provider_schemas":{}}'],
  ['a plan inside something else', `{"plan":${PLAN}}`],
  ['a list of plans', `[${PLAN}]`],
  ['a text about plans', JSON.stringify(PLAN)],
  ['an ARM template', '{"$schema":"https://schema.management.azure.com/","resources":[],"variables":{}}'],
  ['versions alone', '{"format_version":"1.2","terraform_version":"1.11.4"}'],
  ['a large file that begins like a plan', `{${FILLER},"resources":[]}`],
  ['an empty file', ''],
  ['words', 'format_version terraform_version planned_values'],
  ['bytes', new Uint8Array([0, 1, 2, 255, 254])],
  ['a zip file', zipWith('tfplan')],
])('does not take %s for a plan', (_, content) => {
  expect(foundIn(folderOf({ 'any.json': content }))).toEqual([]);
});

test.each(['tfplan', 'infra.tfplan', 'infra.plan'])('finds the saved plan %s by its content', (name) => {
  expect(foundIn(folderOf({ [name]: zipWith('tfplan') }))).toEqual([name]);
  expect(foundIn(folderOf({ [name]: zipWith('other') }))).toEqual([]);
  expect(foundIn(folderOf({ [name]: 'PK\u0003\u0004' }))).toEqual([]);
  expect(foundIn(folderOf({ [name]: 'text' }))).toEqual([]);
});

test('other zip files are not opened', () => {
  expect(foundIn(folderOf({ 'a.zip': zipWith('tfplan'), mytfplan: zipWith('tfplan') }))).toEqual([]);
});

test('a file that is named is an input, whatever it holds', () => {
  expect(foundIn(folderOf({ 'state.txt': STATE }), './state.txt')).toEqual(['state.txt']);
});

test('a path with nothing there is undefined', () => {
  const folder = folderOf({ 'a.json': PLAN });
  symlinkSync('gone', path.join(folder, 'dangling'));
  for (const start of ['b.json', 'a.json/b', 'dangling']) expect(findInputs(start, folder)).toBeUndefined();
});

test('a link to itself is left to the reader, who says why it cannot be read', () => {
  const folder = folderOf();
  symlinkSync('loop.json', path.join(folder, 'loop.json'));
  expect(foundIn(folder, 'loop.json')).toEqual(['loop.json']);
});

test('very deep directories are no problem', () => {
  const folder = folderOf();
  const deep = path.join(folder, ...Array.from({ length: 300 }, () => 'd'));
  mkdirSync(deep, { recursive: true });
  writeFileSync(path.join(deep, 'plan.json'), PLAN);
  expect(foundIn(folder)).toEqual([`${'d/'.repeat(300)}plan.json`]);
});

test('names are kept as they are', () => {
  const name = 'a "b"\n\u001b[31m ä.json';
  expect(foundIn(folderOf({ [name]: PLAN }))).toEqual([name]);
});

test('a path is shown from the working directory', () => {
  expect(pathFrom('/repo', '/repo/a/../b.json')).toBe('b.json');
  expect(pathFrom('/work', 'a/b.json')).toBe('a/b.json');
  expect(pathFrom('/work', '/other/b.json')).toBe('../other/b.json');
  expect(pathFrom('/work', '.')).toBe('.');
});
