import { append } from '../model/append.ts';
import type { BackendPool, Frontend, LoadBalancer, Probe } from '../model/azure/load-balancer.ts';
import {
  detachedLoadBalancers,
  detachedPools,
  detachedProbes,
  loadBalancers,
} from '../model/azure/load-balancer.ts';
import { type NatGateway, natGateways } from '../model/azure/nat-gateway.ts';
import {
  type IpConfiguration,
  type NetworkInterface,
  networkInterfaces,
  unreadInterfaces,
} from '../model/azure/network-interface.ts';
import { type NetworkManagerCommit, networkManagerCommits } from '../model/azure/network-manager-commit.ts';
import { type NetworkSecurityGroup, networkSecurityGroups } from '../model/azure/network-security-group.ts';
import { type DnsRecord, privateDnsRecords } from '../model/azure/private-dns.ts';
import { type PrivateLinkService, privateLinkServices } from '../model/azure/private-link-service.ts';
import { type PublicIpAddress, publicIpAddresses } from '../model/azure/public-ip-address.ts';
import { type RouteTable, routeTables } from '../model/azure/route-table.ts';
import {
  type NetworkGroup,
  networkGroups,
  type SecurityAdminRule,
  securityAdminRules,
} from '../model/azure/security-admin-rule.ts';
import { type Machine, machines } from '../model/azure/virtual-machine.ts';
import {
  type Subnet,
  subnets,
  type VirtualNetwork,
  virtualNetworks,
} from '../model/azure/virtual-network.ts';
import {
  type VirtualNetworkGateway,
  virtualNetworkGateways,
} from '../model/azure/virtual-network-gateway.ts';
import { type Link, type Model, outside } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import type { Unknown } from '../value/value.ts';

/** The network resources of a model, by lower-case id. */
export interface Topology {
  readonly model: Model;
  readonly loadBalancers: readonly LoadBalancer[];
  /** Load balancers that probes of the root belong to and of which nothing but the probe is seen. */
  readonly unseenBalancers: readonly LoadBalancer[];
  readonly pools: ReadonlyMap<string, BackendPool>;
  readonly probes: ReadonlyMap<string, Probe>;
  readonly frontends: ReadonlyMap<
    string,
    { readonly frontend: Frontend; readonly loadBalancer: LoadBalancer }
  >;
  readonly publicIps: ReadonlyMap<string, PublicIpAddress>;
  readonly interfaces: readonly NetworkInterface[];
  readonly securityGroups: ReadonlyMap<string, NetworkSecurityGroup>;
  readonly virtualNetworks: ReadonlyMap<string, VirtualNetwork>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** The subnets of a virtual network, also of one that is not part of the root. */
  subnetsIn(virtualNetworkId: string): readonly Subnet[];
  /** The static private addresses that frontends and interfaces of the root certainly have in a subnet. */
  takenIn(subnetId: string): readonly string[];
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  readonly natGateways: ReadonlyMap<string, NatGateway>;
  readonly gateways: readonly VirtualNetworkGateway[];
  readonly privateLinkServices: readonly PrivateLinkService[];
  readonly adminRules: readonly SecurityAdminRule[];
  readonly commits: readonly NetworkManagerCommit[];
  readonly networkGroups: ReadonlyMap<string, NetworkGroup>;
  /** The machine an interface belongs to for certain, by the lower-case id of the interface or of its scale set. */
  machineOf(id: string): Machine | undefined;
  /** The names of private DNS zones. */
  dnsRecords(): readonly DnsRecord[];
  /** The interfaces that belong to a machine for certain. */
  interfacesOf(machine: Machine): readonly NetworkInterface[];
  /** Who names a pool, an inbound NAT rule or a NAT pool in its IP configuration. */
  attachedTo(id: string): readonly Attachment[];
  /** Attachments that may name anything. */
  readonly unresolvedAttachments: readonly Unknown[];
}

/** An IP configuration that names a pool or a NAT rule. */
export interface Attachment {
  readonly networkInterface: NetworkInterface;
  readonly ipConfiguration: IpConfiguration;
  /** What it waits for when the attachment is one of several possibilities. */
  readonly uncertain?: Unknown;
}

/** Something the root may declare under a condition. */
interface Conditional {
  readonly condition?: Unknown;
}

/**
 * What a link names, or why nothing is known about it: it is outside the root, or exists under a condition that is
 * open, so that something else of the same name may stand there. `given` is the condition of what carries the link: as
 * far as both exist under the same one, it holds.
 */
export function lookUp<T extends Conditional>(
  things: ReadonlyMap<string, T>,
  link: Exclude<Link, { kind: 'none' }>,
  what: { readonly name: string; readonly origin: Origin; readonly given?: Unknown | undefined },
): T | { readonly unreadable: Unknown } {
  const found = link.kind === 'to' ? things.get(link.id) : undefined;
  if (found === undefined) return { unreadable: outside(link, what.name, what.origin) };
  const { condition } = found;
  return condition === undefined || isSameCondition(condition, what.given)
    ? found
    : { unreadable: condition };
}

export function isSameCondition(a: Unknown | undefined, b: Unknown | undefined): boolean {
  return a === b || (a?.expression !== undefined && a.expression === b?.expression);
}

export function buildTopology(model: Model): Topology {
  const balancers = [...loadBalancers(model), ...detachedLoadBalancers(model)];
  const unseenBalancers = detachedProbes(model);
  const interfaces = networkInterfaces(model);
  const attachments = new Map<string, Attachment[]>();
  const unresolved: Unknown[] = [...unreadInterfaces(model)];
  for (const networkInterface of interfaces) {
    for (const ipConfiguration of networkInterface.ipConfigurations.items) {
      for (const { items, unknown } of [
        ipConfiguration.pools,
        ipConfiguration.natRules,
        ipConfiguration.natPools,
      ]) {
        if (unknown !== undefined) unresolved.push(unknown);
        for (const link of items) attach(link, { networkInterface, ipConfiguration });
      }
    }
    if (networkInterface.ipConfigurations.unknown !== undefined)
      unresolved.push(networkInterface.ipConfigurations.unknown);
  }

  function attach(link: Link, attachment: Attachment): void {
    if (link.kind === 'none') return;
    if (link.kind === 'unknown') {
      unresolved.push(link.waitsFor);
      return;
    }
    if (link.kind === 'one-of' && link.open) unresolved.push(link.waitsFor);
    const ids = link.kind === 'to' ? [link.id] : link.ids;
    const { condition } = attachment.networkInterface;
    const uncertain = link.kind === 'to' ? condition : link.waitsFor;
    const entry = uncertain === undefined ? attachment : { ...attachment, uncertain };
    for (const id of ids) append(attachments, id, entry);
  }

  const allSubnets = subnets(model);
  const siblings = new Map<string, Subnet[]>();
  for (const subnet of allSubnets) {
    const { virtualNetwork } = subnet;
    if (virtualNetwork.kind === 'to') append(siblings, virtualNetwork.id, subnet);
  }

  const owners = new Map<string, Machine>();
  for (const machine of machines(model)) {
    owners.set(machine.id, machine);
    for (const link of machine.networkInterfaces.items) if (link.kind === 'to') owners.set(link.id, machine);
  }

  /** An interface that a machine makes itself has an id below that of the machine. */
  const machineOf = (id: string): Machine | undefined =>
    owners.get(id) ?? owners.get(id.replace(/\/networkinterfaces\/[^/]+$/, ''));
  let records: readonly DnsRecord[] | undefined;
  let taken: ReadonlyMap<string, readonly string[]> | undefined;
  let owned: ReadonlyMap<Machine, readonly NetworkInterface[]> | undefined;

  return {
    model,
    loadBalancers: balancers,
    unseenBalancers,
    pools: byId([...balancers.flatMap((balancer) => balancer.pools.items), ...detachedPools(model)]),
    probes: byId([...balancers, ...unseenBalancers].flatMap((balancer) => balancer.probes.items)),
    frontends: new Map(
      balancers.flatMap((loadBalancer) =>
        loadBalancer.frontends.items.map((frontend) => [frontend.id, { frontend, loadBalancer }] as const),
      ),
    ),
    publicIps: byId(publicIpAddresses(model)),
    interfaces,
    securityGroups: byId(networkSecurityGroups(model)),
    virtualNetworks: byId(virtualNetworks(model)),
    subnets: byId(allSubnets),
    subnetsIn: (id) => siblings.get(id) ?? [],
    takenIn(subnetId) {
      taken ??= takenBySubnet(balancers, interfaces);
      return taken.get(subnetId) ?? [];
    },
    routeTables: byId(routeTables(model)),
    natGateways: byId(natGateways(model)),
    gateways: virtualNetworkGateways(model),
    privateLinkServices: privateLinkServices(model),
    adminRules: securityAdminRules(model),
    commits: networkManagerCommits(model),
    networkGroups: byId(networkGroups(model)),
    dnsRecords() {
      records ??= privateDnsRecords(model);
      return records;
    },
    machineOf,
    interfacesOf(machine) {
      owned ??= groupByOwner(interfaces, machineOf);
      return owned.get(machine) ?? [];
    },
    attachedTo: (id) => attachments.get(id) ?? [],
    unresolvedAttachments: unresolved,
  };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function groupByOwner(
  interfaces: readonly NetworkInterface[],
  machineOf: (id: string) => Machine | undefined,
): ReadonlyMap<Machine, readonly NetworkInterface[]> {
  const groups = new Map<Machine, NetworkInterface[]>();
  for (const networkInterface of interfaces) {
    const machine = machineOf(networkInterface.scaleSet?.id ?? networkInterface.id);
    if (machine !== undefined) append(groups, machine, networkInterface);
  }
  return groups;
}

/** Azure gives an address of a virtual network to one owner, and never one that is taken. */
function takenBySubnet(
  balancers: readonly LoadBalancer[],
  interfaces: readonly NetworkInterface[],
): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, string[]>();
  const take = ({ subnet, privateIPAddress }: Pick<Frontend, 'subnet' | 'privateIPAddress'>): void => {
    const address = textOr(privateIPAddress, '');
    if (subnet.kind === 'to' && address !== '') append(taken, subnet.id, address);
  };
  for (const { condition, frontends } of balancers) {
    for (const frontend of condition === undefined ? frontends.items : []) take(frontend);
  }
  for (const { condition, scaleSet, ipConfigurations } of interfaces) {
    if (condition !== undefined || scaleSet !== undefined) continue;
    for (const configuration of ipConfigurations.items) take(configuration);
  }
  return taken;
}
