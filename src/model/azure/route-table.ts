import { asBoolean, assumed, asText, type Evaluated, field } from '../../value/value.ts';
import type { Model } from '../model.ts';
import { type Collection, type Element, elementsOf } from './element.ts';
import { type View, viewOf } from './view.ts';

/** Semantics sections 6.1 to 6.3. */
export interface RouteTable extends View {
  readonly routes: Collection<Route>;
  /** Whether routes that a gateway learns by BGP stay out of the subnet. */
  readonly disableBgpRoutePropagation: Evaluated<boolean>;
}

/** A route that the user defines. */
export interface Route extends Element {
  /** A CIDR block or a service tag. */
  readonly addressPrefix: Evaluated<string>;
  /** VirtualNetworkGateway, VnetLocal, Internet, VirtualAppliance or None. */
  readonly nextHopType: Evaluated<string>;
  /** Only with VirtualAppliance. */
  readonly nextHopIpAddress: Evaluated<string>;
}

/** The route tables of the model, with routes that are declared on their own. */
export function routeTables(model: Model): readonly RouteTable[] {
  return model.ofType('microsoft.network/routetables').map((resource) => {
    const elements = elementsOf(model, resource, 'routes');
    const propagation = asBoolean(field(resource.body, 'properties', 'disableBgpRoutePropagation'));
    return {
      ...viewOf(resource),
      routes: { ...elements, items: elements.items.map(route) },
      disableBgpRoutePropagation:
        propagation.kind === 'absent' ? assumed(false, propagation.origin) : propagation,
    };
  });
}

function route(element: Element): Route {
  const { properties } = element;
  return {
    ...element,
    addressPrefix: asText(field(properties, 'addressPrefix')),
    nextHopType: asText(field(properties, 'nextHopType')),
    nextHopIpAddress: asText(field(properties, 'nextHopIpAddress')),
  };
}
