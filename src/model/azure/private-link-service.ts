import type { Origin } from '../../text/origin.ts';
import { asText, type Evaluated, field } from '../../value/value.ts';
import type { Link, Model } from '../model.ts';
import { type Collection, inlineElements, subResource, subResources } from './element.ts';

/** Clients of other networks that arrive at a frontend from the service's own addresses: semantics 1.8 and 6.9. */
export interface PrivateLinkService {
  readonly id: string;
  readonly address: string;
  readonly origin: Origin;
  readonly name: Evaluated<string>;
  readonly frontends: Collection<Link>;
  /** Where the addresses lie that backends see as the source. */
  readonly sources: Collection<{ readonly subnet: Link; readonly privateIPAddress: Evaluated<string> }>;
}

/** The private link services of the model. */
export function privateLinkServices(model: Model): readonly PrivateLinkService[] {
  return model.ofType('microsoft.network/privatelinkservices').map((resource) => {
    const properties = field(resource.body, 'properties');
    const configurations = inlineElements(
      field(properties, 'ipConfigurations'),
      resource.id,
      resource.address,
      'ipConfigurations',
    );
    return {
      id: resource.id,
      address: resource.address,
      origin: resource.origin,
      name: asText(resource.name),
      frontends: subResources(properties, 'loadBalancerFrontendIpConfigurations'),
      sources: {
        ...configurations,
        items: configurations.items.map((element) => ({
          subnet: subResource(element.properties, 'subnet'),
          privateIPAddress: asText(field(element.properties, 'privateIPAddress')),
        })),
      },
    };
  });
}
