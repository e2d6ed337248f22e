import type { Origin } from '../text/origin.ts';

/** A rule every network security group ends with and nobody can delete. Ports and protocol are any. */
export interface DefaultRule {
  readonly name: string;
  readonly priority: number;
  readonly access: 'allow' | 'deny';
  /** A service tag or `*`. */
  readonly source: string;
  readonly destination: string;
  readonly origin: Origin;
}

const DOCS =
  'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules';

export type Direction = 'inbound' | 'outbound';

/** Semantics section 1.3, in the order of evaluation. */
export const DEFAULT_RULES: Readonly<Record<Direction, readonly DefaultRule[]>> = {
  inbound: [
    rule('AllowVnetInBound', 65_000, 'allow', 'VirtualNetwork', 'VirtualNetwork'),
    rule('AllowAzureLoadBalancerInBound', 65_001, 'allow', 'AzureLoadBalancer', '*'),
    rule('DenyAllInBound', 65_500, 'deny', '*', '*'),
  ],
  outbound: [
    rule('AllowVnetOutBound', 65_000, 'allow', 'VirtualNetwork', 'VirtualNetwork'),
    rule('AllowInternetOutBound', 65_001, 'allow', '*', 'Internet'),
    rule('DenyAllOutBound', 65_500, 'deny', '*', '*'),
  ],
};

function rule(
  name: string,
  priority: number,
  access: DefaultRule['access'],
  source: string,
  destination: string,
): DefaultRule {
  return { name, priority, access, source, destination, origin: { kind: 'platform', name, docs: DOCS } };
}
