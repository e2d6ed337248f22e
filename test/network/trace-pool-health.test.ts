import { type ArmResource, sub } from '../support/arm-model.ts';
import { ask, later, said, story } from '../support/ask.ts';
import { type EstateOptions, otherMember, rule } from '../support/estate.ts';

const OUTSIDE = { loadBalancerBackendAddressPools: [] };
const DELIVERED = 'delivered: no security group';
const SILENT = [rule(100, 'Deny', { sourceAddressPrefix: 'AzureLoadBalancer' }), rule(110, 'Allow')];
const SILENT_AND_CLOSED = [rule(100, 'Deny')];
const CLOSED = [rule(100, 'Allow', { sourceAddressPrefix: 'AzureLoadBalancer' }), rule(110, 'Deny')];

/** What is said of a packet from the network to the internal balancer. */
function inside(estate: EstateOptions): string {
  return said({ estate: { internal: true, ...estate }, from: 'vnet', to: 'lb' });
}

const behaviour = (noHealthyBackendsBehavior: unknown): EstateOptions => ({
  probe: { protocol: 'Tcp', port: 80, noHealthyBackendsBehavior },
});

// Semantics 2.3: who does not answer the probe gets no new connections, unless nobody does and the probe says so.
test.each<[what: string, estate: EstateOptions, answer: string]>([
  ['no probe', { nicRules: SILENT, probe: null }, 'delivered: Allow110'],
  ['silence', { nicRules: SILENT }, 'dropped: no member answers the probe'],
  ['silence of two', { nicRules: SILENT, members: 2 }, 'dropped: no member answers the probe'],
  [
    'silence and all down',
    { nicRules: SILENT, ...behaviour('AllProbedDown') },
    'dropped: no member answers the probe',
  ],
  ['silence and all up', { nicRules: SILENT, ...behaviour('allprobedup') }, 'delivered: Allow110'],
  ['silence and who knows', { nicRules: SILENT, ...behaviour(later()) }, 'unknown: later'],
  ['an answer and who knows', behaviour(later()), DELIVERED],
  [
    'silence, all up and closed',
    { nicRules: SILENT_AND_CLOSED, ...behaviour('AllProbedUp') },
    'dropped: Deny100',
  ],
  ['one that answers', { more: otherMember('other', { rules: SILENT_AND_CLOSED }) }, DELIVERED],
  [
    'one that answers and is closed',
    { nicRules: CLOSED, more: otherMember('other', { rules: SILENT }) },
    'dropped: Deny110',
  ],
  [
    'one that answers, in any case',
    { ...behaviour('AllProbedUp'), more: otherMember('other', { rules: SILENT_AND_CLOSED }) },
    DELIVERED,
  ],
])('the health of a pool: %s', (_, estate, answer) => {
  expect(inside(estate)).toBe(answer);
});

test('a dead pool is a hop of the balancer, decided by what stops the probe', () => {
  const asked = { estate: { internal: true, nicRules: SILENT }, from: 'vnet', to: 'lb' };
  expect(story(asked)).toEqual([
    'lb: deny by no member answers the probe (load-balancer)',
    'dropped by no member answers the probe',
  ]);
  expect(ask(asked).decisive?.origin).toMatchObject({ pointer: '/resources/1/properties/securityRules/0' });
});

test('a probe of which it is open whether it is answered leaves open whether anything is delivered', () => {
  // Semantics 11.1: it is not documented whether the tag Internet holds the source of probes.
  const nicRules = [rule(100, 'Deny', { sourceAddressPrefix: 'Internet' })];
  expect(inside({ nicRules })).toBe('unknown: the service tag Internet');
  expect(inside({ nicRules, ...behaviour('AllProbedUp') })).toBe('delivered: AllowVnetInBound');
  expect(
    inside({
      nicRules: [
        ...nicRules,
        rule(110, 'Deny', { destinationPortRange: '80', sourceAddressPrefix: '10.0.0.0/16' }),
      ],
    }),
  ).toBe('dropped: Deny110');
  expect(inside({ nicRules, more: otherMember('other') })).toBe('delivered: AllowVnetInBound');
  const ports = [rule(100, 'Deny', { sourceAddressPrefix: 'AzureLoadBalancer', sourcePortRange: '0-1000' })];
  expect(inside({ nicRules: ports })).toBe('unknown: whether nic0/ip answers the probe');
});

/** The pool of the estate with addresses instead of interfaces: 10.0.1.4 and so on. */
function addresses(states: readonly unknown[], more?: unknown): ArmResource {
  const items = states.map((adminState, index) => ({
    name: `a${index}`,
    properties: { ipAddress: `10.0.1.${index + 4}`, virtualNetwork: sub('virtualNetworks/vnet'), adminState },
  }));
  return {
    type: 'loadBalancers/lb/backendAddressPools',
    name: 'pool',
    parent: sub('loadBalancers/lb').id,
    properties: { loadBalancerBackendAddresses: more === undefined ? items : { partial: items, more } },
  };
}

/** Interfaces with these addresses, which are open unless a group of the subnet is given. */
function interfaces(count: number): readonly ArmResource[] {
  return Array.from({ length: count }, (_, index) => {
    const ipConfiguration = { ...OUTSIDE, privateIPAddress: `10.0.1.${index + 4}` };
    return otherMember(`vm-${index}`, { ipConfiguration });
  }).flat();
}

function byState(states: readonly unknown[], estate: EstateOptions = {}, more?: unknown): string {
  return inside({
    ipConfiguration: OUTSIDE,
    ...estate,
    more: [addresses(states, more), ...interfaces(states.length)],
  });
}

const DOWN = 'dropped: every member is administratively down';

// Semantics 2.4: an administrative state counts before the probe, and needs one.
test.each<[states: readonly unknown[], estate: EstateOptions, answer: string]>([
  [['Down'], {}, DOWN],
  [['down', 'DOWN'], {}, DOWN],
  [['Down', 'None'], {}, DELIVERED],
  [['Down', undefined], {}, DELIVERED],
  [['None'], {}, DELIVERED],
  [['Down'], { probe: null }, DELIVERED],
  [['Down'], behaviour('AllProbedUp'), DOWN],
  [[later()], {}, 'unknown: later'],
  [[later(), 'Down'], {}, 'unknown: later'],
  [[later(), 'Up'], {}, DELIVERED],
  [['Up'], { subnetRules: SILENT }, DELIVERED],
  [['None'], { subnetRules: SILENT }, 'dropped: no member answers the probe'],
  [['None', 'Down'], { subnetRules: SILENT }, 'dropped: no member answers the probe'],
  [['None', 'Down'], { subnetRules: SILENT, ...behaviour('AllProbedUp') }, DELIVERED],
  [['None', 'Down', 'Up'], { subnetRules: SILENT }, DELIVERED],
])('members in the states %j with %j', (states, estate, answer) => {
  expect(byState(states, estate)).toBe(answer);
});

test('members that are not seen may take the packet', () => {
  const choice = 'unknown: which member of lb/r the load balancer picks';
  expect(byState(['Down'], {}, later())).toMatch(`${choice}, later`);
  expect(byState(['Down', 'Up'], {}, later())).toMatch(`${choice}, later`);
  expect(byState(['None'], { subnetRules: SILENT }, later())).toMatch(`${choice}, later`);
});

test('the state that leaves nobody is what drops the packet', () => {
  const more = [addresses(['Down']), ...interfaces(1)];
  const { decisive } = ask({
    estate: { internal: true, ipConfiguration: OUTSIDE, more },
    from: 'vnet',
    to: 'lb',
  });
  expect(decisive).toMatchObject({
    effect: 'deny',
    origin: { pointer: '/resources/5/properties/loadBalancerBackendAddresses/0/properties/adminState' },
  });
});

test('a member that only may exist does not keep a pool alive', () => {
  const [member] = otherMember('other');
  const more = member === undefined ? [] : [{ ...member, condition: later() }];
  const choice = 'which member of lb/r the load balancer picks';
  expect(inside({ ipConfiguration: OUTSIDE, more })).toBe(`unknown: ${choice}, later`);
  expect(inside({ nicRules: SILENT, more })).toMatch(`unknown: ${choice}, later`);
  const silent = otherMember('other', { rules: SILENT });
  const both = silent.map((each) =>
    each.type === 'networkInterfaces' ? { ...each, condition: later() } : each,
  );
  expect(inside({ nicRules: SILENT, more: both })).toBe('dropped: no member answers the probe');
});
