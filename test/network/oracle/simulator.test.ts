import type {
  PlainBalancingRule,
  PlainConfiguration,
  PlainEstate,
  PlainFrontend,
  PlainRule,
  PlainSku,
  PlainSubnet,
} from './plain-estate.ts';
import { randomFrom, worldOf } from './random-world.ts';
import { simulate } from './simulator.ts';

interface Setup {
  readonly internal?: boolean;
  readonly sku?: PlainSku;
  readonly subnetRules?: readonly PlainRule[];
  readonly nicRules?: readonly PlainRule[];
  readonly rule?: Partial<PlainBalancingRule>;
  readonly probePort?: number;
  readonly probe?: boolean;
  readonly subnet?: Partial<PlainSubnet>;
  readonly configuration?: Partial<PlainConfiguration>;
}

const FRONT: PlainFrontend = { name: 'front', kind: 'public', publicIp: 'pip' };
const INTERNAL: PlainFrontend = {
  name: 'front',
  kind: 'internal',
  network: 'vnet',
  subnet: 'snet',
  version: 4,
  address: '10.0.1.100',
};

function estateOf(setup: Setup): PlainEstate {
  const group = (name: string, rules: readonly PlainRule[] | undefined): PlainEstate['groups'] =>
    rules === undefined ? [] : [{ name, rules }];
  return {
    networks: [
      {
        name: 'vnet',
        space: ['10.0.0.0/16'],
        peers: [],
        subnets: [
          {
            name: 'snet',
            prefixes: ['10.0.1.0/24'],
            ...(setup.subnetRules === undefined ? {} : { group: 'nsg-subnet' }),
            ...setup.subnet,
          },
        ],
      },
    ],
    groups: [...group('nsg-subnet', setup.subnetRules), ...group('nsg-nic', setup.nicRules)],
    interfaces: [
      {
        name: 'nic',
        ...(setup.nicRules === undefined ? {} : { group: 'nsg-nic' }),
        configurations: [
          {
            name: 'ip',
            network: 'vnet',
            subnet: 'snet',
            version: 4,
            pools: ['lb/pool'],
            natRules: [],
            natPools: [],
            applicationGroups: [],
            ...setup.configuration,
          },
        ],
      },
    ],
    balancers: [
      {
        name: 'lb',
        sku: setup.sku ?? 'Standard',
        frontends: [setup.internal ? INTERNAL : FRONT],
        pools: [{ name: 'pool', addresses: [] }],
        probes: [{ name: 'probe', protocol: 'Tcp', port: setup.probePort ?? 80 }],
        rules: [
          {
            name: 'rule',
            protocol: 'Tcp',
            frontend: 'front',
            frontendPort: 80,
            backendPort: 80,
            floating: false,
            pool: 'pool',
            ...(setup.probe === false ? {} : { probe: 'probe' }),
            ...setup.rule,
          },
        ],
        natRules: [],
        natPools: [],
      },
    ],
    publicIps: [{ name: 'pip', sku: setup.sku ?? 'Standard', version: 4 }],
    applicationGroups: ['asg'],
  };
}

function allow(priority: number, source: string, ports: string, more: Partial<PlainRule> = {}): PlainRule {
  return {
    priority,
    access: 'Allow',
    direction: 'Inbound',
    protocol: '*',
    source: { prefixes: [source] },
    sourcePorts: ['*'],
    destination: { prefixes: ['*'] },
    destinationPorts: [ports],
    ...more,
  };
}

function deny(priority: number, source: string, ports: string, more: Partial<PlainRule> = {}): PlainRule {
  return allow(priority, source, ports, { access: 'Deny', ...more });
}

const to = (prefix: string): Partial<PlainRule> => ({ destination: { prefixes: [prefix] } });
const DENY_ALL = deny(4096, '*', '*');

/** Azure-semantics section 10: the number, the setup, and the verdicts on data and probe, `unknown` when worlds differ. */
const VECTORS: readonly (readonly [name: string, setup: Setup, data: string, probe: string])[] = [
  ['1 defaults only', { subnetRules: [] }, 'blocked', 'open'],
  ['2 internet allowed', { subnetRules: [allow(100, 'Internet', '80')] }, 'open', 'open'],
  ['3 no group', {}, 'blocked', 'open'],
  ['3 no group, Basic', { sku: 'Basic' }, 'open', 'open'],
  ['4 internal, no group', { internal: true }, 'open', 'open'],
  ['5 internal, defaults only', { internal: true, subnetRules: [] }, 'open', 'open'],
  [
    '6 frontend port allowed',
    { subnetRules: [allow(100, 'Internet', '80')], rule: { backendPort: 8080 } },
    'blocked',
    'open',
  ],
  ['7 load balancer tag', { subnetRules: [allow(100, 'AzureLoadBalancer', '80')] }, 'blocked', 'open'],
  ['8 deny all', { subnetRules: [allow(100, 'Internet', '80'), DENY_ALL] }, 'open', 'unknown'],
  [
    '8 deny all, probe elsewhere',
    { subnetRules: [allow(100, 'Internet', '80'), DENY_ALL], probePort: 8080 },
    'open',
    'blocked',
  ],
  ['9 any source', { subnetRules: [allow(100, '*', '80'), DENY_ALL] }, 'open', 'open'],
  ['10 virtual network', { subnetRules: [allow(100, 'VirtualNetwork', '*'), DENY_ALL] }, 'blocked', 'open'],
  [
    '11 interface denies',
    { subnetRules: [allow(100, '*', '80')], nicRules: [DENY_ALL] },
    'blocked',
    'blocked',
  ],
  ['12 subnet denies', { subnetRules: [DENY_ALL], nicRules: [allow(100, '*', '80')] }, 'blocked', 'blocked'],
  ['13 one source', { subnetRules: [allow(100, '203.0.113.7/32', '80')] }, 'partial', 'open'],
  ['14 private source', { subnetRules: [allow(100, '10.0.0.0/8', '80')] }, 'blocked', 'open'],
  [
    '15 floating, backend subnet',
    { subnetRules: [allow(100, '*', '80', to('10.0.1.0/24'))], rule: { floating: true } },
    'blocked',
    'open',
  ],
  [
    '15 floating, any destination',
    { subnetRules: [allow(100, '*', '80')], rule: { floating: true } },
    'open',
    'open',
  ],
  [
    '16 floating, internal',
    {
      internal: true,
      subnetRules: [allow(100, '*', '80', to('10.0.1.0/24')), DENY_ALL],
      rule: { floating: true },
    },
    'open',
    'open',
  ],
  [
    '17 default route',
    {
      subnetRules: [allow(100, 'VirtualNetwork', '*')],
      subnet: { routes: [{ prefix: '0.0.0.0/0', hop: 'VirtualAppliance' }] },
    },
    'unknown',
    'open',
  ],
  [
    '20 HA ports',
    {
      internal: true,
      subnetRules: [allow(100, '*', '443', { protocol: 'Tcp' }), DENY_ALL],
      rule: { protocol: 'All', frontendPort: 0, backendPort: 0 },
    },
    'partial',
    'blocked',
  ],
  [
    '21 udp with a probe',
    { subnetRules: [allow(100, '*', '53', { protocol: 'Udp' })], rule: { protocol: 'Udp', backendPort: 53 } },
    'open',
    'open',
  ],
  [
    '22 probe port denied',
    { subnetRules: [deny(100, '*', '22'), allow(200, '*', '80')], probePort: 22 },
    'open',
    'blocked',
  ],
  ['24 no probe', { internal: true, subnetRules: [], probe: false }, 'open', 'none'],
  [
    '28 member outside the group',
    { subnetRules: [allow(100, 'Internet', '80', { destination: { groups: ['asg'] } })] },
    'blocked',
    'open',
  ],
  [
    '28 member inside the group',
    {
      subnetRules: [allow(100, 'Internet', '80', { destination: { groups: ['asg'] } })],
      configuration: { applicationGroups: ['asg'] },
    },
    'open',
    'open',
  ],
  ['32 deny first', { subnetRules: [deny(3000, '*', '80'), allow(3500, '*', '80')] }, 'blocked', 'blocked'],
];

test.each(VECTORS)('golden vector %s', (_, setup, data, probe) => {
  const estate = estateOf(setup);
  const random = randomFrom(20_261_127);
  const seen = Array.from({ length: 64 }, () => simulate(estate, worldOf(estate, random))[0]);
  const over = (verdicts: readonly (string | undefined)[]): string =>
    verdicts.every((verdict) => verdict === verdicts[0]) ? String(verdicts[0]) : 'unknown';
  expect([over(seen.map((path) => path?.data)), over(seen.map((path) => path?.probe))]).toEqual([
    data,
    probe,
  ]);
});
