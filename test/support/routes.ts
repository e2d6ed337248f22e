import { parsePrefix } from '../../src/network/packets/address.ts';
import { EMPTY, intersect, isEmpty } from '../../src/network/packets/interval-set.ts';
import { routesOf, type SubnetRoutes } from '../../src/network/routes.ts';
import { buildTopology } from '../../src/network/topology.ts';
import { textOr } from '../../src/value/shown.ts';
import { type ArmResource, modelOf, sub } from './arm-model.ts';

/** A subnet 10.0.1.0/24 in a network 10.0.0.0/16. */
export interface RoutesOptions {
  /** Of the route table; without them there is none. */
  readonly routes?: unknown;
  /** What is said of the table besides. */
  readonly table?: Record<string, unknown>;
  readonly propagation?: unknown;
  /** Properties of the virtual network. */
  readonly network?: Record<string, unknown>;
  readonly subnet?: Record<string, unknown>;
  readonly more?: readonly ArmResource[];
  /** A subnet to ask about instead. */
  readonly place?: ArmResource;
}

/** The effective routes of the subnet. */
export function routes({
  routes: own,
  table,
  propagation,
  network,
  subnet,
  more,
  place,
}: RoutesOptions): SubnetRoutes {
  const topology = buildTopology(
    modelOf(
      {
        type: 'virtualNetworks',
        name: 'vnet',
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [
            {
              name: 'snet',
              properties: {
                addressPrefix: '10.0.1.0/24',
                ...(own === undefined ? {} : { routeTable: sub('routeTables/rt') }),
                ...subnet,
              },
            },
          ],
          ...network,
        },
      },
      {
        type: 'routeTables',
        name: 'rt',
        properties: { routes: own, disableBgpRoutePropagation: propagation },
        ...table,
      },
      ...(more ?? []),
      ...(place === undefined ? [] : [place]),
    ),
  );
  const subnets = [...topology.subnets.values()];
  const asked = subnets.at(place === undefined ? 0 : -1);
  if (asked === undefined) throw new Error('there is no subnet');
  return routesOf(topology, asked);
}

export function route(name: string, addressPrefix: unknown, nextHopType: unknown = 'VirtualAppliance') {
  return { name, properties: { addressPrefix, nextHopType } };
}

/** Where packets to an address go: the next hop, the route that decides, and what it waits for. */
export function hopTo(address: string, options: RoutesOptions): string {
  const to = parsePrefix(address) ?? EMPTY;
  const hits = routes(options).regions.filter(({ addresses }) => !isEmpty(intersect(addresses, to)));
  const texts = hits.map(({ hop, route: own, waitsFor }) => {
    const by = own === undefined ? 'system' : textOr(own.name, own.address);
    const names = waitsFor.map(({ reason }) => reason.name);
    return `${hop} by ${by}${names.length > 0 ? `: ${names.join(', ')}` : ''}`;
  });
  return texts.join('; ');
}
