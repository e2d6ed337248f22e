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
import { asText, field, type Unknown } from '../value/value.ts';
import { balancerSubjects, lowerOf, schemeOf } from './balancers.ts';
import type { Related, Subject } from './finding.ts';
import { partSubject } from './subjects.ts';

/** An internal frontend or a virtual network, with what is wrong about its address. */
export interface FrontendAddressSubject {
  readonly subject: Subject;
  readonly fault: AddressFault | undefined;
  /** Whether the address lies in its subnet, while the prefixes of the subnet are open. */
  readonly doubt?: { readonly text: string; readonly subnet: string; readonly waitsFor: readonly Unknown[] };
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

/** What is wrong with an address, and where it is written. */
export interface AddressFault {
  readonly said: Said;
  readonly at: Origin;
  readonly related: readonly Related[];
}

/** The internal frontends of the load balancers that the root declares, and its virtual networks. */
export function frontendAddressSubjects(network: Network): readonly FrontendAddressSubject[] {
  const owners = ownersOfAddresses(network);
  const frontends = balancerSubjects(network).flatMap(({ balancer }) =>
    balancer.frontends.items
      .filter((frontend) => schemeOf(frontend) === 'internal')
      .map((frontend): FrontendAddressSubject => {
        const own = partSubject(balancer, frontend);
        const { name } = own;
        const wish = wishOf(frontend);
        const subnet =
          frontend.subnet.kind === 'to' ? network.topology.subnets.get(frontend.subnet.id) : undefined;
        if (wish === undefined) return { subject: own, fault: undefined };
        if (wish === 'none') return { subject: own, fault: missing(name, frontend.allocation.origin) };
        // What is not known about a subnet of another root is nothing a reader could look up here.
        if (subnet === undefined) return { subject: own, fault: undefined };
        const shown = textOr(subnet.name, subnet.address);
        const prefixes = prefixesOf(subnet);
        if ('waitsFor' in prefixes) {
          const { waitsFor } = prefixes;
          if (waitsFor.length === 0) return { subject: own, fault: undefined };
          return { subject: own, fault: undefined, doubt: { text: wish.text, subnet: shown, waitsFor } };
        }
        const facts = { name, text: wish.text, subnet: shown };
        return {
          subject: own,
          fault: faultOf({ frontend, subnet, prefixes: prefixes.known, wish, facts, owners }),
        };
      }),
  );
  return [...frontends, ...[...network.topology.virtualNetworks.values()].map(spaceSubject)];
}

interface Wish {
  readonly text: string;
  readonly set: AddressSet;
}

/**
 * The address that is asked for, or `none` when a static one is meant and not named. Undefined when it is not known, and
 * unless the allocation is Static: Azure ignores an address beside Dynamic, as exported templates have it.
 */
function wishOf({ privateIPAddress: address, allocation }: Frontend): Wish | 'none' | undefined {
  if (lowerOf(allocation) !== 'static') return undefined;
  if (address.kind === 'absent' || (address.kind === 'known' && address.value === '')) return 'none';
  if (address.kind !== 'known' || address.sensitive === true || address.value.includes('/')) return undefined;
  const set = parsePrefix(address.value);
  return set === undefined ? undefined : { text: address.value, set };
}

function missing(name: string, at: Origin): AddressFault {
  return { said: { say: 'missing', with: { name, text: '', subnet: '' } }, at, related: [] };
}

function faultOf(question: {
  readonly frontend: Frontend;
  readonly subnet: Subnet;
  readonly prefixes: readonly Prefix[];
  readonly wish: Wish;
  readonly facts: Facts;
  readonly owners: Owners;
}): AddressFault | undefined {
  const { frontend, subnet, prefixes, wish, facts, owners } = question;
  const at = frontend.privateIPAddress.origin;
  const related = [{ message: `\`${facts.subnet}\` is here`, origin: subnet.origin }];
  const isElsewhere = !isSubset(wish.set, unionAll(prefixes.map(({ set }) => set)));
  if (isElsewhere) {
    const shown = prefixes.map(({ text }) => text);
    return { said: { say: 'outside', with: { ...facts, prefixes: shown } }, at, related };
  }
  if (prefixes.some(({ set }) => !isEmpty(intersect(reserved(set), wish.set)))) {
    return { said: { say: 'reserved', with: facts }, at, related };
  }
  const owner = owners.get(keyOf(subnet, wish.text));
  if (owner === undefined || owner.id === frontend.id) return undefined;
  const place = { message: `\`${owner.name}\` has it`, origin: owner.origin };
  return { said: { say: 'taken', with: { ...facts, owner: owner.name } }, at, related: [place] };
}

interface Prefix {
  readonly text: string;
  readonly set: AddressSet;
}

/** What is open waits for nothing where it is no text of a prefix, or secret. */
function prefixesOf({
  addressPrefixes,
}: Subnet): { readonly known: readonly Prefix[] } | { readonly waitsFor: readonly Unknown[] } {
  const { items, unknown: more } = addressPrefixes;
  const known = items.flatMap((prefix) => {
    const set = prefix.kind === 'known' && prefix.sensitive !== true ? parsePrefix(prefix.value) : undefined;
    return prefix.kind === 'known' && set !== undefined ? [{ text: prefix.value, set }] : [];
  });
  if (more === undefined && items.length > 0 && known.length === items.length) return { known };
  const open = items.flatMap((prefix) => (prefix.kind === 'unknown' ? [prefix] : []));
  return { waitsFor: more === undefined ? open : [...open, more] };
}

/** The first four addresses of an IPv4 subnet and the last; what the page says of five addresses is about IPv4. */
function reserved(set: AddressSet): AddressSet {
  const [low, high] = set;
  if (typeof low !== 'number' || typeof high !== 'number') return EMPTY;
  return unionAll([range(low, Math.min(low + 4, high)), range(high - 1, high)]);
}

interface Owner {
  readonly id: string;
  readonly name: string;
  readonly origin: Origin;
}

type Owners = ReadonlyMap<string, Owner>;

/** Who certainly has a static private address, the first one where there are several. */
function ownersOfAddresses({ topology }: Network): Owners {
  const owners = new Map<string, Owner>();
  const add = (subnetId: string, text: string, owner: Owner): void => {
    const subnet = topology.subnets.get(subnetId);
    if (subnet === undefined) return;
    const key = keyOf(subnet, text);
    if (!owners.has(key)) owners.set(key, owner);
  };
  for (const networkInterface of topology.interfaces) {
    if (networkInterface.condition !== undefined) continue;
    for (const { id, subnet, privateIPAddress, properties, origin } of networkInterface.ipConfigurations
      .items) {
      const isDynamic = lowerOf(asText(field(properties, 'privateIPAllocationMethod'))) !== 'static';
      if (privateIPAddress.kind !== 'known' || subnet.kind !== 'to' || isDynamic) continue;
      const name = textOr(networkInterface.name, networkInterface.address);
      add(subnet.id, privateIPAddress.value, { id, name, origin });
    }
  }
  for (const balancer of topology.loadBalancers) {
    if (balancer.condition !== undefined) continue;
    for (const frontend of balancer.frontends.items) {
      const wish = wishOf(frontend);
      if (typeof wish !== 'object' || frontend.subnet.kind !== 'to') continue;
      const { name } = partSubject(balancer, frontend);
      add(frontend.subnet.id, wish.text, { id: frontend.id, name, origin: frontend.origin });
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
    if (prefix.kind !== 'known' || prefix.sensitive === true || set === undefined) continue;
    if (isEmpty(intersect(set, PROBE_SOURCE))) continue;
    const facts = { name, text: prefix.value, subnet: '' };
    return { subject, fault: { said: { say: 'probe-source', with: facts }, at: prefix.origin, related: [] } };
  }
  return { subject, fault: undefined };
}
