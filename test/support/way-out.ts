import { type Egress, egressOf } from '../../src/network/egress.ts';
import { parsePrefix } from '../../src/network/packets/address.ts';
import { buildTopology } from '../../src/network/topology.ts';
import type { Origin } from '../../src/text/origin.ts';
import { type ArmResource, modelOf, sub } from './arm-model.ts';

/** A machine in the subnet `snet` of the network `vnet`, in no pool and with nothing else around. */
export interface WayOutOptions {
  readonly subnet?: Record<string, unknown>;
  /** What is said of the network besides its subnet. */
  readonly network?: Record<string, unknown>;
  /** Properties of its only IP configuration. */
  readonly configuration?: Record<string, unknown>;
  /** What is said of its interface besides that configuration. */
  readonly nic?: Record<string, unknown>;
  /** Further IP configurations of its interface. */
  readonly others?: readonly unknown[];
  readonly more?: readonly ArmResource[];
  /** Instead of the internet as a whole. */
  readonly destination?: string;
}

/** The way out of the machine in one line: what leads out, and where that is written; or what the answer waits for. */
export function wayOut({
  subnet,
  network,
  configuration,
  nic,
  others,
  more,
  destination,
}: WayOutOptions): string {
  const own = { subnet: sub('virtualNetworks/vnet/subnets/snet'), ...configuration };
  return wayOutOf(
    [
      {
        type: 'virtualNetworks',
        name: 'vnet',
        ...network,
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [{ name: 'snet', properties: { addressPrefix: '10.0.1.0/24', ...subnet } }],
        },
      },
      {
        type: 'networkInterfaces',
        name: 'nic',
        ...nic,
        properties: { ipConfigurations: [{ name: 'ip', properties: own }, ...(others ?? [])] },
      },
      ...(more ?? []),
    ],
    destination,
  );
}

/** The way out of the first IP configuration of the only interface. */
export function wayOutOf(resources: readonly ArmResource[], destination?: string): string {
  const topology = buildTopology(modelOf(...resources));
  const [networkInterface] = topology.interfaces;
  const [ipConfiguration] = networkInterface?.ipConfigurations.items ?? [];
  if (networkInterface === undefined || ipConfiguration === undefined) throw new Error('there is no machine');
  const to = destination === undefined ? [] : [parsePrefix(destination)];
  return told(egressOf(topology, networkInterface, ipConfiguration, ...to), resources);
}

function told(egress: Egress, resources: readonly ArmResource[]): string {
  if (egress.via === 'unknown') {
    const names = egress.waitsFor.map(({ reason }) => reason.name).join(', ');
    return `open: ${names}${egress.otherwise === undefined ? '' : `, or else ${told(egress.otherwise, resources)}`}`;
  }
  const why = egress.via === 'none' ? `none, ${egress.because}` : egress.via;
  return `${why} @ ${placeOf(egress.origin, resources)}`;
}

/** `lb/properties/loadBalancingRules/0` */
function placeOf(origin: Origin, resources: readonly ArmResource[]): string {
  const pointer = origin.kind === 'json' ? origin.pointer : '';
  const [, , index = '', ...rest] = pointer.split('/');
  return [resources[Number(index)]?.name, ...rest].join('/');
}
