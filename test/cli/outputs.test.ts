import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { folderOf, runCli } from '../support/cli.ts';

const PLAN = 'policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json';

test('a report in a file is the one of standard output, which stays empty', async () => {
  const folder = folderOf();
  const file = path.join(folder, 'out.json');
  const printed = await runCli(['gate', PLAN, '--format', 'json']);
  expect(await runCli(['gate', PLAN, '--format', `json=${file}`])).toEqual({
    code: 1,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(file, 'utf8')).toBe(printed.stdout);
  expect(readdirSync(folder)).toEqual(['out.json']);
});

test('formats can be given together, and only one goes to standard output', async () => {
  const folder = folderOf();
  const file = (name: string): string => path.join(folder, name);
  const printed = await runCli(['gate', PLAN]);
  const args = [
    '--format',
    `text=${file('a=b.txt')}`,
    '--format',
    'text',
    '--format',
    `json=${file('out.json')}`,
  ];
  expect(await runCli(['gate', PLAN, ...args], { terminal: true, env: { NO_COLOR: '1' } })).toEqual(printed);
  expect(readFileSync(file('a=b.txt'), 'utf8')).toBe(printed.stdout);
  expect(JSON.parse(readFileSync(file('out.json'), 'utf8'))).toMatchObject({ version: 1 });
});

test('a file is coloured only when colours are asked for, whatever standard output is', async () => {
  const file = path.join(folderOf(), 'out.txt');
  await runCli(['gate', PLAN, '--format', `text=${file}`], { terminal: true });
  expect(readFileSync(file, 'utf8')).not.toContain('\u001b');
  await runCli(['gate', PLAN, '--format', `text=${file}`, '--color', 'always']);
  expect(readFileSync(file, 'utf8')).toContain('\u001b[');
});

test('an earlier report is replaced whole, and keeps its mode', async () => {
  const folder = folderOf({ 'out.json': 'x'.repeat(1_000_000) });
  const file = path.join(folder, 'out.json');
  chmodSync(file, 0o640);
  await runCli(['gate', PLAN, '--format', `json=${file}`]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1 });
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test('a link to a report stays a link', async () => {
  const folder = folderOf({ 'real/out.json': 'old' });
  const link = path.join(folder, 'out.json');
  symlinkSync('real/out.json', link);
  await runCli(['gate', PLAN, '--format', `json=${link}`]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(path.join(folder, 'real/out.json'), 'utf8'))).toMatchObject({ version: 1 });
});

test('a pipe is written to and stays a pipe', async () => {
  const pipe = path.join(folderOf(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  const { stdout } = await runCli(['gate', PLAN, '--format', 'json']);
  expect(await runCli(['gate', PLAN, '--format', `json=${pipe}`])).toEqual({
    code: 1,
    stdout: '',
    stderr: '',
  });
  const buffer = new Uint8Array(65_536);
  expect(new TextDecoder().decode(buffer.subarray(0, readSync(reader, buffer)))).toBe(stdout);
  closeSync(reader);
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});

test.each<[string, (folder: string) => readonly string[], string]>([
  [
    'a directory that does not exist',
    (folder) => [`json=${folder}/no/out.json`],
    'the directory of the report `',
  ],
  [
    'a directory that is a file',
    (folder) => [`json=${folder}/file/out.json`],
    'the directory of the report `',
  ],
  ['a file that is a directory', (folder) => [`json=${folder}/sub`], 'the report `'],
  [
    'one file for two reports',
    (folder) => [`json=${folder}/a`, `text=${folder}/sub/../a`],
    'two formats go to the file `',
  ],
])('%s is a usage error, and nothing is checked or written', async (_, formats, message) => {
  const folder = folderOf({ file: '' });
  mkdirSync(path.join(folder, 'sub'));
  const args = formats(folder).flatMap((format) => ['--format', format]);
  const { code, stdout, stderr } = await runCli(['gate', 'no-such-plan.json', ...args]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.startsWith(`portcullis: ${message}`)).toBe(true);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(readdirSync(folder)).toEqual(['file', 'sub']);
});

test('a report that cannot be written fails the run and leaves nothing behind', async () => {
  const folder = folderOf();
  const name = 'n'.repeat(300);
  const { code, stdout, stderr } = await runCli([
    'gate',
    PLAN,
    '--format',
    `json=${path.join(folder, name)}`,
  ]);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/^portcullis: the report `.+` cannot be written \(ENAMETOOLONG\)\n$/);
  expect(readdirSync(folder)).toEqual([]);
});

test('a list of policies can go to a file', async () => {
  const file = path.join(folderOf(), 'policies.json');
  const { stdout } = await runCli(['policies', '--format', 'json']);
  expect(await runCli(['policies', '--format', `json=${file}`])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(file, 'utf8')).toBe(stdout);
});
