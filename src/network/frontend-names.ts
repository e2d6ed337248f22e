import { isIP } from 'node:net';
import type { Frontend } from '../model/azure/load-balancer.ts';
import { asText, type Evaluated, field, type Reference, type Unknown } from '../value/value.ts';
import type { Topology } from './topology.ts';

/** How a text can name a frontend. */
export interface FrontendNames {
  /** Addresses that are written out. */
  readonly addresses: readonly string[];
  /** Names in DNS that lead to it. */
  readonly names: readonly string[];
  /** Whether what only deployment settles is its address or its name. */
  isReference(value: Unknown): boolean;
}

export function frontendNames(topology: Topology, frontend: Frontend): FrontendNames {
  const { privateIPAddress } = frontend;
  const publicIp = frontend.publicIp.kind === 'to' ? topology.publicIps.get(frontend.publicIp.id) : undefined;
  const isReference = (value: Unknown): boolean => {
    const named = (value.references ?? []).filter(({ property }) => ADDRESS.test(property));
    const [only] = named;
    return named.length === 1 && only !== undefined && value.open !== true && leadsTo(only, frontend);
  };
  const addresses = [privateIPAddress, ...(publicIp === undefined ? [] : [publicIp.ipAddress])].flatMap(
    (address) => (address.kind === 'known' && isIP(address.value) !== 0 ? [address.value] : []),
  );
  const records = topology
    .dnsRecords()
    .filter((record) => record.addresses.some((address) => isAddressOf(address, addresses, isReference)));
  const label =
    publicIp === undefined ? undefined : publicName(topology, publicIp.id, publicIp.domainNameLabel);
  return {
    addresses,
    names: [...records.map(({ name }) => name), ...(label === undefined ? [] : [label])],
    isReference,
  };
}

const ADDRESS = /^(privateIPAddress|ipAddress|(dnsSettings\.)?fqdn)$/i;

function leadsTo({ id }: Reference, frontend: Frontend): boolean {
  return id === frontend.id || (frontend.publicIp.kind === 'to' && id === frontend.publicIp.id);
}

/** Whether a value is one of the addresses, or a reference to them. */
export function isAddressOf(
  value: Evaluated<string>,
  addresses: readonly string[],
  isReference: (value: Unknown) => boolean,
): boolean {
  return value.kind === 'known'
    ? addresses.includes(value.value)
    : value.kind === 'unknown' && isReference(value);
}

/** `label.region.cloudapp.azure.com`: learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses. */
function publicName(topology: Topology, id: string, label: Evaluated<string>): string | undefined {
  const resource = topology.model.byId(id);
  const location = resource === undefined ? undefined : asText(field(resource.body, 'location'));
  if (label.kind !== 'known' || label.value === '' || label.sensitive || location?.kind !== 'known')
    return undefined;
  const region = location.value.toLowerCase().replace(/\s+/g, '');
  return `${label.value.toLowerCase()}.${region}.cloudapp.azure.com`;
}
