import type { Collection } from '../../model/azure/element.ts';
import type { SecurityRule } from '../../model/azure/network-security-group.ts';
import { doubtsOf, type Link } from '../../model/model.ts';
import { known, type Unknown } from '../../value/value.ts';
import type { TraceOptions } from '../packet.ts';
import type { Level, Placement } from '../placement.ts';
import { ownerOfAddress } from '../rule-bounds.ts';
import { isMember } from '../rule-match.ts';

/** The other end of a packet: a machine of the root. */
interface Peer {
  readonly side: 'source' | 'destination';
  readonly owner: string | undefined;
  readonly groups: Collection<Link>;
}

/**
 * A place whose rules say of one machine what they say of its application security groups and of the addresses that
 * machines will have, so that both engines know it.
 */
export function seenBy(place: Placement, options: TraceOptions): Placement {
  const { direction, peerGroups: groups, sourceOwner, destinationOwner } = options;
  if (groups === undefined) return place;
  const peer: Peer =
    direction === 'outbound'
      ? { side: 'destination', owner: destinationOwner, groups }
      : { side: 'source', owner: sourceOwner, groups };
  const [subnet, nic] = place.levels;
  return { ...place, levels: [levelFor(subnet, peer), levelFor(nic, peer)] };
}

function levelFor(level: Level, peer: Peer): Level {
  const { group } = level;
  if (group === 'none' || 'unreadable' in group) return level;
  const isAboutPeers = (rule: SecurityRule): boolean => {
    const { prefixes, applicationSecurityGroups: named } = rule[peer.side];
    return named.items.length > 0 || prefixes.items.some((value) => ownerOfAddress(value) !== undefined);
  };
  if (!group.rules.items.some(isAboutPeers)) return level;
  const items = group.rules.items.flatMap((rule) => (isAboutPeers(rule) ? ruleFor(rule, peer) : [rule]));
  const rules = { ...group.rules, items };
  return { ...level, group: { ...group, id: `${group.id} for ${peer.owner}`, rules } };
}

/** A rule as it is for the peer; nothing where it is about others. */
function ruleFor(rule: SecurityRule, { side, owner, groups }: Peer): readonly SecurityRule[] {
  const { prefixes, applicationSecurityGroups: named } = rule[side];
  const answers = named.items.map((group) => isMember(groups, group));
  const settle = (items: typeof prefixes.items): SecurityRule => ({
    ...rule,
    [side]: { ...rule[side], prefixes: { ...prefixes, items }, applicationSecurityGroups: { items: [] } },
  });
  if (answers.includes('yes') || prefixes.items.some((value) => ownerOfAddress(value) === owner))
    return [settle([known('*', rule.origin)])];
  const others = prefixes.items.filter((value) => ownerOfAddress(value) === undefined);
  if (answers.includes('maybe') || named.unknown !== undefined) {
    const [doubt] = [named, groups].flatMap(doubtsIn);
    return doubt === undefined ? [rule] : [settle([...others, doubt])];
  }
  return others.length === 0 && prefixes.unknown === undefined ? [] : [settle(others)];
}

function doubtsIn({ items, unknown }: Collection<Link>): readonly Unknown[] {
  return unknown === undefined ? doubtsOf(items) : [...doubtsOf(items), unknown];
}
