import fc from 'fast-check';
import type {
  PlainBalancer,
  PlainBalancingRule,
  PlainConfiguration,
  PlainEstate,
  PlainFrontend,
  PlainInterface,
  PlainNatRule,
  PlainNetwork,
  PlainPool,
  PlainRoute,
  PlainRule,
  PlainSide,
  PlainSku,
} from './plain-estate.ts';

/** What makes an estate of the shape all random estates have: the draws, before names hold them together. */
interface Draft {
  readonly networks: readonly NetworkDraft[];
  readonly peering: 'none' | 'one way' | 'both ways';
  readonly groups: readonly (readonly RuleDraft[])[];
  readonly interfaces: readonly InterfaceDraft[];
  readonly balancers: readonly BalancerDraft[];
}

interface NetworkDraft {
  /** The second subnet of the second network has addresses of the internet, as in some networks. */
  readonly isPublic: boolean;
  readonly subnets: readonly {
    readonly group: number | undefined;
    readonly routes: readonly PlainRoute[] | undefined;
  }[];
}

interface RuleDraft {
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  readonly direction: 'Inbound' | 'Outbound';
  readonly protocol: string;
  readonly source: PlainSide;
  readonly sourcePorts: readonly string[];
  readonly destination: PlainSide;
  readonly destinationPorts: readonly string[];
}

interface InterfaceDraft {
  readonly network: number;
  readonly subnet: number;
  readonly group: number | undefined;
  readonly isStatic: boolean;
  readonly hasIpv6: boolean;
  readonly capacity: number | undefined;
  readonly inGroup: boolean;
  readonly balancers: readonly boolean[];
  readonly takesNat: boolean;
}

interface BalancerDraft {
  readonly network: number;
  readonly isInternal: boolean;
  readonly isStatic: boolean;
  readonly subnet: number;
  readonly sku: PlainSku;
  readonly hasIpv6: boolean;
  readonly rules: readonly {
    readonly protocol: 'Tcp' | 'Udp' | 'All';
    readonly port: number;
    readonly backendPort: number;
    readonly floating: boolean;
    readonly probe: number | undefined;
    readonly toAddresses: boolean;
    readonly isIpv6: boolean;
  }[];
  readonly addresses: readonly number[];
  readonly nat: 'none' | 'rule' | 'range' | 'pool';
  readonly natPort: number;
}

const PORTS = [22, 53, 80, 443, 8080] as const;

const prefixes = fc.constantFrom(
  '*',
  '*',
  'Internet',
  'VirtualNetwork',
  'AzureLoadBalancer',
  'AzureCloud',
  'internet',
  'INTERNET',
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.0.0.0/16',
  '10.0.1.0/24',
  '10.0.2.0/26',
  '10.0.1.10',
  '10.0.1.100/32',
  '10.1.0.0/16',
  '20.0.0.0/8',
  '203.0.113.0/24',
  '203.0.113.7/32',
  '168.63.129.16/32',
  '168.0.0.0/8',
  'fd00:0:0:1::/64',
  '2001:db8::/32',
  'fe80::/10',
);

const side: fc.Arbitrary<PlainSide> = fc.oneof(
  { weight: 8, arbitrary: prefixes.map((prefix) => ({ prefixes: [prefix] })) },
  {
    weight: 2,
    arbitrary: fc
      .uniqueArray(
        prefixes.filter((prefix) => /[.:]/.test(prefix) && /^[0-9f]/.test(prefix)),
        { minLength: 2, maxLength: 3 },
      )
      .map((list) => ({ prefixes: list })),
  },
  { weight: 1, arbitrary: fc.constantFrom(['asg0'], ['asg1']).map((groups) => ({ groups })) },
);

const ports = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['*']) },
  { weight: 4, arbitrary: fc.constantFrom(...PORTS).map((port) => [String(port)]) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(['80-443'], ['0-65535'], ['1024-65535'], ['80', '443'], ['0-79', '8080']),
  },
);

const rules: fc.Arbitrary<readonly RuleDraft[]> = fc.uniqueArray(
  fc.record({
    priority: fc.constantFrom(100, 200, 300, 400, 500, 1000, 2000, 3000, 4000, 4096),
    access: fc.constantFrom('Allow', 'Deny'),
    direction: fc.constantFrom('Inbound', 'Inbound', 'Inbound', 'Inbound', 'Outbound'),
    protocol: fc.constantFrom('*', '*', 'Tcp', 'Udp', 'Icmp', 'tcp'),
    source: side,
    sourcePorts: fc.oneof({ weight: 6, arbitrary: fc.constant(['*']) }, { weight: 1, arbitrary: ports }),
    destination: fc.oneof(
      { weight: 2, arbitrary: fc.constant({ prefixes: ['*'] }) },
      { weight: 2, arbitrary: side },
    ),
    destinationPorts: ports,
  }),
  { maxLength: 6, selector: ({ priority, direction }) => `${priority}${direction}` },
);

/** The number of a group; -1 is one of another deployment. */
const group = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  { weight: 14, arbitrary: fc.nat(2) },
  { weight: 1, arbitrary: fc.constant(-1) },
);

const routes: fc.Arbitrary<readonly PlainRoute[] | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.record({
        prefix: fc.constantFrom('0.0.0.0/0', '0.0.0.0/1', '203.0.113.0/24', '172.16.0.0/12'),
        hop: fc.constantFrom('VirtualAppliance', 'VirtualNetworkGateway', 'Internet', 'None'),
      }),
      { maxLength: 2 },
    ),
  },
);

const draft: fc.Arbitrary<Draft> = fc.record({
  networks: fc.array(
    fc.record({
      isPublic: fc.constantFrom(false, false, true),
      subnets: fc.array(fc.record({ group, routes }), { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  peering: fc.constantFrom('none', 'both ways', 'one way'),
  groups: fc.array(rules, { minLength: 1, maxLength: 3 }),
  interfaces: fc.array(
    fc.record({
      network: fc.nat(1),
      subnet: fc.nat(1),
      group,
      isStatic: fc.boolean(),
      hasIpv6: fc.boolean(),
      capacity: fc.constantFrom(undefined, undefined, undefined, 0, 1, 3),
      inGroup: fc.boolean(),
      balancers: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
      takesNat: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  balancers: fc.array(
    fc.record({
      network: fc.nat(1),
      isInternal: fc.boolean(),
      isStatic: fc.boolean(),
      subnet: fc.nat(1),
      sku: fc.constantFrom('Standard', 'Standard', 'Standard', 'Basic', undefined),
      hasIpv6: fc.boolean(),
      rules: fc.array(
        fc.record({
          protocol: fc.constantFrom('Tcp', 'Tcp', 'Udp', 'All'),
          port: fc.constantFrom(...PORTS),
          backendPort: fc.constantFrom(...PORTS),
          floating: fc.boolean(),
          probe: fc.option(fc.constantFrom(...PORTS), { nil: undefined, freq: 4 }),
          toAddresses: fc.constantFrom(false, false, false, true),
          isIpv6: fc.boolean(),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      addresses: fc.uniqueArray(fc.constantFrom(10, 11, 40), { maxLength: 2 }),
      nat: fc.constantFrom('none', 'none', 'rule', 'range', 'pool'),
      natPort: fc.constantFrom(...PORTS),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

/** Estates that Azure accepts as far as verdicts are concerned: one network per balancer, one IP version per rule. */
export const arbitraryEstate: fc.Arbitrary<PlainEstate> = draft.map(estateOf);

function estateOf({ networks, peering, groups, interfaces, balancers }: Draft): PlainEstate {
  const named = networks.map((network, index) =>
    networkOf(network, index, networks.length > 1 ? peering : 'none', groups.length),
  );
  const place = (network: number, subnet: number): Place => {
    const at = network % named.length;
    const position = subnet % (named[at]?.subnets.length ?? 1);
    const isPublic = at === 1 && networks[at]?.isPublic === true;
    return { network: `vnet${at}`, subnet: `snet${position}`, at, base: base(at, position, isPublic) };
  };
  const balancersByName = balancers.map((each, index) =>
    balancerOf(each, index, place(each.network, each.subnet)),
  );
  return {
    networks: named,
    groups: groups.map((list, index) => ({
      name: `nsg${index}`,
      rules: list.map((rule): PlainRule => rule),
    })),
    interfaces: interfaces.map((each, index) =>
      interfaceOf(each, index, place(each.network, each.subnet), balancers, networks.length, groups.length),
    ),
    balancers: balancersByName,
    publicIps: balancers.flatMap(({ sku }, index) => [
      { name: `pip${index}`, sku, version: 4 as const },
      { name: `pip${index}-6`, sku, version: 6 as const },
    ]),
    applicationGroups: ['asg0', 'asg1'],
  };
}

function networkOf(
  { isPublic: wantsPublic, subnets }: NetworkDraft,
  index: number,
  peering: Draft['peering'],
  groupCount: number,
): PlainNetwork {
  const isPublic = wantsPublic && index === 1;
  const isPeered = peering === 'both ways' || (peering === 'one way' && index === 0);
  return {
    name: `vnet${index}`,
    space: [`10.${index}.0.0/16`, ...(isPublic ? ['20.5.0.0/16'] : []), `fd00:0:${index}::/48`],
    peers: isPeered ? [{ network: `vnet${1 - index}`, bothWays: peering === 'both ways' }] : [],
    subnets: subnets.map((subnet, position) => ({
      name: `snet${position}`,
      prefixes: [
        `${base(index, position, isPublic)}.0/${position === 0 ? 24 : 26}`,
        `fd00:0:${index}:${position + 1}::/64`,
      ],
      ...(subnet.group === undefined ? {} : groupName(subnet.group, groupCount)),
      ...(subnet.routes === undefined ? {} : { routes: subnet.routes }),
    })),
  };
}

function groupName(index: number, count: number): Pick<PlainInterface, 'group'> {
  if (index < 0) return { group: 'elsewhere' };
  return count === 0 ? {} : { group: `nsg${index % count}` };
}

/** The first three octets of a subnet. */
function base(network: number, position: number, isPublic: boolean): string {
  return position === 1 && isPublic ? '20.5.2' : `10.${network}.${position + 1}`;
}

interface Place {
  readonly network: string;
  readonly subnet: string;
  readonly at: number;
  /** The first three octets of the subnet. */
  readonly base: string;
}

function interfaceOf(
  each: InterfaceDraft,
  index: number,
  place: Place,
  balancers: readonly BalancerDraft[],
  networkCount: number,
  groupCount: number,
): PlainInterface {
  const joined = balancers.flatMap((balancer, position) =>
    (each.balancers[position] ?? false) && balancer.network % networkCount === place.at ? [position] : [],
  );
  const isScaleSet = each.capacity !== undefined;
  const common = {
    network: place.network,
    subnet: place.subnet,
    applicationGroups: each.inGroup ? [`asg${place.at}`] : [],
  };
  const first: PlainConfiguration = {
    ...common,
    name: 'ip4',
    version: 4,
    ...(each.isStatic && !isScaleSet ? { address: `${place.base}.${10 + index}` } : {}),
    pools: joined.map((position) => `lb${position}/pool4`),
    natRules: joined.flatMap((position) =>
      each.takesNat && index === 0 && !isScaleSet && balancers[position]?.nat === 'rule'
        ? [`lb${position}/natrule`]
        : [],
    ),
    natPools: joined.flatMap((position) =>
      isScaleSet && balancers[position]?.nat === 'pool' ? [`lb${position}/natpool`] : [],
    ),
  };
  const second: PlainConfiguration = {
    ...common,
    name: 'ip6',
    version: 6,
    pools: joined.filter((position) => balancers[position]?.hasIpv6).map((position) => `lb${position}/pool6`),
    natRules: [],
    natPools: [],
  };
  return {
    name: `nic${index}`,
    ...(each.group === undefined ? {} : groupName(each.group, groupCount)),
    ...(each.capacity === undefined ? {} : { scaleSet: { name: `vmss${index}`, capacity: each.capacity } }),
    configurations: each.hasIpv6 ? [first, second] : [first],
  };
}

function balancerOf(each: BalancerDraft, index: number, place: Place): PlainBalancer {
  const internal = (version: 4 | 6): PlainFrontend => ({
    name: `front${version}`,
    kind: 'internal',
    network: place.network,
    subnet: place.subnet,
    version,
    ...(each.isStatic && version === 4 ? { address: `${place.base}.${50 + index}` } : {}),
  });
  const frontend = (version: 4 | 6): PlainFrontend =>
    each.isInternal
      ? internal(version)
      : {
          name: `front${version}`,
          kind: 'public',
          publicIp: version === 6 ? `pip${index}-6` : `pip${index}`,
        };
  const isHaAllowed = each.isInternal && each.sku === 'Standard';
  const addresses = each.sku === 'Standard' ? each.addresses : [];
  const pools: PlainPool[] = [
    { name: 'pool4', addresses: [] },
    ...(each.hasIpv6 ? [{ name: 'pool6', addresses: [] }] : []),
    ...(addresses.length > 0
      ? [
          {
            name: 'pool-ip',
            network: place.network,
            addresses: addresses.map((last) => `${place.base}.${last}`),
          },
        ]
      : []),
  ];
  const probes = [...new Set(each.rules.flatMap(({ probe }) => (probe === undefined ? [] : [probe])))];
  const rule = (drawn: BalancerDraft['rules'][number], position: number): PlainBalancingRule => {
    const isIpv6 = drawn.isIpv6 && each.hasIpv6;
    const isEveryPort = drawn.protocol === 'All' && isHaAllowed;
    const backendPort = drawn.floating ? drawn.port : drawn.backendPort;
    return {
      name: `rule${position}`,
      protocol: isEveryPort ? 'All' : drawn.protocol === 'All' ? 'Tcp' : drawn.protocol,
      frontend: isIpv6 ? 'front6' : 'front4',
      frontendPort: isEveryPort ? 0 : drawn.port,
      backendPort: isEveryPort ? 0 : backendPort,
      floating: drawn.floating,
      pool: isIpv6 ? 'pool6' : drawn.toAddresses && addresses.length > 0 ? 'pool-ip' : 'pool4',
      ...(drawn.probe === undefined ? {} : { probe: `probe${drawn.probe}` }),
    };
  };
  const natRule: PlainNatRule = {
    name: 'natrule',
    protocol: 'Tcp',
    frontend: 'front4',
    frontendPort: 2200,
    backendPort: each.natPort,
    floating: false,
    ...(each.nat === 'range' ? { pool: 'pool4' } : {}),
  };
  return {
    name: `lb${index}`,
    sku: each.sku,
    frontends: [frontend(4), ...(each.hasIpv6 ? [frontend(6)] : [])],
    pools,
    probes: probes.map((port) => ({ name: `probe${port}`, protocol: port === 80 ? 'Http' : 'Tcp', port })),
    rules: each.rules.map(rule),
    natRules: each.nat === 'rule' || each.nat === 'range' ? [natRule] : [],
    natPools:
      each.nat === 'pool'
        ? [{ name: 'natpool', protocol: 'Tcp', frontend: 'front4', backendPort: each.natPort }]
        : [],
  };
}
