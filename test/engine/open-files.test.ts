import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createOpenFiles, repositoryRoot } from '../../src/engine/open-files.ts';
import { folderOf } from '../support/cli.ts';

test('nothing is read outside the root, whatever way leads there', () => {
  const folder = folderOf({ 'repo/in.txt': 'inside', 'out.txt': 'outside', 'repo/deep/a.txt': 'deep' });
  const root = path.join(folder, 'repo');
  symlinkSync(path.join(folder, 'out.txt'), path.join(root, 'link.txt'));
  symlinkSync(folder, path.join(root, 'up'));
  const files = createOpenFiles({ cwd: path.join(root, 'deep'), roots: [root] });
  expect(files.text('a.txt')).toBe('deep');
  expect(files.text('../in.txt')).toBe('inside');
  for (const refused of [
    '../../out.txt',
    '../link.txt',
    '../up/out.txt',
    '/etc/passwd',
    '..',
    '../missing.txt',
  ]) {
    expect([refused, files.text(refused)]).toEqual([refused, undefined]);
  }
  expect(files.list('../up')).toBeUndefined();
  expect(files.isOutside('../link.txt')).toBe(true);
  expect(files.isOutside('../in.txt')).toBe(false);
});

test('symbolic links are listed as neither file nor directory', () => {
  const folder = folderOf({ 'a.txt': '', 'b/c.txt': '' });
  symlinkSync(path.join(folder, 'a.txt'), path.join(folder, 'link'));
  expect(createOpenFiles({ cwd: folder, roots: [folder] }).list('.')).toEqual([
    { name: 'a.txt', kind: 'file' },
    { name: 'b', kind: 'directory' },
    { name: 'link', kind: 'other' },
  ]);
});

test('texts are read in UTF-8 and UTF-16, with or without a byte order mark', () => {
  const folder = folderOf({
    'plain.txt': 'é',
    'mark.txt': '\uFEFFé',
    'wide.txt': Buffer.from('\uFEFFé', 'utf16le'),
  });
  const files = createOpenFiles({ cwd: folder, roots: [folder] });
  expect(['plain.txt', 'mark.txt', 'wide.txt'].map((file) => files.text(file))).toEqual(['é', 'é', 'é']);
});

test('files below a folder are named from there and shown from the working directory', () => {
  const folder = folderOf({ 'repo/infra/main.tf': 'x', 'repo/modules/m.tf': 'y' });
  const root = path.join(folder, 'repo');
  const files = createOpenFiles({ cwd: path.join(root, 'infra'), roots: [root] });
  const below = files.below(files.rootOf('.') ?? '');
  expect(files.inside(root, '.')).toBe('infra');
  expect(below.read('modules/m.tf')).toEqual(new Uint8Array(Buffer.from('y')));
  expect(below.label('modules/m.tf')).toBe('../modules/m.tf');
  expect(below.label('infra/main.tf')).toBe('main.tf');
});

test('the root of a repository is the folder with .git above a file, else its own folder', () => {
  const folder = folderOf({ 'repo/a/b.txt': '', 'plain/c.txt': '' });
  mkdirSync(path.join(folder, 'repo/.git'));
  writeFileSync(path.join(folder, 'repo/.git/HEAD'), '');
  expect(repositoryRoot(path.join(folder, 'repo/a/b.txt'))).toBe(path.join(folder, 'repo'));
  expect(repositoryRoot(path.join(folder, 'repo/a'))).toBe(path.join(folder, 'repo'));
});
