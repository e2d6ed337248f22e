import { chmodSync, cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf } from '../support/cli.ts';
import { type Ran, runProgram, useRelease } from '../support/release.ts';

const release = useRelease();
const PLAN = path.resolve('policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json');
const HCL = path.resolve('policies/http-probe-without-path/examples/bad-no-path');
const isRoot = process.getuid?.() === 0;

/** The files of a program as they are installed, without compiled code. */
function freshProgram(): string {
  const folder = folderOf({});
  cpSync(path.join(release.installed, 'node_modules/portcullis'), folder, {
    recursive: true,
    filter: (file) => !file.endsWith('.cache'),
  });
  return path.join(folder, 'dist');
}

function start(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return runProgram(process.execPath, [path.join(program, 'cli.cjs'), ...args], { env });
}

function cachesIn(program: string): readonly string[] {
  return readdirSync(program)
    .filter((name) => /\.cache\b/.test(name))
    .map((name) => path.join(program, name));
}

test('compiled code is kept once, kept anew when a run needs more of the program, and changes no answer', async () => {
  const program = freshProgram();
  await start(program, ['--version']);
  const [small = ''] = cachesIn(program);
  const sizes = [statSync(small).size];
  const first = await start(program, ['gate', PLAN]);
  for (const args of [['gate', PLAN], ['check', HCL], ['check', HCL], ['--version']]) {
    sizes.push(statSync(small).size);
    await start(program, args);
  }
  const [version = 0, gate = 0, again, check = 0, checked] = sizes;
  expect(gate).toBeGreaterThan(version);
  expect(again).toBe(gate);
  expect(check).toBeGreaterThan(gate);
  expect([checked, statSync(small).size]).toEqual([check, check]);
  expect(cachesIn(program)).toEqual([small]);
  expect([first.code, await start(program, ['gate', PLAN])]).toEqual([1, first]);
}, 60_000);

test.each<[string, (file: string) => void]>([
  ['is empty', (file) => writeFileSync(file, '')],
  ['is cut off', (file) => writeFileSync(file, readFileSync(file).subarray(0, 10_000))],
  ['comes from elsewhere', (file) => writeFileSync(file, Buffer.alloc(100_000, 'not what V8 wrote'))],
])('compiled code that %s is made anew', async (_, damage) => {
  const program = freshProgram();
  const before = await start(program, ['gate', PLAN]);
  const [cache = ''] = cachesIn(program);
  const { size } = statSync(cache);
  damage(cache);
  expect(await start(program, ['gate', PLAN])).toEqual(before);
  expect(statSync(cache).size).toBeGreaterThan(size * 0.8);
});

test('nothing is kept where that is not wanted', async () => {
  const program = freshProgram();
  const { code } = await start(program, ['gate', PLAN], { NODE_DISABLE_COMPILE_CACHE: '1' });
  expect([code, cachesIn(program)]).toEqual([1, []]);
});

// Everything is writable for root.
(isRoot ? test.skip : test)('nothing is kept in a folder that cannot be written', async () => {
  const program = freshProgram();
  chmodSync(program, 0o555);
  const { code, stderr } = await start(program, ['gate', PLAN]);
  chmodSync(program, 0o755);
  expect([code, stderr, cachesIn(program)]).toEqual([1, '', []]);
});

test('many at once keep one whole file', async () => {
  const program = freshProgram();
  const runs = await Promise.all(Array.from({ length: 4 }, () => start(program, ['gate', PLAN])));
  expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(runs.map(() => [1, '']));
  expect(cachesIn(program)).toHaveLength(1);
  expect((await start(program, ['gate', PLAN])).stdout).toBe(runs[0]?.stdout);
});

test('both names of the program start it', async () => {
  const program = freshProgram();
  const [module, common] = await Promise.all(
    ['cli.js', 'cli.cjs'].map((name) =>
      runProgram(process.execPath, [path.join(program, name), 'gate', PLAN]),
    ),
  );
  expect(module).toEqual(common);
});
