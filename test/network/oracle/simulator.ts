import { addressOf, EVERY_IPV4, EVERY_IPV6, isIn, rangeOf } from './address-range.ts';
import type {
  PlainBalancer,
  PlainBalancingRule,
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
export function simulate(estate: PlainEstate, world: World): readonly SimulatedPath[] {
  return estate.balancers.flatMap((balancer) => {
    const qualified = (name: string): string => `${balancer.name}/${name}`;
    const ofPool = (name: string): readonly Backend[] => membersOf(estate, world, balancer, name);
    const attached = (isWanted: (configuration: PlainConfiguration) => boolean): readonly Backend[] =>
      attachedBackends(estate, world, isWanted);
    const walk = (path: string, rule: Rule, backends: readonly Backend[]): SimulatedPath[] =>
      backends.map((backend) => ({
        path: qualified(path),
        member: backend.label,
        data: verdictOf(filtersOf(estate, world, backend), dataFlow(estate, world, balancer, rule, backend)),
        probe: probeVerdict(estate, world, balancer, rule, backend),
      }));
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
  const frontend = balancer.frontends.find(({ name }) => name === rule.frontend);
  if (frontend === undefined) throw new Error(`no frontend ${rule.frontend}`);
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
