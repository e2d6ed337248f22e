import { outside } from '../model/model.ts';
import type { Placement } from './placement.ts';
import type { Membership } from './reach.ts';
import type { CompiledRule } from './security-rules.ts';

/**
 * Whether the machine at a place is in an application security group that a rule names at its end (semantics 1.7). A group
 * without an id, which Azure refuses, stays open.
 */
export function membershipOf(rule: CompiledRule, placement: Placement): ReturnType<Membership> {
  const { items, unknown: more } = rule.ownGroups;
  const own = placement.memberOf;
  let waitsFor = more ?? (items.length === 0 ? undefined : own.unknown);
  for (const group of items) {
    if (group.kind !== 'to') {
      waitsFor ??= outside(group, 'an application security group', rule.rule.origin);
      continue;
    }
    for (const link of own.items) {
      if (link.kind === 'to' && link.id === group.id) return { is: 'yes' };
      if (link.kind === 'unknown') waitsFor ??= link.waitsFor;
      if (link.kind === 'one-of' && (link.open || link.ids.includes(group.id))) waitsFor ??= link.waitsFor;
    }
  }
  return waitsFor === undefined ? { is: 'no' } : { is: 'unknown', waitsFor };
}
