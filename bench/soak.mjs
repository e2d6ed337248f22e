/**
 * Searches for a wrong answer for as long as it may: the properties of the network are run again and again, each round
 * from another seed and with more cases than in an ordinary run.
 *
 *     npm run soak                       30 minutes
 *     npm run soak -- --minutes 600 --seed 1 --effort 20 simulator
 *
 * Words after the options choose test files by their name. The first failure ends the search with exit code 1, the
 * counterexample, and the command that shows it again.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const FILES = [
  'test/network/engines-agree',
  'test/network/rule-match',
  'test/network/simulator.test',
  'test/network/z3',
  'test/network/packets/z3',
];

const { values, positionals } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    effort: { type: 'string', default: '10' },
  },
  allowPositionals: true,
});

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const files = positionals.length === 0 ? FILES : positionals;
const end = Date.now() + Number(values.minutes) * 60_000;
let rounds = 0;
for (let seed = Number(values.seed); Date.now() < end && process.exitCode !== 1; seed += 1) {
  const round = { PORTCULLIS_SEED: String(seed), PORTCULLIS_EFFORT: values.effort };
  const { status, stderr } = spawnSync(process.execPath, [jest, ...files], {
    env: { ...process.env, ...round },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status === 0) {
    rounds += 1;
    process.stdout.write(`seed ${seed}: nothing found\n`);
    continue;
  }
  const repeat = Object.entries(round).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(`${stderr}\nsoak: ${[...repeat, 'npx jest', ...files].join(' ')}\n`);
  process.exitCode = 1;
}
process.stdout.write(`${rounds} rounds of ${values.effort} times the ordinary cases\n`);
