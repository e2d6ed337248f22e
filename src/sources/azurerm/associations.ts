import { linkOf } from '../../model/model.ts';
import type { Gap } from '../../model/resource.ts';
import { asText, list, object, type Unknown, type Value } from '../../value/value.ts';
import { ASSOCIATIONS, type Association } from './association-types.ts';
import { subResource } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import { IP_CONFIGURATION, SUBNET, VIRTUAL_NETWORK } from './kinds.ts';
import type { Links } from './links.ts';
import type { Part } from './parts.ts';
import { createPossibility, eitherOf, oneOf, type Possibility } from './possible-links.ts';
import type { Kind, RootIndex } from './root-index.ts';

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

/** A larger choice of targets counts as "any of the kind", which keeps the work linear. */
const MOST_TARGETS = 16;

/**
 * Reads every association once. One whose target is settled is certain there. One whose target is ambiguous may
 * stand at each candidate; one that cannot be followed, at everything of the kind that does not exist yet.
 */
export function foldAssociations(index: RootIndex, links: Links): Folds {
  const certain = new Map<string, Map<string, Value[]>>();
  const possible = new Map<string, Map<string, Possibility>>();
  let inlineSubnets: ReadonlySet<string> | undefined;
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
      for (const place of placesOf(id, association)) stands(place, instance, association, other);
      return;
    }
    const chosen = configurationsFor(instance, configurationsOf(id));
    const [only] = chosen;
    if (only === undefined) leaves(instance, association, other, `an IP configuration of ${id}`);
    else if (chosen.length === 1) stands(only.id, instance, association, other);
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

  /** An association that may not exist makes a possibility of what else is certain. */
  function stands(
    place: string,
    { condition }: TerraformInstance,
    association: Association,
    other: Value,
  ): void {
    if (condition !== undefined) {
      mayStand([place], association, other, condition);
      return;
    }
    const places = entry(certain, propertyFor(association, other));
    const links = places.get(place);
    if (links === undefined) places.set(place, [other]);
    else links.push(other);
  }

  function mayStand(
    places: readonly string[],
    association: Association,
    other: Value,
    waitsFor: Unknown,
  ): void {
    const possibilities = entry(possible, propertyFor(association, other));
    for (const place of places) {
      const possibility = possibilities.get(place);
      if (possibility === undefined) possibilities.set(place, createPossibility(other, waitsFor));
      else possibility.add(other);
    }
  }

  /** A NAT gateway keeps its IPv6 addresses apart, as azurerm does: by the version of the address. */
  function propertyFor({ property, ipv6Property }: Association, other: Value): string {
    if (ipv6Property === undefined) return property;
    const link = linkOf(other);
    const address = link.kind === 'to' ? index.byId(link.id) : undefined;
    const version = address === undefined ? undefined : asText(address.attribute('ip_version'));
    return version?.kind === 'known' && version.value.toLowerCase() === 'ipv6' ? ipv6Property : property;
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
    return owner === undefined ? [] : (index.partsOfKind(owner, IP_CONFIGURATION)?.items ?? []);
  }

  function mayHoldConfiguration(id: string, instance: TerraformInstance, association: Association): boolean {
    return (
      association.configurations !== 'named' || configurationsFor(instance, configurationsOf(id)).length > 0
    );
  }

  function isInModel(id: string, kind: Kind): boolean {
    const owner = index.byId(id);
    if (owner !== undefined) return owner.mode === 'managed' && kind.includes(index.typeOf(owner));
    if (kind !== SUBNET) return false;
    inlineSubnets ??= new Set(
      index
        .ofKind(VIRTUAL_NETWORK)
        .flatMap((network) => index.partsOfKind(network, SUBNET)?.items ?? [])
        .map((part) => part.id),
    );
    return inlineSubnets.has(id);
  }

  function possibleAt({ id, kind, exists }: Place, property: string): Unknown | undefined {
    const possibilities = possible.get(property);
    if (possibilities === undefined) return undefined;
    const own = possibilities.get(id);
    const any = exists ? undefined : possibilities.get(anyOf(kind));
    if (own === undefined || any === undefined) return (own ?? any)?.value();
    return eitherOf(own.value(), any.value());
  }

  return {
    gaps,
    linkAt(place, property, written) {
      const links = certain.get(property)?.get(place.id) ?? [];
      const [first, ...others] = written.kind === 'absent' ? links : [written, ...links];
      const link = first === undefined ? (possibleAt(place, property) ?? written) : oneOf(first, ...others);
      return subResource(link) ?? link;
    },
    linksAt(place, property, written) {
      if (written.kind !== 'list' && written.kind !== 'absent') return written;
      const links = certain.get(property)?.get(place.id) ?? [];
      const maybe = possibleAt(place, property);
      const all = maybe === undefined ? links : [...links, maybe];
      if (all.length === 0) return written;
      const items = all.map((link) => object({ id: link }, link.origin));
      const origin = items[0]?.origin ?? written.origin;
      return written.kind === 'list'
        ? { ...written, items: [...written.items, ...items], origin }
        : list(items, origin);
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

function entry<T>(tables: Map<string, Map<string, T>>, property: string): Map<string, T> {
  let table = tables.get(property);
  if (table === undefined) {
    table = new Map();
    tables.set(property, table);
  }
  return table;
}

function anyOf(kind: Kind): string {
  return `any ${kind.join()}`;
}
