import fc from 'fast-check';
import { unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { arbitraryQuery, arbitraryRules, type PlainQuery } from './oracle/arbitrary-level.ts';
import { type OpenPart, type OpenRule, passesLevel } from './oracle/completion-formula.ts';
import { resourcesOf, ruleOf } from './oracle/estate-resources.ts';
import { machineOf } from './oracle/machine.ts';
import { and, DECLARATIONS, formulaOf, not, or } from './oracle/packet-formula.ts';
import type { PlainEstate } from './oracle/plain-estate.ts';
import { queryFormula, queryOf } from './oracle/query-formula.ts';
import type { Standpoint } from './oracle/rule-formula.ts';
import { createSolver, type Solver } from './oracle/solver.ts';

const networks = Number(process.env.PORTCULLIS_Z3_NETWORKS ?? 200);
const seed = process.env.PORTCULLIS_SEED === 'free' ? {} : { seed: 20_261_127 };

const UNKNOWN = unknown(
  { kind: 'known-after-apply', name: 'random_integer.x.result' },
  { kind: 'json', path: 'test.json', pointer: '' },
);

let solver: Solver;
beforeAll(async () => {
  solver = await createSolver();
});
afterAll(() => solver.close());

interface Case {
  readonly levels: readonly (readonly OpenRule[])[];
  readonly isMember: boolean;
  readonly query: PlainQuery;
}

const PARTS: readonly OpenPart[] = [
  'priority',
  'access',
  'direction',
  'protocol',
  'source',
  'destination',
  'sourcePorts',
  'destinationPorts',
  'moreSources',
  'morePorts',
  'existence',
];

const level: fc.Arbitrary<readonly OpenRule[]> = arbitraryRules(8).chain((rules) =>
  fc.tuple(
    ...rules.map((rule) =>
      fc.record({
        rule: fc.constant(rule),
        open: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          { weight: 2, arbitrary: fc.uniqueArray(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 2 }) },
        ),
      }),
    ),
  ),
);

const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  levels: fc.array(level, { minLength: 1, maxLength: 2 }),
  isMember: fc.boolean(),
  query: arbitraryQuery,
});

/** The rule in ARM, with an unknown in every open part. */
function openRule({ rule, open }: OpenRule): Record<string, unknown> {
  const inSide = 'prefixes' in rule.source ? rule.source.prefixes : [];
  const masks: Readonly<Record<OpenPart, Record<string, unknown>>> = {
    priority: { priority: UNKNOWN },
    access: { access: UNKNOWN },
    direction: { direction: UNKNOWN },
    protocol: { protocol: UNKNOWN },
    source: {
      sourceAddressPrefix: UNKNOWN,
      sourceAddressPrefixes: null,
      sourceApplicationSecurityGroups: null,
    },
    destination: {
      destinationAddressPrefix: UNKNOWN,
      destinationAddressPrefixes: null,
      destinationApplicationSecurityGroups: null,
    },
    sourcePorts: { sourcePortRange: UNKNOWN, sourcePortRanges: null },
    destinationPorts: { destinationPortRange: UNKNOWN, destinationPortRanges: null },
    moreSources: { sourceAddressPrefix: null, sourceAddressPrefixes: [...inSide, UNKNOWN] },
    morePorts: { destinationPortRange: null, destinationPortRanges: [...rule.destinationPorts, UNKNOWN] },
    existence: {},
  };
  const { name, properties } = ruleOf(rule);
  const whole = PARTS.filter((part) => open.includes(part) && !part.startsWith('more'));
  const more = PARTS.filter((part) => open.includes(part) && part.startsWith('more'));
  return {
    name,
    properties: Object.assign({}, properties, ...[...more, ...whole].map((part) => masks[part])),
  };
}

/** Rules that may not exist are declared on their own. */
function groupResources(name: string, rules: readonly OpenRule[]): readonly ArmResource[] {
  const isSure = ({ open }: OpenRule): boolean => !open.includes('existence');
  const listed = rules.map((each, index) => ({
    ...openRule(each),
    name: `rule${index}`,
    isSure: isSure(each),
  }));
  return [
    {
      type: 'networkSecurityGroups',
      name,
      properties: { securityRules: listed.filter((each) => each.isSure) },
    },
    ...listed
      .filter((each) => !each.isSure)
      .map(
        (each): ArmResource => ({
          ...each,
          type: `networkSecurityGroups/${name}/securityRules`,
          parent: sub(`networkSecurityGroups/${name}`).id,
          condition: UNKNOWN,
        }),
      ),
  ];
}

function resources({ levels: [subnet, nic], isMember }: Case): readonly ArmResource[] {
  const estate: PlainEstate = {
    networks: [
      {
        name: 'vnet0',
        space: ['10.0.0.0/16', 'fd00:0:0::/48'],
        peers: [],
        subnets: [
          {
            name: 'snet',
            prefixes: ['10.0.1.0/24', 'fd00:0:0:1::/64'],
            ...(subnet === undefined ? {} : { group: 'nsg-subnet' }),
          },
        ],
      },
    ],
    groups: [],
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
  return [
    ...resourcesOf(estate),
    ...(subnet === undefined ? [] : groupResources('nsg-subnet', subnet)),
    ...(nic === undefined ? [] : groupResources('nsg-nic', nic)),
  ];
}

test(`z3 finds no completion of ${networks} random networks that breaks a bound`, () => {
  const cases = fc.sample(arbitraryCase, { numRuns: networks, ...seed });
  let decided = 0;
  for (const [index, drawn] of cases.entries()) {
    const { allowed, denied } = machineOf(resources(drawn)).reach(queryOf(drawn.query));
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
}, 120_000);
