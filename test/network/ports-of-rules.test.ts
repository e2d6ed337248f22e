import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';
import { reasonsOf, waiting } from '../support/waiting.ts';

const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const POOL = sub('loadBalancers/lb/backendAddressPools/pool');

/** The verdict on the data of the one member, and what it waits for. */
function said(options: EstateOptions, who?: string): readonly unknown[] {
  const clients = [{ name: 'jump', addresses: ['10.0.2.0/24'] }];
  const { paths } = buildNetwork(estate(options), { clients });
  const [member] = paths.find(({ client }) => client === (who ?? client))?.members ?? [];
  return [member?.data.verdict, ...reasonsOf(member?.data.waitsFor ?? [])];
}

const ports = (...allowed: readonly string[]) => [
  ...allowed.map((destinationPortRange, index) => rule(100 + index, 'Allow', { destinationPortRange })),
  rule(200, 'Deny'),
];
const FLOATS = { enableFloatingIP: true };
const MAY_FLOAT = { enableFloatingIP: waiting('floats') };
const TRANSLATED = ['unknown', 'runtime whether floating IP translates the port'];

// Semantics 1.8 for the port that a member sees, 4.3 for what floating IP leaves open.
test.each<
  [what: string, rule: Record<string, unknown>, allowed: readonly string[], answer: readonly string[]]
>([
  ['to another port', { backendPort: 8080 }, ['8080'], ['open']],
  ['to another port', { backendPort: 8080 }, ['80'], ['blocked']],
  ['for every port', { frontendPort: 0, backendPort: 0 }, ['1-65535'], ['open']],
  ['for every port', { frontendPort: 0, backendPort: 0 }, ['1-65534'], ['partial']],
  ['for every port', { frontendPort: 0, backendPort: 0 }, ['2-65535'], ['partial']],
  ['to no port', { backendPort: undefined }, ['80'], ['unknown', 'unsupported the backend port of lb']],
  ['to no port', { backendPort: undefined }, ['*'], ['open']],
  ['to an unknown port', { backendPort: waiting('port') }, ['80'], ['unknown', 'parameter port']],
  ['that floats', FLOATS, ['80'], ['open']],
  ['that floats to another port', { ...FLOATS, backendPort: 8080 }, ['8080'], TRANSLATED],
  ['that floats to another port', { ...FLOATS, backendPort: 8080 }, ['80'], TRANSLATED],
  ['that floats to another port', { ...FLOATS, backendPort: 8080 }, ['80', '8080'], ['open']],
  ['that floats to another port', { ...FLOATS, backendPort: 8080 }, ['443'], ['blocked']],
  ['that floats from every port', { ...FLOATS, frontendPort: 0 }, ['80'], TRANSLATED],
  [
    'that floats from an unknown port',
    { ...FLOATS, frontendPort: waiting('port') },
    ['80'],
    [...TRANSLATED, 'parameter port'],
  ],
  ['that floats from an unknown port', { ...FLOATS, frontendPort: waiting('port') }, ['*'], ['open']],
  [
    'that may float to another port',
    { ...MAY_FLOAT, backendPort: 8080 },
    ['8080'],
    ['unknown', 'parameter floats', ...TRANSLATED.slice(1)],
  ],
  ['that may float', MAY_FLOAT, ['80'], ['open']],
])('a rule %s, where %s is let in', (_, properties, allowed, answer) => {
  expect(said({ rule: properties, subnetRules: ports(...allowed) })).toEqual(answer);
});

/** A rule over a range of ports for everybody in the pool, or for whoever names it. */
function range(properties: Record<string, unknown>): EstateOptions {
  const natRules = [
    {
      name: 'range',
      properties: {
        protocol: 'Tcp',
        frontendPortRangeStart: 500,
        frontendPortRangeEnd: 599,
        backendPort: 22,
        frontendIPConfiguration: FRONT,
        backendAddressPool: POOL,
        ...properties,
      },
    },
  ];
  return { rules: [], natRules };
}

test.each<
  [what: string, properties: Record<string, unknown>, allowed: readonly string[], answer: readonly string[]]
>([
  ['is translated', {}, ['22'], ['open']],
  ['may float', FLOATS, ['22', '500'], TRANSLATED],
  ['may float', FLOATS, ['22', '500-599'], ['open']],
  ['may float', FLOATS, ['500-599'], TRANSLATED],
  [
    'may float and has no end',
    { ...FLOATS, frontendPortRangeEnd: waiting('end') },
    ['22', '500-599'],
    [...TRANSLATED, 'parameter end'],
  ],
  [
    'may float and ends before it begins',
    { ...FLOATS, frontendPortRangeEnd: 499 },
    ['22', '500-599'],
    [...TRANSLATED, 'unsupported the frontend port of lb'],
  ],
  ['may float and is one port', { ...FLOATS, frontendPortRangeEnd: 500 }, ['22', '500'], ['open']],
])('a range of ports that %s, where %s is let in', (_, properties, allowed, answer) => {
  expect(said({ ...range(properties), subnetRules: ports(...allowed) })).toEqual(answer);
});

/** A client in a subnet whose group denies these ports on the way out. */
function leaving(destinationPortRange: string, options: EstateOptions): EstateOptions {
  const group = 'networkSecurityGroups/nsg-client';
  return {
    internal: true,
    networkElsewhere: true,
    ...options,
    more: [
      {
        type: 'virtualNetworks/vnet/subnets',
        name: 'clients',
        parent: sub('virtualNetworks/vnet').id,
        properties: { addressPrefix: '10.0.2.0/24', networkSecurityGroup: sub(group) },
      },
      {
        type: 'networkSecurityGroups',
        name: 'nsg-client',
        properties: { securityRules: [rule(100, 'Deny', { direction: 'Outbound', destinationPortRange })] },
      },
    ],
  };
}

// Semantics 1.8: a client addresses the port of the frontend.
test.each<[what: string, options: EstateOptions, denied: string, answer: readonly string[]]>([
  ['a port', { rule: { frontendPort: 80, backendPort: 8080 } }, '80', ['blocked']],
  ['a port', { rule: { frontendPort: 80, backendPort: 8080 } }, '81-8080', ['open']],
  ['every port', { rule: { protocol: 'All', frontendPort: 0, backendPort: 0 } }, '80', ['partial']],
  ['an unknown port', { rule: { frontendPort: waiting('port') } }, '80', ['unknown', 'parameter port']],
  ['an unknown port', { rule: { frontendPort: waiting('port') } }, '*', ['blocked']],
  [
    'no port',
    { rule: { frontendPort: undefined } },
    '80',
    ['unknown', 'unsupported the frontend port of lb'],
  ],
  ['a range', range({}), '500-599', ['blocked']],
  ['a range', range({}), '500-598', ['partial']],
  ['a range', range({}), '600-65535', ['open']],
  ['a range', range({}), '1-499', ['open']],
  ['a range of one port', range({ frontendPortRangeEnd: 500 }), '500', ['blocked']],
  [
    'a range with an unknown end',
    range({ frontendPortRangeEnd: waiting('end') }),
    '500-599',
    ['unknown', 'parameter end'],
  ],
  [
    'a range with an unknown beginning',
    range({ frontendPortRangeStart: waiting('start') }),
    '500-599',
    ['unknown', 'parameter start'],
  ],
  [
    'a range that ends before it begins',
    range({ frontendPortRangeEnd: 400 }),
    '500',
    ['unknown', 'unsupported the frontend port of lb'],
  ],
])('a client that addresses %s', (_, options, denied, answer) => {
  expect(said(leaving(denied, options), 'jump')).toEqual(answer);
});
