import type { Origin } from '../../text/origin.ts';
import { asText, type Evaluated, field, type Unknown } from '../../value/value.ts';
import type { Link, Model } from '../model.ts';
import { type Collection, subResources } from './element.ts';

/** Gives every machine of its subnets a way out, if it has an address: semantics 3.3. */
export interface NatGateway {
  readonly id: string;
  readonly address: string;
  readonly origin: Origin;
  readonly name: Evaluated<string>;
  /** Its public IP addresses and prefixes, of both IP versions. */
  readonly publicIps: readonly Collection<Link>[];
  readonly condition?: Unknown;
}

/** The NAT gateways of the model. */
export function natGateways(model: Model): readonly NatGateway[] {
  return model.ofType('microsoft.network/natgateways').map((resource) => {
    const properties = field(resource.body, 'properties');
    const lists = ['publicIpAddresses', 'publicIpPrefixes', 'publicIpAddressesV6', 'publicIpPrefixesV6'];
    return {
      id: resource.id,
      address: resource.address,
      origin: resource.origin,
      name: asText(resource.name),
      publicIps: lists.map((name) => subResources(properties, name)),
      ...(resource.condition === undefined ? {} : { condition: resource.condition }),
    };
  });
}
