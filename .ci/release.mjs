/**
 * Builds what a release consists of, and tries it:
 *
 *     npm run release                    into .release
 *     npm run release -- --out DIR       into DIR, which must not exist
 *
 *     DIR/tag                    what the release tag holds: built files that need no other package and no install script
 *     DIR/tag.sh                 makes that tag
 *     DIR/portcullis-X.Y.Z.tgz   the package for npm
 *     DIR/installed              an empty folder into which that package was installed
 *
 * Nothing is published or pushed: the last lines are the commands that do it. No step uses the network.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { bundle } from './bundle.mjs';
import { copyDeclarations } from './declarations.mjs';
import { thirdPartyText } from './third-party.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEFAULT = '.release';

/** What goes from the repository into the tag as it is; of the policies, their pages. */
const COPIED = [
  '.gitattributes',
  '.github/CONTRIBUTING.md',
  '.pre-commit-hooks.yaml',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'action.yml',
  'examples',
];
const THIRD_PARTY = 'THIRD-PARTY.txt';
const SBOM = 'sbom.cdx.json';

function run(command, args, cwd = ROOT) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw error ?? new Error(`${command} ${args.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
}

/** Under `npm run`, npm says where it lies; that also works where `npm` is a script of the shell, as on Windows. */
function npm(args, cwd) {
  const script = process.env.npm_execpath ?? '';
  return /npm-cli\.c?js$/.test(script)
    ? run(process.execPath, [script, ...args], cwd)
    : run('npm', args, cwd);
}

/** Empty where there is no repository, as in an unpacked archive. */
function git(...args) {
  const { status, stdout } = spawnSync('git', ['-C', ROOT, ...args], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}

function outFolder() {
  const { out } = parseArgs({ options: { out: { type: 'string' } } }).values;
  if (out === undefined) rmSync(path.join(ROOT, DEFAULT), { recursive: true, force: true });
  const folder = path.resolve(out ?? path.join(ROOT, DEFAULT));
  if (existsSync(folder)) throw new Error(`${folder} exists`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The package.json of the tag: everything is bundled, so nothing is installed beside it and no script is run. */
function tagPackage({ name, version, description, keywords, license, type, engines }) {
  return {
    name,
    version,
    description,
    keywords,
    license,
    type,
    engines,
    bin: { portcullis: 'dist/cli.cjs' },
    exports: {
      '.': { types: './dist/types/src/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist', 'policies/**/README.md', SBOM, THIRD_PARTY, 'CHANGELOG.md'],
  };
}

/**
 * The list of bundled packages, made beside a lock file without development packages: `npm sbom --omit dev` leaves out what
 * development needs as well. Without the time and the random number of npm, the same commit gives the same bytes. Throws when
 * another package is listed than is bundled.
 */
function billOfMaterials({ devDependencies: _, ...source }, folders) {
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const { devDependencies: __, ...root } = lock.packages[''];
  const packages = Object.entries(lock.packages).filter(([folder, { dev }]) => folder !== '' && !dev);
  const scratch = mkdtempSync(path.join(tmpdir(), 'portcullis-sbom-'));
  try {
    // npm takes the name of the whole from the folder.
    const folder = path.join(scratch, source.name);
    mkdirSync(folder);
    writeJson(path.join(folder, 'package.json'), source);
    const pruned = { ...lock, packages: { '': root, ...Object.fromEntries(packages) } };
    writeJson(path.join(folder, 'package-lock.json'), pruned);
    const sbom = JSON.parse(npm(['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], folder));
    delete sbom.serialNumber;
    delete sbom.metadata.timestamp;
    const listed = sbom.components.map(({ name }) => name).toSorted();
    const bundled = folders.map((each) => each.replace(/^.*node_modules\//, '')).toSorted();
    if (listed.join() !== bundled.join()) throw new Error(`bundled: ${bundled}\nlisted: ${listed}`);
    return sbom;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function buildTag(tag, source) {
  const dist = path.join(tag, 'dist');
  mkdirSync(dist, { recursive: true });
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(tag, name), { recursive: true });
  for (const page of readdirSync(path.join(ROOT, 'policies'), { recursive: true })) {
    if (!/^(?:[^/\\]+[/\\])?README\.md$/.test(page)) continue;
    cpSync(path.join(ROOT, 'policies', page), path.join(tag, 'policies', page));
  }
  const folders = await bundle(dist);
  copyDeclarations(path.join(dist, 'types'));
  writeFileSync(path.join(tag, THIRD_PARTY), thirdPartyText(ROOT, folders));
  writeJson(path.join(tag, SBOM), billOfMaterials(source, folders));
  writeJson(path.join(tag, 'package.json'), tagPackage(source));
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

async function lintPackage(folder) {
  const { messages, pkg } = await publint({ pkgDir: folder, strict: true });
  if (messages.length === 0) return;
  throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'));
}

/** Installs the package as a user does, and runs it. */
function tryPackage(archive, folder, version) {
  mkdirSync(folder);
  writeJson(path.join(folder, 'package.json'), { private: true });
  npm(['install', '--offline', '--no-audit', '--no-fund', archive], folder);
  const bin = path.join(
    folder,
    'node_modules',
    '.bin',
    process.platform === 'win32' ? 'portcullis.cmd' : 'portcullis',
  );
  const printed = run(bin, ['--version'], folder);
  if (printed !== `portcullis ${version}\n`) throw new Error(`--version prints ${printed}`);
  const library =
    "const { check, policies } = await import('portcullis'); if (!check || !policies) throw new Error('no API')";
  run(process.execPath, ['--input-type=module', '--eval', library], folder);
}

/** What keeps this build from becoming a tag. */
function obstacles(version) {
  const changes = readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8');
  return [
    ...(git('rev-parse', 'HEAD') === '' ? ['this is no Git repository'] : []),
    ...(git('status', '--porcelain') === '' ? [] : ['the working tree has changes']),
    ...(git('tag', '--list', `v${version}`) === '' ? [] : [`the tag v${version} exists`]),
    ...(changes.includes(`\n## [${version}]`) ? [] : [`CHANGELOG.md has no section [${version}]`]),
  ];
}

function quoted(text) {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A script that makes the tag in the repository it is run in: a commit of its own with the released one as its parent, so
 * that the tag holds built files and the branch never does.
 */
function tagScript(tag, version) {
  const name = `Portcullis ${version}`;
  return `#!/bin/sh
# Makes the tags v${version} and ${majorTag(version)}. Pushes nothing.
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export GIT_INDEX_FILE="$scratch/index"
git --git-dir="$(git rev-parse --absolute-git-dir)" --work-tree=${quoted(tag)} add --all --force -- . ':!dist/*.cache'
commit=$(git commit-tree -p HEAD -m '${name}' "$(git write-tree)")
git tag --annotate --message '${name}' v${version} "$commit"
git tag --force ${majorTag(version)} "$commit"
`;
}

function majorTag(version) {
  return `v${version.split('.')[0]}`;
}

const source = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const { version } = source;
const out = outFolder();
const tag = path.join(out, 'tag');
await buildTag(tag, source);
await lintPackage(tag);
npm(['pack', '--pack-destination', out], tag);
const archive = path.join(out, `portcullis-${version}.tgz`);
tryPackage(archive, path.join(out, 'installed'), version);

const script = path.join(out, 'tag.sh');
writeFileSync(script, tagScript(tag, version));

const lines = [
  `${archive} is built, installed and runs.`,
  '',
  ...obstacles(version).map((obstacle) => `Not yet: ${obstacle}.`),
  'To release it:',
  `  sh ${quoted(script)}`,
  `  git push origin v${version} && git push --force origin ${majorTag(version)}`,
  `  npm publish ${quoted(archive)}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
