import type { Origin } from '../../text/origin.ts';
import {
  asBoolean,
  asItems,
  asNumber,
  assumed,
  asText,
  type Evaluated,
  field,
  type Unknown,
  type Value,
} from '../../value/value.ts';
import type { Link, Model } from '../model.ts';
import type { Resource } from '../resource.ts';
import { type Collection, type Element, inlineElements, subResource, subResources } from './element.ts';
import { type View, viewOf } from './view.ts';

/** A network interface, or the one a scale set gives each of its instances. */
export interface NetworkInterface extends View {
  /** For a scale set `scale-set/interface`. */
  readonly name: Evaluated<string>;
  readonly networkSecurityGroup: Link;
  /** Whether it passes on packets that are not addressed to it, as an appliance does. */
  readonly ipForwarding: Evaluated<boolean>;
  readonly ipConfigurations: Collection<IpConfiguration>;
  /** The scale set whose instances carry it. */
  readonly scaleSet?: ScaleSet;
}

/** A scale set as far as its network goes. */
export interface ScaleSet {
  readonly id: string;
  readonly address: string;
  readonly origin: Origin;
  readonly name: Evaluated<string>;
  /** Number of instances. */
  readonly capacity: Evaluated<number>;
  /** Uniform or Flexible. */
  readonly orchestrationMode: Evaluated<string>;
  /** The probe whose answer counts as the health of an instance. */
  readonly healthProbe: Link;
  readonly resource: Resource;
}

/** An IP configuration of an interface. */
export interface IpConfiguration extends Element {
  readonly subnet: Link;
  readonly privateIPAddress: Evaluated<string>;
  /** IPv4 or IPv6. */
  readonly version: Evaluated<string>;
  readonly pools: Collection<Link>;
  readonly natRules: Collection<Link>;
  readonly natPools: Collection<Link>;
  readonly applicationSecurityGroups: Collection<Link>;
  readonly publicIp: Link;
  /** A public IP that a scale set gives each of its instances, as written; absent without one. */
  readonly instancePublicIp: Value;
  /** The primary configuration of its interface; the only one always is. */
  readonly primary: Evaluated<boolean>;
}

/** Every network interface, including those of scale sets. */
export function networkInterfaces(model: Model): readonly NetworkInterface[] {
  return [
    ...model.ofType('microsoft.network/networkinterfaces').map(standalone),
    ...model.ofType('microsoft.compute/virtualmachines').flatMap(interfacesOfMachine),
    ...scaleSets(model).flatMap(interfacesOfScaleSet),
  ];
}

/** The scale sets of the model. */
export function scaleSets(model: Model): readonly ScaleSet[] {
  return model.ofType('microsoft.compute/virtualmachinescalesets').map((resource) => ({
    id: resource.id,
    address: resource.address,
    origin: resource.origin,
    name: asText(resource.name),
    capacity: asNumber(field(resource.body, 'sku', 'capacity')),
    orchestrationMode: asText(field(resource.body, 'properties', 'orchestrationMode')),
    healthProbe: subResource(
      field(resource.body, 'properties', 'virtualMachineProfile', 'networkProfile'),
      'healthProbe',
    ),
    resource,
  }));
}

/** The id under which the interface `index` of a scale set is known in the model. */
function scaleSetInterfaceId(scaleSet: ScaleSet, name: Evaluated<string>, index: number): string {
  return `${scaleSet.id}/networkinterfaces/${name.kind === 'known' ? name.value.toLowerCase() : `#${index}`}`;
}

function standalone(resource: Resource): NetworkInterface {
  const properties = field(resource.body, 'properties');
  return {
    ...viewOf(resource),
    networkSecurityGroup: subResource(properties, 'networkSecurityGroup'),
    ipForwarding: forwarding(properties),
    ipConfigurations: ipConfigurations(properties, resource.id, resource.address),
  };
}

function conditional({ condition }: Resource): { readonly condition?: Unknown } {
  return condition === undefined ? {} : { condition };
}

/** Why machines and scale sets may create other interfaces than those listed. */
export function unreadInterfaces(model: Model): readonly Unknown[] {
  const lists = [
    ...model.ofType('microsoft.compute/virtualmachines').map(({ body }) => field(body, ...OF_MACHINE)),
    ...model
      .ofType('microsoft.compute/virtualmachinescalesets')
      .map(({ body }) => field(body, ...OF_SCALE_SET)),
  ];
  return lists.flatMap((list) => asItems(list).unknown ?? []);
}

const OF_MACHINE = ['properties', 'networkProfile', 'networkInterfaceConfigurations'];
const OF_SCALE_SET = [
  'properties',
  'virtualMachineProfile',
  'networkProfile',
  'networkInterfaceConfigurations',
];

/** The interfaces a virtual machine creates itself: `networkInterfaceConfigurations` (semantics 9.3). */
function interfacesOfMachine(machine: Resource): readonly NetworkInterface[] {
  return asItems(field(machine.body, ...OF_MACHINE)).items.map((item, index) => {
    const name = asText(field(item, 'name'));
    const segment = name.kind === 'known' ? name.value.toLowerCase() : `#${index}`;
    const properties = field(item, 'properties');
    const id = `${machine.id}/networkinterfaces/${segment}`;
    return {
      id,
      address: machine.address,
      origin: item.origin,
      name,
      networkSecurityGroup: subResource(properties, 'networkSecurityGroup'),
      ipForwarding: forwarding(properties),
      ipConfigurations: ipConfigurations(properties, id, machine.address),
      ...conditional(machine),
    };
  });
}

function interfacesOfScaleSet(scaleSet: ScaleSet): readonly NetworkInterface[] {
  return asItems(field(scaleSet.resource.body, ...OF_SCALE_SET)).items.map((item, index) => {
    const properties = field(item, 'properties');
    const name = asText(field(item, 'name'));
    const id = scaleSetInterfaceId(scaleSet, name, index);
    const both = scaleSet.name.kind === 'known' && name.kind === 'known';
    return {
      id,
      address: scaleSet.address,
      origin: item.origin,
      name: both ? { ...name, value: `${scaleSet.name.value}/${name.value}` } : scaleSet.name,
      networkSecurityGroup: subResource(properties, 'networkSecurityGroup'),
      ipForwarding: forwarding(properties),
      ipConfigurations: ipConfigurations(properties, id, scaleSet.address),
      scaleSet,
      ...conditional(scaleSet.resource),
    };
  });
}

function forwarding(properties: Value): Evaluated<boolean> {
  const flag = asBoolean(field(properties, 'enableIPForwarding'));
  return flag.kind === 'absent' ? assumed(false, flag.origin) : flag;
}

function ipConfigurations(properties: Value, id: string, address: string): Collection<IpConfiguration> {
  const elements = inlineElements(field(properties, 'ipConfigurations'), id, address, 'ipConfigurations');
  const isOnly = elements.items.length === 1 && elements.unknown === undefined;
  return { ...elements, items: elements.items.map((element) => ipConfiguration(element, isOnly)) };
}

function ipConfiguration(element: Element, isOnly: boolean): IpConfiguration {
  const { properties } = element;
  const primary = asBoolean(field(properties, 'primary'));
  const version = asText(field(properties, 'privateIPAddressVersion'));
  return {
    ...element,
    subnet: subResource(properties, 'subnet'),
    privateIPAddress: asText(field(properties, 'privateIPAddress')),
    version: version.kind === 'absent' ? assumed('IPv4', version.origin) : version,
    pools: subResources(properties, 'loadBalancerBackendAddressPools'),
    natRules: subResources(properties, 'loadBalancerInboundNatRules'),
    natPools: subResources(properties, 'loadBalancerInboundNatPools'),
    applicationSecurityGroups: subResources(properties, 'applicationSecurityGroups'),
    publicIp: subResource(properties, 'publicIPAddress'),
    instancePublicIp: field(properties, 'publicIPAddressConfiguration'),
    primary: primary.kind === 'absent' ? assumed(isOnly, primary.origin) : primary,
  };
}
