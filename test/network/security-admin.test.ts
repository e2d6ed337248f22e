import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { type Unknown, unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';

const COLLECTION = 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections/rc';
const GROUP = 'networkManagers/nm/networkGroups/g';
const CONFIGURATION = sub('networkManagers/nm/securityAdminConfigurations/c');
const OTHER = sub('networkManagers/nm/securityAdminConfigurations/other');

/** A deployment of the network manager to the region of the estate. */
function commit(properties: Record<string, unknown>, more: Record<string, unknown> = {}): ArmResource {
  return {
    type: 'networkManagers/nm/commits',
    name: 'deployed',
    parent: sub('networkManagers/nm').id,
    properties: {
      commitType: 'SecurityAdmin',
      targetLocations: ['West Europe'],
      configurationIds: [CONFIGURATION],
      ...properties,
    },
    ...more,
  };
}

/** A network manager whose group lists virtual networks, and admin rules for that group, which are deployed. */
function manager(
  rules: readonly Record<string, unknown>[],
  members: readonly string[] = ['vnet'],
  commits: readonly ArmResource[] = [commit({})],
): readonly ArmResource[] {
  return [
    ...commits,
    { type: 'networkManagers/nm/networkGroups', name: 'g', parent: sub('networkManagers/nm').id },
    ...members.map((name) => ({
      type: `${GROUP}/staticMembers`,
      name,
      parent: sub(GROUP).id,
      properties: { resourceId: sub(`virtualNetworks/${name}`).id },
    })),
    {
      type: 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections',
      name: 'rc',
      parent: sub('networkManagers/nm/securityAdminConfigurations/c').id,
      properties: { appliesToGroups: [{ networkGroupId: sub(GROUP).id }] },
    },
    ...rules.map((properties, index) => ({
      type: `${COLLECTION}/rules`,
      name: `admin${index}`,
      parent: sub(COLLECTION).id,
      properties: {
        priority: 10 + index,
        direction: 'Inbound',
        protocol: 'Tcp',
        sources: [{ addressPrefix: '*', addressPrefixType: 'IPPrefix' }],
        ...properties,
      },
    })),
  ];
}

function pathOf(options: EstateOptions): Path | undefined {
  return buildNetwork(estate(options)).paths[0];
}

const ALLOW_80 = [rule(100, 'Allow', { destinationPortRange: '80' })];
const DENY_ALL = [rule(100, 'Deny')];
const to80 = (access: string) => ({ access, destinationPortRanges: ['80'] });

// Semantics 6.6: Deny stops, AlwaysAllow delivers, Allow goes on to the security groups.
test('a security admin rule with Deny stops what every security group allows', () => {
  const path = pathOf({ subnetRules: ALLOW_80, more: manager([to80('Deny')]) });
  expect(path).toMatchObject({ data: 'blocked', probe: 'blocked' });
  expect(path?.diagnosis).toMatchObject({ id: 'explicit-deny', at: 'security-admin' });
  expect(path?.members[0]?.data.evidence?.().hops).toMatchObject([
    { at: 'vnet', stage: 'security-admin', decidedBy: { name: 'admin0', priority: 10, effect: 'deny' } },
  ]);
});

test('a security admin rule with AlwaysAllow delivers what the security groups deny', () => {
  expect(pathOf({ subnetRules: DENY_ALL, more: manager([to80('AlwaysAllow')]) })).toMatchObject({
    data: 'open',
    probe: 'open',
  });
});

test('a security admin rule with Allow leaves the answer to the security groups', () => {
  const more = manager([to80('Allow'), to80('Deny')]);
  expect(pathOf({ subnetRules: DENY_ALL, more })?.data).toBe('blocked');
  expect(pathOf({ subnetRules: ALLOW_80, more })?.data).toBe('open');
});

test('the security admin rule with the lower priority number comes first, whatever the order of the code', () => {
  const later = { ...to80('Deny'), priority: 30 };
  expect(pathOf({ subnetRules: DENY_ALL, more: manager([later, to80('AlwaysAllow')]) })?.data).toBe('open');
});

test('a security admin rule for another port, direction or network changes nothing', () => {
  for (const more of [
    manager([{ access: 'Deny', destinationPortRanges: ['81'] }]),
    manager([{ ...to80('Deny'), direction: 'Outbound' }]),
    manager([to80('Deny')], ['vnet-other']),
  ]) {
    expect(pathOf({ subnetRules: ALLOW_80, more })?.data).toBe('open');
  }
});

test('a network group that lists nobody may hold every network, so its rules decide nothing', () => {
  const more = manager([to80('Deny')], []);
  expect(pathOf({ subnetRules: ALLOW_80, more })?.data).toBe('unknown');
  expect(pathOf({ subnetRules: DENY_ALL, more })?.data).toBe('blocked');
});

// Semantics 11.17.
test('whether AlwaysAllow opens a public frontend without any security group is open', () => {
  expect(pathOf({ more: manager([to80('AlwaysAllow')]) })?.data).toBe('unknown');
  expect(pathOf({ more: manager([to80('Allow')]) })?.data).toBe('blocked');
  expect(pathOf({ more: manager([to80('Deny')]) })?.data).toBe('blocked');
});

test('the rules of a network group whose member may not be declared may not apply', () => {
  const condition = unknown(
    { kind: 'parameter', name: 'managed' },
    { kind: 'json', path: 'test.json', pointer: '/parameters/managed' },
  );
  const ofName = (name: string): readonly ArmResource[] =>
    manager([to80('Deny')], ['vnet-sure', name]).map((each) =>
      each.type.endsWith('staticMembers') && each.name === name ? { ...each, condition } : each,
    );
  expect(pathOf({ subnetRules: ALLOW_80, more: ofName('vnet') })?.data).toBe('unknown');
  expect(pathOf({ subnetRules: DENY_ALL, more: ofName('vnet') })?.data).toBe('blocked');
  expect(pathOf({ subnetRules: ALLOW_80, more: ofName('vnet-other') })?.data).toBe('open');
});

function waiting(name: string): Unknown {
  return unknown(
    { kind: 'parameter', name },
    { kind: 'json', path: 'test.json', pointer: `/parameters/${name}` },
  );
}

// Semantics 6.6: one deployed configuration per region.
test.each<[string, readonly ArmResource[], string]>([
  ['names the configuration', [commit({})], 'blocked'],
  ['names another configuration as well', [commit({ configurationIds: [OTHER, CONFIGURATION] })], 'blocked'],
  ['names another configuration only', [commit({ configurationIds: [OTHER] })], 'open'],
  ['names none, which takes everything out of effect', [commit({ configurationIds: [] })], 'open'],
  ['is not there', [], 'blocked'],
  ['is for another region', [commit({ targetLocations: ['northeurope'] })], 'unknown'],
  [
    'is for another region beside the one that names others',
    [commit({ targetLocations: ['northeurope'] }), commit({ configurationIds: [OTHER] })],
    'open',
  ],
  ['is of another kind', [commit({ commitType: 'Connectivity' })], 'unknown'],
  ['is of another manager', [commit({}, { parent: sub('networkManagers/second').id })], 'unknown'],
  ['is for a region that is not known', [commit({ targetLocations: [waiting('region')] })], 'unknown'],
  ['names what is not known', [commit({ configurationIds: [{ id: waiting('id') }] })], 'unknown'],
  [
    'names the configuration beside what is not known',
    [commit({ configurationIds: [CONFIGURATION, { id: waiting('id') }] })],
    'blocked',
  ],
  ['names a list that is not known', [commit({ configurationIds: waiting('ids') })], 'unknown'],
  ['may not happen', [commit({}, { condition: waiting('enabled') })], 'unknown'],
  [
    'is certain beside one that names it as well and may not happen',
    [commit({}), commit({}, { name: 'again', condition: waiting('enabled') })],
    'blocked',
  ],
  [
    'stands beside one that names others and may not happen',
    [commit({}), commit({ configurationIds: [OTHER] }, { name: 'again', condition: waiting('enabled') })],
    'unknown',
  ],
  [
    'stands beside one that names others',
    [commit({}), commit({ configurationIds: [OTHER] }, { name: 'again' })],
    'unknown',
  ],
])('where the deployment %s, a Deny decides accordingly', (_, commits, expected) => {
  const more = manager([to80('Deny')], ['vnet'], commits);
  expect(pathOf({ subnetRules: ALLOW_80, more })?.data).toBe(expected);
  expect(pathOf({ subnetRules: DENY_ALL, more })?.data).toBe('blocked');
});

test('a rule waits for its deployment where those of the root do not settle it', () => {
  const elsewhere = commit({ targetLocations: ['northeurope'] });
  const path = pathOf({ subnetRules: ALLOW_80, more: manager([to80('Deny')], ['vnet'], [elsewhere]) });
  expect(path?.waitsFor.map(({ reason }) => reason)).toEqual([
    { kind: 'outside', name: 'the deployment of the configuration of admin0' },
  ]);
});

test.each(['Any', 'any', '*', 'Tcp'])('a security admin rule for the protocol %s is evidence', (protocol) => {
  const path = pathOf({ subnetRules: ALLOW_80, more: manager([{ ...to80('Deny'), protocol }]) });
  expect(path?.data).toBe('blocked');
  expect(path?.members[0]?.data.evidence?.().decisive?.name).toBe('admin0');
});

test('security admin rules are tried by priority, in whatever order they are written', () => {
  const rules = [
    { ...to80('Deny'), priority: 30 },
    { ...to80('Allow'), priority: 20 },
  ];
  const path = pathOf({ subnetRules: ALLOW_80, more: manager(rules) });
  expect(path).toMatchObject({ data: 'open', probe: 'open' });
  const denied = pathOf({ subnetRules: DENY_ALL, more: manager(rules) });
  expect(denied?.data).toBe('blocked');
  expect(denied?.members[0]?.data.evidence?.().hops.map(({ decidedBy }) => decidedBy?.name)).toEqual([
    'admin1',
    'Deny100',
  ]);
});

test('security admin rules of the two directions are kept apart', () => {
  const outbound = { ...to80('Deny'), direction: 'Outbound' };
  const options = { internal: true, subnetRules: ALLOW_80, more: manager([outbound]) };
  const clients = [{ name: 'inside', addresses: ['10.0.1.7'] }];
  const { paths } = buildNetwork(estate(options), { clients });
  expect(paths.map(({ client, data }) => [client, data])).toEqual([
    ['vnet', 'open'],
    ['inside', 'blocked'],
  ]);
});
