import type { VirtualNetwork } from '../model/azure/virtual-network.ts';
import { parsePrefix } from './packets/address.ts';
import { isSubset, unionAll } from './packets/interval-set.ts';

/** Whether an address lies in the address space of a virtual network; undefined while that is not wholly known. */
export function holdsAddress(network: VirtualNetwork, address: string): boolean | undefined {
  const own = parsePrefix(address);
  const { items, unknown: more } = network.addressPrefixes;
  if (own === undefined || network.condition !== undefined || more !== undefined || items.length === 0)
    return undefined;
  const prefixes = items.map((prefix) => (prefix.kind === 'known' ? parsePrefix(prefix.value) : undefined));
  const known = prefixes.flatMap((prefix) => (prefix === undefined ? [] : [prefix]));
  return known.length < items.length ? undefined : isSubset(own, unionAll(known));
}
