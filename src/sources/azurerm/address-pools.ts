import { asItems, list, unknown, type Value } from '../../value/value.ts';
import { type Attributes, mapBlocks, read } from './attributes.ts';

/**
 * The address prefixes of a virtual network or a subnet: those written in the attribute, and those an IPAM pool allocates,
 * which are known once the resource exists.
 */
export function prefixesOf(attributes: Attributes, name: string): Value {
  const written = read(attributes, name);
  const pools = read(attributes, 'ip_address_pool');
  if (pools.kind === 'absent') return written;
  const allocations = mapBlocks(pools, (block) => read(block, 'allocated_ip_address_prefixes'));
  const lists = [written, ...asItems(allocations).items].filter((value) => value.kind === 'list');
  const items = lists.flatMap((value) => value.items);
  const isComplete =
    allocations.kind === 'list' &&
    allocations.more === undefined &&
    allocations.items.every((value) => value.kind === 'list') &&
    (written.kind === 'list' || written.kind === 'absent');
  if (isComplete) return list(items, pools.origin);
  const reason = { kind: 'known-after-apply', name: 'the prefixes an IPAM pool allocates' } as const;
  return { ...list(items, pools.origin), more: unknown(reason, pools.origin) };
}
