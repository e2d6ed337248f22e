import type { Origin } from '../../text/origin.ts';
import { asText, type Evaluated, field, type Unknown } from '../../value/value.ts';
import type { Model } from '../model.ts';

/** A public IP address. */
export interface PublicIpAddress {
  readonly id: string;
  readonly address: string;
  readonly origin: Origin;
  readonly name: Evaluated<string>;
  /** Basic, Standard or StandardV2. */
  readonly sku: Evaluated<string>;
  /** Known only for an address that exists already. */
  readonly ipAddress: Evaluated<string>;
  /** The label of its name in the DNS zone of the region. */
  readonly domainNameLabel: Evaluated<string>;
  readonly condition?: Unknown;
}

/** The public IP addresses of the model. */
export function publicIpAddresses(model: Model): readonly PublicIpAddress[] {
  return model.ofType('microsoft.network/publicipaddresses').map((resource) => ({
    id: resource.id,
    address: resource.address,
    origin: resource.origin,
    name: asText(resource.name),
    sku: asText(field(resource.body, 'sku', 'name')),
    ipAddress: asText(field(resource.body, 'properties', 'ipAddress')),
    domainNameLabel: asText(field(resource.body, 'properties', 'dnsSettings', 'domainNameLabel')),
    ...(resource.condition === undefined ? {} : { condition: resource.condition }),
  }));
}
