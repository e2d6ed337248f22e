import fc from 'fast-check';
import { cases, seed } from '../support/property-runs.ts';
import {
  arbitraryAdminRules,
  arbitraryQuery,
  arbitraryRules,
  type PlainQuery,
} from './oracle/arbitrary-level.ts';
import { adminResources, resourcesOf } from './oracle/estate-resources.ts';
import { machineOf } from './oracle/machine.ts';
import { and, DECLARATIONS, type Formula, formulaOf, not, or } from './oracle/packet-formula.ts';
import type { PlainAdminRule, PlainEstate, PlainRule } from './oracle/plain-estate.ts';
import { queryFormula, queryOf } from './oracle/query-formula.ts';
import { adminOutcomes, outcomes, prefixesFormula, type Standpoint } from './oracle/rule-formula.ts';
import { createSolver, type Solver } from './oracle/solver.ts';

const networks = cases(500);

let solver: Solver;
beforeAll(async () => {
  solver = await createSolver();
});
afterAll(() => solver.close());

/** Two levels around one machine; the surroundings decide what the tags mean. */
interface Case {
  readonly levels: readonly [readonly PlainRule[] | undefined, readonly PlainRule[] | undefined];
  readonly adminRules: readonly PlainAdminRule[];
  readonly direction: 'Inbound' | 'Outbound';
  readonly isPeered: boolean;
  readonly isHalfPeered: boolean;
  readonly route: string | undefined;
  readonly isMember: boolean;
  readonly query: PlainQuery;
}

const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  levels: fc.tuple(
    fc.option(arbitraryRules(15), { nil: undefined, freq: 8 }),
    fc.option(arbitraryRules(15), { nil: undefined, freq: 4 }),
  ),
  adminRules: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: arbitraryAdminRules(5) },
  ),
  direction: fc.constantFrom('Inbound', 'Inbound', 'Inbound', 'Outbound'),
  isPeered: fc.boolean(),
  isHalfPeered: fc.boolean(),
  route: fc.constantFrom(undefined, undefined, undefined, '0.0.0.0/0'),
  isMember: fc.boolean(),
  query: arbitraryQuery,
});

function estateOf({ levels: [subnet, nic], isPeered, isHalfPeered, route, isMember }: Case): PlainEstate {
  const peer = isPeered || isHalfPeered ? [{ network: 'vnet1', bothWays: isPeered }] : [];
  return {
    networks: [
      {
        name: 'vnet0',
        space: ['10.0.0.0/16', 'fd00:0:0::/48'],
        peers: peer,
        subnets: [
          {
            name: 'snet',
            prefixes: ['10.0.1.0/24', 'fd00:0:0:1::/64'],
            ...(subnet === undefined ? {} : { group: 'nsg-subnet' }),
            ...(route === undefined ? {} : { routes: [{ prefix: route, hop: 'VirtualAppliance' as const }] }),
          },
        ],
      },
      {
        name: 'vnet1',
        space: ['10.1.0.0/16', '20.5.0.0/16'],
        peers: isPeered ? [{ network: 'vnet0', bothWays: true }] : [],
        subnets: [],
      },
    ],
    groups: [
      { name: 'nsg-subnet', rules: subnet ?? [] },
      { name: 'nsg-nic', rules: nic ?? [] },
    ],
    interfaces: [
      {
        name: 'nic',
        ...(nic === undefined ? {} : { group: 'nsg-nic' }),
        configurations: [
          {
            name: 'ip',
            network: 'vnet0',
            subnet: 'snet',
            version: 4,
            address: '10.0.1.4',
            pools: [],
            natRules: [],
            natPools: [],
            applicationGroups: isMember ? ['asg-in'] : [],
          },
        ],
      },
    ],
    balancers: [],
    publicIps: [],
    applicationGroups: ['asg-in', 'asg-out'],
  };
}

function standpointOf({ direction, isPeered, isHalfPeered, route, isMember }: Case): Standpoint {
  const remote = ['10.1.0.0/16', '20.5.0.0/16'];
  return {
    direction,
    space: ['10.0.0.0/16', 'fd00:0:0::/48'],
    peers: isPeered ? remote : [],
    neighbours: !isPeered && isHalfPeered ? remote : [],
    hasDefaultRoute: route !== undefined,
    memberOf: isMember ? ['asg-in'] : [],
  };
}

/** The text that asks about one case: first whether the sets are the same, then what each destination sees. */
function questionOf(drawn: Case): { text: string; verdict: string } {
  const direction = drawn.direction === 'Inbound' ? 'inbound' : 'outbound';
  const resources = [...resourcesOf(estateOf(drawn)), ...adminResources('vnet0', drawn.adminRules)];
  const { allowed, denied, verdict } = machineOf(resources, direction).reach(queryOf(drawn.query));
  const ours = [formulaOf(allowed, 'a'), formulaOf(denied, 'n')] as const;
  const levels = drawn.levels.flatMap((rules, index) =>
    rules === undefined ? [] : [outcomes(rules, standpointOf(drawn), `l${index}`)],
  );
  const admin = adminOutcomes(drawn.adminRules, standpointOf(drawn));
  const groupsPass = and(levels.map(({ mayAllow, mayDeny }) => and([mayAllow, not(mayDeny)])));
  const groupsDrop = or(levels.map(({ mayAllow, mayDeny }) => and([mayDeny, not(mayAllow)])));
  const mayPass = or([admin.mayDeliver, and([admin.mayGoOn, not(groupsDrop)])]);
  const mayDrop = or([admin.mayStop, and([admin.mayGoOn, not(groupsPass)])]);
  const differ = (name: string, formula: Formula): Formula => `(xor ${name} ${formula})`;
  const isThere = (...formulas: readonly Formula[]): string =>
    ['(push)', `(assert ${and(['asked', ...formulas])})`, '(check-sat)', '(pop)'].join('\n');
  const text = [
    DECLARATIONS,
    `(define-fun asked () Bool ${queryFormula(drawn.query)})`,
    ...levels.map(({ definitions }) => definitions),
    ...ours.map(({ definitions }) => definitions),
    admin.definitions,
    `(define-fun mayPass () Bool ${mayPass})`,
    `(define-fun mayDrop () Bool ${mayDrop})`,
    `(define-fun passes () Bool ${and(['asked', 'mayPass', not('mayDrop')])})`,
    `(define-fun drops () Bool ${and(['asked', 'mayDrop', not('mayPass')])})`,
    '(push)',
    `(assert ${or([differ(ours[0].name, 'passes'), differ(ours[1].name, 'drops')])})`,
    '(check-sat)',
    '(pop)',
    isThere(not('passes')),
    isThere(not('drops')),
    ...drawn.query.destinations.flatMap((destination) =>
      ['passes', 'drops'].map((outcome) => isThere(prefixesFormula('d', [destination]), outcome)),
    ),
  ].join('\n');
  return { text, verdict };
}

/** Section 0.1 for packets that go to one of several addresses: open, blocked or partial for each of them. */
function verdictOf([kept, passed, ...ofDestinations]: readonly string[]): string {
  if (kept === 'unsat') return 'open';
  if (passed === 'unsat') return 'blocked';
  return ofDestinations.every((answer) => answer === 'sat') ? 'partial' : 'unknown';
}

test(`z3 finds no packet that ${networks} random networks treat otherwise than reach says`, () => {
  const drawnCases = fc.sample(arbitraryCase, { numRuns: networks, seed });
  const counts = new Map<string, number>();
  for (const [index, drawn] of drawnCases.entries()) {
    const { text, verdict } = questionOf(drawn);
    const [same, ...answers] = solver.ask(text);
    const expected = verdictOf(answers);
    counts.set(expected, (counts.get(expected) ?? 0) + 1);
    if (same !== 'unsat' || verdict !== expected) {
      const packet = same === 'unsat' ? [] : solver.ask(counterexample(text));
      throw new Error(
        `network ${index}: z3 says ${expected}, reach says ${verdict}\n${packet.join('\n')}\n${JSON.stringify(drawn)}`,
      );
    }
  }
  for (const verdict of ['open', 'blocked', 'partial', 'unknown'])
    expect(counts.get(verdict) ?? 0).toBeGreaterThan(networks / 50);
}, 600_000);

/** The same question, with the packet that answers it. */
function counterexample(text: string): string {
  const asked = text.slice(0, text.indexOf('(check-sat)'));
  return `${asked}(check-sat)\n(get-value (dk dv dp sk sv sp p passes drops))`;
}
