import type { Collection } from '../model/azure/element.ts';
import type { RuleSide } from '../model/azure/network-security-group.ts';
import type { AdminPrefix, SecurityAdminRule } from '../model/azure/security-admin-rule.ts';
import type { Link } from '../model/model.ts';
import { type Evaluated, known, type Unknown, unknown } from '../value/value.ts';
import { effectIn } from './admin-deployment.ts';
import type { Topology } from './topology.ts';

/** A security admin rule at a virtual network; `doubt` says why it may not apply there. */
export interface AppliedAdminRule {
  readonly rule: SecurityAdminRule;
  /** The sides in the shape of a security rule. */
  readonly source: RuleSide;
  readonly destination: RuleSide;
  readonly doubt?: Unknown;
}

/**
 * The security admin rules that apply to a virtual network: those whose network groups list it and whose configuration is
 * deployed to its region. In doubt are those whose groups list no member at all, because a condition fills them, and those
 * of which the root does not say whether they are deployed. Semantics 6.6.
 */
export function adminRulesAt(topology: Topology, virtualNetworkId: string): readonly AppliedAdminRule[] {
  return topology.adminRules.flatMap((rule) => {
    const membership = doubtAbout(topology, rule, virtualNetworkId);
    if (membership === 'elsewhere') return [];
    const effect = effectIn(topology.commits, rule, regionOf(topology, rule, virtualNetworkId));
    if (effect === 'none') return [];
    const doubt = membership ?? effect;
    const applied = {
      rule,
      source: sideOf(rule.sources, rule.sourcePorts, rule),
      destination: sideOf(rule.destinations, rule.destinationPorts, rule),
    };
    return [doubt === undefined ? applied : { ...applied, doubt }];
  });
}

function regionOf(topology: Topology, rule: SecurityAdminRule, virtualNetworkId: string): Evaluated<string> {
  const network = topology.virtualNetworks.get(virtualNetworkId);
  if (network !== undefined && network.location.kind !== 'absent') return network.location;
  return unknown({ kind: 'outside', name: `the region of a network of ${rule.address}` }, rule.origin);
}

function doubtAbout(
  topology: Topology,
  rule: SecurityAdminRule,
  virtualNetworkId: string,
): Unknown | 'elsewhere' | undefined {
  let doubt = rule.groups.unknown;
  for (const link of rule.groups.items) {
    const group = link.kind === 'to' ? topology.networkGroups.get(link.id) : undefined;
    if (group === undefined) {
      doubt ??= link.kind === 'to' || link.kind === 'none' ? memberships(rule) : link.waitsFor;
      continue;
    }
    const { items } = group.members;
    if (items.some((member) => member.kind === 'to' && member.id === virtualNetworkId)) return undefined;
    const isOpen = items.length === 0 || items.some((member) => mayBe(member, virtualNetworkId));
    if (isOpen) doubt ??= memberships(rule);
  }
  return doubt ?? 'elsewhere';
}

function mayBe(member: Link, id: string): boolean {
  return member.kind === 'unknown' || (member.kind === 'one-of' && (member.open || member.ids.includes(id)));
}

function memberships(rule: SecurityAdminRule): Unknown {
  return unknown({ kind: 'outside', name: `the network groups of ${rule.address}` }, rule.origin);
}

/** Without a prefix or a port everything matches; a network group is a set of networks that is not looked into. */
function sideOf(
  prefixes: Collection<AdminPrefix>,
  ports: Collection<Evaluated<string>>,
  rule: SecurityAdminRule,
): RuleSide {
  const any = known('*', rule.origin);
  const items = prefixes.items.map(({ type, prefix }): Evaluated<string> => {
    const isGroup = type.kind === 'known' && type.value.toLowerCase() === 'networkgroup';
    if (!isGroup) return prefix;
    return unknown(
      { kind: 'outside', name: `the addresses of a network group of ${rule.address}` },
      rule.origin,
    );
  });
  const isUnset = items.length === 0 && prefixes.unknown === undefined;
  return {
    prefixes: isUnset ? { items: [any] } : { ...prefixes, items },
    applicationSecurityGroups: { items: [] },
    ports: ports.items.length === 0 && ports.unknown === undefined ? { items: [any] } : ports,
  };
}
