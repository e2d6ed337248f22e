import type { NatGateway } from '../model/azure/nat-gateway.ts';
import type { NetworkInterface } from '../model/azure/network-interface.ts';
import type { Link } from '../model/model.ts';
import type { Network } from '../network/network.ts';
import { isSameCondition, type Topology } from '../network/topology.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, known, type Unknown } from '../value/value.ts';
import { lowerOf } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** Two resources whose SKUs Azure compares: semantics 3.2. A SKU that nobody wrote is left to another policy. */
export interface SkuPairSubject {
  readonly subject: Subject & { readonly sku: string };
  readonly other: {
    readonly what: string;
    readonly name: string;
    readonly sku: string;
    readonly origin: Origin;
  };
  readonly at: Origin;
  readonly waitsFor: readonly Unknown[];
}

interface Holder {
  readonly name: Evaluated<string>;
  readonly address: string;
  readonly origin: Origin;
  readonly sku: Evaluated<string>;
  readonly type: string;
}

type Add = (holder: Holder, other: Holder | undefined, what: string) => void;

/**
 * Each load balancer with its public IPs; each machine with the load balancers and public IPs it has; and a NAT gateway
 * with what is Basic in its subnets.
 */
export function skuPairSubjects({ topology }: Network): readonly SkuPairSubject[] {
  const pairs: SkuPairSubject[] = [];
  const owners = ownersOf(topology);
  const seen = new Set<string>();
  const add: Add = (holder, other, what) => {
    const key = `${holder.address}|${other?.address}`;
    if (other === undefined || holder.address === other.address || seen.has(key)) return;
    seen.add(key);
    const pair = pairOf(holder, other, what);
    if (pair !== undefined) pairs.push(pair);
  };
  for (const balancer of topology.loadBalancers) {
    for (const { publicIp } of balancer.frontends.items)
      add(balancerHolder(balancer), publicIpOf(topology, publicIp), 'its public IP');
  }
  for (const parts of machinesOf(topology)) addMachine(topology, owners, parts, add);
  for (const networkInterface of topology.interfaces) addGateways(topology, owners, networkInterface, add);
  return pairs;
}

function balancerHolder(balancer: Topology['loadBalancers'][number]): Holder {
  return { ...balancer, type: LOAD_BALANCER };
}

function publicIpOf({ publicIps }: Topology, link: Link): Holder | undefined {
  const found = link.kind === 'to' ? publicIps.get(link.id) : undefined;
  return found === undefined ? undefined : { ...found, type: 'microsoft.network/publicipaddresses' };
}

/** The interfaces of each machine; an interface without one stands for itself. */
function machinesOf(topology: Topology): Iterable<readonly NetworkInterface[]> {
  const machines = new Map<string, NetworkInterface[]>();
  for (const networkInterface of topology.interfaces) {
    const own = networkInterface.scaleSet?.id ?? networkInterface.id;
    const id = topology.machineOf(own)?.id ?? own;
    const known = machines.get(id);
    if (known === undefined) machines.set(id, [networkInterface]);
    else known.push(networkInterface);
  }
  return machines.values();
}

/** The load balancers by their pools. */
type Owners = ReadonlyMap<string, Holder>;

function ownersOf({ loadBalancers }: Topology): Owners {
  return new Map(
    loadBalancers.flatMap((balancer) => {
      const holder = balancerHolder(balancer);
      return balancer.pools.items.map(({ id }) => [id, holder] as const);
    }),
  );
}

function balancersOf(owners: Owners, { ipConfigurations }: NetworkInterface): readonly Holder[] {
  return ipConfigurations.items.flatMap(({ pools }) =>
    pools.items.flatMap((link) => (link.kind === 'to' ? (owners.get(link.id) ?? []) : [])),
  );
}

function publicIpsOf(topology: Topology, { ipConfigurations }: NetworkInterface): readonly Holder[] {
  return ipConfigurations.items.flatMap(({ publicIp }) => publicIpOf(topology, publicIp) ?? []);
}

/** A machine may have one SKU only, in front of it and on it. */
function addMachine(
  topology: Topology,
  owners: Owners,
  interfaces: readonly NetworkInterface[],
  add: Add,
): void {
  const [first, ...others] = interfaces.flatMap((each) => balancersOf(owners, each));
  if (first === undefined) return;
  for (const other of others) add(other, first, 'the other load balancer of its machines');
  for (const address of interfaces.flatMap((each) => publicIpsOf(topology, each)))
    add(address, first, 'the load balancer of its machine');
}

/** https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource: Basic resources cannot be in its subnets. */
function addGateways(topology: Topology, owners: Owners, networkInterface: NetworkInterface, add: Add): void {
  for (const { subnet: link } of networkInterface.ipConfigurations.items) {
    const subnet = link.kind === 'to' ? topology.subnets.get(link.id) : undefined;
    const gateway =
      subnet?.natGateway.kind === 'to' ? topology.natGateways.get(subnet.natGateway.id) : undefined;
    if (gateway === undefined || gateway.condition !== undefined) continue;
    for (const holder of [
      ...balancersOf(owners, networkInterface),
      ...publicIpsOf(topology, networkInterface),
    ])
      if (lowerOf(holder.sku) === 'basic')
        add(holder, gatewayHolder(gateway), 'the NAT gateway of its subnet');
  }
}

function gatewayHolder(gateway: NatGateway): Holder {
  return { ...gateway, sku: known('Standard', gateway.origin), type: 'microsoft.network/natgateways' };
}

function pairOf(holder: Holder, other: Holder, what: string): SkuPairSubject | undefined {
  const [own, theirs] = [holder.sku, other.sku];
  if (own.kind === 'absent' || theirs.kind === 'absent') return undefined;
  const [mine, others] = [lowerOf(own) ?? 'unknown', lowerOf(theirs) ?? 'unknown'];
  if (![mine, others].every((sku) => ['basic', 'standard', 'unknown'].includes(sku))) return undefined;
  const isOneValue = own.kind === 'unknown' && theirs.kind === 'unknown' && isSameCondition(own, theirs);
  const name = textOr(holder.name, holder.address);
  return {
    subject: {
      address: holder.address,
      type: holder.type,
      name,
      origin: holder.origin,
      sku: capitalised(mine),
    },
    other: {
      what,
      name: textOr(other.name, other.address),
      sku: capitalised(others),
      origin: theirs.origin.kind === 'platform' ? other.origin : theirs.origin,
    },
    at: own.origin.kind === 'platform' ? holder.origin : own.origin,
    waitsFor: isOneValue ? [] : [own, theirs].flatMap((sku) => (sku.kind === 'unknown' ? [sku] : [])),
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
