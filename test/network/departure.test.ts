import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { known } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule, VIP } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const UNKNOWN = waiting('access');
const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const JUMP = '10.0.2.7';
const WEB = sub('applicationSecurityGroups/web');

function out(
  priority: number,
  access: 'Allow' | 'Deny',
  match: Record<string, unknown> = {},
): Record<string, unknown> {
  return rule(priority, access, { direction: 'Outbound', ...match });
}

/** A machine `jump` in a subnet of its own, with the group `nsg-client` on its interface. */
function clientSide(
  rules: readonly unknown[],
  groups: readonly unknown[] = [],
  prefix = '10.0.2.0/24',
): readonly ArmResource[] {
  const subnet = sub('virtualNetworks/vnet/subnets/snet-client');
  const properties = { subnet, privateIPAddress: JUMP, applicationSecurityGroups: groups };
  return [
    {
      type: 'virtualNetworks/vnet/subnets',
      name: 'snet-client',
      parent: sub('virtualNetworks/vnet').id,
      properties: { addressPrefix: prefix },
    },
    { type: 'networkSecurityGroups', name: 'nsg-client', properties: { securityRules: rules } },
    {
      type: 'networkInterfaces',
      name: 'jump',
      properties: {
        networkSecurityGroup: sub('networkSecurityGroups/nsg-client'),
        ipConfigurations: [{ name: 'ip', properties }],
      },
    },
  ];
}

function pathOf(
  rules: readonly unknown[],
  options: EstateOptions = {},
  groups: readonly unknown[] = [],
): Path | undefined {
  const model = estate({ internal: true, ...options, more: clientSide(rules, groups) });
  const { paths } = buildNetwork(model, { clients: [{ name: 'jump', addresses: [JUMP] }] });
  return paths.find(({ client }) => client === 'jump');
}

/** `blocked by Deny100 (explicit-deny at client)`, or `unknown: access`. */
function answer(
  rules: readonly unknown[],
  options: EstateOptions = {},
  groups: readonly unknown[] = [],
): string {
  const data = pathOf(rules, options, groups)?.members[0]?.data;
  if (data === undefined) return 'nothing';
  const { verdict, waitsFor, diagnosis } = data;
  const waits = waitsFor.length === 0 ? '' : `: ${waitsFor.map(({ reason }) => reason.name).join(', ')}`;
  const meant = diagnosis?.intended === undefined ? '' : ` before ${diagnosis.intended.name}`;
  const why =
    diagnosis === undefined
      ? ''
      : ` by ${diagnosis.decisive.name}${meant} (${diagnosis.id} at ${diagnosis.at})`;
  return `${verdict}${why}${waits}`;
}

const DYNAMIC = { frontend: { privateIPAddress: undefined } };
const OPEN_PROTOCOL = { rule: { protocol: waiting('protocol') } };
const FEW_PORTS = { sourcePortRange: '1-1023' };

test.each<[what: string, rules: readonly unknown[], expected: string, options?: EstateOptions]>([
  ['nothing stops it', [], 'open'],
  ['a rule stops it', [out(100, 'Deny')], 'blocked by Deny100 (explicit-deny at client)'],
  [
    'a rule stops it that stands before its own',
    [out(100, 'Deny'), out(200, 'Allow', { destinationAddressPrefix: VIP })],
    'blocked by Deny100 before Allow200 (shadowed-by-deny at client)',
  ],
  [
    'a rule is about the members and not the frontend',
    [out(100, 'Deny', { destinationAddressPrefix: '10.0.1.0/26' })],
    'open',
  ],
  [
    'a rule stops some of its source ports',
    [out(100, 'Deny', FEW_PORTS)],
    'partial by Deny100 (explicit-deny at client)',
  ],
  [
    'a rule stops some of its source ports before its own',
    [out(100, 'Deny', FEW_PORTS), out(200, 'Allow')],
    'partial by Deny100 before Allow200 (shadowed-by-deny at client)',
  ],
  ['a rule may stop it', [out(100, 'Deny', { access: UNKNOWN })], 'unknown: access'],
  [
    'a rule may stop it and the protocol is open',
    [out(100, 'Deny', { access: UNKNOWN })],
    'unknown: protocol, access',
    OPEN_PROTOCOL,
  ],
  [
    'a rule stops one protocol of two',
    [out(100, 'Deny', { protocol: 'Udp' })],
    'unknown: protocol',
    OPEN_PROTOCOL,
  ],
  [
    'a rule stops both protocols of two',
    [out(100, 'Deny')],
    'blocked by Deny100 (explicit-deny at client)',
    OPEN_PROTOCOL,
  ],
  [
    'a rule is about some addresses that the frontend may get',
    [out(100, 'Deny', { destinationAddressPrefix: '10.0.1.0/25' })],
    'unknown: the address of the frontend of lb',
    DYNAMIC,
  ],
  [
    'a rule is about all addresses that the frontend may get',
    [out(100, 'Deny', { destinationAddressPrefix: '10.0.1.0/24' })],
    'blocked by Deny100 (explicit-deny at client)',
    DYNAMIC,
  ],
])('on the way from a machine of the root to a frontend %s', (_what, rules, expected, options = {}) => {
  expect(answer(rules, options)).toBe(expected);
});

// Semantics 1.7: a group as the source of an outbound rule is about the machines in it.
test.each<[what: string, rules: readonly unknown[], groups: readonly unknown[], expected: string]>([
  [
    'stops those in it',
    [out(100, 'Deny', { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [WEB] })],
    [WEB],
    'blocked by Deny100 (explicit-deny at client)',
  ],
  [
    'stops nobody else',
    [out(100, 'Deny', { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [WEB] })],
    [],
    'open',
  ],
  [
    'comes too late for those in it',
    [
      out(100, 'Deny'),
      out(200, 'Allow', { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [WEB] }),
    ],
    [WEB],
    'blocked by Deny100 before Allow200 (shadowed-by-deny at client)',
  ],
  [
    'would not have been for others',
    [
      out(100, 'Deny'),
      out(200, 'Allow', { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [WEB] }),
    ],
    [],
    'blocked by Deny100 (explicit-deny at client)',
  ],
])('an outbound rule of an application security group %s', (_what, rules, groups, expected) => {
  expect(answer(rules, {}, groups)).toBe(expected);
});

const MOSTLY = rule(100, 'Deny', { sourcePortRange: '1024-65535' });

test.each<[what: string, leaving: readonly unknown[], arriving: readonly unknown[], expected: string]>([
  ['both let it pass', [], [], 'open'],
  [
    'the client stops it, and so does the member',
    [out(110, 'Deny')],
    [rule(100, 'Deny')],
    'blocked by Deny110 (explicit-deny at client)',
  ],
  ['the member stops it', [], [rule(100, 'Deny')], 'blocked by Deny100 (explicit-deny at member)'],
  [
    'the client stops some, the member all',
    [out(110, 'Deny', FEW_PORTS)],
    [rule(100, 'Deny')],
    'blocked by Deny100 (explicit-deny at member)',
  ],
  ['the member stops some', [], [MOSTLY], 'partial by Deny100 (explicit-deny at member)'],
  [
    'each stops some',
    [out(110, 'Deny', FEW_PORTS)],
    [MOSTLY],
    'unknown: which packets pass both the client and the member',
  ],
  [
    'the client may stop it, the member stops some',
    [out(110, 'Deny', { access: UNKNOWN })],
    [MOSTLY],
    'unknown: access',
  ],
  [
    'both may stop it',
    [out(110, 'Deny', { access: UNKNOWN })],
    [rule(100, 'Deny', { access: waiting('arrival') })],
    'unknown: access, arrival',
  ],
])('of two ways in a row, %s', (_what, leaving, arriving, expected) => {
  expect(answer(leaving, { subnetRules: arriving })).toBe(expected);
});

test('the free priority for an outbound allow is one that no outbound rule has', () => {
  const rules = [out(200, 'Deny'), out(199, 'Deny', { protocol: 'Udp' }), rule(198, 'Deny')];
  expect(pathOf(rules)?.diagnosis?.freePriority).toBe(198);
});

test('what each of two ways stops in part is told at the rule of the member', () => {
  const data = pathOf([out(110, 'Deny', FEW_PORTS)], { subnetRules: [MOSTLY] })?.members[0]?.data;
  expect(data?.waitsFor[0]).toMatchObject({
    reason: { kind: 'unsupported' },
    origin: { kind: 'json', pointer: '/resources/1/properties/securityRules/0' },
  });
});

test('where the client lets everything out, what is known is what the member does', () => {
  expect(pathOf([])?.members[0]?.data).toMatchObject({ verdict: 'open', questions: [{ isWhole: true }] });
});

test('a packet is shown as it leaves the client, without the address of a frontend that is a secret', () => {
  const packetOf = (options: EstateOptions) =>
    pathOf([out(100, 'Deny')], options)?.members[0]?.data.evidence?.().packet;
  const shown = {
    protocol: 'tcp',
    source: { kind: 'ip', text: JUMP },
    sourcePort: 50_000,
    destination: { kind: 'ip', text: VIP },
    destinationPort: 80,
  };
  expect(packetOf({})).toEqual(shown);
  expect(packetOf({ rule: { backendPort: 8080 } })).toEqual(shown);
  const hidden = { privateIPAddress: { ...known(VIP, ORIGIN), sensitive: true } };
  expect(packetOf({ frontend: hidden })).toEqual({ ...shown, secrets: ['destination'] });
});

test('the rules of a network manager come before the groups of the client', () => {
  const manager = 'networkManagers/nm';
  const configuration = `${manager}/securityAdminConfigurations/c`;
  const collection = `${configuration}/ruleCollections/rc`;
  const everywhere = [{ addressPrefix: '*', addressPrefixType: 'IPPrefix' }];
  const more: readonly ArmResource[] = [
    ...clientSide([]),
    {
      type: `${manager}/commits`,
      name: 'deployed',
      parent: sub(manager).id,
      properties: {
        commitType: 'SecurityAdmin',
        targetLocations: ['westeurope'],
        configurationIds: [sub(configuration)],
      },
    },
    { type: `${manager}/networkGroups`, name: 'g', parent: sub(manager).id },
    {
      type: `${manager}/networkGroups/g/staticMembers`,
      name: 'vnet',
      parent: sub(`${manager}/networkGroups/g`).id,
      properties: { resourceId: sub('virtualNetworks/vnet').id },
    },
    {
      type: `${configuration}/ruleCollections`,
      name: 'rc',
      parent: sub(configuration).id,
      properties: { appliesToGroups: [{ networkGroupId: sub(`${manager}/networkGroups/g`).id }] },
    },
    {
      type: `${collection}/rules`,
      name: 'NoWay',
      parent: sub(collection).id,
      properties: {
        priority: 10,
        direction: 'Outbound',
        access: 'Deny',
        protocol: 'Tcp',
        sources: everywhere,
        destinations: everywhere,
        sourcePortRanges: ['0-65535'],
        destinationPortRanges: ['80'],
      },
    },
  ];
  const { paths } = buildNetwork(estate({ internal: true, more }), {
    clients: [{ name: 'jump', addresses: [JUMP] }],
  });
  const path = paths.find(({ client }) => client === 'jump');
  expect(path?.diagnosis).toMatchObject({
    id: 'explicit-deny',
    at: 'security-admin',
    decisive: { name: 'NoWay' },
  });
});

// A network may use public addresses.
test('while the public IP of a frontend is open, so is whether its clients are let out to it', () => {
  const model = estate({
    networkElsewhere: true,
    frontend: { publicIPAddress: { id: UNKNOWN } },
    subnetRules: [rule(100, 'Allow')],
    more: clientSide([], [], '20.7.0.0/24').filter(({ type }) => type !== 'networkInterfaces'),
  });
  const { paths } = buildNetwork(model, { clients: [{ name: 'jump', addresses: ['20.7.0.9'] }] });
  const data = paths.find(({ client }) => client === 'jump')?.members[0]?.data;
  expect(data?.verdict).toBe('unknown');
  expect(data?.waitsFor.map(({ reason }) => reason.name)).toEqual(['the address of the frontend of lb']);
});
