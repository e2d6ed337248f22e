import fc from 'fast-check';
import {
  type Bound,
  EMPTY,
  type IntervalSet,
  range,
  unionAll,
} from '../../../src/network/packets/interval-set.ts';
import {
  box,
  intersectPackets,
  type PacketBox,
  type PacketSet,
  subtractPackets,
  unionPackets,
} from '../../../src/network/packets/packet-set.ts';
import { cases, seed } from '../../support/property-runs.ts';
import {
  and,
  DECLARATIONS,
  type Formula,
  formulaOf,
  labelFormula,
  not,
  or,
} from '../oracle/packet-formula.ts';
import { createSolver, type Solver } from '../oracle/solver.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await createSolver();
});
afterAll(() => solver.close());

/** An expression over boxes: the set as the functions under test build it, and its meaning as a formula. */
interface Expression {
  readonly set: PacketSet;
  readonly formula: Formula;
}

const port = fc.oneof(fc.constantFrom(0, 1, 80, 443, 65_535), fc.integer({ min: 0, max: 65_535 }));
const address: fc.Arbitrary<Bound> = fc.oneof(
  fc.constantFrom<Bound>(0, 2 ** 32 - 1, 2 ** 32, 2 ** 33 - 1, 2n ** 33n, 2n ** 33n + 2n ** 128n - 1n),
  fc.integer({ min: 0, max: 2 ** 33 - 1 }),
  fc.bigInt({ min: 2n ** 33n, max: 2n ** 33n + 2n ** 128n - 1n }),
);

/** Few values, so that boxes share edges; `end` is the highest value of the dimension. */
function sets(value: fc.Arbitrary<Bound>): fc.Arbitrary<IntervalSet> {
  return fc
    .array(
      fc.tuple(value, value).map(([a, b]) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        return range(low, typeof high === 'number' ? high + 1 : high + 1n);
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map(unionAll);
}

const sides: fc.Arbitrary<PacketBox> = fc.record(
  {
    destination: sets(address),
    protocol: sets(fc.nat(4)),
    destinationPort: sets(port),
    source: sets(address),
    sourcePort: sets(port),
  },
  { requiredKeys: [] },
);

const leaf: fc.Arbitrary<Expression> = sides.map((drawn) => ({
  set: box(drawn),
  formula: and(
    (['destination', 'protocol', 'destinationPort', 'source', 'sourcePort'] as const).flatMap((dimension) => {
      const label = drawn[dimension];
      return label === undefined ? [] : [labelFormula(dimension, label)];
    }),
  ),
}));

function expressionOf(depth: number): fc.Arbitrary<Expression> {
  if (depth === 0) return leaf;
  const inner = expressionOf(depth - 1);
  return fc.oneof(
    { weight: 1, arbitrary: leaf },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom('union', 'intersect', 'subtract', 'union'), inner, inner)
        .map(([operation, left, right]): Expression => {
          switch (operation) {
            case 'union':
              return {
                set: unionPackets(left.set, right.set),
                formula: or([left.formula, right.formula]),
              };
            case 'intersect':
              return {
                set: intersectPackets(left.set, right.set),
                formula: and([left.formula, right.formula]),
              };
            default:
              return {
                set: subtractPackets(left.set, right.set),
                formula: and([left.formula, not(right.formula)]),
              };
          }
        }),
    },
  );
}

test('z3 finds no packet that sets of random boxes hold otherwise than their definition says', () => {
  const expressions = fc.sample(expressionOf(3), { numRuns: cases(120), seed });
  let filled = 0;
  for (const [index, { set, formula }] of expressions.entries()) {
    const { definitions, name } = formulaOf(set, 'n');
    const [differ, isFilled] = solver.ask(
      [
        DECLARATIONS,
        definitions,
        `(define-fun meant () Bool ${formula})`,
        `(push)(assert (xor meant ${name}))(check-sat)(pop)`,
        '(assert meant)(check-sat)',
      ].join('\n'),
    );
    expect([index, differ]).toEqual([index, 'unsat']);
    if (isFilled === 'sat') filled += 1;
  }
  expect(filled).toBeGreaterThan(expressions.length / 3);
}, 600_000);

test('the formula of an empty set holds for no packet', () => {
  const { definitions, name } = formulaOf(box({ source: EMPTY }), 'n');
  expect(solver.ask(`${DECLARATIONS}\n${definitions}\n(assert ${name})(check-sat)`)).toEqual(['unsat']);
});
