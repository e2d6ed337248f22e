import fc from 'fast-check';
import { cases, seed } from '../support/property-runs.ts';
import { arbitraryEstate } from './oracle/arbitrary-estate.ts';
import { type Comparison, compare, contradictions, strangers, unexplained } from './oracle/comparison.ts';
import { masked } from './oracle/mask.ts';
import { randomFrom } from './oracle/random-world.ts';

const WORLDS = 12;

function shown(rows: readonly Comparison[]): string {
  return rows
    .map(
      ({ path, member, what, verdict, simulated, reasons }) =>
        `${path} ${member}: the ${what} is ${verdict}, simulated ${simulated.join(' or ')}; ${reasons.join(', ')}`,
    )
    .join('\n');
}

test('no verdict contradicts the simulator in any world, and every unknown says what it waits for', () => {
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), (estate, worldSeed) => {
      const rows = compare(estate, worldSeed, WORLDS);
      const wrong = [...contradictions(rows), ...strangers(rows), ...unexplained(rows)];
      if (wrong.length > 0) throw new Error(shown(wrong));
    }),
    { numRuns: cases(400), seed },
  );
}, 600_000);

test('what is decided while parts of the estate are unknown holds for the whole estate', () => {
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), fc.integer({ min: 1, max: 4 }), (estate, worldSeed, holes) => {
      const rows = compare(estate, worldSeed, WORLDS, (resources) =>
        masked(resources, randomFrom(worldSeed), holes),
      );
      const wrong = [...contradictions(rows), ...unexplained(rows)];
      if (wrong.length > 0) throw new Error(shown(wrong));
    }),
    { numRuns: cases(400), seed },
  );
}, 600_000);
