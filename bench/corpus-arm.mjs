/** Reads every ARM template below a directory: how many are read, refused and crash, and how fast. */
import { readArmTemplate } from '../dist/src/sources/arm-template/read-arm-template.js';
import { looksLikeArmTemplate } from '../dist/src/sources/arm-template/recognise.js';
import {
  createCopyFinder,
  filesBelow,
  percent,
  printCrashes,
  printSlowest,
  readTextOrNothing,
  SHOWN,
  SLOW_MILLISECONDS,
  speedOf,
  sum,
  tally,
} from './corpus-files.mjs';

export function measureArm(directory, { differences }) {
  const isCopy = createCopyFinder();
  const templates = filesBelow(directory)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const text = readTextOrNothing(file);
      return text === undefined || !looksLikeArmTemplate(text) || isCopy(text) ? [] : [{ file, text }];
    });
  const outcomes = templates.map(({ file, text }) => {
    const start = performance.now();
    try {
      const result = readArmTemplate({ path: file, text, readFile: readTextOrNothing });
      return { file, text, milliseconds: performance.now() - start, result };
    } catch (error) {
      return { file, text, milliseconds: performance.now() - start, error };
    }
  });
  const crashes = outcomes.filter(({ error }) => error !== undefined);
  const refused = outcomes.filter(({ result }) => result?.problem !== undefined);
  const read = outcomes.flatMap(({ result }) => (result?.model === undefined ? [] : [result]));
  const slow = outcomes.filter(({ milliseconds }) => milliseconds > SLOW_MILLISECONDS);
  console.log(`ARM templates: ${outcomes.length} distinct, ${percent(read.length, outcomes.length)} read`);
  console.log(`  refused ${refused.length}, crashed ${crashes.length}, over a second ${slow.length}`);
  console.log(`  ${speedOf(outcomes)}, resources ${sum(read.map(({ model }) => model.resources.length))}`);
  console.log(`  problems: ${tally(read.flatMap(({ problems }) => problems.map(({ code }) => code)))}`);
  printSlowest(outcomes);
  printCrashes(crashes);
  for (const { file, result } of refused.slice(0, differences ? refused.length : SHOWN))
    console.log(`  refused ${file}: ${result.problem.message}`);
}
