import { asNumber, asText, type Evaluated, field, type Unknown, type Value } from '../../value/value.ts';
import type { Link, Model } from '../model.ts';
import type { Resource } from '../resource.ts';
import {
  type Collection,
  type Element,
  elementOfResource,
  elementsOf,
  subResources,
  textItems,
} from './element.ts';
import { type View, viewOf } from './view.ts';

/** Semantics section 1. The default rules are not part of it. */
export interface NetworkSecurityGroup extends View {
  readonly rules: Collection<SecurityRule>;
  /** Why it is not certain that this, and not an existing group of the same name, is what stands there. */
  readonly condition?: Unknown;
}

/** A rule as written. Each dimension is the union of the singular and the plural property (semantics 1.4). */
export interface SecurityRule extends Element {
  readonly priority: Evaluated<number>;
  /** Inbound or Outbound. */
  readonly direction: Evaluated<string>;
  /** Allow or Deny. */
  readonly access: Evaluated<string>;
  /** `*`, Tcp, Udp, Icmp, Esp or Ah. */
  readonly protocol: Evaluated<string>;
  readonly source: RuleSide;
  readonly destination: RuleSide;
}

/** The source or the destination of a security rule. */
export interface RuleSide {
  /** Address prefixes and service tags. */
  readonly prefixes: Collection<Evaluated<string>>;
  readonly applicationSecurityGroups: Collection<Link>;
  /** Ports and port ranges. */
  readonly ports: Collection<Evaluated<string>>;
}

/** The security groups of the model, with rules that are declared on their own. */
export function networkSecurityGroups(model: Model): readonly NetworkSecurityGroup[] {
  return model
    .ofType('microsoft.network/networksecuritygroups')
    .map((resource) => securityGroup(model, resource));
}

/** Rules declared on their own that belong to no group of the model for certain. */
export function detachedSecurityRules(model: Model): readonly SecurityRule[] {
  return model
    .detached('microsoft.network/networksecuritygroups/securityrules')
    .map((resource) => securityRule(elementOfResource(resource)));
}

function securityGroup(model: Model, resource: Resource): NetworkSecurityGroup {
  const elements = elementsOf(model, resource, 'securityRules');
  return {
    ...viewOf(resource),
    rules: { ...elements, items: elements.items.map(securityRule) },
  };
}

function securityRule(element: Element): SecurityRule {
  const { properties } = element;
  return {
    ...element,
    priority: asNumber(field(properties, 'priority')),
    direction: asText(field(properties, 'direction')),
    access: asText(field(properties, 'access')),
    protocol: asText(field(properties, 'protocol')),
    source: ruleSide(properties, 'source'),
    destination: ruleSide(properties, 'destination'),
  };
}

function ruleSide(properties: Value, side: 'source' | 'destination'): RuleSide {
  return {
    prefixes: singularAndPlural(properties, `${side}AddressPrefix`, `${side}AddressPrefixes`),
    applicationSecurityGroups: subResources(properties, `${side}ApplicationSecurityGroups`),
    ports: singularAndPlural(properties, `${side}PortRange`, `${side}PortRanges`),
  };
}

function singularAndPlural(
  properties: Value,
  singular: string,
  plural: string,
): Collection<Evaluated<string>> {
  const one = asText(field(properties, singular));
  const many = textItems(field(properties, plural));
  const isSet = one.kind !== 'absent' && !(one.kind === 'known' && one.value === '');
  return isSet ? { ...many, items: [one, ...many.items] } : many;
}
