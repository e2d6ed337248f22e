import type { NetworkManagerCommit } from '../../src/model/azure/network-manager-commit.ts';
import { type SecurityAdminRule, securityAdminRules } from '../../src/model/azure/security-admin-rule.ts';
import type { Link } from '../../src/model/model.ts';
import { effectIn } from '../../src/network/admin-deployment.ts';
import { type Evaluated, known, type Unknown } from '../../src/value/value.ts';
import { modelOf, sub } from '../support/arm-model.ts';
import { waiting } from '../support/waiting.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const COLLECTION = 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections/rc';
const text = (value: string) => known(value, ORIGIN);
const to = (id: string): Link => ({ kind: 'to', id });
const oneOf = (name: string, ...ids: readonly string[]): Link => ({
  kind: 'one-of',
  ids,
  open: false,
  waitsFor: waiting(name),
});
const later = (name: string): Link => ({ kind: 'unknown', waitsFor: waiting(name) });
const NOTHING: Link = { kind: 'none' };

function adminRule(): SecurityAdminRule {
  const [found] = securityAdminRules(
    modelOf({ type: `${COLLECTION}/rules`, name: 'admin', parent: sub(COLLECTION).id, properties: {} }),
  );
  if (found === undefined) throw new Error('there is a rule');
  return { ...found, configuration: to('/own'), manager: to('/nm') };
}

const RULE = adminRule();
const HERE = text('westeurope');
const OWN: Pick<NetworkManagerCommit, 'configurations'> = { configurations: { items: [to('/own')] } };
const OTHERS: Pick<NetworkManagerCommit, 'configurations'> = { configurations: { items: [to('/other')] } };

/** A deployment of the configuration to the region, but for what is given. */
function commit(more: Partial<NetworkManagerCommit> = {}): NetworkManagerCommit {
  return {
    manager: to('/nm'),
    kind: text('SecurityAdmin'),
    regions: { items: [HERE] },
    ...OWN,
    address: 'deployed',
    origin: ORIGIN,
    ...more,
  };
}

function said(
  commits: readonly NetworkManagerCommit[],
  region: Evaluated<string> = HERE,
  rule: SecurityAdminRule = RULE,
): string {
  const effect = effectIn(commits, rule, region);
  if (effect === undefined) return 'in effect';
  return effect === 'none' ? 'not in effect' : `open: ${effect.reason.name}`;
}

const UNSAID = 'open: the deployment of the configuration of admin';

// Semantics 6.6: one deployed configuration per region; a commit is the goal of its regions.
test.each<[what: string, commits: readonly NetworkManagerCommit[], expected: string]>([
  ['no deployment', [], 'in effect'],
  ['one that names it', [commit()], 'in effect'],
  [
    'one that names it in another spelling of the words',
    [commit({ kind: text('securityadmin'), regions: { items: [text('West Europe')] } })],
    'in effect',
  ],
  [
    'one that names it second',
    [commit({ configurations: { items: [to('/other'), to('/own')] } })],
    'in effect',
  ],
  ['one for several regions', [commit({ regions: { items: [text('northeurope'), HERE] } })], 'in effect'],
  ['one that names others', [commit(OTHERS)], 'not in effect'],
  ['one that names none', [commit({ configurations: { items: [NOTHING] } })], 'not in effect'],
  ['one of another kind', [commit({ kind: text('Connectivity') })], UNSAID],
  ['one of no kind', [commit({ kind: { kind: 'absent', origin: ORIGIN } })], UNSAID],
  ['one of a kind that is not known', [commit({ kind: waiting('kind') })], 'open: kind'],
  ['one of another manager', [commit({ manager: to('/second') })], UNSAID],
  ['one of no manager', [commit({ manager: NOTHING })], UNSAID],
  ['one of one of two managers', [commit({ manager: oneOf('manager', '/nm', '/second') })], 'open: manager'],
  ['one of a manager that is not known', [commit({ manager: later('manager') })], 'open: manager'],
  ['one for another region', [commit({ regions: { items: [text('northeurope')] } })], UNSAID],
  [
    'one for a region that is not known',
    [commit({ regions: { items: [waiting('region')] } })],
    'open: region',
  ],
  [
    'one for a region that is not known, and this one',
    [commit({ regions: { items: [waiting('region'), HERE] } })],
    'in effect',
  ],
  [
    'one for regions that are not known',
    [commit({ regions: { items: [], unknown: waiting('regions') } })],
    'open: regions',
  ],
  ['one that names what is not known', [commit({ configurations: { items: [later('id')] } })], 'open: id'],
  [
    'one that names one of two',
    [commit({ configurations: { items: [oneOf('id', '/own', '/other')] } })],
    'open: id',
  ],
  [
    'one that names it and what is not known',
    [commit({ configurations: { items: [later('id'), to('/own')] } })],
    'in effect',
  ],
  [
    'one that may name more',
    [commit({ configurations: { items: [to('/other')], unknown: waiting('more') } })],
    'open: more',
  ],
  [
    'one that names it and may name more',
    [commit({ configurations: { items: [to('/own')], unknown: waiting('more') } })],
    'in effect',
  ],
  ['one that may not happen', [commit({ condition: waiting('enabled') })], 'open: enabled'],
  [
    'one that names others and may not happen',
    [commit({ ...OTHERS, condition: waiting('enabled') })],
    'open: enabled',
  ],
  [
    'two that name it, of which one may not happen',
    [commit({ condition: waiting('enabled') }), commit()],
    'in effect',
  ],
  ['one that names it, and another that names others', [commit(), commit(OTHERS)], UNSAID],
  [
    'one that names it, and another that may name others',
    [commit(), commit({ ...OTHERS, condition: waiting('enabled') })],
    'open: enabled',
  ],
  [
    'one that names others, and another that may name it',
    [commit(OTHERS), commit({ condition: waiting('enabled') })],
    'open: enabled',
  ],
  [
    'one for another region, and one here that names others',
    [commit({ regions: { items: [text('northeurope')] } }), commit(OTHERS)],
    'not in effect',
  ],
  [
    'one that names others, and another that may name more',
    [commit(OTHERS), commit({ configurations: { items: [to('/other')], unknown: waiting('more') } })],
    'open: more',
  ],
  ['two that name others', [commit(OTHERS), commit({ configurations: { items: [] } })], 'not in effect'],
  [
    'one with two doubts',
    [commit({ condition: waiting('enabled'), kind: waiting('kind') })],
    'open: enabled',
  ],
])('with %s a configuration is as expected: %#', (_, commits, expected) => {
  expect(said(commits)).toBe(expected);
});

const named = (value: Unknown, expression: string): Unknown => ({ ...value, expression });
const REGION = waiting('region');

test.each<[what: string, region: Evaluated<string>, committed: Evaluated<string>, expected: string]>([
  ['the same value', REGION, REGION, 'in effect'],
  [
    'values of one expression',
    named(REGION, 'var.region'),
    named(waiting('again'), 'var.region'),
    'in effect',
  ],
  [
    'values of two expressions',
    named(REGION, 'var.region'),
    named(waiting('again'), 'var.other'),
    'open: region',
  ],
  ['values without an expression', REGION, waiting('again'), 'open: region'],
  ['a value and a name', REGION, HERE, 'open: region'],
  ['a name and a value', HERE, REGION, 'open: region'],
])('the region of a network and of a deployment as %s', (_, region, committed, expected) => {
  expect(said([commit({ regions: { items: [committed] } })], region)).toBe(expected);
});

test.each<[what: string, more: Partial<SecurityAdminRule>, expected: string]>([
  ['whose configuration is not known', { configuration: later('configuration') }, 'open: configuration'],
  [
    'of one of two configurations',
    { configuration: oneOf('configuration', '/own', '/other') },
    'open: configuration',
  ],
  ['of no configuration', { configuration: NOTHING }, 'not in effect'],
  ['whose manager is not known', { manager: later('manager') }, 'open: manager'],
  ['of no manager', { manager: NOTHING }, UNSAID],
])('a rule %s is as expected where a deployment names a configuration', (_, more, expected) => {
  expect(said([commit()], HERE, { ...RULE, ...more })).toBe(expected);
});
