import { asBoolean, asText, type Evaluated, field } from '../../value/value.ts';
import type { Link, Model } from '../model.ts';
import { type Collection, inlineElements, subResource } from './element.ts';

/** A VPN or ExpressRoute gateway: it may learn routes by BGP, which no code shows (semantics 6.1). */
export interface VirtualNetworkGateway {
  readonly id: string;
  readonly address: string;
  /** Vpn or ExpressRoute. */
  readonly type: Evaluated<string>;
  readonly enableBgp: Evaluated<boolean>;
  readonly subnets: Collection<Link>;
}

/** The virtual network gateways of the model. */
export function virtualNetworkGateways(model: Model): readonly VirtualNetworkGateway[] {
  return model.ofType('microsoft.network/virtualnetworkgateways').map((resource) => {
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
      type: asText(field(properties, 'gatewayType')),
      enableBgp: asBoolean(field(properties, 'enableBgp')),
      subnets: {
        ...configurations,
        items: configurations.items.map((element) => subResource(element.properties, 'subnet')),
      },
    };
  });
}
