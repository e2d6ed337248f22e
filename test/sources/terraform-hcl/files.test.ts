import { joinPath, relativePath } from '../../../src/sources/terraform-hcl/files.ts';
import { readTerraformRoot } from '../../../src/sources/terraform-hcl/read-root.ts';
import { memoryFiles } from './evaluate-text.ts';
import { instanceIn, read, readFiles } from './read-text.ts';

test.each([
  ['', 'a/b', 'a/b'],
  ['a', './b/../c', 'a/c'],
  ['a/b', '../../c', 'c'],
  ['a', '..', ''],
  ['a', 'b//c/', 'a/b/c'],
  ['a', '..\\b', 'b'],
  ['a', '../..', undefined],
  ['', '../a', undefined],
  ['a', '/etc/passwd', undefined],
  ['a', '~/x', undefined],
  ['a', 'C:/x', undefined],
  ['a', 'b\0', undefined],
])('from %j, %j is %j', (base, path, expected) => {
  expect(joinPath(base, path)).toBe(expected);
});

test.each([
  ['', '', '.'],
  ['', 'modules/app', 'modules/app'],
  ['env/prod', 'env/prod', '.'],
  ['env/prod', 'modules/app', '../../modules/app'],
])('the way from %j to %j is %s', (from, to, expected) => {
  expect(relativePath(from, to)).toBe(expected);
});

/** Files that remember what was asked for. */
function watched(contents: Readonly<Record<string, string>>) {
  const files = memoryFiles(contents);
  const asked: string[] = [];
  return {
    asked,
    files: {
      read(path: string) {
        asked.push(path);
        return files.read(path);
      },
      list(path: string) {
        asked.push(path);
        return files.list(path);
      },
    },
  };
}

test('nothing outside is ever asked for', async () => {
  const { asked, files } = watched({
    'main.tf': `
module "up" { source = "../.." }
resource "test" "x" {
  a = file("/etc/passwd")
  b = file("../secret")
  c = filebase64("\${path.module}/../../secret")
  d = templatefile("../t", {})
  e = fileexists("/etc/passwd")
  f = fileset("..", "*")
  g = filesha256("~/.ssh/id_rsa")
  h = file("\${path.cwd}/../secret")
}
`,
  });
  const { root, problems } = await readTerraformRoot({ directory: '', files });
  expect(asked.filter((path) => /\.\.|^\/|~/.test(path))).toEqual([]);
  for (const name of 'abcdefgh') expect(instanceIn(root, 'test.x').attribute(name).kind).toBe('unknown');
  const codes = problems.map(({ code }) => code).sort();
  expect(codes).toEqual([...Array.from({ length: 6 }, () => 'file-outside-root'), 'module-outside-root']);
});

test('a file in the home folder is unknown and nobody’s mistake', async () => {
  const { root, problems } = await readFiles('resource "test" "x" {\n  key = file("~/.ssh/id_rsa.pub")\n}\n');
  expect(problems).toEqual([]);
  expect(read(root, 'test.x', 'key')).toBe('?outside file ~/.ssh/id_rsa.pub');
});

test('a missing file is told once, where it is named, and `try` goes on', async () => {
  const { root, problems } = await readFiles(`
locals {
  text = file("generated/config.json")
}
resource "test" "x" {
  a = local.text
  b = local.text
  c = try(file("missing"), "other")
  d = can(file("missing"))
  e = fileexists("missing")
}
`);
  expect(problems).toMatchObject([{ code: 'file-not-found', origin: { line: 3 } }]);
  expect(read(root, 'test.x', 'a')).toBe('?outside file generated/config.json');
  expect(['c', 'd', 'e'].map((name) => read(root, 'test.x', name))).toEqual(['other', false, false]);
});

test('paths are those of the root module, also in other modules', async () => {
  const { root } = await readFiles(
    {
      'env/main.tf': 'module "m" { source = "../m" }\n',
      'env/a.txt': 'of the root',
      'm/main.tf': `
resource "test" "x" {
  root   = file("a.txt")
  module = file("\${path.module}/a.txt")
  cwd    = file("\${path.cwd}/a.txt")
  abs    = file(abspath("\${path.module}/a.txt"))
}
`,
      'm/a.txt': 'of the module',
    },
    {},
    'env',
  );
  const values = ['root', 'module', 'cwd', 'abs'].map((name) => read(root, 'module.m.test.x', name));
  expect(values).toEqual(['of the root', 'of the module', 'of the root', 'of the module']);
});

test('a symbolic link that the reader refuses makes the module unreadable, not shorter', async () => {
  const files = memoryFiles({ 'main.tf': 'resource "test" "x" {}\n', 'link.tf': '' });
  const { root, problems } = await readTerraformRoot({
    directory: '',
    files: {
      read: (path) => (path === 'link.tf' ? undefined : files.read(path)),
      list: () => [
        { name: 'main.tf', kind: 'file' },
        { name: 'link.tf', kind: 'other' },
      ],
    },
  });
  expect(root).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'file-not-readable', severity: 'fatal' }]);
});
