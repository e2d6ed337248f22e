import { field } from '../../value/value.ts';
import type { Link, Model } from '../model.ts';
import { type Collection, subResources } from './element.ts';
import { type View, viewOf } from './view.ts';

/** Gives every machine of its subnets a way out, if it has an address: semantics 3.3. */
export interface NatGateway extends View {
  /** Its public IP addresses and prefixes, of both IP versions. */
  readonly publicIps: readonly Collection<Link>[];
}

/** The NAT gateways of the model. */
export function natGateways(model: Model): readonly NatGateway[] {
  return model.ofType('microsoft.network/natgateways').map((resource) => {
    const properties = field(resource.body, 'properties');
    const lists = ['publicIpAddresses', 'publicIpPrefixes', 'publicIpAddressesV6', 'publicIpPrefixesV6'];
    return {
      ...viewOf(resource),
      publicIps: lists.map((name) => subResources(properties, name)),
    };
  });
}
