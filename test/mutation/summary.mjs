/**
 * What the reports in coverage/mutation say, slice by slice:
 *
 *     node test/mutation/summary.mjs            the table
 *     node test/mutation/summary.mjs rules      and the mutants of a slice that nothing kills
 *
 * A mutant that no test comes by counts as a survivor. The interval is that of Wilson for 95 %, where only a sample was
 * looked at.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isInSample } from './sample.mjs';
import { SLICES } from './slices.mjs';

const FOLDER = 'coverage/mutation';
const DETECTED = ['Killed', 'Timeout'];
const SURVIVED = ['Survived', 'NoCoverage'];

function sliceOf(file) {
  const inside = file.replace('src/network/', '');
  const fits = (pattern) =>
    pattern.endsWith('*.ts') ? path.dirname(inside) === path.dirname(pattern) : inside === pattern;
  return Object.keys(SLICES).find((name) => SLICES[name].some(fits)) ?? 'other';
}

/** The mutants that were looked at; those left out of a sample are errors with that reason. */
function lookedAt(report, sample) {
  return Object.entries(report.files).flatMap(([file, { mutants, source }]) =>
    mutants
      .filter(({ id }) => isInSample(id, sample))
      .map((mutant) => ({ ...mutant, file, line: source.split('\n')[mutant.location.start.line - 1] })),
  );
}

function percent(number) {
  return `${(100 * number).toFixed(1)} %`;
}

function wilson(hits, all) {
  const z = 1.96;
  const [share, square] = [hits / all, z ** 2];
  const middle = share + square / (2 * all);
  const half = z * Math.sqrt((share * (1 - share)) / all + square / (4 * all ** 2));
  return [middle - half, middle + half].map((bound) => percent(bound / (1 + square / all)));
}

const rows = new Map();
const reports = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.startsWith('report-')) : [];
for (const name of reports) {
  const report = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));
  for (const mutant of lookedAt(report, report.config.mutationSample ?? [0, 1])) {
    const slice = sliceOf(mutant.file);
    const row = rows.get(slice) ?? { detected: 0, survivors: [], total: 0 };
    rows.set(slice, row);
    if (DETECTED.includes(mutant.status)) row.detected += 1;
    if (SURVIVED.includes(mutant.status)) row.survivors.push(mutant);
  }
  for (const [file, { mutants }] of Object.entries(report.files)) {
    const row = rows.get(sliceOf(file));
    if (row !== undefined) row.total += mutants.length;
  }
}

for (const [slice, { detected, survivors, total }] of rows) {
  const seen = detected + survivors.length;
  const interval = seen < total ? ` (${wilson(detected, seen).join(' to ')})` : '';
  const score = seen === 0 ? '' : percent(detected / seen);
  process.stdout.write(`| ${slice} | ${total} | ${seen} | ${detected} | ${score}${interval} |\n`);
}
for (const { file, location, mutatorName, replacement, status, line } of rows.get(process.argv[2])
  ?.survivors ?? []) {
  const what = replacement.replace(/\s+/g, ' ').slice(0, 120);
  process.stdout.write(
    `\n${file}:${location.start.line}:${location.start.column} ${mutatorName} ${status}\n  ${line.trim()}\n  ${what}\n`,
  );
}
