import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { ask, client, later, perhaps, said, secret, story } from '../support/ask.ts';
import { type EstateOptions, estate, rule, VIP } from '../support/estate.ts';

const WEB = sub('applicationSecurityGroups/web');
const OTHER = sub('applicationSecurityGroups/other');
const STATIC = { privateIPAddress: '10.0.1.9' };
const ALLOWED = 'delivered: Allow100';
const DELIVERED = 'delivered: no security group';

/** A rule that lets in this source or lets out to this destination, and one that denies the rest. */
function only(end: 'source' | 'destination', match: Record<string, unknown>): EstateOptions {
  const direction = end === 'source' ? 'Inbound' : 'Outbound';
  const deny = rule(200, 'Deny', { direction });
  return {
    nicRules: [rule(100, 'Allow', { direction, [`${end}AddressPrefix`]: undefined, ...match }), deny],
  };
}

const fromGroup = (...groups: readonly unknown[]) =>
  only('source', { sourceApplicationSecurityGroups: groups });
const toGroup = (...groups: readonly unknown[]) =>
  only('destination', { destinationApplicationSecurityGroups: groups });

// Semantics 1.7: a rule that names a group never applies to an interface outside it.
test.each<[members: unknown, rules: EstateOptions, answer: string]>([
  [[WEB], fromGroup(WEB), ALLOWED],
  [[WEB], fromGroup(OTHER, WEB), ALLOWED],
  [[OTHER], fromGroup(WEB), 'dropped: Deny200'],
  [[], fromGroup(WEB), 'dropped: Deny200'],
  [later(), fromGroup(WEB), 'unknown: which of Allow100, Deny200 matches first, later'],
  [
    [{ id: perhaps('applicationSecurityGroups/web') }],
    fromGroup(OTHER, WEB),
    'unknown: which of Allow100, Deny200 matches first, later',
  ],
  [
    [OTHER],
    only('source', { sourceApplicationSecurityGroups: later() }),
    'unknown: which of Allow100, Deny200 matches first, later',
  ],
  [
    [OTHER],
    only('source', { sourceApplicationSecurityGroups: { partial: [WEB], more: later() } }),
    'unknown: which of Allow100, Deny200 matches first, later',
  ],
  [
    [OTHER],
    fromGroup({}),
    'unknown: which of Allow100, Deny200 matches first, an application security group',
  ],
  // Azure refuses groups beside prefixes; then the rule is about both.
  [
    [OTHER],
    only('source', { sourceApplicationSecurityGroups: [WEB], sourceAddressPrefix: '10.0.1.0/24' }),
    ALLOWED,
  ],
  [
    [OTHER],
    only('source', { sourceApplicationSecurityGroups: [WEB], sourceAddressPrefix: '10.0.7.0/24' }),
    'dropped: Deny200',
  ],
  [
    [OTHER],
    only('source', { sourceApplicationSecurityGroups: [WEB], sourceAddressPrefixes: later() }),
    'unknown: which of Allow100, Deny200 matches first, later',
  ],
])('a sender in the groups %j, at rules about groups', (applicationSecurityGroups, rules, answer) => {
  for (const address of [{}, { privateIPAddress: '10.0.1.50' }]) {
    const more = [client('pc', { ...address, applicationSecurityGroups })];
    expect(said({ estate: { ...rules, more }, from: 'pc', to: 'nic0' })).toBe(answer);
    expect(said({ estate: { ...rules, more, internal: true, probe: null }, from: 'pc', to: 'lb' })).toBe(
      answer,
    );
  }
});

test.each<[members: unknown, answer: string]>([
  [[WEB], DELIVERED],
  [[OTHER], 'dropped: Deny200'],
  [[{ id: later() }], 'unknown: which of Allow100, Deny200 matches first, later'],
])('outbound rules know the groups %j of the receiver, and frontends are in none', (groups, answer) => {
  const more = [client('pc', { applicationSecurityGroups: groups })];
  const options = { ...toGroup(WEB), more, internal: true };
  expect(said({ estate: options, from: 'nic0', to: 'pc' })).toBe(answer);
  const other = { ...options, ipConfiguration: { applicationSecurityGroups: [WEB] } };
  expect(said({ estate: other, from: 'nic0', to: 'lb' })).toBe('dropped: Deny200');
});

test('what rules say of one sender is not what they say of another', () => {
  const more = [client('pc', { applicationSecurityGroups: [WEB] }), client('printer')];
  const network = buildNetwork(estate({ ...fromGroup(WEB), more }));
  const verdictFrom = (word: string): string => {
    const [from, to] = [network.findEnd(word), network.findEnd('nic0')];
    if ('names' in from || 'names' in to) throw new Error(word);
    return network.answer({ from, to, protocol: 'tcp', port: 80 }).verdict;
  };
  expect(['pc', 'printer', 'pc'].map(verdictFrom)).toEqual(['delivered', 'dropped', 'delivered']);
});

test('a group that is not settled leaves open what it does', () => {
  const options = { subnet: { networkSecurityGroup: later() }, more: [client('pc')] };
  expect(said({ estate: options, from: 'pc', to: 'nic0' })).toBe('unknown: later');
});

/** The private address that an interface will have. */
const addressOf = (name: string) => ({
  ...later(),
  references: [
    { id: `${sub(`networkInterfaces/${name}`).id}/ipconfigurations/ip`, property: 'privateIPAddress' },
  ],
});

test('a rule for the later address of a machine is about that machine alone', () => {
  const more = [client('pc'), client('printer')];
  const rules = only('source', { sourceAddressPrefix: addressOf('pc') });
  expect(said({ estate: { ...rules, more }, from: 'pc', to: 'nic0' })).toBe(ALLOWED);
  expect(said({ estate: { ...rules, more }, from: 'printer', to: 'nic0' })).toBe('dropped: Deny200');
  const out = only('destination', { destinationAddressPrefix: addressOf('pc') });
  expect(said({ estate: { ...out, more }, from: 'nic0', to: 'pc' })).toBe(DELIVERED);
  expect(said({ estate: { ...out, more }, from: 'nic0', to: 'printer' })).toBe('dropped: Deny200');
  const both = only('source', { sourceAddressPrefixes: [addressOf('pc'), '10.0.9.0/24'] });
  expect(said({ estate: { ...both, more }, from: 'pc', to: 'nic0' })).toBe(ALLOWED);
  expect(said({ estate: { ...both, more }, from: 'printer', to: 'nic0' })).toBe('dropped: Deny200');
});

test('a rule names the machine it guards by its later address or its groups', () => {
  const own = (match: Record<string, unknown>): EstateOptions => ({
    nicRules: [rule(100, 'Allow', { destinationAddressPrefix: undefined, ...match }), rule(200, 'Deny')],
    ipConfiguration: { applicationSecurityGroups: [WEB] },
    internal: true,
    probe: null,
  });
  const answers = (match: Record<string, unknown>, more: EstateOptions = {}): readonly string[] =>
    ['nic0', 'lb'].map((to) => said({ estate: { ...own(match), ...more }, from: 'vnet', to }));
  const floating = { rule: { enableFloatingIP: true } };
  expect(answers({ destinationAddressPrefix: addressOf('nic0') })).toEqual([ALLOWED, ALLOWED]);
  expect(answers({ destinationAddressPrefix: addressOf('nic1') })).toEqual([
    'dropped: Deny200',
    'dropped: Deny200',
  ]);
  expect(answers({ destinationApplicationSecurityGroups: [WEB] })).toEqual([ALLOWED, ALLOWED]);
  // Semantics 1.7 and 1.8: with a floating IP address the destination is the frontend, which is in no group.
  expect(answers({ destinationApplicationSecurityGroups: [WEB] }, floating)).toEqual([
    ALLOWED,
    'dropped: Deny200',
  ]);
  expect(answers({ destinationAddressPrefix: addressOf('nic0') }, floating)).toEqual([
    ALLOWED,
    'dropped: Deny200',
  ]);
  expect(
    answers({ destinationApplicationSecurityGroups: [WEB], sourceAddressPrefix: '10.9.0.0/16' }),
  ).toEqual(['dropped: Deny200', 'dropped: Deny200']);
  const frontend = {
    ...later(),
    references: [
      { id: `${sub('loadBalancers/lb/frontendIPConfigurations/front').id}`, property: 'privateIPAddress' },
    ],
  };
  const later_ = { ...floating, frontend: { privateIPAddress: undefined } };
  expect(answers({ destinationAddressPrefix: frontend }, later_)).toEqual(['dropped: Deny200', ALLOWED]);
});

test('outbound rules name the machine that sends by its groups', () => {
  const out = only('destination', {
    destinationAddressPrefix: '*',
    sourceAddressPrefix: undefined,
    sourceApplicationSecurityGroups: [WEB],
  });
  const from = (...applicationSecurityGroups: readonly unknown[]): string =>
    said({
      estate: { ...out, ipConfiguration: { applicationSecurityGroups }, more: [client('pc')] },
      from: 'nic0',
      to: 'pc',
    });
  expect([from(WEB), from(OTHER)]).toEqual([DELIVERED, 'dropped: Deny200']);
});

test('source ports and addresses that are one of several may decide', () => {
  const more = [client('pc', { privateIPAddress: '10.0.1.50' }), client('any')];
  const choice = 'unknown: which of its possible addresses and source ports the packet has';
  const ports = only('source', { sourceAddressPrefix: '*', sourcePortRange: '50000' });
  expect(said({ estate: { ...ports, more }, from: 'pc', to: 'nic0' })).toBe(choice);
  const lower = only('source', { sourceAddressPrefix: '10.0.1.0/25' });
  expect(said({ estate: { ...lower, more }, from: 'pc', to: 'nic0' })).toBe(ALLOWED);
  expect(said({ estate: { ...lower, more }, from: 'any', to: 'nic0' })).toBe(choice);
  const upper = only('source', { sourceAddressPrefix: '10.0.1.128/25' });
  expect(said({ estate: { ...upper, more }, from: 'any', to: 'nic0' })).toBe(choice);
  expect(said({ estate: lower, from: 'vnet', to: 'nic0' })).toBe(choice);
});

test('an open answer shows how far one packet gets', () => {
  const rules = only('source', { sourceAddressPrefix: later() });
  expect(story({ estate: { ...rules, more: [client('pc')] }, from: 'pc', to: 'nic0' })).toEqual([
    'pc: allow by no security group (security-group)',
    'snet: allow by no security group (security-group)',
    'snet: allow by no security group (security-group)',
    'nic0: undecided (security-group)',
    'unknown: unsupported which of Allow100, Deny200 matches first: parameter later',
  ]);
});

test('a machine in one of two subnets is reached when both let it', () => {
  const subnet = (name: string, prefix: string): ArmResource => ({
    type: 'virtualNetworks/vnet/subnets',
    name,
    parent: sub('virtualNetworks/vnet').id,
    properties: { addressPrefix: prefix, networkSecurityGroup: sub(`networkSecurityGroups/nsg-${name}`) },
  });
  const group = (name: string, ...securityRules: readonly unknown[]): ArmResource => ({
    type: 'networkSecurityGroups',
    name: `nsg-${name}`,
    properties: { securityRules },
  });
  const either = (first: readonly unknown[], second: readonly unknown[]): EstateOptions => ({
    ipConfiguration: {
      subnet: { id: later('virtualNetworks/vnet/subnets/one', 'virtualNetworks/vnet/subnets/two') },
    },
    more: [
      subnet('one', '10.0.2.0/24'),
      subnet('two', '10.0.3.0/24'),
      group('one', ...first),
      group('two', ...second),
    ],
  });
  const deny = rule(100, 'Deny');
  const open = rule(100, 'Allow', {
    sourceAddressPrefix: { ...later(), reason: { kind: 'parameter', name: 'who' } },
  });
  const verdict = (...rules: Parameters<typeof either>): string =>
    said({ estate: either(...rules), from: '10.0.9.9', to: 'nic0' });
  expect(verdict([], [])).toBe(DELIVERED);
  expect(verdict([deny], [deny])).toBe('dropped: Deny100');
  expect(verdict([deny], [])).toBe('unknown: later');
  expect(verdict([], [deny])).toBe('unknown: later');
  expect(verdict([deny], [open, rule(110, 'Deny')])).toBe(
    'unknown: later, which of Allow100, Deny110 matches first, who',
  );
  const [one] = ask({ estate: either([], [deny]), from: '10.0.9.9', to: 'nic0' }).hops;
  expect(one?.at).toBe('one');
});

// Secrets are never printed, at whichever end they are and whatever follows from them.
test.each<[options: EstateOptions, from: string, to: string, secrets: readonly string[] | undefined]>([
  [{ ipConfiguration: { privateIPAddress: secret('10.0.1.9') } }, 'vnet', 'nic0', ['destination', 'source']],
  [{ ipConfiguration: { privateIPAddress: secret('10.0.1.9') } }, 'vnet', 'lb', ['destination', 'source']],
  [{ ipConfiguration: { privateIPAddress: secret('10.0.1.9') } }, 'pc', 'nic0', ['destination']],
  [{ ipConfiguration: { privateIPAddress: secret('10.0.1.9') } }, 'nic0', 'pc', ['source']],
  [{ subnet: { addressPrefix: secret('10.0.1.0/24') } }, 'pc', 'lb', ['source', 'destination']],
  [{ ipConfiguration: STATIC, rule: { backendPort: secret(8080) } }, 'pc', 'lb', ['destinationPort']],
  [{ ipConfiguration: STATIC, frontend: { privateIPAddress: secret(VIP) } }, 'pc', 'lb', undefined],
  [
    {
      ipConfiguration: STATIC,
      frontend: { privateIPAddress: secret(VIP) },
      rule: { enableFloatingIP: true },
    },
    'pc',
    'lb',
    ['destination'],
  ],
  [
    {
      ipConfiguration: { privateIPAddress: secret('10.0.1.9') },
      rule: { enableFloatingIP: true },
    },
    'pc',
    'lb',
    undefined,
  ],
])('of the packets of %j from %s to %s the parts %j are secret', (options, from, to, secrets) => {
  const more = [client('pc', { privateIPAddress: options.subnet === undefined ? '10.0.1.50' : undefined })];
  const { packet } = ask({ estate: { internal: true, ...options, more }, from, to });
  expect(packet.secrets).toEqual(secrets);
});

test('a packet that its sender drops does not show the secret address it is sent to', () => {
  const more = [client('pc', { privateIPAddress: secret('10.0.1.50') })];
  const deny = { nicRules: [rule(100, 'Deny', { direction: 'Outbound' })], internal: true, more };
  const own = { ...deny, ipConfiguration: { privateIPAddress: secret('10.0.1.9') } };
  expect(ask({ estate: own, from: 'nic0', to: 'internet' }).packet.secrets).toEqual(['source']);
  const toMachine = ask({ estate: deny, from: 'nic0', to: 'pc' });
  expect(toMachine).toMatchObject({ verdict: 'dropped', packet: { secrets: ['destination'] } });
  const frontend = { privateIPAddress: secret(VIP) };
  const toFrontend = ask({ estate: { ...deny, frontend }, from: 'nic0', to: 'lb' });
  expect(toFrontend).toMatchObject({ verdict: 'dropped', packet: { secrets: ['destination'] } });
  const subnet = { addressPrefix: secret('10.0.1.0/24') };
  const somewhere = { ...deny, subnet, frontend: { privateIPAddress: undefined } };
  expect(ask({ estate: somewhere, from: 'nic0', to: 'lb' }).packet.secrets).toEqual([
    'destination',
    'source',
  ]);
  expect(ask({ estate: { ...deny, subnet }, from: 'nic0', to: 'lb' }).packet.secrets).toEqual(['source']);
});

test('clients in the virtual network are shown beside the machine', () => {
  const { packet } = ask({ estate: { ipConfiguration: STATIC }, from: 'vnet', to: 'nic0' });
  expect(packet).toEqual({
    protocol: 'tcp',
    source: { kind: 'ip', text: '10.0.1.4' },
    sourcePort: 50_000,
    destination: { kind: 'ip', text: '10.0.1.9' },
    destinationPort: 80,
  });
});

test('the source of a packet inside is the address of the machine that sends it', () => {
  const more = [client('pc', { privateIPAddress: '10.0.1.50' })];
  const { packet } = ask({ estate: { more, ipConfiguration: STATIC }, from: 'nic0', to: 'pc' });
  expect([packet.source, packet.destination]).toMatchObject([{ text: '10.0.1.9' }, { text: '10.0.1.50' }]);
});
