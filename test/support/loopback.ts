import type { DeclaredClient } from '../../src/network/clients.ts';
import { type LoopbackCall, loopbackCalls } from '../../src/network/loopback.ts';
import { buildNetwork, type Network } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { type ArmResource, modelOf, sub } from './arm-model.ts';
import { encode } from './guest.ts';

const SNET = sub('virtualNetworks/vnet/subnets/snet');
export const [VIP, OTHER_VIP] = ['10.0.1.100', '10.0.1.101'];

/** What differs from an internal balancer `lb` with two frontends and two pools. */
export interface BalancerOptions {
  readonly name?: string;
  readonly sku?: unknown;
  readonly frontends?: readonly unknown[];
  readonly probePort?: unknown;
  /** Properties of its rules by their names; they lead from `front` to `pool`. */
  readonly rules: Readonly<Record<string, Record<string, unknown>>>;
  readonly natRules?: readonly unknown[];
}

export const internalFrontend = (
  name: string,
  privateIPAddress: string,
  more: Record<string, unknown> = {},
) => ({
  name,
  properties: { subnet: SNET, privateIPAddress, ...more },
});

export function balancer({
  name = 'lb',
  sku,
  frontends,
  probePort,
  rules,
  natRules,
}: BalancerOptions): ArmResource {
  const part = (kind: string, part: string) => sub(`loadBalancers/${name}/${kind}/${part}`);
  return {
    type: 'loadBalancers',
    name,
    sku: { name: sku ?? 'Standard' },
    properties: {
      frontendIPConfigurations: frontends ?? [
        internalFrontend('front', VIP),
        internalFrontend('second', OTHER_VIP),
      ],
      backendAddressPools: [{ name: 'pool' }, { name: 'other' }],
      probes: [{ name: 'p', properties: { protocol: 'Tcp', port: probePort ?? 80 } }],
      inboundNatRules: natRules ?? [],
      loadBalancingRules: Object.entries(rules).map(([rule, properties]) => ({
        name: rule,
        properties: {
          protocol: 'Tcp',
          frontendPort: 80,
          backendPort: 80,
          frontendIPConfiguration: part('frontendIPConfigurations', 'front'),
          backendAddressPool: part('backendAddressPools', 'pool'),
          probe: part('probes', 'p'),
          ...properties,
        },
      })),
    },
  };
}

/** A pool of a balancer. */
export const pool = (name: string, of = 'lb') => sub(`loadBalancers/${of}/backendAddressPools/${name}`);
/** A frontend of `lb`. */
export const front = (name: string) => sub(`loadBalancers/lb/frontendIPConfigurations/${name}`);
/** One port on both sides of a rule. */
export const port = (backendPort: unknown, more: Record<string, unknown> = {}) => ({
  frontendPort: backendPort,
  backendPort,
  ...more,
});

/** A machine whose interface is in some pools, and what it gets as custom data. */
export function machine(
  name: string,
  customData: unknown,
  pools: readonly unknown[] = [pool('pool')],
  more: Record<string, unknown> = {},
): readonly ArmResource[] {
  const { configuration, ...properties } = more;
  const own = { subnet: SNET, loadBalancerBackendAddressPools: pools, ...Object(configuration) };
  return [
    {
      type: 'networkInterfaces',
      name: `nic-${name}`,
      properties: { ipConfigurations: [{ name: 'ip', properties: own }] },
    },
    {
      type: 'virtualMachines',
      name,
      properties: {
        networkProfile: { networkInterfaces: [sub(`networkInterfaces/nic-${name}`)] },
        osProfile: { customData: typeof customData === 'string' ? encode(customData) : customData },
        ...properties,
      },
    },
  ];
}

/** A scale set in `pool`. */
export function scaleSet(customData: string, capacity: unknown): ArmResource {
  const configuration = { subnet: SNET, loadBalancerBackendAddressPools: [pool('pool')] };
  const nic = { name: 'nic', properties: { ipConfigurations: [{ name: 'ip', properties: configuration }] } };
  return {
    type: 'virtualMachineScaleSets',
    name: 'vmss',
    sku: { capacity },
    properties: {
      virtualMachineProfile: {
        osProfile: { customData: encode(customData) },
        networkProfile: { networkInterfaceConfigurations: [nic] },
      },
    },
  };
}

/** The network of these resources and of the subnet they stand in. */
export function networkOf(
  resources: readonly ArmResource[],
  clients: readonly DeclaredClient[] = [],
): Network {
  const network = {
    type: 'virtualNetworks',
    name: 'vnet',
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 'snet', properties: { addressPrefix: '10.0.1.0/24' } }],
    },
  };
  return buildNetwork(modelOf(network, ...resources), { clients });
}

type Ask = typeof loopbackCalls;

/** The calls that are found on the path of a name, in one line each. */
export function found(
  network: Network,
  name: string,
  ask: Ask = loopbackCalls,
  client = 'vnet',
): readonly string[] {
  const path = pathNamed(network, name, client);
  return ask(path, network).map(told);
}

/** The path of a rule for one client. */
export function pathNamed(network: Network, name: string, client = 'vnet'): Path {
  const path = network.paths.find((each) => each.name === name && each.client === client);
  if (path === undefined) throw new Error(`no path ${name} of ${client}`);
  return path;
}

/** A call in one line: who calls, with which words, and what is special about it. */
export function told(call: LoopbackCall): string {
  const flags = [
    `${call.machine} by ${call.evidence}: ${call.quote ?? 'secret'}`,
    `1/${call.members ?? '?'}`,
    ...(call.isFixed ? ['fixed'] : []),
    ...(call.ipBased ? ['by address'] : []),
    ...(call.isControlPlane ? ['control plane'] : []),
    ...(call.isClusterJoin ? ['cluster'] : []),
    ...call.neighbours.map(({ name }) => `beside ${name}`),
  ];
  return flags.join(', ');
}

export const CALL = `curl ${VIP}`;
/** A rule `web` of port 80. */
export const ONE = balancer({ rules: { web: {} } });
/** What is told of that call where the machine `vm` is the only member. */
export const FOUND = `vm by literal: ${CALL}, 1/1`;
