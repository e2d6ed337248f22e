/**
 * Reads every source below a directory, however many, and says what went wrong:
 *
 *     npm run corpus -- DIR          builds, then reads DIR
 *     node bench/corpus.mjs DIR      reads with the build that is there
 *
 * For each format: files read, refused with a problem, crashed, and taking longer than a second. A crash ends with exit
 * code 1. Nothing is written and nothing of the directory is run.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readArmTemplate } from '../dist/src/sources/arm-template/read-arm-template.js';
import { looksLikeArmTemplate } from '../dist/src/sources/arm-template/recognise.js';

const SLOW_MILLISECONDS = 1_000;
const SHOWN = 10;

const FORMATS = [
  {
    name: 'ARM templates',
    accepts: (file, text) => file.endsWith('.json') && looksLikeArmTemplate(text),
    read: (file, text) => readArmTemplate({ path: file, text, readFile: readTextOrNothing }),
  },
];

function readTextOrNothing(file) {
  try {
    return statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

const directory = process.argv[2];
if (directory === undefined) {
  console.error('usage: npm run corpus -- DIR');
  process.exitCode = 2;
} else {
  for (const format of FORMATS) measure(format, filesBelow(directory));
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${path.sep}.git`))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function measure({ name, accepts, read }, files) {
  const outcomes = [];
  for (const file of files) {
    if (!/\.\w+$/.test(file)) continue;
    const text = readTextOrNothing(file);
    if (text === undefined || !accepts(file, text)) continue;
    const start = performance.now();
    let outcome;
    try {
      outcome = { result: read(file, text) };
    } catch (error) {
      outcome = { crash: error };
    }
    outcomes.push({ file, milliseconds: performance.now() - start, ...outcome });
  }
  report(name, outcomes);
}

function report(name, outcomes) {
  const crashed = outcomes.filter(({ crash }) => crash !== undefined);
  const refused = outcomes.filter(({ result }) => result?.problem !== undefined);
  const slow = outcomes.filter(({ milliseconds }) => milliseconds > SLOW_MILLISECONDS);
  const models = outcomes.flatMap(({ result }) => (result?.model === undefined ? [] : [result]));
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  console.log(
    `${name}: ${outcomes.length} read in ${sum(outcomes.map((one) => one.milliseconds)).toFixed(0)} ms`,
  );
  console.log(`  refused ${refused.length}, crashed ${crashed.length}, slow ${slow.length}`);
  console.log(`  resources ${sum(models.map(({ model }) => model.resources.length))}`);
  console.log(`  problems ${sum(models.map(({ problems }) => problems.length))}`);
  for (const { file, crash } of crashed.slice(0, SHOWN)) console.log(`  crash ${file}: ${crash.stack}`);
  for (const { file, result } of refused.slice(0, SHOWN))
    console.log(`  refused ${file}: ${result.problem.message}`);
  const slowest = outcomes.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 3);
  for (const { file, milliseconds } of slowest)
    console.log(`  slowest ${milliseconds.toFixed(0)} ms ${file}`);
  if (crashed.length > 0) process.exitCode = 1;
}
