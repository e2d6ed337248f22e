import { asBoolean, assumed, asText, type Evaluated, field, type Unknown } from '../../value/value.ts';
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
import { type View, viewOf } from './view.ts';

const TYPE = 'microsoft.network/virtualnetworks';

/** A virtual network; its subnets name it from their side. */
export interface VirtualNetwork extends View {
  readonly location: Evaluated<string>;
  readonly addressPrefixes: Collection<Evaluated<string>>;
  readonly peers: Collection<Peering>;
}

/** A peering, seen from the network that declares it. */
export interface Peering {
  readonly remote: Link;
  /** False keeps the remote addresses out of the tag `VirtualNetwork`: semantics 6.8. */
  readonly allowsAccess: Evaluated<boolean>;
  /** Whether routes of the remote network's gateway count here as well. */
  readonly usesRemoteGateways: Evaluated<boolean>;
  readonly certain: boolean;
  readonly condition?: Unknown;
}

/** A subnet with what stands at it. */
export interface Subnet extends Element {
  readonly virtualNetwork: Link;
  readonly addressPrefixes: Collection<Evaluated<string>>;
  readonly networkSecurityGroup: Link;
  readonly routeTable: Link;
  readonly natGateway: Link;
  /** False in a private subnet. Absent where nobody wrote it: then the version of the API decides (semantics 3.3). */
  readonly defaultOutboundAccess: Evaluated<boolean>;
  /** The version of the API the subnet is declared with, such as `2024-05-01`; undefined in Terraform. */
  readonly apiVersion: string | undefined;
  readonly condition?: Unknown;
}

/** The virtual networks of the model, with peerings that are declared on their own. */
export function virtualNetworks(model: Model): readonly VirtualNetwork[] {
  return model.ofType(TYPE).map((resource) => {
    const peerings = elementsOf(model, resource, 'virtualNetworkPeerings');
    return {
      ...viewOf(resource),
      location: asText(field(resource.body, 'location')),
      addressPrefixes: textItems(field(resource.body, 'properties', 'addressSpace', 'addressPrefixes')),
      peers: {
        ...peerings,
        items: peerings.items.map(peering),
      },
    };
  });
}

function peering({ properties, certain, condition }: Element): Peering {
  const allowsAccess = asBoolean(field(properties, 'allowVirtualNetworkAccess'));
  const usesRemoteGateways = asBoolean(field(properties, 'useRemoteGateways'));
  return {
    remote: subResource(properties, 'remoteVirtualNetwork'),
    allowsAccess: allowsAccess.kind === 'absent' ? assumed(true, allowsAccess.origin) : allowsAccess,
    usesRemoteGateways:
      usesRemoteGateways.kind === 'absent' ? assumed(false, usesRemoteGateways.origin) : usesRemoteGateways,
    certain,
    ...(condition === undefined ? {} : { condition }),
  };
}

/** Every subnet, written inside its virtual network or declared on its own, also in a virtual network of another root. */
export function subnets(model: Model): readonly Subnet[] {
  const inline = model
    .ofType(TYPE)
    .flatMap((resource) =>
      inlineSubnets(model, resource).map((element) =>
        subnet(element, { kind: 'to', id: resource.id }, resource),
      ),
    );
  const separate = model
    .ofType(`${TYPE}/subnets`)
    .map((resource) =>
      subnet(elementOfResource(resource), linkOf(resource.parent ?? resource.name), resource),
    );
  return [...inline, ...separate];
}

function inlineSubnets(model: Model, resource: Resource): readonly Element[] {
  return elementsOf(model, resource, 'subnets').items.filter(
    (element) => model.byId(element.id) === undefined,
  );
}

function subnet(element: Element, virtualNetwork: Link, declaration: Resource): Subnet {
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
    natGateway: subResource(properties, 'natGateway'),
    defaultOutboundAccess: asBoolean(field(properties, 'defaultOutboundAccess')),
    apiVersion: declaration.apiVersion,
    ...(declaration.condition === undefined ? {} : { condition: declaration.condition }),
  };
}
