/**
 * Measures what the hook of a commit costs where nothing is wrong, as ratios within one run:
 *
 *     node bench/hook.mjs            measures what .release has installed against the parser in dist
 *     node bench/hook.mjs CLI        measures another command line
 *
 * Each repository holds 50 Bicep files. Ten of ten deployments in the first have a load balancer, one of 46 in the second.
 * The goal is three times `node -e 0` plus what parsing the 50 files takes; `changed` names one file to
 * `check --changed`, `first` is the first run after an installation, which has no compiled code of an earlier one. The
 * processes run in turns, and the median of the rounds' ratios counts. A goal that is missed is
 * shown as `over`; only a command that does not do its work ends with exit code 1.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = 50;
const MODULES = ['network', 'security', 'balancer', 'machines'];
const REPOSITORIES = [
  { what: '10 of 10 deployments', balancers: 10 },
  { what: '1 of 46 deployments', balancers: 1 },
];
const ROUNDS = 15;
const STARTS = 3;
const GOAL = 1;

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const cli = process.argv[2] ?? beside('../.release/installed/node_modules/portcullis/dist/cli.cjs');
const parser = new URL('../dist/src/sources/bicep/parser.js', import.meta.url).href;

const parseAll = `
  import { readFileSync } from 'node:fs';
  import { parseBicep } from ${JSON.stringify(parser)};
  for (const file of process.argv.slice(1)) parseBicep(readFileSync(file, 'utf8'));
`;

/** Paths in the repository, with what is written there. */
function filesOf(balancers) {
  const read = (name) => readFileSync(beside(`fixtures/hook/${name}.bicep`), 'utf8');
  const files = new Map();
  for (let index = 0; index < balancers; index += 1) {
    const folder = `apps/app${index}`;
    files.set(`${folder}/main.bicep`, read('main'));
    for (const name of MODULES) {
      files.set(`${folder}/modules/${name}.bicep`, read(name).replaceAll('10.0.', `10.${index}.`));
    }
  }
  for (let index = 0; files.size < FILES; index += 1) files.set(`data/store${index}.bicep`, read('storage'));
  return files;
}

function milliseconds(args, cwd, more = {}) {
  const start = process.hrtime.bigint();
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...more },
  });
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.slice(0, 3).join(' ')}: exit code ${status}\n${stdout}`);
  return time;
}

function median(numbers) {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[sorted.length >> 1];
}

/** A hook that reads nothing would be fast. */
function checkWork(cwd, balancers) {
  const args = [cli, 'check', '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  const { roots, paths, findings, problems } = JSON.parse(stdout || 'null') ?? {
    paths: [],
    problems: [stderr],
  };
  const open = paths.filter(({ data, probe }) => data === 'open' && probe === 'open').length;
  if (open === balancers && findings.length + problems.length === 0) return;
  throw new Error(`${roots?.length} roots, ${open} open paths, ${JSON.stringify([findings, problems])}`);
}

function print(cells) {
  const [what, ...rest] = cells;
  process.stdout.write(`${what.padEnd(26)}${rest.map((cell) => cell.padStart(9)).join('')}\n`);
}

function measure({ what, balancers }, cwd) {
  mkdirSync(path.join(cwd, '.git'), { recursive: true });
  const files = filesOf(balancers);
  for (const [file, text] of files) {
    mkdirSync(path.join(cwd, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(cwd, file), text);
  }
  checkWork(cwd, balancers);
  const names = [...files.keys()];
  const rounds = Array.from({ length: ROUNDS }, () => ({
    bare: milliseconds(['-e', '0'], cwd),
    parse: milliseconds(['--input-type=module', '--eval', parseAll, ...names], cwd),
    hook: milliseconds([cli, 'check'], cwd),
    changed: milliseconds([cli, 'check', '--changed', names[0]], cwd),
    first: milliseconds([cli, 'check'], cwd, { NODE_DISABLE_COMPILE_CACHE: '1' }),
  }));
  const medianOf = (key) => median(rounds.map((round) => round[key]));
  // The process that parses has started once itself.
  const allowed = ({ bare, parse }) => (STARTS - 1) * bare + parse;
  for (const key of ['hook', 'changed', 'first']) {
    const ratio = median(rounds.map((round) => round[key] / allowed(round)));
    const times = ['bare', 'parse', key].map((name) => medianOf(name).toFixed(0));
    print([
      key === 'hook' ? what : `  ${key}`,
      ...times,
      ratio.toFixed(2),
      GOAL.toFixed(2),
      ratio <= GOAL ? 'OK' : 'over',
    ]);
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-hook-'));
try {
  print(['50 Bicep files, ms', 'node', 'parse', 'ours', 'ratio', 'goal', '']);
  for (const repository of REPOSITORIES) measure(repository, path.join(folder, String(repository.balancers)));
} catch (error) {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
