import { asText, type Evaluated, field } from '../../value/value.ts';
import type { Model } from '../model.ts';
import { type Collection, elementsOf } from './element.ts';

export interface RouteTable {
  readonly id: string;
  readonly address: string;
  readonly routes: Collection<Route>;
}

export interface Route {
  readonly addressPrefix: Evaluated<string>;
  readonly nextHopType: Evaluated<string>;
}

export function routeTables(model: Model): readonly RouteTable[] {
  return model.ofType('microsoft.network/routetables').map((resource) => {
    const elements = elementsOf(model, resource, 'routes');
    return {
      id: resource.id,
      address: resource.address,
      routes: {
        ...elements,
        items: elements.items.map(({ properties }) => ({
          addressPrefix: asText(field(properties, 'addressPrefix')),
          nextHopType: asText(field(properties, 'nextHopType')),
        })),
      },
    };
  });
}
