/**
 * Mutation tests of src/network, one slice at a time:
 *
 *     SLICE=packets npm run mutation
 *
 * Results are kept in coverage/mutation, so that a second run looks only at what changed. Properties run with a
 * twentieth of their cases and the solver is left out: a mutant that only survives because of that is found by the
 * ordinary tests.
 */
import { readdirSync } from 'node:fs';

/** The test files below a folder, but those that need the solver. */
function testsIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('z3'))
    .map((name) => `${folder}/${name}`);
}

const NETWORK = [...testsIn('test/network'), ...testsIn('test/network/packets')];
const EVERYTHING = [...NETWORK, ...testsIn('test/policies'), 'test/mutation/policy-pages.ts'];

const SLICES = {
  packets: { mutate: ['packets/*.ts'], tests: testsIn('test/network/packets') },
  rules: { mutate: ['security-rules.ts', 'rule-bounds.ts', 'security-admin.ts'], tests: NETWORK },
  reach: { mutate: ['reach.ts', 'membership.ts', 'destination-cell.ts'], tests: NETWORK },
  addresses: { mutate: ['address-*.ts', 'azure-addresses.ts', 'service-tags.ts', 'tag-dependence.ts'], tests: NETWORK },
  trace: { mutate: ['trace.ts', 'rule-match.ts', 'replay.ts', 'packet.ts'], tests: NETWORK },
  clients: {
    mutate: ['clients.ts', 'departure.ts', 'diagnose.ts', 'compiler.ts', 'network.ts', 'default-rules.ts'],
    tests: EVERYTHING,
  },
  routes: { mutate: ['egress.ts', '*route*.ts', 'return-path.ts', 'loopback.ts'], tests: EVERYTHING },
  paths: {
    mutate: ['judge.ts', 'path*.ts', 'flows.ts', 'members.ts', 'placement.ts', 'topology.ts', 'surroundings.ts'],
    tests: EVERYTHING,
  },
};

const name = process.env.SLICE ?? 'packets';
const slice = SLICES[name];
if (slice === undefined) throw new Error(`SLICE is one of ${Object.keys(SLICES).join(', ')}`);

process.env.PORTCULLIS_EFFORT ??= '0.05';
process.env.PORTCULLIS_SHRINK = 'no';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: slice.mutate.map((pattern) => `src/network/${pattern}`),
  mutationTests: slice.tests,
  // Measurements, which under mutants take minutes.
  mutationSkips: ['a hundred thousand single addresses', 'a thousand rules of a hundred prefixes'],
  mutationMemories: ['/address-range.ts', '/diagram.ts', '/destination-cell.ts', '/idle-rules.ts'],
  plugins: ['./test/mutation/in-process-runner.mjs'],
  testRunner: 'in-process',
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.CONCURRENCY ?? 1),
  timeoutMS: 60_000,
  timeoutFactor: 4,
  incremental: true,
  incrementalFile: `coverage/mutation/${name}.json`,
  tempDirName: `coverage/mutation/sandbox-${name}`,
  ignorePatterns: ['coverage', 'dist', 'bench'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: `coverage/mutation/report-${name}.json` },
  thresholds: { high: 95, low: 85, break: null },
  // Stryker reads a tsconfig with the compiler's old interface, which TypeScript 7 has not.
  tsconfigFile: 'none',
  disableTypeChecks: false,
};
