import fc from 'fast-check';
import { unknown } from '../../src/value/value.ts';
import { cases, seed } from '../support/property-runs.ts';
import { arbitraryEstate } from './oracle/arbitrary-estate.ts';
import {
  type Comparison,
  compare,
  contradictions,
  needless,
  strangers,
  unexplained,
} from './oracle/comparison.ts';
import { resourcesOf } from './oracle/estate-resources.ts';
import { masked } from './oracle/mask.ts';
import { randomFrom } from './oracle/random-world.ts';

/** Enough for every pair of open points to fall in every combination, most of the time. */
const WORLDS = 12;

function shown(rows: readonly Comparison[]): string {
  return rows
    .map(
      ({ path, member, what, verdict, simulated, reasons }) =>
        `${path} ${member}: the ${what} is ${verdict}, simulated ${simulated.join(' or ')}; ${reasons.join(', ')}`,
    )
    .join('\n');
}

function expectNone(wrong: readonly Comparison[]): void {
  if (wrong.length > 0) throw new Error(shown(wrong));
}

test('no verdict contradicts the simulator in any world, and every unknown says what it waits for', () => {
  const verdicts = { all: 0, needless: 0 };
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), (estate, worldSeed) => {
      const rows = compare(estate, worldSeed, WORLDS);
      verdicts.all += rows.filter(({ member }) => member !== '*').length;
      verdicts.needless += needless(rows).length;
      expectNone([...contradictions(rows), ...strangers(rows), ...unexplained(rows)]);
    }),
    { numRuns: cases(200), seed },
  );
  // What twelve worlds agree on need not be so in all worlds; the rest is what the tool could still learn to decide.
  expect(verdicts.needless / verdicts.all).toBeLessThan(0.05);
}, 600_000);

test('what is decided while parts of the estate are unknown holds for the whole estate', () => {
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), fc.integer({ min: 1, max: 4 }), (estate, worldSeed, holes) => {
      const partial = masked(resourcesOf(estate), randomFrom(worldSeed), holes);
      const rows = compare(estate, worldSeed, WORLDS, partial);
      expectNone([...contradictions(rows), ...unexplained(rows)]);
    }),
    { numRuns: cases(250), seed },
  );
}, 600_000);

test('what is decided while an interface may not exist holds without it', () => {
  const condition = unknown(
    { kind: 'parameter', name: 'deployed' },
    { kind: 'json', path: 'test.json', pointer: '/parameters/deployed' },
  );
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), (estate, worldSeed) => {
      const [phantom, ...interfaces] = estate.interfaces;
      const name = phantom?.scaleSet?.name ?? phantom?.name;
      const resources = resourcesOf(estate).map((each) =>
        each.name === name ? { ...each, condition } : each,
      );
      const rows = compare({ ...estate, interfaces }, worldSeed, WORLDS, resources);
      expectNone([...contradictions(rows), ...unexplained(rows)]);
    }),
    { numRuns: cases(120), seed },
  );
}, 600_000);

test('no verdict on the packets of a declared client contradicts the simulator', () => {
  const address = fc.constantFrom(
    '10.0.1.10',
    '10.0.1.77',
    '10.0.2.11',
    '10.1.1.10',
    '172.16.9.9',
    '203.0.113.7',
    '8.8.8.8',
    'fd00:0:0:1::5',
    '2001:db8::7',
  );
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), address, (estate, worldSeed, from) => {
      const client = { name: 'named', address: from };
      const rows = compare(estate, worldSeed, WORLDS, resourcesOf(estate), [client]);
      const own = rows.filter(({ path }) => path.endsWith(' for named'));
      expectNone([...contradictions(own), ...strangers(own), ...unexplained(own)]);
    }),
    { numRuns: cases(120), seed },
  );
}, 600_000);
