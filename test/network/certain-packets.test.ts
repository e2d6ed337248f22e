import { certainPackets, reachOf } from '../../src/network/certain-packets.ts';
import type { Judgement } from '../../src/network/judge.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { parseAddress } from '../../src/network/packets/address.ts';
import { containsPacket, isNoPackets, type PacketSet } from '../../src/network/packets/packet-set.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule, SUBNET } from '../support/estate.ts';
import { oneOf, waiting } from '../support/waiting.ts';

const SOURCES = ['203.0.113.7', '198.51.100.7', '8.8.8.8'];

function dataOf(options: EstateOptions): Judgement {
  const found = buildNetwork(estate(options)).paths.at(-1)?.members[0]?.data;
  if (found === undefined) throw new Error('there is a member');
  return found;
}

/** Which of the sources certainly get in on port 80, and which certainly do not, wherever the packets go. */
function said(
  judgement: Judgement,
  sources: readonly string[] = SOURCES,
  destination = '10.99.99.99',
): string {
  const { passes, drops } = certainPackets(judgement);
  const inside = (set: PacketSet): string =>
    sources
      .filter((text) =>
        containsPacket(set, {
          protocol: 'tcp',
          source: parseAddress(text)?.bound ?? 0,
          sourcePort: 50_000,
          destination: parseAddress(destination)?.bound ?? 0,
          destinationPort: 80,
        }),
      )
      .join(' ');
  return `${judgement.verdict}: ${inside(passes)} | ${inside(drops)}`;
}

const from = (sourceAddressPrefix: unknown) => ({ sourceAddressPrefix, destinationPortRange: '80' });
const SOME = [rule(100, 'Allow', from('203.0.113.0/24'))];
const IN_DOUBT = [
  rule(100, 'Allow', from('203.0.113.0/24')),
  rule(110, 'Deny', from('198.51.100.0/24')),
  rule(120, 'Allow', from(waiting('source'))),
];

test.each<[what: string, options: EstateOptions, expected: string]>([
  ['all get in', { subnetRules: [rule(100, 'Allow')] }, 'open: 203.0.113.7 198.51.100.7 8.8.8.8 | '],
  ['none gets in', { subnetRules: [] }, 'blocked:  | 203.0.113.7 198.51.100.7 8.8.8.8'],
  ['some get in', { subnetRules: SOME }, 'partial: 203.0.113.7 | 198.51.100.7 8.8.8.8'],
  ['the rest is open', { subnetRules: IN_DOUBT }, 'partial: 203.0.113.7 | 198.51.100.7'],
  ['nothing is known', { subnet: { networkSecurityGroup: { id: waiting('nsg') } } }, 'unknown:  | '],
  // Semantics 3.1 and 11.17: without a security group it is open whether AlwaysAllow lets anybody in.
  ['no group stands there', {}, 'blocked:  | 203.0.113.7 198.51.100.7 8.8.8.8'],
])('when %s, this is certain of a member', (_, options, expected) => {
  expect(said(dataOf(options))).toBe(expected);
});

const COLLECTION = 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections/rc';

test('where no group stands, what a security admin rule leaves open passes for nobody', () => {
  const admin = (index: number, access: string, addressPrefix: string) => ({
    type: `${COLLECTION}/rules`,
    name: `admin${index}`,
    parent: sub(COLLECTION).id,
    properties: {
      priority: index,
      access,
      direction: 'Inbound',
      protocol: 'Any',
      sources: [{ addressPrefix, addressPrefixType: 'IPPrefix' }],
    },
  });
  const more = [
    { type: 'networkManagers/nm/networkGroups', name: 'g', parent: sub('networkManagers/nm').id },
    {
      type: 'networkManagers/nm/networkGroups/g/staticMembers',
      name: 'vnet',
      parent: sub('networkManagers/nm/networkGroups/g').id,
      properties: { resourceId: sub('virtualNetworks/vnet').id },
    },
    {
      type: 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections',
      name: 'rc',
      parent: sub('networkManagers/nm/securityAdminConfigurations/c').id,
      properties: { appliesToGroups: [{ networkGroupId: sub('networkManagers/nm/networkGroups/g').id }] },
    },
    admin(1, 'Deny', '198.51.100.0/24'),
    admin(2, 'AlwaysAllow', '203.0.113.0/24'),
  ];
  expect(said(dataOf({ more }))).toBe('unknown:  | 198.51.100.7');
  expect(said(dataOf({ more, subnetRules: [rule(100, 'Allow', from(waiting('source')))] }))).toBe(
    'partial: 203.0.113.7 | 198.51.100.7',
  );
  expect(said(dataOf({ more, sku: 'Basic' }))).toBe('partial: 203.0.113.7 8.8.8.8 | 198.51.100.7');
  expect(said(dataOf({ more, sku: 'Basic', subnet: { networkSecurityGroup: { id: waiting('nsg') } } }))).toBe(
    'partial: 203.0.113.7 | 198.51.100.7',
  );
});

test('where a member may stand in several places, that is certain which is so in all of them', () => {
  const group = (name: string, rules: readonly unknown[]) => ({
    type: 'networkSecurityGroups',
    name,
    properties: { securityRules: rules },
  });
  const more = [
    group('a', [rule(100, 'Allow', from('203.0.113.0/24')), rule(110, 'Allow', from('8.8.8.8'))]),
    group('b', [
      rule(100, 'Allow', from('203.0.113.0/24')),
      rule(110, 'Deny', from('8.8.8.0/24')),
      rule(120, 'Allow', from(waiting('x'))),
    ]),
  ];
  const subnet = {
    networkSecurityGroup: { id: oneOf('group', 'networkSecurityGroups/a', 'networkSecurityGroups/b') },
  };
  expect(said(dataOf({ more, subnet }))).toBe('partial: 203.0.113.7 | ');
});

// Semantics 6.9: a private link service calls from its NAT address, which Azure chooses.
test('of a client that has one of several addresses nothing is certain but the whole', () => {
  const more = [
    {
      type: 'privateLinkServices',
      name: 'pls',
      properties: {
        loadBalancerFrontendIpConfigurations: [sub('loadBalancers/lb/frontendIPConfigurations/front')],
        ipConfigurations: [{ name: 'nat', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } }],
      },
    },
  ];
  const sources = ['10.0.1.5', '10.0.1.200'];
  const half = [rule(100, 'Allow', from('10.0.1.0/25')), rule(110, 'Deny')];
  expect(said(dataOf({ internal: true, more, subnetRules: half }), sources)).toBe('unknown:  | ');
  expect(said(dataOf({ internal: true, more }), sources)).toBe('open: 10.0.1.5 10.0.1.200 | ');
});

test('a verdict without questions leaves everything open', () => {
  const { passes, drops } = certainPackets({ verdict: 'open', waitsFor: [] });
  expect([passes, drops].map(isNoPackets)).toEqual([true, true]);
});

test('what is certain for one of several addresses a member may have is not certain', () => {
  const toHalf = rule(110, 'Allow', { ...from('*'), destinationAddressPrefix: '10.0.1.0/25' });
  const toAll = rule(100, 'Allow', { ...from('203.0.113.7'), destinationAddressPrefix: SUBNET });
  expect(said(dataOf({ subnetRules: [toHalf] }))).toBe('unknown:  | ');
  expect(said(dataOf({ subnetRules: [toAll, toHalf] }))).toBe('unknown: 203.0.113.7 | ');
});

test('the answer to a question is computed once', () => {
  const [question] = dataOf({ subnetRules: SOME, more: otherMember('second') }).questions ?? [];
  if (question === undefined) throw new Error('there is a question');
  expect(reachOf(question)).toBe(reachOf(question));
});
