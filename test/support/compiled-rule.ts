import { networkSecurityGroups } from '../../src/model/azure/network-security-group.ts';
import { DEFAULT_RULES } from '../../src/network/default-rules.ts';
import { ANY_ADDRESS } from '../../src/network/packets/address.ts';
import { EMPTY, type IntervalSet, range, unionAll } from '../../src/network/packets/interval-set.ts';
import { type Bounds, EVERY_PORT, EVERY_PROTOCOL } from '../../src/network/rule-bounds.ts';
import type { CompiledGroup, CompiledRule } from '../../src/network/security-rules.ts';
import type { Unknown } from '../../src/value/value.ts';
import { modelOf } from './arm-model.ts';

const [, , STANDING_FOR_ALL] = DEFAULT_RULES.inbound;
const ANYWHERE: Bounds = { must: ANY_ADDRESS, may: ANY_ADDRESS, waitsFor: [] };

/** The ports or other values of a dimension. */
export function values(...each: readonly number[]): IntervalSet {
  return unionAll(each.map((value) => range(value, value + 1)));
}

/** Values that a dimension of a rule certainly matches. */
export function certainly(set: IntervalSet): Bounds {
  return { must: set, may: set, waitsFor: [] };
}

/** Values that a dimension of a rule may match. */
export function possibly(set: IntervalSet, ...waitsFor: readonly Unknown[]): Bounds {
  return { must: EMPTY, may: set, waitsFor };
}

/** A rule for every packet, but for what is given. */
export function compiled(access: CompiledRule['access'], match: Partial<CompiledRule> = {}): CompiledRule {
  if (STANDING_FOR_ALL === undefined) throw new Error('there are default rules');
  return {
    rule: STANDING_FOR_ALL,
    access,
    doubts: [],
    protocol: EVERY_PROTOCOL,
    source: ANYWHERE,
    sourcePort: EVERY_PORT,
    destination: ANYWHERE,
    destinationPort: EVERY_PORT,
    ownGroups: { items: [] },
    owners: { source: [], destination: [] },
    ...match,
  };
}

/** A security group with these rules and no default rules. */
export function groupOf(...rules: readonly CompiledRule[]): CompiledGroup {
  const [group] = networkSecurityGroups(modelOf({ type: 'networkSecurityGroups', name: 'nsg' }));
  if (group === undefined) throw new Error('there is a group');
  return { group, direction: 'inbound', rules, namesOwners: false };
}
