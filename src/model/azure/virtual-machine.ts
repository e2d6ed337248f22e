import type { Origin } from '../../text/origin.ts';
import { asItems, asText, type Evaluated, field, type Value } from '../../value/value.ts';
import type { Link, Model } from '../model.ts';
import type { Resource } from '../resource.ts';
import { type Collection, subResources } from './element.ts';
import { scaleSets } from './network-interface.ts';

/** A virtual machine, or the model of a scale set's instances, with what its code hands to the guest. */
export interface Machine {
  readonly id: string;
  readonly address: string;
  readonly origin: Origin;
  readonly name: Evaluated<string>;
  readonly kind: 'virtual-machine' | 'scale-set';
  /** The interfaces of a virtual machine; the interfaces of a scale set name the scale set themselves. */
  readonly networkInterfaces: Collection<Link>;
  readonly carriers: readonly Carrier[];
}

/** Something that starts code in the guest (semantics 7.1). Custom data and user data are base64. */
export interface Carrier {
  readonly kind: 'custom-data' | 'user-data' | 'extension-settings';
  readonly value: Value;
}

export function machines(model: Model): readonly Machine[] {
  const virtualMachines = model.ofType('microsoft.compute/virtualmachines').map(
    (resource): Machine => ({
      ...common(resource),
      kind: 'virtual-machine',
      networkInterfaces: subResources(
        field(resource.body, 'properties', 'networkProfile'),
        'networkInterfaces',
      ),
      carriers: [...carriersOf(field(resource.body, 'properties')), ...extensionsOf(model, resource)],
    }),
  );
  const sets = scaleSets(model).map(({ resource }): Machine => {
    const profile = field(resource.body, 'properties', 'virtualMachineProfile');
    const inline = asItems(field(profile, 'extensionProfile', 'extensions')).items;
    return {
      ...common(resource),
      kind: 'scale-set',
      networkInterfaces: { items: [] },
      carriers: [
        ...carriersOf(profile),
        ...inline.flatMap((extension) => settingsOf(field(extension, 'properties'))),
        ...extensionsOf(model, resource),
      ],
    };
  });
  return [...virtualMachines, ...sets];
}

function common(resource: Resource): Pick<Machine, 'id' | 'address' | 'origin' | 'name'> {
  return { id: resource.id, address: resource.address, origin: resource.origin, name: asText(resource.name) };
}

function carriersOf(properties: Value): readonly Carrier[] {
  const carriers: readonly Carrier[] = [
    { kind: 'custom-data', value: field(properties, 'osProfile', 'customData') },
    { kind: 'user-data', value: field(properties, 'userData') },
  ];
  return carriers.filter(({ value }) => value.kind !== 'absent');
}

function extensionsOf(model: Model, parent: Resource): readonly Carrier[] {
  return model
    .childrenOf(parent, `${parent.type}/extensions`)
    .filter(({ certain }) => certain)
    .flatMap(({ resource }) => settingsOf(field(resource.body, 'properties')));
}

function settingsOf(properties: Value): readonly Carrier[] {
  return ['settings', 'protectedSettings']
    .map((name): Carrier => ({ kind: 'extension-settings', value: field(properties, name) }))
    .filter(({ value }) => value.kind !== 'absent');
}
