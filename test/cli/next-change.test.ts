import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { nextChange } from '../../src/cli/next-change.ts';
import { folderOf } from '../support/cli.ts';

/** Whether a change is told within two seconds after something was done to the folders. */
async function isTold(
  folders: readonly string[],
  ignored: readonly string[],
  act: () => void,
): Promise<boolean> {
  const change = nextChange(new Set(ignored));
  try {
    change.watch(new Set(folders));
    act();
    const waited = setTimeout(2000, false, { ref: false });
    return await Promise.race([change.happened.then(() => true), waited]);
  } finally {
    change.end();
  }
}

test('a file that is written, and one that is changed, is a change', async () => {
  const folder = folderOf({ 'a.tf': 'x' });
  expect(await isTold([folder], [], () => writeFileSync(path.join(folder, 'b.tf'), 'x'))).toBe(true);
  expect(await isTold([folder], [], () => writeFileSync(path.join(folder, 'a.tf'), 'xy'))).toBe(true);
});

test('an own report is none, nor is its draft', async () => {
  const folder = folderOf();
  const report = path.join(folder, 'report.json');
  const act = (): void => {
    mkdirSync(path.join(folder, '.portcullis-abc'));
    writeFileSync(report, 'x');
  };
  expect(await isTold([folder], [report], act)).toBe(false);
});

test('where nothing can be watched, it is looked for changes now and then', async () => {
  const folder = folderOf();
  const later = path.join(folder, 'later');
  const act = (): void => {
    mkdirSync(later);
    writeFileSync(path.join(later, 'a.tf'), 'x');
  };
  expect(await isTold([later], [], act)).toBe(true);
  expect(await isTold([path.join(folder, 'never')], [], () => {})).toBe(false);
});
