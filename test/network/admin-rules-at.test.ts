import { type AppliedAdminRule, adminRulesAt } from '../../src/network/security-admin.ts';
import { buildTopology } from '../../src/network/topology.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { namesOf, oneOf, perhaps, waiting } from '../support/waiting.ts';

const CONFIGURATION = 'networkManagers/nm/securityAdminConfigurations/c';
const COLLECTION = `${CONFIGURATION}/ruleCollections/rc`;
const VNET = sub('virtualNetworks/vnet').id;
const group = (name: string) => `networkManagers/nm/networkGroups/${name}`;
const groupIds = (...names: readonly string[]) =>
  names.map((name) => ({ networkGroupId: sub(group(name)).id }));

interface Managed {
  /** The members of the network groups `a` and `b`, as ids of virtual networks. */
  readonly a?: readonly unknown[];
  readonly b?: readonly unknown[];
  readonly appliesToGroups?: unknown;
  readonly rule?: Record<string, unknown>;
  readonly network?: Record<string, unknown>;
  readonly more?: readonly ArmResource[];
}

function applied({
  a,
  b,
  appliesToGroups = groupIds('a'),
  rule = {},
  network,
  more = [],
}: Managed): readonly AppliedAdminRule[] {
  const groups = Object.entries({ a, b }).flatMap(([name, members = []]) => [
    { type: 'networkManagers/nm/networkGroups', name, parent: sub('networkManagers/nm').id },
    ...members.map((resourceId, index) => ({
      type: `${group(name)}/staticMembers`,
      name: `member${index}`,
      parent: sub(group(name)).id,
      properties: { resourceId },
    })),
  ]);
  const model = modelOf(
    ...groups,
    ...(network === undefined ? [] : [{ type: 'virtualNetworks', name: 'vnet', ...network }]),
    {
      type: `${CONFIGURATION}/ruleCollections`,
      name: 'rc',
      parent: sub(CONFIGURATION).id,
      properties: { appliesToGroups },
    },
    { type: `${COLLECTION}/rules`, name: 'admin', parent: sub(COLLECTION).id, properties: rule },
    ...more,
  );
  return adminRulesAt(buildTopology(model), VNET);
}

function said(managed: Managed): string {
  const [found] = applied(managed);
  if (found === undefined) return 'elsewhere';
  return found.doubt === undefined ? 'applies' : `may apply: ${found.doubt.reason.name}`;
}

const OTHER = sub('virtualNetworks/other').id;
const LISTED = 'may apply: the network groups of admin';

// Semantics 6.6: a rule applies to the networks that its groups list.
test.each<[what: string, managed: Managed, expected: string]>([
  ['a group that lists the network', { a: [VNET] }, 'applies'],
  ['a group that lists it second', { a: [OTHER, VNET] }, 'applies'],
  ['a group that lists others', { a: [OTHER] }, 'elsewhere'],
  ['a group that lists nobody', { a: [] }, LISTED],
  ['a group that lists an empty id', { a: [''] }, 'elsewhere'],
  ['a group whose member is not known', { a: [waiting('member')] }, LISTED],
  [
    'a group whose member is one of two',
    { a: [oneOf('member', 'virtualNetworks/vnet', 'virtualNetworks/other')] },
    LISTED,
  ],
  [
    'a group whose member is one of two others',
    { a: [oneOf('member', 'virtualNetworks/x', 'virtualNetworks/y')] },
    'elsewhere',
  ],
  ['a group whose member is another or not', { a: [perhaps('member', 'virtualNetworks/x')] }, LISTED],
  [
    'two groups, the second of which lists it',
    { a: [OTHER], b: [VNET], appliesToGroups: groupIds('a', 'b') },
    'applies',
  ],
  [
    'two groups, the first of which may list it',
    { a: [], b: [VNET], appliesToGroups: groupIds('a', 'b') },
    'applies',
  ],
  [
    'two groups, one of which may list it',
    { a: [], b: [OTHER], appliesToGroups: groupIds('a', 'b') },
    LISTED,
  ],
  ['a group that is not in the root', { a: [VNET], appliesToGroups: groupIds('elsewhere') }, LISTED],
  ['a group without an id', { a: [VNET], appliesToGroups: [{}] }, LISTED],
  [
    'a group whose id is not known',
    { appliesToGroups: [{ networkGroupId: waiting('group') }] },
    'may apply: group',
  ],
  [
    'one of two groups',
    { a: [OTHER], b: [OTHER], appliesToGroups: [{ networkGroupId: oneOf('group', group('a'), group('b')) }] },
    'may apply: group',
  ],
  ['groups that are not known', { appliesToGroups: waiting('groups') }, 'may apply: groups'],
  [
    'groups of which more are not known',
    { a: [VNET], appliesToGroups: { partial: groupIds('a'), more: waiting('groups') } },
    'applies',
  ],
  [
    'groups of which the first reason counts',
    { a: [], appliesToGroups: { partial: groupIds('a'), more: waiting('groups') } },
    'may apply: groups',
  ],
  ['no group', { a: [VNET], appliesToGroups: [] }, 'elsewhere'],
])('the rules of %s are as expected at the network: %#', (_, managed, expected) => {
  expect(said(managed)).toBe(expected);
});

const deployment = (properties: Record<string, unknown>): ArmResource => ({
  type: 'networkManagers/nm/commits',
  name: 'deployed',
  parent: sub('networkManagers/nm').id,
  properties: {
    commitType: 'SecurityAdmin',
    targetLocations: ['westeurope'],
    configurationIds: [sub(CONFIGURATION)],
    ...properties,
  },
});
const HERE = { location: 'westeurope' };

test.each<[what: string, managed: Managed, expected: string]>([
  ['in the region of the deployment', { a: [VNET], network: HERE, more: [deployment({})] }, 'applies'],
  [
    'where others are deployed',
    { a: [VNET], network: HERE, more: [deployment({ configurationIds: [] })] },
    'elsewhere',
  ],
  [
    'whose region is not known',
    { a: [VNET], network: { location: waiting('region') }, more: [deployment({})] },
    'may apply: region',
  ],
  [
    'without a region',
    { a: [VNET], network: {}, more: [deployment({})] },
    'may apply: the region of a network of admin',
  ],
  ['of another root', { a: [VNET], more: [deployment({})] }, 'may apply: the region of a network of admin'],
  ['that the group may not list', { a: [], network: {}, more: [deployment({})] }, LISTED],
])('a rule at a network %s is as expected: %#', (_, managed, expected) => {
  expect(said(managed)).toBe(expected);
});

function sides(rule: Record<string, unknown>): unknown {
  return applied({ a: [VNET], rule }).map(({ source, destination }) =>
    [source, destination].map(({ prefixes, ports, applicationSecurityGroups }) => [
      ...[prefixes, ports].map(({ items, unknown: more }) =>
        [
          ...items.map((item) =>
            item.kind === 'known' ? item.value : item.kind === 'unknown' ? `? ${item.reason.name}` : '-',
          ),
          ...namesOf(more === undefined ? [] : [more]),
        ].join(', '),
      ),
      applicationSecurityGroups.items.length,
    ]),
  );
}

const prefix = (addressPrefix: unknown, addressPrefixType: unknown = 'IPPrefix') => ({
  addressPrefix,
  addressPrefixType,
});
const ANY = ['*', '*', 0];

// Semantics 6.6: prefixes, service tags and network groups; what is not written is anything.
test.each<[rule: Record<string, unknown>, expected: unknown]>([
  [{}, [ANY, ANY]],
  [{ sources: [], destinationPortRanges: [] }, [ANY, ANY]],
  [
    { sources: [prefix('10.0.0.0/8'), prefix('Internet', 'ServiceTag')] },
    [['10.0.0.0/8, Internet', '*', 0], ANY],
  ],
  [
    { destinations: [prefix('id', 'networkGroup')] },
    [ANY, ['? the addresses of a network group of admin', '*', 0]],
  ],
  [{ destinations: [prefix('10.0.0.0/8', waiting('type'))] }, [ANY, ['10.0.0.0/8', '*', 0]]],
  [{ sources: waiting('sources') }, [['sources', '*', 0], ANY]],
  [
    { sources: { partial: [prefix('10.0.0.0/8')], more: waiting('sources') } },
    [['10.0.0.0/8, sources', '*', 0], ANY],
  ],
  [
    { sourcePortRanges: ['1-9'], destinationPortRanges: ['80', waiting('port')] },
    [
      ['*', '1-9', 0],
      ['*', '80, ? port', 0],
    ],
  ],
  [{ destinationPortRanges: waiting('ports') }, [ANY, ['*', 'ports', 0]]],
])('a rule with %j has these sides', (rule, expected) => {
  expect(sides(rule)).toEqual([expected]);
});

test('every rule of the collection is applied', () => {
  const second = { type: `${COLLECTION}/rules`, name: 'second', parent: sub(COLLECTION).id, properties: {} };
  expect(applied({ a: [VNET], more: [second] }).map(({ rule }) => rule.address)).toEqual(['admin', 'second']);
});

test('what a rule waits for beside it is outside of the root, and its place is that of the rule', () => {
  const deployed = { a: [VNET], more: [deployment({})] };
  const ofGroup = { a: [VNET], rule: { sources: [prefix('id', 'NetworkGroup')] } };
  const found = [{ a: [] }, deployed, ofGroup].flatMap((managed) =>
    applied(managed).flatMap(({ rule, doubt, source }) =>
      [doubt, ...source.prefixes.items].flatMap((each) =>
        each?.kind === 'unknown' ? [[each.reason.kind, each.origin === rule.origin]] : [],
      ),
    ),
  );
  expect(found).toEqual([
    ['outside', true],
    ['outside', true],
    ['outside', true],
  ]);
});
