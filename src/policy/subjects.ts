import type { Element } from '../model/azure/element.ts';
import type { BackendPool, LoadBalancer } from '../model/azure/load-balancer.ts';
import {
  detachedSecurityRules,
  type NetworkSecurityGroup,
  type SecurityRule,
} from '../model/azure/network-security-group.ts';
import type { Network } from '../network/network.ts';
import type { Path } from '../network/path.ts';
import { byName } from '../text/name-order.ts';
import { textOr } from '../value/shown.ts';
import { or, type Truth, truth, undecided } from '../value/truth.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { Subject } from './finding.ts';

/** The type that the parts of a load balancer go by, too. */
export const LOAD_BALANCER = 'microsoft.network/loadbalancers';

/** A part of a load balancer as the subject of a question: `lb-web/pool`. */
export function partSubject(
  balancer: LoadBalancer,
  { name, address, origin }: Pick<Element, 'name' | 'address' | 'origin'>,
): Subject {
  const path = `${textOr(balancer.name, balancer.address)}/${textOr(name, address)}`;
  return { address, type: LOAD_BALANCER, name: path, origin };
}

/** What could not be read and may add a member to a pool. */
export function gapsOfPool(
  { topology }: Network,
  balancer: LoadBalancer,
  pool: BackendPool,
): readonly Unknown[] {
  return topology.model.gaps
    .filter(({ id }) => id === undefined || id === pool.id || id === balancer.id)
    .map(({ reason, origin }) => unknown(reason, origin));
}

/** A path as the subject of a question; `name` is the one in the table of paths. */
export interface PathSubject {
  readonly subject: Subject;
  readonly path: Path;
}

/** The paths of the root: each rule of a kind once for each of its clients. */
export function pathSubjects(network: Network, kind: Path['kind'] = 'rule'): readonly PathSubject[] {
  return network.paths
    .filter((path) => path.kind === kind)
    .map((path) => ({
      path,
      subject: {
        address: path.address,
        type: LOAD_BALANCER,
        name: path.name,
        origin: path.origin,
        ...(path.clientKind === 'declared' || path.clientKind === 'private-link'
          ? { client: path.client }
          : {}),
      },
    }));
}

/** Each rule of a kind once, as the path of the clients it always has, for questions that clients do not change. */
export function ruleSubjects(network: Network, kind: Path['kind'] = 'rule'): readonly PathSubject[] {
  return pathSubjects(network, kind).filter(
    ({ path }) => path.clientKind !== 'declared' && path.clientKind !== 'private-link',
  );
}

/** The backend ports of a path and of all rules to its pools; `any` when one of them is not known. */
export function portsOfPools(path: Path, network: Network): ReadonlySet<number> | 'any' {
  if (path.pools.some(({ kind }) => kind !== 'to')) return 'any';
  const others = path.pools.flatMap((link) => (link.kind === 'to' ? network.pathsOfPool(link.id) : []));
  const ports = new Set<number>();
  for (const { rule } of [path, ...others]) {
    if (rule.backendPort.kind !== 'known') return 'any';
    ports.add(rule.backendPort.value);
  }
  return ports;
}

/** A backend pool that a rule uses. */
export interface PoolSubject {
  readonly subject: Subject;
  /** Names of the rules that use it. */
  readonly rules: readonly string[];
  readonly hasMember: Truth;
}

/** Each backend pool that a rule uses. */
export function poolSubjects(network: Network): readonly PoolSubject[] {
  return network.topology.loadBalancers.flatMap((balancer) =>
    balancer.pools.items.flatMap((pool): PoolSubject[] => {
      const rules = [...new Set(network.pathsOfPool(pool.id).map((path) => path.name))];
      if (rules.length === 0) return [];
      return [{ subject: partSubject(balancer, pool), rules, hasMember: hasMember(network, balancer, pool) }];
    }),
  );
}

/** The rules that name no backend pool. */
export function rulesWithoutPool(network: Network): readonly Subject[] {
  return ruleSubjects(network)
    .filter(({ path }) => path.pools.length === 0 && path.membersComplete)
    .map(({ subject }) => subject);
}

/** Members that others could add count as possible: pools that leave the root, and declarations that cannot be read. */
function hasMember(network: Network, balancer: LoadBalancer, pool: BackendPool): Truth {
  const { topology } = network;
  const attached = topology.attachedTo(pool.id);
  const isOpen = pool.addresses.unknown === undefined ? [] : [pool.addresses.unknown];
  const gaps = gapsOfPool(network, balancer, pool);
  return or(
    truth(attached.some(({ uncertain }) => uncertain === undefined)),
    truth(pool.addresses.items.some(({ certain, condition }) => certain && condition === undefined)),
    ...attached.flatMap(({ uncertain }) => (uncertain === undefined ? [] : [undecided(uncertain)])),
    ...[...isOpen, ...topology.unresolvedAttachments, ...gaps].map((reason) => undecided(reason)),
  );
}

/** A security rule as the subject of a question: `nsg-web/AllowHttps`. */
export function securityRuleSubject(group: NetworkSecurityGroup | undefined, rule: SecurityRule): Subject {
  const name = textOr(rule.name, rule.address);
  return {
    address: rule.address,
    type: 'microsoft.network/networksecuritygroups/securityrules',
    name: group === undefined ? name : `${textOr(group.name, group.address)}/${name}`,
    origin: rule.origin,
  };
}

/** A security rule of the root, in either direction. */
export interface SecurityRuleSubject {
  readonly subject: Subject;
  readonly rule: SecurityRule;
  /** Undefined when it belongs to no group of the root for certain. */
  readonly group: NetworkSecurityGroup | undefined;
  /** The first rule of the group, by name, of those before it that have certainly its priority and direction. */
  readonly twin: SecurityRule | undefined;
}

/** Each security rule, those of groups first. */
export function securityRuleSubjects({ topology }: Network): readonly SecurityRuleSubject[] {
  const grouped = [...topology.securityGroups.values()].flatMap((group) => {
    const rules = group.rules.items.filter(({ certain }) => certain);
    const twins = twinsOf(rules);
    return rules.map((rule) => ({ group, rule, twin: twins.get(rule) }));
  });
  const detached = detachedSecurityRules(topology.model).map((rule) => ({
    group: undefined,
    rule,
    twin: undefined,
  }));
  return [...grouped, ...detached].map((found) => ({
    ...found,
    subject: securityRuleSubject(found.group, found.rule),
  }));
}

function twinsOf(rules: readonly SecurityRule[]): ReadonlyMap<SecurityRule, SecurityRule> {
  const alike = new Map<string, SecurityRule[]>();
  const twins = new Map<SecurityRule, SecurityRule>();
  const named = rules.toSorted((a, b) => byName(textOr(a.name, a.address), textOr(b.name, b.address)));
  for (const rule of named) {
    const { priority, direction } = rule;
    if (priority.kind !== 'known' || direction.kind !== 'known') continue;
    const key = `${priority.value} ${direction.value.toLowerCase()}`;
    const earlier = alike.get(key) ?? [];
    const name = textOr(rule.name, rule.address).toLowerCase();
    const twin = earlier.find((other) => textOr(other.name, other.address).toLowerCase() !== name);
    if (twin !== undefined) twins.set(rule, twin);
    // Two of different names are enough to find one for every later rule.
    if (earlier.length < 2) alike.set(key, twin === undefined ? [rule] : [...earlier, rule]);
  }
  return twins;
}

/** A resource that has a SKU of Basic or Standard. */
export interface SkuSubject {
  readonly subject: Subject;
  readonly kind: 'balancer' | 'address';
  readonly sku: Evaluated<string>;
}

/** The load balancers that the root declares, and its public IP addresses. */
export function skuSubjects({ topology }: Network): readonly SkuSubject[] {
  const balancers = topology.loadBalancers
    .filter((balancer) => topology.model.byId(balancer.id) !== undefined)
    .map((balancer) => ({ resource: balancer, kind: 'balancer', type: LOAD_BALANCER }) as const);
  const addresses = [...topology.publicIps.values()].map(
    (address) =>
      ({ resource: address, kind: 'address', type: 'microsoft.network/publicipaddresses' }) as const,
  );
  return [...balancers, ...addresses].map(({ resource, kind, type }) => ({
    kind,
    sku: resource.sku,
    subject: {
      address: resource.address,
      type,
      name: textOr(resource.name, resource.address),
      origin: resource.origin,
    },
  }));
}
