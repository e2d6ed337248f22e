import { addressOf, EVERY_IPV4, EVERY_IPV6, isIn, rangeOf } from './address-range.ts';
import type {
  PlainBalancer,
  PlainBalancingRule,
  PlainClient,
  PlainConfiguration,
  PlainEstate,
  PlainFrontend,
  PlainInterface,
  PlainNatPool,
  PlainNatRule,
  PlainNetwork,
  PlainSubnet,
} from './plain-estate.ts';
import {
  filterOf,
  filterOfAll,
  IPV6_PROBE,
  internet,
  PROBE,
  type SimulatedFilter,
  type SimulatedFlow,
  type SimulatedVerdict,
  spacesOf,
  verdictOf,
} from './simulated-group.ts';
import type { World } from './world.ts';

/** What becomes of one rule's packets at one member. */
export interface SimulatedPath {
  /** `balancer/rule` or `balancer/nat:rule`. */
  readonly path: string;
  /** `internet`, `vnet`, or the name of a declared client. */
  readonly client: string;
  /** `interface/configuration`, `scale set/interface/configuration`, or the address of an IP-based pool. */
  readonly member: string;
  readonly data: SimulatedVerdict;
  readonly probe: SimulatedVerdict | 'none';
}

/** A backend as the platform sees it. */
interface Backend {
  readonly label: string;
  readonly address: bigint;
  readonly network: PlainNetwork | undefined;
  readonly subnet: PlainSubnet | undefined;
  /** Absent when only the address in a pool tells of the machine. */
  readonly networkInterface: PlainInterface | undefined;
  readonly isAddressPool: boolean;
}

type Rule = PlainBalancingRule | PlainNatRule | PlainNatPool;

/**
 * Sends packets through an estate in one world, by azure-semantics sections 0 to 6 alone. It takes one packet out of
 * every class of packets that no rule tells apart, so that its verdicts hold for all packets.
 */
export function simulate(
  estate: PlainEstate,
  world: World,
  declared: readonly PlainClient[] = [],
): readonly SimulatedPath[] {
  return estate.balancers.flatMap((balancer) => {
    const qualified = (name: string): string => `${balancer.name}/${name}`;
    const ofPool = (name: string): readonly Backend[] => membersOf(estate, world, balancer, name);
    const attached = (isWanted: (configuration: PlainConfiguration) => boolean): readonly Backend[] =>
      attachedBackends(estate, world, isWanted);
    const walk = (path: string, rule: Rule, backends: readonly Backend[]): SimulatedPath[] =>
      backends.flatMap((backend) => {
        const flow = dataFlow(estate, world, balancer, rule, backend);
        const arrive = (sources: SimulatedFlow['sources']): SimulatedVerdict =>
          verdictOf(filtersOf(estate, world, backend), { ...flow, sources });
        const frontend = frontendOf(balancer, rule);
        const common = {
          path: qualified(path),
          member: backend.label,
          probe: probeVerdict(estate, world, balancer, rule, backend),
        };
        const named = declared
          .filter((client) => isClientOf(estate, client, frontend))
          .map((client) => {
            const address = addressOf(client.address);
            const departure = departureOf(estate, world, balancer, rule, client);
            const data = inARow(departure, arrive([{ low: address, high: address }]));
            return { ...common, client: client.name, data };
          });
        const usual = frontend.kind === 'public' ? 'internet' : 'vnet';
        return [{ ...common, client: usual, data: arrive(flow.sources) }, ...named];
      });
    return [
      ...balancer.rules.flatMap((rule) => walk(rule.name, rule, ofPool(rule.pool))),
      ...balancer.natRules.flatMap((rule) =>
        walk(
          `nat:${rule.name}`,
          rule,
          rule.pool === undefined
            ? attached(({ natRules }) => natRules.includes(qualified(rule.name)))
            : ofPool(rule.pool),
        ),
      ),
      ...balancer.natPools.flatMap((pool) =>
        walk(
          `nat:${pool.name}`,
          pool,
          attached(({ natPools }) => natPools.includes(qualified(pool.name))),
        ),
      ),
    ];
  });
}

/** Section 9.3: what interfaces and scale sets say of themselves, and the addresses that the pool lists. */
function membersOf(
  estate: PlainEstate,
  world: World,
  balancer: PlainBalancer,
  poolName: string,
): readonly Backend[] {
  const pool = balancer.pools.find(({ name }) => name === poolName);
  return [
    ...attachedBackends(estate, world, ({ pools }) => pools.includes(`${balancer.name}/${poolName}`)),
    ...(pool?.addresses ?? []).map((text) => addressBackend(estate, world, pool?.network, text)),
  ];
}

function attachedBackends(
  estate: PlainEstate,
  world: World,
  isWanted: (configuration: PlainConfiguration) => boolean,
): readonly Backend[] {
  return estate.interfaces.flatMap((networkInterface) =>
    networkInterface.configurations.filter(isWanted).map((configuration) => {
      const network = estate.networks.find(({ name }) => name === configuration.network);
      const own = `${networkInterface.name}/${configuration.name}`;
      const { scaleSet } = networkInterface;
      return {
        label: scaleSet === undefined ? own : `${scaleSet.name}/${own}`,
        address: world.privateAddress(own),
        network,
        subnet: network?.subnets.find(({ name }) => name === configuration.subnet),
        networkInterface,
        isAddressPool: false,
      };
    }),
  );
}

/** Section 4.5: the machine that has the address, which may be one of the estate's own. */
function addressBackend(
  estate: PlainEstate,
  world: World,
  networkName: string | undefined,
  text: string,
): Backend {
  const address = addressOf(text);
  const network = estate.networks.find(({ name }) => name === networkName);
  const owner = estate.interfaces.find((each) =>
    each.configurations.some(
      (configuration) =>
        configuration.network === networkName &&
        world.privateAddress(`${each.name}/${configuration.name}`) === address,
    ),
  );
  return {
    label: text,
    address,
    network,
    subnet: network?.subnets.find(({ prefixes }) => isIn(address, prefixes.map(rangeOf))),
    networkInterface: owner,
    isAddressPool: true,
  };
}

/** Section 1.1: the group of the subnet, then that of the interface. */
function filtersOf(estate: PlainEstate, world: World, backend: Backend): readonly SimulatedFilter[] {
  const { subnet, networkInterface } = backend;
  const ofStranger = {
    open: filterOfAll(true),
    closed: filterOfAll(false),
    'without group': 'none',
  } as const;
  return [
    filterOf(estate, world, subnet?.group, backend),
    networkInterface === undefined
      ? ofStranger[world.strangersAre]
      : filterOf(estate, world, networkInterface.group, backend),
  ];
}

/** Sections 0.2, 1.8 and 3.1. */
function dataFlow(
  estate: PlainEstate,
  world: World,
  balancer: PlainBalancer,
  rule: Rule,
  backend: Backend,
): SimulatedFlow {
  const frontend = frontendOf(balancer, rule);
  const isFloating = 'floating' in rule && rule.floating;
  const isEveryPort = rule.protocol === 'All';
  return {
    protocols: isEveryPort ? ['tcp', 'udp', 'icmp'] : [rule.protocol.toLowerCase()],
    sources: clientsOf(estate, world, frontend),
    destination: isFloating ? frontendAddress(world, balancer, frontend) : backend.address,
    ports: isEveryPort ? [1, 65_535] : [rule.backendPort, rule.backendPort],
    closedWithoutGroup:
      frontend.kind === 'public' &&
      (balancer.sku ?? world.omittedSku) === 'Standard' &&
      (!backend.isAddressPool || world.addressPoolsAreClosed),
  };
}

function frontendOf(balancer: PlainBalancer, rule: Rule): PlainFrontend {
  const frontend = balancer.frontends.find(({ name }) => name === rule.frontend);
  if (frontend === undefined) throw new Error(`no frontend ${rule.frontend}`);
  return frontend;
}

/** Public clients come to public frontends, all others to internal ones, in one IP version. */
function isClientOf(estate: PlainEstate, client: PlainClient, frontend: PlainFrontend): boolean {
  const address = addressOf(client.address);
  const spaces = estate.networks.flatMap(({ space }) => space.map(rangeOf));
  const isPrivate = isIn(address, [...PRIVATE.map(rangeOf), ...spaces]);
  const isIpv6 = isIn(address, [EVERY_IPV6]);
  const version =
    frontend.kind === 'internal'
      ? frontend.version
      : estate.publicIps.find(({ name }) => name === frontend.publicIp)?.version;
  return isPrivate === (frontend.kind === 'internal') && isIpv6 === (version === 6);
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

/**
 * Section 0.2: a client in a subnet of the estate passes the outbound rules of its interface and its subnet, to the
 * address and the port of the frontend. One whose interface nobody knows has no group of its own.
 */
function departureOf(
  estate: PlainEstate,
  world: World,
  balancer: PlainBalancer,
  rule: Rule,
  client: PlainClient,
): SimulatedVerdict {
  const frontend = frontendOf(balancer, rule);
  const address = addressOf(client.address);
  const places = estate.networks.flatMap((network) =>
    network.subnets
      .filter(({ prefixes }) => isIn(address, prefixes.map(rangeOf)))
      .map((subnet) => ({ network, subnet })),
  );
  const [place] = places;
  if (frontend.kind === 'public' || place === undefined) return 'open';
  const own = estate.interfaces.find(({ configurations }) =>
    configurations.some(
      (each) =>
        each.address === client.address &&
        each.network === place.network.name &&
        each.subnet === place.subnet.name,
    ),
  );
  const isEveryPort = rule.protocol === 'All';
  const port = 'frontendPort' in rule ? rule.frontendPort : 0;
  return verdictOf(
    [
      filterOf(estate, world, own?.group, place, 'Outbound'),
      filterOf(estate, world, place.subnet.group, place, 'Outbound'),
    ],
    {
      protocols: isEveryPort ? ['tcp', 'udp', 'icmp'] : [rule.protocol.toLowerCase()],
      sources: [{ low: address, high: address }],
      destination: frontendAddress(world, balancer, frontend),
      ports: isEveryPort ? [1, 65_535] : 'frontendPort' in rule ? [port, port] : [50_000, 50_099],
      closedWithoutGroup: false,
    },
  );
}

/** What passes the first may pass the second; two parts may miss each other, which counts as a part. */
function inARow(first: SimulatedVerdict, second: SimulatedVerdict): SimulatedVerdict {
  if (first === 'blocked' || second === 'blocked') return 'blocked';
  return first === 'open' ? second : first;
}

function frontendAddress(world: World, balancer: PlainBalancer, frontend: PlainFrontend): bigint {
  return frontend.kind === 'public'
    ? world.publicAddress(frontend.publicIp)
    : world.privateAddress(`${balancer.name}/${frontend.name}`);
}

/** Section 0.2: the internet for a public frontend, the virtual network for an internal one, in the frontend's IP version. */
function clientsOf(estate: PlainEstate, world: World, frontend: PlainFrontend): SimulatedFlow['sources'] {
  if (frontend.kind === 'public') {
    const version = estate.publicIps.find(({ name }) => name === frontend.publicIp)?.version;
    return ofVersion(internet(estate.networks.flatMap((each) => spacesOf(estate, world, each))), version);
  }
  const network = estate.networks.find(({ name }) => name === frontend.network);
  return ofVersion((network?.space ?? []).map(rangeOf), frontend.version);
}

function ofVersion(ranges: SimulatedFlow['sources'], version: 4 | 6 | undefined): SimulatedFlow['sources'] {
  const all = version === 6 ? EVERY_IPV6 : EVERY_IPV4;
  return ranges.filter(({ low }) => isIn(low, [all]));
}

/** Section 2.1: to the private address of the backend, whatever the rule does. */
function probeVerdict(
  estate: PlainEstate,
  world: World,
  balancer: PlainBalancer,
  rule: Rule,
  backend: Backend,
): SimulatedVerdict | 'none' {
  const probe = 'probe' in rule ? balancer.probes.find(({ name }) => name === rule.probe) : undefined;
  if (probe === undefined) return 'none';
  const source = backend.address >= EVERY_IPV6.low ? IPV6_PROBE : PROBE;
  return verdictOf(filtersOf(estate, world, backend), {
    protocols: ['tcp'],
    sources: [{ low: source, high: source }],
    destination: backend.address,
    ports: [probe.port, probe.port],
    closedWithoutGroup: false,
  });
}
