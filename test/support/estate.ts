import type { Model } from '../../src/model/model.ts';
import { type ArmResource, modelOf, sub } from './arm-model.ts';

/** A security rule with the most usual values; `match` overrides them. */
export function rule(
  priority: number,
  access: 'Allow' | 'Deny',
  match: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    name: `${access}${priority}`,
    properties: {
      priority,
      access,
      direction: 'Inbound',
      protocol: '*',
      sourceAddressPrefix: '*',
      sourcePortRange: '*',
      destinationAddressPrefix: '*',
      destinationPortRange: '*',
      ...match,
    },
  };
}

/** What differs from a plain estate: one Standard balancer `lb` with rule `r` 80 -> 80 to one NIC in one subnet. */
export interface EstateOptions {
  readonly internal?: boolean;
  readonly sku?: unknown;
  /** Of the balancer alone, with its tier. */
  readonly balancerSku?: Record<string, unknown>;
  /** Under which the balancer exists. */
  readonly condition?: unknown;
  /** Rules of the group on the subnet or the interface; left out means no group there. */
  readonly subnetRules?: readonly unknown[];
  readonly nicRules?: readonly unknown[];
  readonly rule?: Record<string, unknown>;
  /** Instead of the single rule `r`. */
  readonly rules?: unknown;
  readonly natRules?: unknown;
  readonly natPools?: unknown;
  readonly probe?: Record<string, unknown> | null;
  readonly frontend?: Record<string, unknown>;
  /** Instead of the single frontend `front`. */
  readonly frontends?: readonly unknown[];
  readonly ipConfiguration?: Record<string, unknown>;
  readonly members?: number;
  readonly subnet?: Record<string, unknown>;
  readonly vm?: Record<string, unknown>;
  /** The virtual network is not part of the root; its subnet is. */
  readonly networkElsewhere?: boolean;
  readonly more?: readonly ArmResource[];
}

export const SUBNET = '10.0.1.0/24';
export const VIP = '10.0.1.100';

/** Another member of the pool of the estate, with a group of its own if `rules` are given. */
export function otherMember(
  name: string,
  { rules, ipConfiguration }: { rules?: readonly unknown[]; ipConfiguration?: Record<string, unknown> } = {},
): readonly ArmResource[] {
  const group = `nsg-${name}`;
  const own = rules === undefined ? {} : { networkSecurityGroup: sub(`networkSecurityGroups/${group}`) };
  const configuration = {
    subnet: sub('virtualNetworks/vnet/subnets/snet'),
    loadBalancerBackendAddressPools: [sub('loadBalancers/lb/backendAddressPools/pool')],
    ...ipConfiguration,
  };
  return [
    ...(rules === undefined
      ? []
      : [{ type: 'networkSecurityGroups', name: group, properties: { securityRules: rules } }]),
    {
      type: 'networkInterfaces',
      name,
      properties: { ...own, ipConfigurations: [{ name: 'ip', properties: configuration }] },
    },
  ];
}

/** The estate of the golden vectors. */
export function estate(options: EstateOptions = {}): Model {
  const probe = options.probe === undefined ? { protocol: 'Tcp', port: 80 } : options.probe;
  const members = options.members ?? 1;
  const frontend = options.internal
    ? { subnet: sub('virtualNetworks/vnet/subnets/snet'), privateIPAddress: VIP, ...options.frontend }
    : { publicIPAddress: sub('publicIPAddresses/pip'), ...options.frontend };
  const ruleProperties = {
    protocol: 'Tcp',
    frontendPort: 80,
    backendPort: 80,
    frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
    backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
    ...(probe === null ? {} : { probe: sub('loadBalancers/lb/probes/p') }),
  };
  const group = (name: string, rules: readonly unknown[] | undefined): ArmResource[] =>
    rules === undefined
      ? []
      : [{ type: 'networkSecurityGroups', name, properties: { securityRules: rules } }];
  const nics = Array.from(
    { length: members },
    (_, index): ArmResource => ({
      type: 'networkInterfaces',
      name: `nic${index}`,
      properties: {
        ...(options.nicRules === undefined
          ? {}
          : { networkSecurityGroup: sub('networkSecurityGroups/nsg-nic') }),
        ipConfigurations: [
          {
            name: 'ip',
            properties: {
              subnet: sub('virtualNetworks/vnet/subnets/snet'),
              loadBalancerBackendAddressPools: [sub('loadBalancers/lb/backendAddressPools/pool')],
              ...options.ipConfiguration,
            },
          },
        ],
      },
    }),
  );
  const vms = nics.map(
    (nic, index): ArmResource => ({
      type: 'virtualMachines',
      name: `vm${index}`,
      properties: {
        networkProfile: { networkInterfaces: [sub(`networkInterfaces/${nic.name}`)] },
        ...options.vm,
      },
    }),
  );
  const subnet = {
    addressPrefix: SUBNET,
    ...(options.subnetRules === undefined
      ? {}
      : { networkSecurityGroup: sub('networkSecurityGroups/nsg-subnet') }),
    ...options.subnet,
  };
  const network: ArmResource = options.networkElsewhere
    ? {
        type: 'virtualNetworks/vnet/subnets',
        name: 'snet',
        parent: sub('virtualNetworks/vnet').id,
        properties: subnet,
      }
    : {
        type: 'virtualNetworks',
        name: 'vnet',
        location: 'westeurope',
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [{ name: 'snet', properties: subnet }],
        },
      };
  return modelOf(
    network,
    ...group('nsg-subnet', options.subnetRules),
    ...group('nsg-nic', options.nicRules),
    { type: 'publicIPAddresses', name: 'pip', sku: { name: options.sku ?? 'Standard' } },
    {
      type: 'loadBalancers',
      name: 'lb',
      sku: options.balancerSku ?? { name: options.sku ?? 'Standard' },
      condition: options.condition,
      properties: {
        frontendIPConfigurations: options.frontends ?? [{ name: 'front', properties: frontend }],
        backendAddressPools: [{ name: 'pool' }],
        probes: probe === null ? [] : [{ name: 'p', properties: probe }],
        loadBalancingRules: options.rules ?? [
          { name: 'r', properties: { ...ruleProperties, ...options.rule } },
        ],
        inboundNatRules: options.natRules ?? [],
        inboundNatPools: options.natPools ?? [],
      },
    },
    ...nics,
    ...vms,
    ...(options.more ?? []),
  );
}
