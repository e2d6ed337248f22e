import type { Origin } from '../../text/origin.ts';
import { asItems, asText, type Evaluated, field } from '../../value/value.ts';
import { linkOf, type Model } from '../model.ts';

/** A name of a private DNS zone and the addresses it leads to. */
export interface DnsRecord {
  /** `orders.internal.example.com` in lower case. */
  readonly name: string;
  readonly addresses: readonly Evaluated<string>[];
  /** Lower-case id of its zone. */
  readonly zone: string;
  readonly origin: Origin;
}

const ZONE = 'microsoft.network/privatednszones';

/** The A records of private DNS zones whose names are known and no secret. A wildcard is nobody's name. */
export function privateDnsRecords(model: Model): readonly DnsRecord[] {
  return model.ofType(`${ZONE}/a`).flatMap((resource) => {
    const written = asText(resource.name);
    if (written.kind !== 'known' || written.sensitive || resource.condition !== undefined) return [];
    const parent = resource.parent === undefined ? undefined : linkOf(resource.parent);
    const zone = parent?.kind === 'to' ? model.byId(parent.id) : undefined;
    const zoneName = zone === undefined ? undefined : asText(zone.name);
    const segments = written.value.toLowerCase().split('/');
    const own = segments.at(-1) ?? '';
    const inZone =
      zoneName?.kind === 'known' && !zoneName.sensitive ? zoneName.value.toLowerCase() : segments.at(-2);
    if (inZone === undefined || own === '' || own.includes('*')) return [];
    const { items } = asItems(field(resource.body, 'properties', 'aRecords'));
    return [
      {
        name: own === '@' ? inZone : `${own}.${inZone}`,
        addresses: items.map((item) => asText(field(item, 'ipv4Address'))),
        zone: parent?.kind === 'to' ? parent.id : '',
        origin: resource.origin,
      },
    ];
  });
}
