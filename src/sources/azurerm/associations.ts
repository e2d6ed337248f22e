import { linkOf } from '../../model/model.ts';
import type { Gap } from '../../model/resource.ts';
import { asText, list, object, type Unknown, type Value } from '../../value/value.ts';
import { subResource } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import type { Links } from './links.ts';
import { createPossibility, eitherOf, oneOf, type Possibility } from './possible-links.ts';
import type { Kind, Part, RootIndex } from './root-index.ts';

/** What association resources add to the interfaces, subnets and NAT gateways they edit. */
export interface Folds {
  /** The `{ id }` in a property that holds one link, besides what the resource itself says. */
  linkAt(place: Place, property: string, written: Value): Value;
  /** The `{ id }` items of a property that holds several links, besides what the resource itself says. */
  linksAt(place: Place, property: string, written: Value): Value;
  /** Associations that reach beyond the model. */
  readonly gaps: readonly Gap[];
}

/** Something associations edit: an instance, or a block with an id. */
export interface Place {
  readonly id: string;
  readonly kind: Kind;
  /** Its id was known when the plan was made, so a target that is not known yet is not this. */
  readonly exists: boolean;
}

/** An association type: what it edits, which property, and what it puts there. */
interface Association {
  readonly target: readonly [attribute: string, kind: Kind];
  readonly other: readonly [attribute: string, kind: Kind];
  readonly property: string;
  /** Where in a network interface: one IP configuration by name, or every one. */
  readonly configurations?: 'named' | 'every';
}

const INTERFACE = ['network_interface_id', kinds.NETWORK_INTERFACE] as const;
const SUBNET = ['subnet_id', kinds.SUBNET] as const;
const GATEWAY = ['nat_gateway_id', kinds.NAT_GATEWAY] as const;
const SECURITY_GROUP = ['network_security_group_id', kinds.SECURITY_GROUP] as const;

const ASSOCIATIONS: Readonly<Record<string, Association>> = {
  azurerm_network_interface_security_group_association: {
    target: INTERFACE,
    other: SECURITY_GROUP,
    property: 'networkSecurityGroup',
  },
  azurerm_network_interface_application_security_group_association: {
    target: INTERFACE,
    other: ['application_security_group_id', kinds.APPLICATION_SECURITY_GROUP],
    property: 'applicationSecurityGroups',
    configurations: 'every',
  },
  azurerm_network_interface_backend_address_pool_association: {
    target: INTERFACE,
    other: ['backend_address_pool_id', kinds.POOL],
    property: 'loadBalancerBackendAddressPools',
    configurations: 'named',
  },
  azurerm_network_interface_nat_rule_association: {
    target: INTERFACE,
    other: ['nat_rule_id', kinds.NAT_RULE],
    property: 'loadBalancerInboundNatRules',
    configurations: 'named',
  },
  azurerm_subnet_network_security_group_association: {
    target: SUBNET,
    other: SECURITY_GROUP,
    property: 'networkSecurityGroup',
  },
  azurerm_subnet_route_table_association: {
    target: SUBNET,
    other: ['route_table_id', kinds.ROUTE_TABLE],
    property: 'routeTable',
  },
  azurerm_subnet_nat_gateway_association: {
    target: SUBNET,
    other: ['nat_gateway_id', kinds.NAT_GATEWAY],
    property: 'natGateway',
  },
  azurerm_nat_gateway_public_ip_association: {
    target: GATEWAY,
    other: ['public_ip_address_id', kinds.PUBLIC_IP],
    property: 'publicIpAddresses',
  },
  azurerm_nat_gateway_public_ip_prefix_association: {
    target: GATEWAY,
    other: ['public_ip_prefix_id', kinds.PUBLIC_IP_PREFIX],
    property: 'publicIpPrefixes',
  },
};

/** The association types that are folded into other resources. */
export const ASSOCIATION_TYPES: readonly string[] = Object.keys(ASSOCIATIONS);

const CONFIGURATIONS = 'azurerm_network_interface.ip_configuration';

/** A larger choice of targets counts as "any of the kind", which keeps the work linear. */
const MOST_TARGETS = 16;

/**
 * Reads every association once. One whose target is settled is certain there. One whose target is ambiguous may
 * stand at each candidate; one that cannot be followed, at everything of the kind that does not exist yet.
 */
export function foldAssociations(index: RootIndex, links: Links): Folds {
  const certain = new Map<string, Value[]>();
  const possible = new Map<string, Possibility>();
  const gaps: Gap[] = [];

  for (const [type, association] of Object.entries(ASSOCIATIONS)) {
    for (const instance of index.ofType(type)) fold(instance, association);
  }

  function fold(instance: TerraformInstance, association: Association): void {
    const [targetAttribute, kind] = association.target;
    const [otherAttribute, otherKind] = association.other;
    const other = links.link(instance.attribute(otherAttribute), otherKind);
    const target = instance.attribute(targetAttribute);
    const link = links.link(target, kind, (id) => mayHoldConfiguration(id, instance, association));
    const choice = linkOf(link);
    if (other.kind === 'absent' || choice.kind === 'none') return;
    if (choice.kind === 'to') {
      if (isInModel(choice.id, kind)) place(choice.id, instance, association, other);
      else leaves(instance, association, other, choice.id);
      return;
    }
    const waitsFor = choice.waitsFor;
    const isAny = choice.kind === 'unknown' || choice.open || choice.ids.length > MOST_TARGETS;
    if (!isAny) {
      for (const id of choice.ids) mayStand(placesOf(id, association), association, other, waitsFor);
      return;
    }
    const isElsewhere = choice.kind === 'unknown' || choice.open;
    if (isElsewhere) leaves(instance, association, other, waitsFor.reason.name);
    if (index.notYetExisting(kind).length > 0) mayStand([anyOf(kind)], association, other, waitsFor);
    else if (association.configurations !== 'named')
      gaps.push({ reason: waitsFor.reason, origin: instance.origin });
  }

  /** The target is settled; what remains open is which of its IP configurations. */
  function place(id: string, instance: TerraformInstance, association: Association, other: Value): void {
    if (association.configurations !== 'named') {
      for (const place of placesOf(id, association)) stands(place, association, other);
      return;
    }
    const chosen = configurationsFor(instance, configurationsOf(id));
    const [only] = chosen;
    if (only === undefined) leaves(instance, association, other, `an IP configuration of ${id}`);
    else if (chosen.length === 1) stands(only.id, association, other);
    else {
      const name = asText(instance.attribute('ip_configuration_name'));
      const reason = {
        kind: 'known-after-apply',
        name: `${instance.address}.ip_configuration_name`,
      } as const;
      const waitsFor: Unknown =
        name.kind === 'unknown' ? name : { kind: 'unknown', reason, origin: instance.origin };
      mayStand(
        chosen.map((part) => part.id),
        association,
        other,
        waitsFor,
      );
    }
  }

  function stands(place: string, { property }: Association, other: Value): void {
    const key = `${place}|${property}`;
    const links = certain.get(key);
    if (links === undefined) certain.set(key, [other]);
    else links.push(other);
  }

  function mayStand(
    places: readonly string[],
    { property }: Association,
    other: Value,
    waitsFor: Unknown,
  ): void {
    for (const place of places) {
      const key = `${place}|${property}`;
      const possibility = possible.get(key);
      if (possibility === undefined) possible.set(key, createPossibility(other, waitsFor));
      else possibility.add(other);
    }
  }

  /** Something outside the model takes part: the pool or NAT rule has a user nobody sees. */
  function leaves(instance: TerraformInstance, association: Association, other: Value, name: string): void {
    if (association.configurations !== 'named') return;
    const reason = { kind: 'outside', name } as const;
    const { origin } = instance;
    const link = linkOf(other);
    if (link.kind === 'to') gaps.push({ id: link.id, reason, origin });
    else if (link.kind === 'one-of' && !link.open)
      for (const id of link.ids) gaps.push({ id, reason, origin });
    else gaps.push({ reason, origin });
  }

  function placesOf(id: string, { configurations }: Association): readonly string[] {
    return configurations === undefined ? [id] : configurationsOf(id).map((part) => part.id);
  }

  function configurationsOf(id: string): readonly Part[] {
    const owner = index.byId(id);
    return owner === undefined ? [] : index.parts(owner, CONFIGURATIONS).items;
  }

  function mayHoldConfiguration(id: string, instance: TerraformInstance, association: Association): boolean {
    return (
      association.configurations !== 'named' || configurationsFor(instance, configurationsOf(id)).length > 0
    );
  }

  function isInModel(id: string, kind: Kind): boolean {
    const owner = index.byId(id);
    if (owner !== undefined) return owner.mode === 'managed' && kind.includes(owner.type);
    if (!kind.includes('azurerm_virtual_network.subnet')) return false;
    const network = index.byId(id.slice(0, id.lastIndexOf('/subnets/')));
    return (
      network !== undefined &&
      index.parts(network, 'azurerm_virtual_network.subnet').items.some((part) => part.id === id)
    );
  }

  function possibleAt({ id, kind, exists }: Place, property: string): Unknown | undefined {
    const own = possible.get(`${id}|${property}`);
    const any = exists ? undefined : possible.get(`${anyOf(kind)}|${property}`);
    if (own === undefined || any === undefined) return (own ?? any)?.value();
    return eitherOf(own.value(), any.value());
  }

  return {
    gaps,
    linkAt(place, property, written) {
      const links = certain.get(`${place.id}|${property}`) ?? [];
      const [first, ...others] = written.kind === 'absent' ? links : [written, ...links];
      const link = first === undefined ? (possibleAt(place, property) ?? written) : oneOf(first, ...others);
      return subResource(link) ?? link;
    },
    linksAt(place, property, written) {
      if (written.kind !== 'list' && written.kind !== 'absent') return written;
      const links = certain.get(`${place.id}|${property}`) ?? [];
      const maybe = possibleAt(place, property);
      const all = maybe === undefined ? links : [...links, maybe];
      if (all.length === 0) return written;
      const items = all.map((link) => object({ id: link }, link.origin));
      return list(
        written.kind === 'list' ? [...written.items, ...items] : items,
        items[0]?.origin ?? written.origin,
      );
    },
  };
}

/** The IP configurations an association may name: the one of that name, else those whose name is not known. */
function configurationsFor(instance: TerraformInstance, parts: readonly Part[]): readonly Part[] {
  const wanted = asText(instance.attribute('ip_configuration_name'));
  if (wanted.kind !== 'known') return parts;
  const name = wanted.value.toLowerCase();
  const equal = parts.filter((part) => part.name.kind === 'known' && part.name.value.toLowerCase() === name);
  return equal.length > 0 ? equal.slice(0, 1) : parts.filter((part) => part.name.kind !== 'known');
}

function anyOf(kind: Kind): string {
  return `any ${kind.join()}`;
}
