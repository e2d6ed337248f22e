import { asText, type Evaluated, field } from '../../value/value.ts';
import type { Model } from '../model.ts';
import { type View, viewOf } from './view.ts';

/** A public IP address. */
export interface PublicIpAddress extends View {
  /** Basic, Standard or StandardV2. */
  readonly sku: Evaluated<string>;
  /** Known only for an address that exists already. */
  readonly ipAddress: Evaluated<string>;
  /** The label of its name in the DNS zone of the region. */
  readonly domainNameLabel: Evaluated<string>;
}

/** The public IP addresses of the model. */
export function publicIpAddresses(model: Model): readonly PublicIpAddress[] {
  return model.ofType('microsoft.network/publicipaddresses').map((resource) => ({
    ...viewOf(resource),
    sku: asText(field(resource.body, 'sku', 'name')),
    ipAddress: asText(field(resource.body, 'properties', 'ipAddress')),
    domainNameLabel: asText(field(resource.body, 'properties', 'dnsSettings', 'domainNameLabel')),
  }));
}
