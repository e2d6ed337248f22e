/**
 * A Stryker test runner that keeps all tests loaded in one process, because starting jest for each of several thousand
 * mutants takes days. It knows as much of jest as the tests of the network use.
 *
 * Modules remember things, and what they remembered under one mutant must not decide over another. So
 * - a test that fails under a mutant runs again without it in the same process; when it fails then as well, everything is
 *   loaded anew and the mutant runs once more;
 * - a mutant in a file that remembers anything runs once more with everything loaded anew, before it counts as a survivor.
 *
 * A test that takes five times its ordinary processor time is ended: the mutant keeps it from coming to an answer.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import { isInSample } from './sample.mjs';

const require = createRequire(import.meta.url);
const ofJest = createRequire(require.resolve('jest'));
const { transformSync } = require('@swc/core');
const { expect } = ofJest('expect');
const each = ofJest('jest-each').bind;

/** Calls that count which mutants a test comes by; they cost more than the tests and are needed once. */
const COUNTING = /stryCov_9fa48\((?:"\d+",?\s*)*\)(?! \{)/g;

/** How Node begins the message about a script that was ended. */
const ENDED = 'Script execution timed out';

const PREPARATION = 'preparation';

const DURATIONS = 'mutation-durations.json';

/** The state that the instrumented code shares with the runner; its names are Stryker's. */
globalThis.__stryker__ ??= {};
const state = globalThis.__stryker__;

function createRunner({
  mutationTests: files,
  mutationSkips: skips,
  mutationMemories: memories,
  mutationSample: sample = [0, 1],
}) {
  const root = process.cwd();
  const [, options] = JSON.parse(readFileSync('package.json', 'utf8')).jest.transform['\\.ts$'];
  const compiled = new Map();
  let isCounting = false;
  let tests = new Map();
  let durations = {};
  let lastKillers = [];
  let isLoaded = false;

  require.extensions['.ts'] = (module, file) => {
    if (!compiled.has(file)) {
      const { code } = transformSync(readFileSync(file, 'utf8'), {
        ...options,
        filename: file,
        swcrc: false,
      });
      compiled.set(file, code);
    }
    const code = compiled.get(file);
    module._compile(isCounting ? code : code.replace(COUNTING, '0'), file);
  };

  /** Loads all test files anew and everything of ours that they import. */
  async function load() {
    for (const file of Object.keys(require.cache)) {
      if (file.startsWith(root) && !file.includes('node_modules')) delete require.cache[file];
    }
    tests = new Map();
    isLoaded = true;
    const before = [];
    globalThis.beforeAll = (run) => before.push(run);
    for (const file of readdirSync('src/network', { recursive: true })) {
      if (file.endsWith('.ts')) require(path.join(root, 'src/network', file));
    }
    // What is prepared once counts as no one's: its mutants belong to the tests that come by them.
    state.currentTestId = PREPARATION;
    for (const file of files) {
      const declare = (name, run) => {
        if (skips.some((part) => name.includes(part))) return;
        let id = `${file}: ${name}`;
        while (tests.has(id)) id += ' (again)';
        tests.set(id, { id, name, file, run });
      };
      globalThis.test = Object.assign(declare, { each: each(declare) });
      globalThis.expect = expect;
      require(path.join(root, file));
    }
    for (const run of before) await run();
    state.currentTestId = undefined;
    delete state.mutantCoverage?.perTest[PREPARATION];
  }

  /** What a test complains of, or nothing. */
  async function failureOf({ id, run }) {
    try {
      await (id in durations ? limited(run, 5 * durations[id] + 300) : run());
      return undefined;
    } catch (error) {
      return String(error?.message ?? error);
    }
  }

  /** Wall time is what can be limited; a machine that is busy with other things gets more of it. */
  function limited(run, cpu) {
    globalThis.__run__ = run;
    for (let wall = cpu; ; wall *= 4) {
      const before = process.cpuUsage();
      try {
        return runInThisContext('__run__()', { timeout: Math.ceil(wall) });
      } catch (error) {
        if (error.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        isLoaded = false;
        if (cpuSince(before) > cpu / 2) throw error;
      }
    }
  }

  function activate(mutant, hitLimit) {
    state.activeMutant = mutant;
    state.hitLimit = hitLimit;
    state.hitCount = hitLimit === undefined ? undefined : 0;
  }

  const cpuSince = (before) => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };

  const isEndless = () => state.hitLimit !== undefined && state.hitCount > state.hitLimit;

  /** The first test that fails under a mutant; those that failed lately come first, then the short ones. */
  async function killerOf(mutant, ids, hitLimit) {
    const ordered = ids.toSorted(
      (left, right) =>
        lastKillers.indexOf(right) - lastKillers.indexOf(left) ||
        (durations[left] ?? 0) - (durations[right] ?? 0),
    );
    let count = 0;
    for (const id of ordered) {
      count += 1;
      activate(mutant, hitLimit);
      const failure = await failureOf(tests.get(id));
      const timedOut = isEndless();
      activate(undefined, undefined);
      if (timedOut || failure !== undefined) return { id, failure, timedOut, count };
    }
    return { count };
  }

  function verdict({ id, failure, timedOut, count }) {
    if (timedOut) return { status: 'timeout', reason: 'the mutant was reached a hundred times as often' };
    if (id === undefined) return { status: 'survived', nrOfTests: count };
    lastKillers = [...lastKillers.filter((other) => other !== id), id].slice(-20);
    return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests: count };
  }

  /** A mutant in what runs when a module is loaded is active from before that on. */
  async function runStatic(mutant, ids) {
    // What the tests remember between loads must not come from a mutant.
    if (tests.size === 0) await load();
    activate(mutant, undefined);
    try {
      await load();
    } catch (error) {
      const [id] = ids ?? Object.keys(durations);
      return { status: 'killed', killedBy: [id], failureMessage: String(error), nrOfTests: 0 };
    } finally {
      isLoaded = false;
      activate(undefined, undefined);
    }
    return verdict(await killerOf(mutant, ids ?? [...tests.keys()], undefined));
  }

  return {
    capabilities: () => ({ reloadEnvironment: true }),

    async init() {
      if (existsSync(DURATIONS)) durations = JSON.parse(readFileSync(DURATIONS, 'utf8'));
    },

    async dryRun() {
      state.mutantCoverage = { static: {}, perTest: {} };
      activate(undefined, undefined);
      isCounting = true;
      await load();
      isCounting = false;
      isLoaded = false;
      const results = [];
      for (const { id, name, file, run } of tests.values()) {
        state.currentTestId = id;
        const before = process.cpuUsage();
        const failureMessage = await failureOf({ id, run });
        const timeSpentMs = cpuSince(before);
        state.currentTestId = undefined;
        durations[id] = timeSpentMs;
        const fileName = path.join(root, file);
        const common = { id, name, timeSpentMs, fileName };
        results.push(
          failureMessage === undefined ? { ...common, status: 0 } : { ...common, status: 1, failureMessage },
        );
      }
      writeFileSync(DURATIONS, JSON.stringify(durations));
      return { status: 'complete', tests: results, mutantCoverage: state.mutantCoverage };
    },

    async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, sandboxFileName }) {
      const { id } = activeMutant;
      if (!isInSample(id, sample)) return { status: 'error', errorMessage: 'not in the sample' };
      if (mutantActivation === 'static') return runStatic(id, testFilter);
      if (!isLoaded) await load();
      const ids = testFilter ?? [...tests.keys()];
      const found = await killerOf(id, ids, hitLimit);
      const isTrusted =
        found.id === undefined
          ? !memories.some((file) => sandboxFileName.endsWith(file))
          : found.timedOut ||
            found.failure.startsWith(ENDED) ||
            (await failureOf(tests.get(found.id))) === undefined;
      if (isTrusted) return verdict(found);
      await load();
      return verdict(await killerOf(id, ids, hitLimit));
    },
  };
}

/**
 * Its configuration: `mutationTests` are test files from the root of the project, `mutationSkips` parts of names of tests
 * that are left out, `mutationMemories` ends of names of files that remember something, `mutationSample` the part of all
 * mutants that is looked at; the others count as errors, which no score counts.
 */
function startRunner(options) {
  return createRunner(options);
}
startRunner.inject = ['options'];

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: startRunner }];

const strings = { type: 'array', items: { type: 'string' } };
export const strykerValidationSchema = {
  properties: {
    mutationTests: strings,
    mutationSkips: strings,
    mutationMemories: strings,
    mutationSample: { type: 'array', items: { type: 'number' } },
  },
};
