import { type MachineFormat, renderReport } from '../../src/report/render.ts';
import { repositoryPath } from '../../src/report/repository-path.ts';
import { BICEP, OPTIONS, VIOLATION } from './format-sample.ts';
import { reportOf, rootOf } from './sample.ts';

// On Windows the way from one drive to a file on another is the whole path, which reports write with `/`.

test.each([
  ['main.bicep', 'infra/main.bicep'],
  ['../shared/main.bicep', 'shared/main.bicep'],
  ['D:/deploy/main.bicep', 'D:/deploy/main.bicep'],
  ['D:\\deploy\\main.bicep', 'D:\\deploy\\main.bicep'],
  ['/deploy/main.bicep', '/deploy/main.bicep'],
  ['<stdin>', undefined],
])('from the folder infra, %s is %s of the repository', (file, expected) => {
  expect(repositoryPath('infra', file)).toBe(expected);
});

test.each<[MachineFormat, string]>([
  ['github', '::error file=D%3A/deploy/main.bicep,line=41,'],
  ['azure', 'sourcepath=D:/deploy/main.bicep;linenumber=41;'],
  ['gitlab', '"path": "D:/deploy/main.bicep"'],
  ['rdjson', '"path": "D:/deploy/main.bicep"'],
  ['sarif', '"uri": "file:///D:/deploy/main.bicep"'],
])('%s names a file on another drive', async (format, expected) => {
  const location = { ...BICEP, path: 'D:/deploy/main.bicep' };
  const report = reportOf(rootOf({ findings: [{ ...VIOLATION, location }] }));
  expect(await renderReport(format, report, { ...OPTIONS, folder: 'infra' })).toContain(expected);
});
