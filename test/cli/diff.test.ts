import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonDiff } from '../../src/report/json-diff.ts';
import { type CliRun, folderOf, runCli } from '../support/cli.ts';
import { commit, git, repositoryOf, write } from '../support/git.ts';
import { webTier } from '../support/web-tier.ts';

const OPEN = { 'main.bicep': webTier() };
const CLOSED = { 'main.bicep': webTier({ port: 80 }) };

async function diff(cwd: string, ...args: readonly string[]): Promise<CliRun & { readonly json: JsonDiff }> {
  const run = await runCli(['diff', ...args, '--format=json'], { cwd });
  return { ...run, json: (run.stdout === '' ? undefined : JSON.parse(run.stdout)) as JsonDiff };
}

/** `changed main.bicep lb-web/http open -> blocked` */
function changesOf({ paths }: JsonDiff): readonly string[] {
  return paths.map(({ change, root, before, after }) =>
    [change, root, (after ?? before)?.rule, `${before?.data ?? '-'} -> ${after?.data ?? '-'}`].join(' '),
  );
}

const policiesOf = (findings: JsonDiff['findings']['new']): readonly string[] =>
  findings.map(({ policy }) => policy);

test('a path that closes is a change and a new finding, from a commit to the working tree', async () => {
  const folder = repositoryOf(OPEN);
  write(folder, CLOSED);
  const { code, stderr, json } = await diff(folder, 'main');
  expect([code, stderr]).toEqual([1, '']);
  expect([json.base, json.head]).toEqual([
    { name: 'main', commit: git(folder, 'rev-parse', 'HEAD') },
    { name: 'working tree' },
  ]);
  expect(changesOf(json)).toEqual(['changed main.bicep lb-web/http open -> blocked']);
  expect(json.paths[0]?.after?.diagnosis).toBe('allows-frontend-port');
  expect(policiesOf(json.findings.new)).toContain('nsg-blocks-data-port');
  expect(json.findings.new[0]?.location).toMatchObject({ path: 'main.bicep' });
  expect(json.counts.paths).toEqual({ changed: 1, added: 0, removed: 0, same: 0 });
});

test('the way back solves the finding and ends with 0', async () => {
  const folder = repositoryOf(CLOSED, OPEN);
  const { code, json } = await diff(folder, 'HEAD~1', 'HEAD');
  expect(code).toBe(0);
  expect(changesOf(json)).toEqual(['changed main.bicep lb-web/http blocked -> open']);
  expect(json.findings.new).toEqual([]);
  expect(policiesOf(json.findings.solved)).toContain('nsg-blocks-data-port');
});

test('nothing differs when lines move', async () => {
  const folder = repositoryOf(CLOSED);
  write(folder, { 'main.bicep': webTier({ port: 80, before: '// one\n\n// two\n' }) });
  const { code, json } = await diff(folder, 'HEAD');
  expect([code, json.paths, json.findings]).toEqual([0, [], { new: [], solved: [] }]);
  expect(json.counts.findings.same).toBeGreaterThan(0);
});

test('rules that come and go are added and removed', async () => {
  const folder = repositoryOf({ 'main.bicep': webTier({ second: 'old' }) });
  write(folder, { 'main.bicep': webTier({ second: 'new' }) });
  const { json } = await diff(folder, 'HEAD');
  expect(changesOf(json)).toEqual([
    'added main.bicep lb-web/new - -> blocked',
    'removed main.bicep lb-web/old blocked -> -',
  ]);
  expect(json.counts.paths).toEqual({ changed: 0, added: 1, removed: 1, same: 1 });
});

test('a path whose symbol has another name is the same path, unless one of that symbol is there', async () => {
  const renamed = (tier: string): string => tier.replace('resource lb ', 'resource balancer ');
  const folder = repositoryOf({ 'main.bicep': webTier() });
  write(folder, { 'main.bicep': renamed(webTier({ port: 80 })) });
  const { json } = await diff(folder, 'HEAD');
  expect(changesOf(json)).toEqual(['changed main.bicep lb-web/http open -> blocked']);
  expect([json.paths[0]?.before?.address, json.paths[0]?.after?.address]).toEqual(['lb', 'balancer']);
  // Two deployments of one tier: the one that stays keeps its partner.
  const use = (name: string, port: number): string =>
    `module ${name} 'tier.bicep' = {\n  name: '${name}'\n  scope: resourceGroup('${name}')\n  params: { port: '${port}' }\n}\n`;
  const tier = webTier({ port: 'port', before: 'param port string\n' });
  const twice = repositoryOf({ 'tier.bicep': tier, 'main.bicep': use('a', 80) + use('b', 8080) });
  write(twice, { 'main.bicep': use('b', 8080) });
  expect(changesOf((await diff(twice, 'HEAD')).json)).toEqual([
    'removed main.bicep lb-web/http blocked -> -',
  ]);
});

test('two folders are compared by what lies in them, wherever they are', async () => {
  const one = folderOf({ 'infra/main.bicep': webTier() });
  const two = folderOf({ 'infra/main.bicep': webTier({ port: 80 }) });
  const { code, json } = await diff(folderOf(), one, two);
  expect(code).toBe(1);
  expect(changesOf(json)).toEqual(['changed infra/main.bicep lb-web/http open -> blocked']);
});

test('two files are compared whatever their names are', async () => {
  const folder = folderOf({ 'old.bicep': webTier(), 'new/new.bicep': webTier({ port: 80 }) });
  expect(changesOf((await diff(folder, 'old.bicep', 'new/new.bicep')).json)).toEqual([
    'changed . lb-web/http open -> blocked',
  ]);
});

test('a folder of the repository is compared with itself in the past', async () => {
  const folder = repositoryOf({ 'a b/é/main.bicep': webTier(), 'other/main.bicep': webTier() });
  write(folder, { 'a b/é/main.bicep': webTier({ port: 80 }), 'other/main.bicep': webTier({ port: 80 }) });
  expect(changesOf((await diff(folder, 'main', 'a b')).json)).toEqual([
    'changed é/main.bicep lb-web/http open -> blocked',
  ]);
  const inside = await diff(path.join(folder, 'a b'), 'main');
  expect(changesOf(inside.json)).toEqual(['changed é/main.bicep lb-web/http open -> blocked']);
});

test('a folder that is new is compared with nothing', async () => {
  const folder = repositoryOf({ 'README.md': 'x' });
  write(folder, { 'new/main.bicep': webTier({ port: 80 }) });
  const { code, json } = await diff(folder, 'HEAD', 'new');
  expect([code, changesOf(json)]).toEqual([1, ['added main.bicep lb-web/http - -> blocked']]);
});

test('two and three dots mean what they mean to git', async () => {
  const folder = repositoryOf(OPEN);
  git(folder, 'branch', 'topic');
  commit(folder, CLOSED);
  git(folder, 'checkout', '--quiet', 'topic');
  commit(folder, { 'note.md': 'x' });
  // Two dots see that main closed the path; three dots see that the topic did not.
  expect(changesOf((await diff(folder, 'topic..main')).json)).toHaveLength(1);
  const three = await diff(folder, 'main...topic');
  expect(changesOf(three.json)).toEqual([]);
  expect(three.json.base).toEqual({ name: 'main...topic', commit: git(folder, 'rev-parse', 'topic~1') });
  expect(changesOf((await diff(folder, 'main...')).json)).toEqual([]);
});

test('what is accepted now is not told as solved, and what is accepted no more is new', async () => {
  const accepted = webTier({ port: 80 }).replace(
    "name: 'AllowWeb'",
    "// portcullis:allow nsg-blocks-data-port closed for now\n        name: 'AllowWeb'",
  );
  const folder = repositoryOf(CLOSED, { 'main.bicep': accepted });
  const only = '--only=nsg-blocks-data-port';
  const then = (await diff(folder, 'HEAD~1', 'HEAD', only)).json;
  expect([then.findings, then.counts.findings.same]).toEqual([{ new: [], solved: [] }, 0]);
  const back = (await diff(folder, 'HEAD', 'HEAD~1', only)).json;
  expect(policiesOf(back.findings.new)).toEqual(['nsg-blocks-data-port']);
});

test('a state in the past that cannot be read does not hide what is found now', async () => {
  const folder = repositoryOf({ 'main.bicep': 'resource {' });
  write(folder, CLOSED);
  const { code, json } = await diff(folder, 'HEAD');
  expect(code).toBe(1);
  expect(policiesOf(json.findings.new)).toContain('nsg-blocks-data-port');
});

test('a present that cannot be read ends with 3', async () => {
  const folder = folderOf({ 'one/plan.json': '{}', 'two/main.bicep': webTier() });
  const { code, stderr } = await diff(folder, 'one/plan.json', 'two');
  expect(code).toBe(3);
  expect(stderr).toContain('plan.json');
});

test('under --strict a path that is open in doubt is refused', async () => {
  const folder = repositoryOf(OPEN);
  write(folder, { 'main.bicep': webTier({ port: 'port', before: 'param port string\n' }) });
  const { code, json } = await diff(folder, 'HEAD');
  expect([code, changesOf(json)]).toEqual([0, ['changed main.bicep lb-web/http open -> unknown']]);
  expect((await diff(folder, 'HEAD', '--strict')).code).toBe(4);
});

test('the report for people and the one for pull requests say the same', async () => {
  const folder = repositoryOf({ 'main.bicep': webTier({ second: 'old' }) });
  write(folder, { 'main.bicep': webTier({ port: 80 }) });
  const text = (await runCli(['diff', 'main'], { cwd: folder })).stdout;
  expect(text).toMatch(/^main \([0-9a-f]{12}\) -> working tree\n/);
  expect(text).toMatch(/^~ +lb-web\/http +internet +open -> blocked +open +allows-frontend-port$/m);
  expect(text).toMatch(/^- +lb-web\/old +internet +blocked/m);
  expect(text).toMatch(/^error\[nsg-blocks-data-port\]: .*\n {2}--> main\.bicep:\d+:\d+\n/m);
  expect(text).toMatch(/^solved\[nsg-blocks-data-port\]: .*lb-web\/old/m);
  expect(text).toMatch(
    /^paths: 1 changed, 1 removed, 0 the same; findings: \d+ new, \d+ solved, \d+ the same$/m,
  );
  const markdown = (await runCli(['diff', 'main', '--format=markdown'], { cwd: folder })).stdout;
  expect(markdown).toMatch(/^<!-- portcullis-diff -->\n/);
  expect(markdown).toContain('| `~` | lb-web/http | internet | open -> blocked |');
  expect(markdown).toContain('### `error[nsg-blocks-data-port]`');
  expect(markdown).toContain('### Solved');
});

test('names from the code forge no commands, terminal escapes or markup', async () => {
  const name = '::error::a\\u{1b}[2J##vso[task.complete]<img src=x>|';
  const folder = repositoryOf(OPEN);
  write(folder, { 'main.bicep': webTier({ second: name }) });
  for (const format of ['text', 'markdown', 'json']) {
    const { stdout } = await runCli(['diff', 'main', `--format=${format}`], { cwd: folder });
    expect(stdout).toContain('error::a');
    expect(stdout).not.toMatch(/^\s*::|##vso\[|[^\P{Cc}\n]/mu);
  }
});

test.each<[string, readonly string[], string]>([
  ['no base', [], '`diff` needs a base: a revision, a folder or a plan'],
  ['three states', ['a', 'b', 'c'], '`diff` takes a base and a head, not 3'],
  ['an empty word', [''], 'a path is empty'],
  ['a revision that is not there', ['nope'], '`nope` is no revision that this clone holds'],
  ['a folder of a revision', ['main:infra'], '`main:infra` is no revision'],
  ['a word like an option', ['--', '--output=x'], '`--output=x` is no revision'],
  ['a word that is both', ['both'], '`both` is a path and a revision; write `./both` or'],
  ['a range with one end that is not there', ['nope..main'], '`nope` is no revision'],
  ['a format that it does not have', ['main', '--format=sarif'], 'this command has no format `sarif`'],
  ['an option of check', ['main', '--baseline=x'], '`--baseline` is not an option of `diff`'],
])('%s is a usage error', async (_, args, message) => {
  const folder = repositoryOf({ 'both/main.bicep': webTier() });
  git(folder, 'branch', 'both');
  const { code, stdout, stderr } = await runCli(['diff', ...args], { cwd: folder });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`portcullis: ${message}`);
});

test('a revision outside of a repository is a usage error', async () => {
  const { code, stderr } = await runCli(['diff', 'main'], { cwd: folderOf() });
  expect(code).toBe(2);
  expect(stderr).toContain('`main` does not exist, and there is no git repository here');
});

test('states without anything to read are told', async () => {
  const { code, stdout, stderr } = await runCli(['diff', 'HEAD'], { cwd: repositoryOf({ 'a.md': 'x' }) });
  expect([code, stderr]).toEqual([
    0,
    'portcullis: there is nothing to compare: neither state holds anything that Portcullis reads\n',
  ]);
  expect(stdout).toContain('paths: 0 the same; findings: 0 the same');
});

test('a configuration lies above both states', async () => {
  const folder = repositoryOf({
    'infra/main.bicep': webTier({ port: 80 }),
    'old/main.bicep': webTier({ port: 80 }),
    'portcullis.yaml': 'exclude: [old]\npolicies: { nsg-blocks-data-port: off, nsg-blocks-probe: off }\n',
  });
  write(folder, { 'infra/main.bicep': webTier() });
  const { json } = await diff(path.join(folder, 'infra'), 'HEAD');
  expect(changesOf(json)).toEqual(['changed main.bicep lb-web/http blocked -> open']);
  expect(policiesOf(json.findings.solved)).not.toContain('nsg-blocks-data-port');
  const all = await diff(folder, 'HEAD');
  expect(all.json.counts.paths.same).toBe(0);
});

test('a link leads to what the revision holds and nowhere else', async () => {
  const secret = folderOf({ 'rule.bicep': "output port string = '8080'\n" });
  const folder = repositoryOf({ 'modules/rule.bicep': "output port string = '8080'\n" });
  const main = webTier({
    port: 'rule.outputs.port',
    before: "module rule 'link.bicep' = { name: 'rule' }\n",
  });
  const outside = webTier({
    port: 'rule.outputs.port',
    before: "module rule 'outside.bicep' = { name: 'rule' }\n",
  });
  symlinkSync('modules/rule.bicep', path.join(folder, 'link.bicep'));
  symlinkSync(path.join(secret, 'rule.bicep'), path.join(folder, 'outside.bicep'));
  commit(folder, { 'main.bicep': main });
  commit(folder, { 'main.bicep': outside });
  const { json } = await diff(folder, 'HEAD~1', 'HEAD');
  expect(changesOf(json)).toEqual(['changed main.bicep lb-web/http open -> unknown']);
});

test('a base that is the working tree of another clone is compared with this one', async () => {
  const folder = repositoryOf(OPEN);
  const clone = folderOf();
  git(clone, 'clone', '--quiet', folder, 'there');
  writeFileSync(path.join(folder, 'main.bicep'), webTier({ port: 80 }));
  const { json } = await diff(folder, path.join(clone, 'there'), '.');
  expect(changesOf(json)).toEqual(['changed main.bicep lb-web/http open -> blocked']);
});
