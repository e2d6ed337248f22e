import type { Origin } from '../../text/origin.ts';
import { asText, type Evaluated, field } from '../../value/value.ts';
import { type Link, linkOf, type Model } from '../model.ts';
import type { Resource } from '../resource.ts';
import {
  type Collection,
  type Element,
  elementOfResource,
  elementsOf,
  subResource,
  textItems,
} from './element.ts';

const TYPE = 'microsoft.network/virtualnetworks';

export interface VirtualNetwork {
  readonly id: string;
  readonly address: string;
  readonly origin: Origin;
  readonly name: Evaluated<string>;
  readonly addressPrefixes: Collection<Evaluated<string>>;
  readonly peers: Collection<Link>;
}

export interface Subnet extends Element {
  readonly virtualNetwork: Link;
  readonly addressPrefixes: Collection<Evaluated<string>>;
  readonly networkSecurityGroup: Link;
  readonly routeTable: Link;
}

export function virtualNetworks(model: Model): readonly VirtualNetwork[] {
  return model.ofType(TYPE).map((resource) => {
    const peerings = elementsOf(model, resource, 'virtualNetworkPeerings');
    return {
      id: resource.id,
      address: resource.address,
      origin: resource.origin,
      name: asText(resource.name),
      addressPrefixes: textItems(field(resource.body, 'properties', 'addressSpace', 'addressPrefixes')),
      peers: {
        ...peerings,
        items: peerings.items.map(({ properties }) => subResource(properties, 'remoteVirtualNetwork')),
      },
    };
  });
}

/** Every subnet, written inside its virtual network or declared on its own, also in a virtual network of another root. */
export function subnets(model: Model): readonly Subnet[] {
  const inline = model
    .ofType(TYPE)
    .flatMap((resource) =>
      inlineSubnets(model, resource).map((element) => subnet(element, { kind: 'to', id: resource.id })),
    );
  const separate = model
    .ofType(`${TYPE}/subnets`)
    .map((resource) => subnet(elementOfResource(resource), linkOf(resource.parent ?? resource.name)));
  return [...inline, ...separate];
}

function inlineSubnets(model: Model, resource: Resource): readonly Element[] {
  return elementsOf(model, resource, 'subnets').items.filter(
    (element) => model.byId(element.id) === undefined,
  );
}

function subnet(element: Element, virtualNetwork: Link): Subnet {
  const { properties } = element;
  const one = asText(field(properties, 'addressPrefix'));
  const many = textItems(field(properties, 'addressPrefixes'));
  const isSet = one.kind !== 'absent' && !(one.kind === 'known' && one.value === '');
  return {
    ...element,
    virtualNetwork,
    addressPrefixes: isSet ? { ...many, items: [one, ...many.items] } : many,
    networkSecurityGroup: subResource(properties, 'networkSecurityGroup'),
    routeTable: subResource(properties, 'routeTable'),
  };
}
