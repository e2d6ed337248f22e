import type { Frontend } from '../model/azure/load-balancer.ts';
import type { Subnet, VirtualNetwork } from '../model/azure/virtual-network.ts';
import type { Network } from '../network/network.ts';
import { parsePrefix } from '../network/packets/address.ts';
import {
  type AddressSet,
  EMPTY,
  intersect,
  isEmpty,
  isSubset,
  range,
  unionAll,
} from '../network/packets/interval-set.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { balancerSubjects, lowerOf, schemeOf } from './balancers.ts';
import type { Related, Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** An internal frontend or a virtual network, with what is wrong about its address. */
export interface FrontendAddressSubject {
  readonly subject: Subject;
  readonly fault: AddressFault | undefined;
}

interface Facts {
  readonly name: string;
  readonly text: string;
  readonly subnet: string;
}

type Said =
  | { readonly say: 'outside'; readonly with: Facts & { readonly prefixes: readonly string[] } }
  | { readonly say: 'reserved' | 'missing' | 'probe-source'; readonly with: Facts }
  | { readonly say: 'taken'; readonly with: Facts & { readonly owner: string } };

export interface AddressFault {
  readonly facts: Facts;
  readonly said: Said;
  readonly at: Origin;
  readonly related: readonly Related[];
}

export function frontendAddressSubjects(network: Network): readonly FrontendAddressSubject[] {
  const owners = ownersOfAddresses(network);
  const frontends = balancerSubjects(network).flatMap(({ balancer, subject }) =>
    balancer.frontends.items
      .filter((frontend) => schemeOf(frontend) === 'internal')
      .map((frontend): FrontendAddressSubject => {
        const name = `${subject.name}/${textOr(frontend.name, frontend.address)}`;
        return {
          subject: { address: frontend.address, type: LOAD_BALANCER, name, origin: frontend.origin },
          fault: faultOf(network, frontend, name, owners),
        };
      }),
  );
  return [...frontends, ...[...network.topology.virtualNetworks.values()].map(spaceSubject)];
}

function faultOf(
  { topology }: Network,
  frontend: Frontend,
  name: string,
  owners: ReadonlyMap<string, Owner>,
): AddressFault | undefined {
  const { privateIPAddress: address, allocation } = frontend;
  const subnet = frontend.subnet.kind === 'to' ? topology.subnets.get(frontend.subnet.id) : undefined;
  const shown = subnet === undefined ? '' : textOr(subnet.name, subnet.address);
  if (address.kind === 'absent' || (address.kind === 'known' && address.value === '')) {
    if (lowerOf(allocation) !== 'static' || (allocation.kind === 'known' && allocation.assumed))
      return undefined;
    const facts = { name, text: '', subnet: shown };
    return { facts, said: { say: 'missing', with: facts }, at: allocation.origin, related: [] };
  }
  if (address.kind !== 'known' || address.sensitive === true || subnet === undefined) return undefined;
  // A dynamic frontend ignores the address that is written beside it.
  if (lowerOf(allocation) === 'dynamic' && !(allocation.kind === 'known' && allocation.assumed))
    return undefined;
  const facts = { name, text: address.value, subnet: shown };
  const set = parsePrefix(address.value);
  const prefixes = prefixesOf(subnet);
  if (set === undefined || prefixes === undefined) return undefined;
  const at = address.origin;
  const related = [{ message: `\`${shown}\` is here`, origin: subnet.origin }];
  if (!isSubset(set, unionAll(prefixes.map(({ set: each }) => each)))) {
    return {
      facts,
      said: { say: 'outside', with: { ...facts, prefixes: prefixes.map(({ text }) => text) } },
      at,
      related,
    };
  }
  if (prefixes.some(({ set: each }) => !isEmpty(intersect(reserved(each), set)))) {
    return { facts, said: { say: 'reserved', with: facts }, at, related };
  }
  const owner = owners.get(keyOf(subnet, address.value));
  if (owner === undefined || owner.id === frontend.id) return undefined;
  const place = { message: `\`${owner.name}\` has it`, origin: owner.origin };
  return { facts, said: { say: 'taken', with: { ...facts, owner: owner.name } }, at, related: [place] };
}

interface Prefix {
  readonly text: string;
  readonly set: AddressSet;
}

/** Undefined while a prefix is not known. */
function prefixesOf({ addressPrefixes }: Subnet): readonly Prefix[] | undefined {
  if (addressPrefixes.unknown !== undefined || addressPrefixes.items.length === 0) return undefined;
  const read = addressPrefixes.items.flatMap((prefix) => {
    const set = prefix.kind === 'known' ? parsePrefix(prefix.value) : undefined;
    return prefix.kind === 'known' && set !== undefined ? [{ text: prefix.value, set }] : [];
  });
  return read.length === addressPrefixes.items.length ? read : undefined;
}

/** The first four addresses of a subnet and, in IPv4, the last. */
function reserved(set: AddressSet): AddressSet {
  const [low, high] = set;
  if (typeof low === 'number' && typeof high === 'number') {
    return unionAll([range(low, Math.min(low + 4, high)), range(high - 1, high)]);
  }
  return typeof low === 'bigint' && typeof high === 'bigint' ? range(low, low + 4n) : EMPTY;
}

interface Owner {
  readonly id: string;
  readonly name: string;
  readonly origin: Origin;
}

/** Who has a static private address, the first one where there are several. */
function ownersOfAddresses({ topology }: Network): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  const add = (subnetId: string | undefined, text: string, owner: Owner): void => {
    const subnet = subnetId === undefined ? undefined : topology.subnets.get(subnetId);
    if (subnet === undefined) return;
    const key = keyOf(subnet, text);
    if (!owners.has(key)) owners.set(key, owner);
  };
  for (const networkInterface of topology.interfaces) {
    for (const { id, subnet, privateIPAddress, origin } of networkInterface.ipConfigurations.items) {
      if (
        privateIPAddress.kind !== 'known' ||
        subnet.kind !== 'to' ||
        networkInterface.condition !== undefined
      )
        continue;
      const name = textOr(networkInterface.name, networkInterface.address);
      add(subnet.id, privateIPAddress.value, { id, name, origin });
    }
  }
  for (const balancer of topology.loadBalancers) {
    for (const { id, subnet, privateIPAddress, origin, name, address } of balancer.frontends.items) {
      if (privateIPAddress.kind !== 'known' || subnet.kind !== 'to' || balancer.condition !== undefined)
        continue;
      const shown = `${textOr(balancer.name, balancer.address)}/${textOr(name, address)}`;
      add(subnet.id, privateIPAddress.value, { id, name: shown, origin });
    }
  }
  return owners;
}

function keyOf({ id }: Subnet, text: string): string {
  return `${id}|${text}`;
}

const PROBE_SOURCE = parsePrefix('168.63.129.16') ?? EMPTY;

/** The probes come from an address that belongs to no network: semantics 2.1. */
function spaceSubject(network: VirtualNetwork): FrontendAddressSubject {
  const name = textOr(network.name, network.address);
  const subject = {
    address: network.address,
    type: 'microsoft.network/virtualnetworks',
    name,
    origin: network.origin,
  };
  for (const prefix of network.addressPrefixes.items) {
    const set = prefix.kind === 'known' ? parsePrefix(prefix.value) : undefined;
    if (prefix.kind !== 'known' || set === undefined || isEmpty(intersect(set, PROBE_SOURCE))) continue;
    const facts = { name, text: prefix.value, subnet: '' };
    return {
      subject,
      fault: { facts, said: { say: 'probe-source', with: facts }, at: prefix.origin, related: [] },
    };
  }
  return { subject, fault: undefined };
}
