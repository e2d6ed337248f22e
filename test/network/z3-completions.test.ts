import fc from 'fast-check';
import { cases, seed } from '../support/property-runs.ts';
import { arbitraryQuery, type PlainQuery } from './oracle/arbitrary-level.ts';
import { passesLevel } from './oracle/completion-formula.ts';
import { machineOf } from './oracle/machine.ts';
import { arbitraryOpenRules, type OpenMachine, openMachine } from './oracle/open-machine.ts';
import { and, DECLARATIONS, formulaOf, not, or } from './oracle/packet-formula.ts';
import { queryFormula, queryOf } from './oracle/query-formula.ts';
import type { Standpoint } from './oracle/rule-formula.ts';
import { createSolver, type Solver } from './oracle/solver.ts';

const networks = cases(200);

let solver: Solver;
beforeAll(async () => {
  solver = await createSolver();
});
afterAll(() => solver.close());

interface Case extends OpenMachine {
  readonly query: PlainQuery;
}

const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  levels: fc.array(arbitraryOpenRules(8), { minLength: 1, maxLength: 2 }),
  isMember: fc.boolean(),
  query: arbitraryQuery,
});

test(`z3 finds no completion of ${networks} random networks that breaks a bound`, () => {
  const drawnCases = fc.sample(arbitraryCase, { numRuns: networks, seed });
  let decided = 0;
  for (const [index, drawn] of drawnCases.entries()) {
    const { allowed, denied } = machineOf(openMachine(drawn)).reach(queryOf(drawn.query));
    const ours = { passes: formulaOf(allowed, 'a'), drops: formulaOf(denied, 'n') };
    const standpoint: Standpoint = {
      direction: 'Inbound',
      space: ['10.0.0.0/16', 'fd00:0:0::/48'],
      peers: [],
      neighbours: [],
      hasDefaultRoute: false,
      memberOf: drawn.isMember ? ['asg-in'] : [],
    };
    const levels = drawn.levels.map((rules, position) => passesLevel(rules, standpoint, `l${position}`));
    const text = [
      DECLARATIONS,
      ...levels.map(({ definitions }) => definitions),
      ours.passes.definitions,
      ours.drops.definitions,
      `(define-fun passes () Bool ${and(levels.map(({ passes }) => passes))})`,
      `(assert ${queryFormula(drawn.query)})`,
      '(push)',
      `(assert ${or([and([ours.passes.name, not('passes')]), and([ours.drops.name, 'passes'])])})`,
      '(check-sat)',
      '(pop)',
      `(assert ${or([ours.passes.name, ours.drops.name])})`,
      '(check-sat)',
    ].join('\n');
    const [broken, someDecided] = solver.ask(text);
    if (someDecided === 'sat') decided += 1;
    if (broken !== 'unsat') {
      const packet = solver.ask(
        `${text.slice(0, text.indexOf('(check-sat)'))}(check-sat)\n(get-value (dk dv dp sk sv sp p passes))`,
      );
      throw new Error(`network ${index}\n${packet.join('\n')}\n${JSON.stringify(drawn)}`);
    }
  }
  expect(decided).toBeGreaterThan(networks / 2);
}, 600_000);
