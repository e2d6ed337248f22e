/**
 * Measures what the command line costs, as ratios within one run, so that a slow or busy machine moves both sides:
 *
 *     npm run bench                  builds, then measures dist/src/cli.js
 *     node bench/run.mjs CLI         measures another command line
 *
 * Start-up is compared with a bare Node process; the gate, at three plan sizes, with a process that only reads and
 * parses the same file. The two processes of a pair run one after the other, and the median of the pairs' ratios
 * counts. How the network and the policies grow is measured by `scaling.mjs`, in processor time. A goal that is missed is shown as `over`; only a command that does not do its work ends with exit code 1.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureScaling } from './scaling.mjs';

const STARTUP = { pairs: 21, goal: 1.5 };
const PLANS = [
  { resources: 100, pairs: 15, rules: 6 },
  { resources: 1_000, pairs: 21, rules: 60 },
  { resources: 10_000, pairs: 7, rules: 600, goal: 2.5 },
];
/** Time per resource of the largest plan against the plan before it, start-up taken off; 1 is linear. */
const GROWTH_GOAL = 1.25;
/** A group of 1,000 rules with 100 prefixes each, on both levels of 1,000 members. */
const WHOLE_GOAL = 3_000;
const RULES_GOAL = 15;
const MEMORY_GOAL = 512;
/** Ten is linear. */
const PATHS_GOAL = 12;

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
const cli = process.argv[2] ?? beside('../dist/src/cli.js');
const onlyParse = ['-e', 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))'];
const reportPeak = `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));`;

/** Runs Node without output and gives the wall time in milliseconds. */
function milliseconds(args) {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The most memory that one Node process holds, in MB. */
function peakMegabytes(args) {
  const preload = `--import=data:text/javascript,${encodeURIComponent(reportPeak)}`;
  const stdio = ['ignore', 'ignore', 'ignore', 'pipe'];
  const { output } = spawnSync(process.execPath, [preload, ...args], { stdio, encoding: 'utf8' });
  return Number(output[3]) / 1024;
}

function median(numbers) {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Times two commands in turns; the one that goes first changes with every pair. */
function compare(ours, bare, pairs) {
  const times = { ours: [], bare: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    if (pair % 2 === 1) times.bare.push(milliseconds(bare));
    times.ours.push(milliseconds(ours));
    if (pair % 2 === 0) times.bare.push(milliseconds(bare));
  }
  return {
    ratio: median(times.ours.map((time, pair) => time / times.bare[pair])),
    ours: median(times.ours),
    bare: median(times.bare),
    least: Math.min(...times.ours),
  };
}

/** Runs the command line and gives its standard output; any exit code but the expected ones ends the benchmark. */
function outputOf(args, expected, folder) {
  const file = path.join(folder, 'stdout');
  const stdout = openSync(file, 'w');
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
    stdio: ['ignore', stdout, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(stdout);
  if (!expected.includes(status)) {
    throw new Error(`${cli} ${args.join(' ')}: exit code ${status}\n${stderr}`);
  }
  return readFileSync(file, 'utf8');
}

const WIDTHS = [34, 9, 9, 4, 7, 7, 6];

function print(cells) {
  const [what, ...rest] = cells.map((cell, column) =>
    column === 0 ? cell.padEnd(WIDTHS[column]) : cell.padStart(WIDTHS[column]),
  );
  process.stdout.write(`${(what + rest.join('')).trimEnd()}\n`);
}

/** One line of the result. A goal is an upper bound of the ratio, or of our own number where there is no ratio. */
function line(what, { ours, bare, ratio, goal }, unit) {
  const text = (number, digits) => (number === undefined ? '' : number.toFixed(digits));
  const digits = unit === 'us' ? 1 : 0;
  const verdict = goal === undefined ? '' : (ratio ?? ours) <= goal ? 'OK' : 'over';
  const shownGoal = text(goal, ratio === undefined ? digits : 2);
  print([what, text(ours, digits), text(bare, digits), unit, text(ratio, 2), shownGoal, verdict]);
}

function measureStartup(folder) {
  if (!/\d+\.\d+\.\d+/.test(outputOf(['--version'], [0], folder)))
    throw new Error(`${cli} prints no version`);
  const startup = compare([cli, '--version'], ['-e', '0'], STARTUP.pairs);
  line('start-up against node -e 0', { ...startup, goal: STARTUP.goal }, 'ms');
  return startup.least;
}

/** Gives the time per resource in microseconds, start-up taken off, both from the runs that were disturbed least. */
function measureGate({ resources, pairs, rules, goal }, startup, folder) {
  const plan = path.join(folder, 'plan.json');
  spawnSync(process.execPath, [beside('make-plan.mjs'), String(resources), plan], { stdio: 'inherit' });
  const gate = ['gate', plan, '--format', 'json'];

  // Memory first: a child's peak starts from what this process holds when it forks.
  const memory = { ours: peakMegabytes([cli, ...gate]), bare: peakMegabytes([...onlyParse, plan]) };
  const { paths } = JSON.parse(outputOf(gate, [0, 1], folder));
  if (!(paths?.length >= rules)) throw new Error(`${cli} reports ${paths?.length} paths of ${rules} rules`);
  const count = (data) => paths.filter((entry) => entry.data === data).length;

  const times = compare([cli, ...gate], [...onlyParse, plan], pairs);
  const size = resources.toLocaleString('en');
  line(`gate of ${size} against parsing it`, { ...times, goal }, 'ms');
  line('  peak memory', { ...memory, ratio: memory.ours / memory.bare }, 'MB');
  const perResource = ((times.least - startup) / resources) * 1000;
  line('  per resource', { ours: perResource }, 'us');
  print([`  paths: ${count('open')} open, ${count('blocked')} blocked, ${count('unknown')} unknown`]);
  return perResource;
}

/** The network and all policies; `ours` is the larger case and `bare` the smaller one. */
function measureGrowth() {
  const measured = measureScaling();
  const pair = (large, small, what) => {
    const [ours, bare] = [measured[large][what], measured[small][what]];
    return { ours, bare, ratio: ours / bare };
  };
  const rules = ['rules-1000', 'rules-100'];
  const paths = ['paths-10000', 'paths-1000'];
  line('1,000 rules, 1,000 members', { ours: measured['rules-1000'].whole, goal: WHOLE_GOAL }, 'ms');
  line('  against 100 rules', { ...pair(...rules, 'whole'), goal: RULES_GOAL }, 'ms');
  line('  of that, the network', { ...pair(...rules, 'network'), goal: RULES_GOAL }, 'ms');
  line('  peak memory', { ours: measured['rules-1000'].megabytes, goal: MEMORY_GOAL }, 'MB');
  line('10,000 paths against 1,000', { ...pair(...paths, 'whole'), goal: PATHS_GOAL }, 'ms');
  line('  of that, the network', { ...pair(...paths, 'network'), goal: PATHS_GOAL }, 'ms');
  line('  peak memory', { ours: measured['paths-10000'].megabytes, goal: MEMORY_GOAL }, 'MB');
}

function measure(folder) {
  print(['', 'ours', 'bare', '', 'ratio', 'goal', '']);
  const startup = measureStartup(folder);
  const costs = PLANS.map((plan) => measureGate(plan, startup, folder));
  const [before, largest] = costs.slice(-2);
  line(
    'per resource, 10,000 against 1,000',
    { ours: largest, bare: before, ratio: largest / before, goal: GROWTH_GOAL },
    'us',
  );
  measureGrowth();
}

const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-bench-'));
try {
  measure(folder);
} catch (error) {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
