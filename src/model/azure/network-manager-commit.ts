import type { Origin } from '../../text/origin.ts';
import { asText, type Evaluated, field, type Unknown } from '../../value/value.ts';
import { type Link, linkOf, type Model } from '../model.ts';
import { type Collection, subResources, textItems } from './element.ts';

/**
 * A deployment of configurations by a virtual network manager. It is the goal of its regions: configurations of the same kind
 * that it does not name are taken out of effect there. In Azure it is an action, which only Terraform can declare.
 */
export interface NetworkManagerCommit {
  readonly manager: Link;
  /** SecurityAdmin, Connectivity, Routing, ... */
  readonly kind: Evaluated<string>;
  readonly regions: Collection<Evaluated<string>>;
  readonly configurations: Collection<Link>;
  readonly address: string;
  readonly origin: Origin;
  readonly condition?: Unknown;
}

export function networkManagerCommits(model: Model): readonly NetworkManagerCommit[] {
  return model.ofType('microsoft.network/networkmanagers/commits').map((resource) => {
    const properties = field(resource.body, 'properties');
    return {
      manager: linkOf(resource.parent ?? resource.name),
      kind: asText(field(properties, 'commitType')),
      regions: textItems(field(properties, 'targetLocations')),
      configurations: subResources(properties, 'configurationIds'),
      address: resource.address,
      origin: resource.origin,
      ...(resource.condition === undefined ? {} : { condition: resource.condition }),
    };
  });
}
