/** An estate in the fewest words that Azure needs, for an oracle that shares no code with the network under test. */
export interface PlainEstate {
  readonly networks: readonly PlainNetwork[];
  readonly groups: readonly PlainGroup[];
  readonly interfaces: readonly PlainInterface[];
  readonly balancers: readonly PlainBalancer[];
  readonly publicIps: readonly PlainPublicIp[];
  readonly applicationGroups: readonly string[];
}

export interface PlainNetwork {
  readonly name: string;
  readonly space: readonly string[];
  readonly peers: readonly { readonly network: string; readonly bothWays: boolean }[];
  readonly subnets: readonly PlainSubnet[];
}

export interface PlainSubnet {
  readonly name: string;
  readonly prefixes: readonly string[];
  /** A name of `groups`, or `elsewhere` for a group of another deployment. */
  readonly group?: string;
  readonly routes?: readonly PlainRoute[];
}

export interface PlainRoute {
  readonly prefix: string;
  readonly hop: 'VirtualAppliance' | 'VirtualNetworkGateway' | 'Internet' | 'None' | 'VnetLocal';
}

export interface PlainGroup {
  readonly name: string;
  readonly rules: readonly PlainRule[];
}

export interface PlainRule {
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  readonly direction: 'Inbound' | 'Outbound';
  readonly protocol: string;
  readonly source: PlainSide;
  readonly sourcePorts: readonly string[];
  readonly destination: PlainSide;
  readonly destinationPorts: readonly string[];
}

/** A security admin rule of a network manager. */
export type PlainAdminRule = Omit<PlainRule, 'access'> & {
  readonly access: PlainRule['access'] | 'AlwaysAllow';
};

/** One tag or prefix, several prefixes, or application security groups. */
export type PlainSide = { readonly prefixes: readonly string[] } | { readonly groups: readonly string[] };

export interface PlainInterface {
  readonly name: string;
  readonly group?: string;
  /** Set when a scale set makes the interface, once for each instance. */
  readonly scaleSet?: { readonly name: string; readonly capacity: number };
  readonly configurations: readonly PlainConfiguration[];
}

export interface PlainConfiguration {
  readonly name: string;
  readonly network: string;
  readonly subnet: string;
  readonly version: 4 | 6;
  /** Static address; Azure picks one when it is left out. */
  readonly address?: string;
  /** `balancer/pool`. */
  readonly pools: readonly string[];
  /** `balancer/rule`, version 1. */
  readonly natRules: readonly string[];
  /** `balancer/nat pool`, on scale sets only. */
  readonly natPools: readonly string[];
  readonly applicationGroups: readonly string[];
}

export type PlainSku = 'Basic' | 'Standard' | undefined;

export interface PlainPublicIp {
  readonly name: string;
  readonly sku: PlainSku;
  readonly version: 4 | 6;
}

export interface PlainBalancer {
  readonly name: string;
  readonly sku: PlainSku;
  readonly frontends: readonly PlainFrontend[];
  readonly pools: readonly PlainPool[];
  readonly probes: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
  readonly rules: readonly PlainBalancingRule[];
  readonly natRules: readonly PlainNatRule[];
  readonly natPools: readonly PlainNatPool[];
}

export type PlainFrontend =
  | { readonly name: string; readonly kind: 'public'; readonly publicIp: string }
  | {
      readonly name: string;
      readonly kind: 'internal';
      readonly network: string;
      readonly subnet: string;
      readonly version: 4 | 6;
      readonly address?: string;
    };

export interface PlainPool {
  readonly name: string;
  /** An IP-based pool when it has addresses; `network` is where they are. */
  readonly network?: string;
  readonly addresses: readonly string[];
}

export interface PlainBalancingRule {
  readonly name: string;
  /** `All` with both ports 0 is an HA ports rule. */
  readonly protocol: 'Tcp' | 'Udp' | 'All';
  readonly frontend: string;
  readonly frontendPort: number;
  readonly backendPort: number;
  readonly floating: boolean;
  readonly pool: string;
  readonly probe?: string;
}

export interface PlainNatRule {
  readonly name: string;
  readonly protocol: 'Tcp' | 'Udp';
  readonly frontend: string;
  readonly frontendPort: number;
  readonly backendPort: number;
  readonly floating: boolean;
  /** Version 2: the pool whose members get a port each; without it, version 1. */
  readonly pool?: string;
}

export interface PlainNatPool {
  readonly name: string;
  readonly protocol: 'Tcp' | 'Udp';
  readonly frontend: string;
  readonly backendPort: number;
}

/** Somebody with one address whom the user names as a client. */
export interface PlainClient {
  readonly name: string;
  readonly address: string;
}
