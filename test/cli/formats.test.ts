import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OPTIONS } from '../../src/cli/commands.ts';
import { PATHS_FORMATS, REPORT_FORMATS } from '../../src/cli/outputs.ts';
import { repositoryFolder } from '../../src/cli/repository-folder.ts';
import { folderOf, runCli } from '../support/cli.ts';

const BLOCKED = 'policies/nsg-blocks-data-port/examples/bad-default-deny/plan.json';

/** How a report in each format begins. */
const BEGINNINGS: Readonly<Record<(typeof REPORT_FORMATS)[number], RegExp>> = {
  text: /^error\[nsg-blocks-data-port\]: /,
  json: /^\{\n {2}"version": 1,/,
  sarif: /^\{\n {2}"\$schema": ".*sarif-2\.1\.0/,
  github: /^::error file=.*title=Portcullis error\[nsg-blocks-data-port\]::/,
  gitlab: /^\[\n {2}\{\n {4}"description": /,
  azure: /^##vso\[task\.logissue type=error;/,
  junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /,
  rdjson: /^\{\n {2}"source": \{\n {4}"name": "portcullis"/,
  markdown: /^<!-- portcullis -->\n\n## Portcullis: 1 violation\n/,
  jsonl: /^\{"type":"report","version":1,/,
  atlantis: /^FAIL - /,
};

test.each(REPORT_FORMATS)('check and gate write %s, the same bytes each time', async (format) => {
  const gate = await runCli(['gate', BLOCKED, '--format', format]);
  expect(gate).toEqual({
    code: format === 'atlantis' ? 0 : 1,
    stdout: expect.stringMatching(BEGINNINGS[format]),
    stderr: '',
  });
  expect(await runCli(['check', BLOCKED, '--format', format])).toEqual(gate);
});

test('formats in files leave the exit code alone, also that of Atlantis', async () => {
  const folder = folderOf();
  const outputs = REPORT_FORMATS.flatMap((format) => ['--format', `${format}=${path.join(folder, format)}`]);
  expect(await runCli(['gate', BLOCKED, ...outputs])).toEqual({ code: 1, stdout: '', stderr: '' });
  for (const format of REPORT_FORMATS) {
    expect(readFileSync(path.join(folder, format), 'utf8')).toMatch(BEGINNINGS[format]);
  }
});

test('an input that cannot be read is an error for Atlantis too', async () => {
  const { code, stdout } = await runCli(['gate', '-', '--format=atlantis'], {
    stdin: '{"format_version":"1.2"',
  });
  expect([code, stdout.slice(0, 7)]).toEqual([3, 'FAIL - ']);
});

test('the table of paths can be Markdown', async () => {
  const { code, stdout } = await runCli(['paths', BLOCKED, '--format=markdown']);
  expect([code, stdout.split('\n')[2]]).toEqual([
    0,
    '| rule | client | traffic | data | probe | because | members |',
  ]);
});

test('the help names every format', async () => {
  expect(OPTIONS.some(({ name }) => name === 'format')).toBe(true);
  for (const [command, formats] of [
    ['check', REPORT_FORMATS],
    ['gate', REPORT_FORMATS],
    ['paths', PATHS_FORMATS],
  ] as const) {
    const { stdout } = await runCli(['help', command]);
    expect(stdout).toContain(`Formats: ${formats.join(', ')}.`);
  }
});

test('a policy that was not asked is no rule of SARIF', async () => {
  const { stdout } = await runCli(['gate', BLOCKED, '--format=sarif', '--only', 'nsg-blocks-data-port']);
  expect(JSON.parse(stdout).runs[0].tool.driver.rules).toMatchObject([{ id: 'nsg-blocks-data-port' }]);
});

test('the way from the root of a repository is found upwards', () => {
  const folder = folderOf({ '.git': '' });
  mkdirSync(path.join(folder, 'infra/dev'), { recursive: true });
  expect(repositoryFolder(path.join(folder, 'infra/dev'))).toBe('infra/dev');
  expect(repositoryFolder(folder)).toBe('');
});
