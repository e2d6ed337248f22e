import { type ArmResource, sub } from '../support/arm-model.ts';
import { later, perhaps, said, story } from '../support/ask.ts';
import { type EstateOptions, rule } from '../support/estate.ts';

const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const SECOND = sub('loadBalancers/lb/frontendIPConfigurations/second');
const POOL = sub('loadBalancers/lb/backendAddressPools/pool');
const OPEN = { subnetRules: [rule(100, 'Allow')] };
const DELIVERED = 'delivered: no security group';
const NO_RULE = 'dropped: no load-balancing rule';

/** A rule of `lb` from a port of `front` to that port; `properties` come on top. */
function forward(name: string, port: unknown, properties: Record<string, unknown> = {}): unknown {
  return {
    name,
    properties: {
      protocol: 'Tcp',
      frontendPort: port,
      backendPort: port,
      frontendIPConfiguration: FRONT,
      backendAddressPool: POOL,
      ...properties,
    },
  };
}

function answers(
  estate: EstateOptions,
  ...packets: readonly [protocol: 'tcp' | 'udp' | 'icmp', port: number][]
) {
  return packets.map(([protocol, port]) => said({ estate, from: 'vnet', to: 'lb', protocol, port }));
}

const inside = (...rules: readonly unknown[]): EstateOptions => ({ internal: true, rules });
const EVERY = forward('every', 0, { protocol: 'All' });

// Semantics 4.1 and 0.2: QUIC is UDP, All is TCP and UDP, and ICMP behind an internal frontend.
test.each<[rules: readonly unknown[], tcp: string, udp: string, icmp: string]>([
  [[forward('r', 443, { protocol: 'QUIC' })], NO_RULE, DELIVERED, NO_RULE],
  [[forward('r', 443, { protocol: 'TCP' })], DELIVERED, NO_RULE, NO_RULE],
  [[forward('r', 443, { protocol: 'udp' })], NO_RULE, DELIVERED, NO_RULE],
  [[EVERY], DELIVERED, DELIVERED, DELIVERED],
  [[forward('r', 442), forward('s', 444)], NO_RULE, NO_RULE, NO_RULE],
  [[], NO_RULE, NO_RULE, NO_RULE],
])('the rules %j at port 443', (rules, tcp, udp, icmp) => {
  expect(answers(inside(...rules), ['tcp', 443], ['udp', 443], ['icmp', 0])).toEqual([tcp, udp, icmp]);
});

test('nothing that takes the packet drops it at the balancer', () => {
  expect(story({ estate: inside(), from: 'vnet', to: 'lb' })).toEqual([
    'lb: deny by no load-balancing rule (load-balancer)',
    'dropped by no load-balancing rule',
  ]);
});

// A port of a frontend has one rule, so that what else is open about its rules does not matter there.
test.each<[what: string, estate: EstateOptions, at80: string, at443: string]>([
  [
    'a protocol',
    inside(forward('r', 80), forward('s', 443, { protocol: later() })),
    DELIVERED,
    'unknown: later',
  ],
  ['a port', inside(forward('r', 80), forward('s', later())), DELIVERED, 'unknown: later'],
  [
    'a frontend',
    inside(forward('r', 80), forward('s', 443, { frontendIPConfiguration: { id: later() } })),
    DELIVERED,
    'unknown: later',
  ],
  [
    'no protocol',
    inside(forward('r', 80), forward('s', 443, { protocol: undefined })),
    DELIVERED,
    'unknown: whether lb/s takes tcp',
  ],
  [
    'no port',
    inside(forward('r', 80), forward('s', undefined)),
    DELIVERED,
    'unknown: whether lb/s takes tcp',
  ],
  [
    'the list of rules',
    { internal: true, rules: { partial: [forward('r', 80)], more: later() } },
    DELIVERED,
    'unknown: later',
  ],
  ['the NAT rules', { ...inside(forward('r', 80)), natRules: later() }, DELIVERED, 'unknown: later'],
  ['the NAT pools', { ...inside(forward('r', 80)), natPools: later() }, DELIVERED, 'unknown: later'],
  ['the port beside every port', inside(EVERY, forward('s', later())), 'unknown: later', 'unknown: later'],
  [
    'the rules beside every port',
    { internal: true, rules: { partial: [EVERY], more: later() } },
    'unknown: later',
    'unknown: later',
  ],
  [
    'a rule for every port',
    inside(forward('r', 80), {
      ...Object(EVERY),
      properties: { ...Object(EVERY).properties, protocol: later() },
    }),
    DELIVERED,
    'unknown: later',
  ],
  ['another port beside one', inside(EVERY, forward('s', 443, { backendPort: 443 })), DELIVERED, DELIVERED],
])('%s that is open', (_, estate, at80, at443) => {
  expect(answers(estate, ['tcp', 80], ['tcp', 443])).toEqual([at80, at443]);
});

test('a rule for one port comes before the rule for every port, in whatever order they stand', () => {
  const subnetRules = [rule(100, 'Allow', { destinationPortRange: '8080' }), rule(110, 'Deny')];
  const at = (name: string, port: number): string => {
    const estate = { ...inside(EVERY, forward(name, 80, { backendPort: 8080 })), subnetRules };
    return said({ estate, from: 'vnet', to: 'lb', port });
  };
  expect([at('a', 80), at('z', 80)]).toEqual([DELIVERED, DELIVERED]);
  expect([at('a', 81), at('z', 81)]).toEqual(['dropped: Deny110', 'dropped: Deny110']);
});

test('a balancer of which no frontend is seen may have rules', () => {
  const rules = [forward('r', 80, { frontendIPConfiguration: { id: later() } })];
  expect(said({ estate: { frontends: [], rules }, from: 'internet', to: 'lb' })).toBe('unknown: later');
});

const natRange = (frontendPortRangeEnd: unknown) => ({
  ...OPEN,
  natRules: [
    forward('ssh', undefined, { frontendPortRangeStart: 500, frontendPortRangeEnd, backendPort: 22 }),
  ],
});

test('a range of ports without a known end may take every port after its start', () => {
  const at = (port: number): string => said({ estate: natRange(later()), from: 'internet', to: 'lb', port });
  expect(at(500)).toBe('unknown: later');
  expect(at(80)).toBe(DELIVERED);
  const single = said({ estate: natRange(undefined), from: 'internet', to: 'lb', port: 501 });
  expect(single).toBe(NO_RULE);
});

test('a public frontend may answer pings, and one of several suffices', () => {
  const ping = (estate: EstateOptions): string =>
    said({ estate, from: 'internet', to: 'lb', protocol: 'icmp', port: 0 });
  expect(ping({ rules: [EVERY] })).toBe('unknown: whether lb answers pings, whether lb/every takes icmp');
  const frontends = [
    { name: 'front', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } },
    { name: 'second', properties: { publicIPAddress: sub('publicIPAddresses/pip') } },
  ];
  expect(ping({ frontends })).toBe('unknown: whether lb answers pings');
  expect(ping({ internal: true })).toBe(NO_RULE);
});

/** A rule that is declared on its own. */
function separate(parent: unknown, more: Record<string, unknown> = {}): ArmResource {
  const { properties } = Object(forward('s', 443));
  return { type: 'loadBalancers/lb/loadBalancingRules', name: 's', parent, properties, ...more };
}

const ANYWHERE = { ...Object(separate('')).properties, frontendIPConfiguration: { id: later() } };

test.each<[rule: ArmResource, answer: string]>([
  [separate(sub('loadBalancers/lb').id), DELIVERED],
  [separate(sub('loadBalancers/lb').id, { condition: later() }), 'unknown: later'],
  [separate(later()), 'unknown: later'],
  [separate(later(), { properties: ANYWHERE }), 'unknown: later'],
  [separate(later('loadBalancers/lb', 'loadBalancers/b'), { properties: ANYWHERE }), 'unknown: later'],
  [separate(later('loadBalancers/a', 'loadBalancers/b'), { properties: ANYWHERE }), NO_RULE],
  [separate(perhaps('loadBalancers/a'), { properties: ANYWHERE }), 'unknown: later'],
  [separate(sub('loadBalancers/elsewhere').id, { properties: ANYWHERE }), NO_RULE],
])('a rule %j for port 443 that is declared on its own', (more, answer) => {
  const estate = { ...inside(forward('r', 80)), more: [more] };
  expect(answers(estate, ['tcp', 80], ['tcp', 443])).toEqual([DELIVERED, answer]);
});

test('a rule that exists whenever its balancer does is a certain one', () => {
  const condition = later();
  const balancer = {
    type: 'loadBalancers',
    name: 'web',
    sku: { name: 'Standard' },
    condition,
    properties: {
      frontendIPConfigurations: [
        { name: 'front', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } },
      ],
    },
  };
  const own = (given: unknown): ArmResource => ({
    type: 'loadBalancers/web/loadBalancingRules',
    name: 's',
    parent: sub('loadBalancers/web').id,
    condition: given,
    properties: {
      ...Object(separate('')).properties,
      frontendIPConfiguration: sub('loadBalancers/web/frontendIPConfigurations/front'),
    },
  });
  const at = (given: unknown): string =>
    said({ estate: { more: [balancer, own(given)] }, from: 'vnet', to: 'web', port: 443 });
  expect(at(condition)).toBe(DELIVERED);
  expect(at(undefined)).toBe(DELIVERED);
  expect(at({ ...later(), reason: { kind: 'parameter', name: 'other' } })).toBe('unknown: other');
});

test('rules of other balancers have no part in it', () => {
  const other = {
    type: 'loadBalancers',
    name: 'other',
    sku: { name: 'Standard' },
    properties: { loadBalancingRules: [forward('r', 443, { frontendIPConfiguration: { id: later() } })] },
  };
  const estate = { ...inside(forward('r', 80)), more: [other] };
  expect(answers(estate, ['tcp', 80], ['tcp', 443])).toEqual([DELIVERED, NO_RULE]);
});

const TWO: EstateOptions = {
  probe: null,
  frontends: ['front', 'second'].map((name) => ({
    name,
    properties: { publicIPAddress: sub('publicIPAddresses/pip') },
  })),
  subnetRules: [
    rule(100, 'Allow', { destinationPortRange: '80' }),
    rule(110, 'Allow', { destinationPortRange: '81' }),
  ],
};

// Several frontends are asked when the balancer is named: what holds for all of them is the answer.
test.each<[second: Record<string, unknown>, toAll: string, toFirst: string, toSecond: string]>([
  [{ backendPort: 81 }, DELIVERED, DELIVERED, DELIVERED],
  [
    { backendPort: 82 },
    'unknown: which frontend of lb the packet goes to',
    DELIVERED,
    'dropped: DenyAllInBound',
  ],
  [
    { backendPort: later() },
    'unknown: which frontend of lb the packet goes to, later',
    DELIVERED,
    'unknown: later',
  ],
  [{ frontendPort: later() }, 'unknown: later', DELIVERED, 'unknown: later'],
  [{ frontendPort: 443 }, DELIVERED, DELIVERED, NO_RULE],
])('a balancer with two frontends, the second with %j', (second, toAll, toFirst, toSecond) => {
  const rules = [forward('r', 80), forward('s', 80, { frontendIPConfiguration: SECOND, ...second })];
  const verdicts = ['lb', 'lb/front', 'lb/second'].map((to) =>
    said({ estate: { ...TWO, rules }, from: 'internet', to }),
  );
  expect(verdicts).toEqual([toAll, toFirst, toSecond]);
});

test('what two frontends wait for is all named', () => {
  const other = { ...later(), reason: { kind: 'parameter', name: 'other' } };
  const rules = [
    forward('r', 80, { backendPort: later() }),
    forward('s', 80, { backendPort: other, frontendIPConfiguration: SECOND }),
  ];
  expect(story({ estate: { ...TWO, rules }, from: 'internet', to: 'lb' })).toEqual([
    'unknown: runtime which frontend of lb the packet goes to: parameter later: parameter other',
  ]);
});
