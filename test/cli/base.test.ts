import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CliRun, folderOf, runCli } from '../support/cli.ts';
import { commit, git, repositoryOf, write } from '../support/git.ts';
import { webTier } from '../support/web-tier.ts';

interface Report {
  readonly findings: readonly {
    readonly policy: string;
    readonly subject: { readonly name: string };
    readonly fingerprint: string;
  }[];
  readonly suppressed: readonly { readonly reason: string; readonly by: string }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

const ONLY = '--only=nsg-blocks-data-port';

async function checked(
  cwd: string,
  ...args: readonly string[]
): Promise<CliRun & { readonly report: Report }> {
  const run = await runCli(['check', '--format=json', ONLY, ...args], { cwd });
  return { ...run, report: (run.stdout === '' ? undefined : JSON.parse(run.stdout)) as Report };
}

const subjectsOf = ({ findings }: Report): readonly string[] => findings.map(({ subject }) => subject.name);
const codesOf = ({ problems }: Report): readonly string[] => problems.map(({ code }) => code);

const CLOSED = { 'main.bicep': webTier({ port: 80 }) };

test('what the common commit has is known, and only what is new is reported', async () => {
  const folder = repositoryOf({ 'infra/main.bicep': webTier({ port: 80 }) });
  write(folder, { 'infra/main.bicep': webTier({ port: 80, second: 'more', before: '// moved\n\n' }) });
  const { code, stderr, report } = await checked(folder, '--base=main');
  expect([code, stderr]).toEqual([1, '']);
  expect(subjectsOf(report)).toEqual(['lb-web/more']);
  expect(report.suppressed).toMatchObject([
    {
      by: 'baseline',
      reason: `was there before, at ${git(folder, 'rev-parse', '--short=12', 'HEAD')} (main)`,
    },
  ]);
  write(folder, { 'infra/main.bicep': webTier({ port: 80 }) });
  expect((await checked(folder, '--base=main')).code).toBe(0);
});

test('what came to the other branch later was not there before', async () => {
  const folder = repositoryOf({ 'main.bicep': webTier() });
  git(folder, 'branch', 'topic');
  commit(folder, CLOSED);
  git(folder, 'checkout', '--quiet', 'topic');
  write(folder, CLOSED);
  expect(subjectsOf((await checked(folder, '--base=main')).report)).toEqual(['lb-web/http']);
});

test('a second copy of a module is new although the first is known', async () => {
  const twice = "module a 'tier.bicep' = { name: 'a' }\nmodule b 'tier.bicep' = { name: 'b' }\n";
  const once = "module a 'tier.bicep' = { name: 'a' }\n";
  const folder = repositoryOf({ 'tier.bicep': webTier({ port: 80 }), 'main.bicep': once });
  expect((await checked(folder, '--base=HEAD')).report.findings).toHaveLength(0);
  write(folder, { 'main.bicep': twice });
  expect((await checked(folder, '--base=HEAD')).report.findings.length).toBeGreaterThan(0);
});

test('the current directory and the way a path is written do not matter', async () => {
  const folder = repositoryOf({ 'infra/é e/main.bicep': webTier({ port: 80 }) });
  const inside = path.join(folder, 'infra/é e');
  for (const [cwd, operand] of [
    [folder, '.'],
    [folder, 'infra'],
    [folder, path.join(inside, 'main.bicep')],
    [inside, '.'],
    [inside, '../..'],
    [tmpdir(), folder],
  ] as const) {
    expect((await checked(cwd, '--base=HEAD', operand)).report.findings).toEqual([]);
  }
});

test('a fingerprint is the same in another clone and from another directory', async () => {
  const folder = repositoryOf({
    'infra/main.bicep': webTier({ port: 80 }),
    'infra/a.bicepparam': "using 'main.bicep'\n",
  });
  const clone = path.join(folderOf(), 'elsewhere');
  git(folder, 'clone', '--quiet', '.', clone);
  write(clone, { 'infra/main.bicep': webTier({ port: 80, before: '// moved\n' }) });
  // A second parameters file does not make another finding of the first.
  write(clone, { 'infra/b.bicepparam': "using 'main.bicep'\n" });
  const prints = await Promise.all(
    [folder, path.join(folder, 'infra'), clone, path.join(clone, 'infra')].map(async (cwd) => {
      const { report } = await checked(cwd);
      return report.findings.map(({ fingerprint }) => fingerprint);
    }),
  );
  expect(prints[0]).toHaveLength(1);
  expect(new Set(prints.map(String)).size).toBe(1);
});

test('a suppression that goes makes its finding new', async () => {
  const allowed = webTier({ port: 80 }).replace(
    "name: 'AllowWeb'",
    (name) => `${name} // portcullis:allow nsg-blocks-data-port x`,
  );
  const folder = repositoryOf({ 'main.bicep': allowed });
  write(folder, CLOSED);
  expect(subjectsOf((await checked(folder, '--base=HEAD')).report)).toEqual(['lb-web/http']);
});

test('a base that cannot be read is told, and its findings count as new', async () => {
  const folder = repositoryOf({
    'main.json':
      '{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [',
  });
  write(folder, { 'main.json': undefined, ...CLOSED });
  const { code, report } = await checked(folder, '--base=HEAD');
  expect([code, subjectsOf(report)]).toEqual([1, ['lb-web/http']]);
  expect(codesOf(report)).toEqual(['revision-not-checked']);
});

test.each<[string, readonly string[], string]>([
  ['an unknown revision', ['--base=nope'], '`nope` is no revision that this clone holds'],
  ['an option as a revision', ['--base=--all'], '`--all` is no revision'],
  ['no value', ['--base'], '`--base` needs a value: --base REVISION'],
])('%s is a usage error', async (_, args, message) => {
  const { code, stdout, stderr } = await runCli(['check', ...args], { cwd: repositoryOf(CLOSED) });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`portcullis: ${message}`);
});

test('paths outside of a repository, or of two, have no base', async () => {
  const [one, two] = [repositoryOf(CLOSED), repositoryOf(CLOSED)];
  const outside = await runCli(['check', '--base=main'], { cwd: folderOf(CLOSED) });
  expect([outside.code, outside.stderr]).toEqual([
    2,
    'portcullis: `--base` needs a git repository, and `.` is in none\n',
  ]);
  const both = await runCli(['check', '--base=main', one, two], { cwd: one });
  expect(both.code).toBe(2);
  expect(both.stderr).toContain('`--base` looks at one repository');
});

test('a repository without a commit has no base', async () => {
  const { code, stderr } = await runCli(['check', '--base=HEAD'], { cwd: repositoryOf() });
  expect(code).toBe(2);
  expect(stderr).toContain('`HEAD` is no revision');
});

test('a shallow clone without the common commit is compared with the revision itself, and says so', async () => {
  const folder = repositoryOf(CLOSED);
  git(folder, 'checkout', '--quiet', '-b', 'topic');
  commit(folder, { 'main.bicep': webTier({ port: 80, second: 'more' }) });
  git(folder, 'checkout', '--quiet', 'main');
  commit(folder, { 'note.md': 'x' });
  const clone = path.join(folderOf(), 'clone');
  git(
    folder,
    'clone',
    '--quiet',
    '--depth=1',
    '--no-single-branch',
    '--branch=topic',
    `file://${folder}`,
    clone,
  );
  const { code, stderr, report } = await checked(clone, '--base=origin/main');
  expect([code, subjectsOf(report)]).toEqual([1, ['lb-web/more']]);
  expect(stderr).toBe(
    'portcullis: this clone holds no common commit of HEAD and `origin/main`: compared with it directly\n',
  );
});

test('a partial clone that lacks files is refused, and nothing is fetched', async () => {
  const folder = repositoryOf({ 'main.bicep': webTier({ port: 80 }) });
  commit(folder, { 'main.bicep': webTier() });
  git(folder, 'config', 'uploadpack.allowFilter', 'true');
  const clone = path.join(folderOf(), 'clone');
  git(folder, 'clone', '--quiet', '--filter=blob:none', `file://${folder}`, clone);
  const { code, stdout, stderr } = await checked(clone, '--base=HEAD~1');
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(
    /^problem\[revision-not-readable\]: this clone does not hold the whole commit [0-9a-f]{12} \(.+\)\n/,
  );
  expect(stderr).toContain('= help: fetch it with its files');
});

test('a linked worktree, also of a bare repository, has the base of its repository', async () => {
  const folder = repositoryOf(CLOSED);
  const place = folderOf();
  git(folder, 'worktree', 'add', '--quiet', '-b', 'topic', path.join(place, 'linked'));
  git(folder, 'clone', '--quiet', '--bare', '.', path.join(place, 'bare'));
  git(path.join(place, 'bare'), 'worktree', 'add', '--quiet', '-b', 'other', path.join(place, 'of-bare'));
  for (const name of ['linked', 'of-bare']) {
    const cwd = path.join(place, name);
    expect((await checked(cwd, '--base=main')).report.findings).toEqual([]);
    write(cwd, { 'main.bicep': webTier({ port: 80, second: 'more' }) });
    expect(subjectsOf((await checked(cwd, '--base=main')).report)).toEqual(['lb-web/more']);
  }
});

test('nothing of the repository runs: no hook, no filter, no file system monitor', async () => {
  const mark = path.join(folderOf(), 'ran');
  const folder = repositoryOf({ '.gitattributes': '* filter=trap diff=trap export-subst\n', ...CLOSED });
  const trap = `touch '${mark}'; cat`;
  for (const key of ['filter.trap.smudge', 'filter.trap.clean', 'diff.trap.textconv', 'core.fsmonitor']) {
    git(folder, 'config', key, trap);
  }
  for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction', 'fsmonitor-watchman']) {
    writeFileSync(path.join(folder, '.git/hooks', hook), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
  }
  const before = git(folder, '-c', 'core.fsmonitor=false', 'for-each-ref');
  expect((await checked(folder, '--base=HEAD')).report.findings).toEqual([]);
  expect((await runCli(['diff', 'HEAD', 'HEAD'], { cwd: folder })).code).toBe(0);
  expect(existsSync(mark)).toBe(false);
  expect(git(folder, '-c', 'core.fsmonitor=false', 'for-each-ref')).toBe(before);
  expect(readdirSync(path.join(folder, '.git'))).not.toContain('worktrees');
  git(folder, 'status');
  expect(existsSync(mark)).toBe(true);
});

test('a bare repository inside of the tree is not taken for the repository', async () => {
  const folder = repositoryOf({ 'main.bicep': webTier() });
  const trap = path.join(folder, 'trap');
  git(folder, 'init', '--quiet', '--bare', trap);
  write(trap, CLOSED);
  expect(subjectsOf((await checked(trap, '--base=HEAD')).report)).toEqual(['lb-web/http']);
});

test('what a git that runs a hook says about its repository is not taken for this one', async () => {
  const folder = repositoryOf(CLOSED);
  const other = repositoryOf({ 'main.bicep': webTier() });
  const saved = process.env.GIT_DIR;
  process.env.GIT_DIR = path.join(other, '.git');
  try {
    expect((await checked(folder, '--base=HEAD')).report.findings).toEqual([]);
  } finally {
    if (saved === undefined) delete process.env.GIT_DIR;
    else process.env.GIT_DIR = saved;
  }
});

test('a submodule is no part of a revision, which is told', async () => {
  const folder = repositoryOf(CLOSED);
  const module = repositoryOf({ 'tier.bicep': webTier() });
  git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', module, 'sub');
  commit(folder, {});
  const { report } = await checked(folder, '--base=HEAD');
  expect(codesOf(report)).toContain('submodule-not-read');
});

test('modules that were downloaded and variables that are ignored count for the base as well', async () => {
  const port = 'variable "port" {}\noutput "port" { value = var.port }\n';
  const main = readTerraform('module.rule.port');
  const folder = repositoryOf({ '.gitignore': '.terraform\n*.tfvars\n', 'infra/main.tf': main });
  mkdirSync(path.join(folder, 'infra/.terraform/modules/rule'), { recursive: true });
  write(folder, {
    'infra/terraform.tfvars': 'port = "80"\n',
    'infra/.terraform/modules/rule/main.tf': port,
    'infra/.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        {
          Key: 'rule',
          Source: 'registry.terraform.io/a/rule/azurerm',
          Version: '1.0.0',
          Dir: '.terraform/modules/rule',
        },
      ],
    }),
  });
  const alone = await checked(folder);
  expect(subjectsOf(alone.report)).toEqual(['lb-web/http']);
  expect((await checked(folder, '--base=HEAD')).report.findings).toEqual([]);
});

test('a temporary folder is left behind neither by a run nor by a usage error', async () => {
  const folder = repositoryOf(CLOSED);
  symlinkSync('/', path.join(folder, 'root'));
  commit(folder, {});
  const mine = (): readonly string[] =>
    readdirSync(tmpdir()).filter((name) => /^portcullis-[A-Za-z0-9]{6}$/.test(name));
  const before = mine();
  await checked(folder, '--base=HEAD');
  await runCli(['diff', 'HEAD', 'HEAD', '--format=json=no/such/folder'], { cwd: folder });
  expect(mine().filter((name) => !before.includes(name))).toEqual([]);
});

function readTerraform(port: string): string {
  return `
variable "port" {}
module "rule" {
  source  = "a/rule/azurerm"
  version = "1.0.0"
  port    = var.port
}
provider "azurerm" {
  features {}
}
resource "azurerm_resource_group" "a" {
  name     = "rg"
  location = "westeurope"
}
resource "azurerm_virtual_network" "a" {
  name                = "vnet"
  resource_group_name = azurerm_resource_group.a.name
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]
}
resource "azurerm_subnet" "a" {
  name                 = "web"
  resource_group_name  = azurerm_resource_group.a.name
  virtual_network_name = azurerm_virtual_network.a.name
  address_prefixes     = ["10.0.1.0/24"]
}
resource "azurerm_network_security_group" "a" {
  name                = "nsg"
  resource_group_name = azurerm_resource_group.a.name
  location            = "westeurope"
  security_rule {
    name                       = "AllowWeb"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = ${port}
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}
resource "azurerm_subnet_network_security_group_association" "a" {
  subnet_id                 = azurerm_subnet.a.id
  network_security_group_id = azurerm_network_security_group.a.id
}
resource "azurerm_public_ip" "a" {
  name                = "pip"
  resource_group_name = azurerm_resource_group.a.name
  location            = "westeurope"
  allocation_method   = "Static"
  sku                 = "Standard"
}
resource "azurerm_lb" "a" {
  name                = "lb-web"
  resource_group_name = azurerm_resource_group.a.name
  location            = "westeurope"
  sku                 = "Standard"
  frontend_ip_configuration {
    name                 = "front"
    public_ip_address_id = azurerm_public_ip.a.id
  }
}
resource "azurerm_lb_backend_address_pool" "a" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.a.id
}
resource "azurerm_lb_probe" "a" {
  name            = "tcp"
  loadbalancer_id = azurerm_lb.a.id
  protocol        = "Tcp"
  port            = 8080
}
resource "azurerm_lb_rule" "a" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.a.id
  frontend_ip_configuration_name = "front"
  protocol                       = "Tcp"
  frontend_port                  = 80
  backend_port                   = 8080
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.a.id]
  probe_id                       = azurerm_lb_probe.a.id
}
resource "azurerm_network_interface" "a" {
  name                = "nic"
  resource_group_name = azurerm_resource_group.a.name
  location            = "westeurope"
  ip_configuration {
    name                          = "ip"
    subnet_id                     = azurerm_subnet.a.id
    private_ip_address_allocation = "Dynamic"
  }
}
resource "azurerm_network_interface_backend_address_pool_association" "a" {
  network_interface_id    = azurerm_network_interface.a.id
  ip_configuration_name   = "ip"
  backend_address_pool_id = azurerm_lb_backend_address_pool.a.id
}
`;
}

test('a plan in the repository is compared with itself in the past', async () => {
  const [good, bad] = ['good-single-client', 'bad-default-deny'].map((name) =>
    readFileSync(`policies/nsg-blocks-data-port/examples/${name}/plan.json`, 'utf8'),
  );
  const folder = repositoryOf({ 'plan.json': bad });
  expect((await checked(folder, '--base=HEAD', 'plan.json')).report.findings).toEqual([]);
  commit(folder, { 'plan.json': good });
  write(folder, { 'plan.json': bad });
  expect((await checked(folder, '--base=HEAD')).report.findings).toHaveLength(1);
  // A link of the past that leads out of the repository is not followed.
  const outside = folderOf({ 'plan.json': bad ?? '' });
  write(folder, { 'plan.json': undefined });
  symlinkSync(path.join(outside, 'plan.json'), path.join(folder, 'plan.json'));
  commit(folder, {});
  write(folder, { 'plan.json': undefined });
  write(folder, { 'plan.json': bad });
  expect((await checked(folder, '--base=HEAD', 'plan.json')).report.findings).toHaveLength(1);
});

test('what the configuration excludes is excluded from the base as well', async () => {
  const folder = repositoryOf({
    'infra/old/main.bicep': webTier({ port: 80 }),
    'portcullis.yaml': 'exclude: [infra/old]\n',
  });
  // Moved out of what is excluded, it is new.
  git(folder, 'mv', 'infra/old', 'infra/new');
  expect(subjectsOf((await checked(folder, '--base=HEAD')).report)).toEqual(['lb-web/http']);
  const { stdout } = await runCli(['diff', 'HEAD', '--format=json'], { cwd: path.join(folder, 'infra') });
  expect(JSON.parse(stdout)).toMatchObject({ counts: { paths: { added: 1, removed: 0, same: 0 } } });
});

test('nothing is written through a link of the revision', async () => {
  const outside = folderOf();
  const folder = repositoryOf({ '.gitignore': '*.tfvars\n', ...CLOSED });
  symlinkSync(outside, path.join(folder, 'infra'));
  commit(folder, {});
  rmSync(path.join(folder, 'infra'));
  write(folder, { 'infra/terraform.tfvars': 'a = 1\n' });
  expect((await checked(folder, '--base=HEAD')).report.findings).toEqual([]);
  expect(readdirSync(outside)).toEqual([]);
});
