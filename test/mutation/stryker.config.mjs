/**
 * Mutation tests of src/network, one slice at a time or a sample of everything:
 *
 *     npm run mutation                              the packet sets
 *     SLICE=rules npm run mutation                  another slice
 *     SLICE=egress.ts npm run mutation              one file
 *     SLICE=all SAMPLE=0-0.1 npm run mutation       a tenth of all mutants but those of the packet sets
 *     node test/mutation/summary.mjs                what was found so far
 *
 * Reports are kept in coverage/mutation. Properties run with a part of their cases, PORTCULLIS_EFFORT, and the solver is
 * left out: a mutant that only survives because of that is found by the ordinary tests.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SLICES } from './slices.mjs';

/** The test files below a folder, but those that need the solver. */
function testsIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('z3'))
    .map((name) => `${folder}/${name}`);
}

function patternsOf(slice) {
  if (slice === 'all') return ['*.ts', 'question/*.ts'];
  if (slice.endsWith('.ts')) return [slice];
  if (slice in SLICES) return SLICES[slice];
  throw new Error(`SLICE is all, a file below src/network, or one of ${Object.keys(SLICES).join(', ')}`);
}

const name = process.env.SLICE ?? 'packets';
const patterns = patternsOf(name);
const label = name.replaceAll('/', '-');

const tests = name.startsWith('packets')
  ? testsIn('test/network/packets')
  : [
      ...testsIn('test/network'),
      ...testsIn('test/network/packets'),
      ...testsIn('test/policies'),
      'test/mutation/committed-reports.ts',
    ];

process.env.PORTCULLIS_EFFORT ??= '0.05';
process.env.PORTCULLIS_SHRINK = 'no';

export default {
  mutate: patterns.map((pattern) => `src/network/${pattern}`),
  mutationTests: tests,
  mutationSample: (process.env.SAMPLE ?? '0-1').split('-').map(Number),
  // Measurements, which under mutants take minutes.
  mutationSkips: ['a hundred thousand single addresses', 'a thousand rules of a hundred prefixes'],
  mutationMemories: [
    '/address-range.ts',
    '/diagram.ts',
    '/destination-cell.ts',
    '/certain-packets.ts',
    '/idle-rules.ts',
  ],
  plugins: [fileURLToPath(new URL('in-process-runner.mjs', import.meta.url))],
  testRunner: 'in-process',
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.CONCURRENCY ?? 1),
  timeoutMS: 60_000,
  timeoutFactor: 4,
  // A sample leaves most mutants open.
  incremental: process.env.SAMPLE === undefined,
  incrementalFile: `coverage/mutation/${label}.json`,
  tempDirName: `coverage/mutation/sandbox-${label}`,
  ignorePatterns: ['coverage', 'dist', 'bench'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: `coverage/mutation/report-${label}.json` },
  thresholds: { high: 95, low: 85, break: null },
  // Stryker reads a tsconfig with the compiler's old interface, which TypeScript 7 has not.
  tsconfigFile: 'none',
  disableTypeChecks: false,
};
