import type { Origin } from '../../text/origin.ts';
import {
  asItems,
  asText,
  type Evaluated,
  field,
  type Unknown,
  unknown,
  type Value,
} from '../../value/value.ts';
import { type Link, linkOf, type Model } from '../model.ts';
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
  /** Why there may be other carriers than the listed ones; empty when there are not. */
  readonly more: readonly Unknown[];
  readonly image: Image;
  /** The probe whose answer counts as the health of an instance of a scale set. */
  readonly healthProbe: Link;
}

/** What a machine starts from. */
export interface Image {
  readonly publisher: Evaluated<string>;
  readonly offer: Evaluated<string>;
  /** The id of a private or shared image. */
  readonly id: Link;
  /** The marketplace offer the machine is bought under; absent without one. */
  readonly plan: Value;
  /** Linux or Windows, where the code says so. */
  readonly osType: Evaluated<string>;
}

/** Something that can start code in the guest (semantics 7.1). */
export type Carrier = OwnCarrier & {
  /** Only one instance of the scale set gets it. */
  readonly ofOneInstance?: true;
};

type OwnCarrier =
  /** Base64 of a text or of compressed text. */
  | { readonly kind: 'custom-data' | 'user-data'; readonly value: Value; readonly origin: Origin }
  | {
      readonly kind: 'extension';
      readonly publisher: Evaluated<string>;
      readonly type: Evaluated<string>;
      readonly settings: Value;
      readonly protectedSettings: Value;
      readonly origin: Origin;
    }
  /** `script`, `scriptUri` or `commandId`. */
  | { readonly kind: 'run-command'; readonly source: Value; readonly origin: Origin }
  | { readonly kind: 'gallery-application'; readonly value: Value; readonly origin: Origin };

/** The virtual machines and scale sets of the model. */
export function machines(model: Model): readonly Machine[] {
  const virtualMachines = model.ofType('microsoft.compute/virtualmachines').map((resource): Machine => {
    const properties = field(resource.body, 'properties');
    const own = childCarriers(model, resource);
    const applications = applicationsOf(properties);
    return {
      ...common(resource),
      kind: 'virtual-machine',
      networkInterfaces: subResources(field(properties, 'networkProfile'), 'networkInterfaces'),
      carriers: [...dataOf(properties), ...applications.carriers, ...own.carriers],
      more: [...applications.more, ...own.more, ...gapsOf(model, resource)],
      image: imageOf(properties, resource),
      healthProbe: { kind: 'none' },
    };
  });
  const sets = scaleSets(model).map(({ resource, healthProbe }): Machine => {
    const profile = field(resource.body, 'properties', 'virtualMachineProfile');
    const inline = asItems(field(profile, 'extensionProfile', 'extensions'));
    const own = childCarriers(model, resource);
    const ofInstances = instanceCarriers(model, resource);
    const applications = applicationsOf(profile);
    return {
      ...common(resource),
      kind: 'scale-set',
      networkInterfaces: { items: [] },
      carriers: [
        ...dataOf(profile),
        ...inline.items.map((item) => extensionOf(field(item, 'properties'), item.origin)),
        ...applications.carriers,
        ...own.carriers,
        ...ofInstances.carriers,
      ],
      more: [
        ...(inline.unknown === undefined ? [] : [inline.unknown]),
        ...applications.more,
        ...own.more,
        ...ofInstances.more,
        ...gapsOf(model, resource),
      ],
      image: imageOf(profile, resource),
      healthProbe,
    };
  });
  return [...virtualMachines, ...sets];
}

function common(resource: Resource): Pick<Machine, 'id' | 'address' | 'origin' | 'name'> {
  return { id: resource.id, address: resource.address, origin: resource.origin, name: asText(resource.name) };
}

interface Carriers {
  readonly carriers: readonly Carrier[];
  readonly more: readonly Unknown[];
}

function dataOf(properties: Value): readonly Carrier[] {
  const carriers = [
    { kind: 'custom-data', value: field(properties, 'osProfile', 'customData') },
    { kind: 'user-data', value: field(properties, 'userData') },
  ] as const;
  return carriers
    .filter(({ value }) => value.kind !== 'absent' && !(value.kind === 'known' && value.value === ''))
    .map((carrier) => ({ ...carrier, origin: carrier.value.origin }));
}

function applicationsOf(properties: Value): Carriers {
  const { items, unknown: more } = asItems(field(properties, 'applicationProfile', 'galleryApplications'));
  return {
    carriers: items.map((value) => ({ kind: 'gallery-application', value, origin: value.origin })),
    more: more === undefined ? [] : [more],
  };
}

/** Extensions and run commands that are declared on their own. One that only may belong to the machine is a reason for doubt. */
function childCarriers(model: Model, parent: Resource): Carriers {
  const carriers: Carrier[] = [];
  const more: Unknown[] = [];
  for (const kind of ['extensions', 'runcommands'] as const) {
    for (const { resource, certain } of model.childrenOf(parent, `${parent.type}/${kind}`)) {
      if (!certain || resource.condition !== undefined) {
        const name = `whether ${resource.address} belongs to ${parent.address}`;
        more.push(resource.condition ?? unknown({ kind: 'outside', name }, resource.origin));
      }
      if (certain) carriers.push(carrierOf(kind, resource));
    }
  }
  return { carriers, more };
}

/** Extensions and run commands of single instances: `virtualMachineScaleSets/virtualMachines/runCommands`. */
function instanceCarriers(model: Model, set: Resource): Carriers {
  const carriers: Carrier[] = [];
  const more: Unknown[] = [];
  for (const kind of ['extensions', 'runcommands'] as const) {
    for (const resource of model.ofType(`${set.type}/virtualmachines/${kind}`)) {
      const link = resource.parent === undefined ? undefined : linkOf(resource.parent);
      if (link === undefined || link.kind === 'none') continue;
      if (link.kind !== 'to') more.push(link.waitsFor);
      else if (link.id.startsWith(`${set.id}/virtualmachines/`))
        carriers.push({ ...carrierOf(kind, resource), ofOneInstance: true });
    }
  }
  return { carriers, more };
}

function carrierOf(kind: 'extensions' | 'runcommands', resource: Resource): OwnCarrier {
  const properties = field(resource.body, 'properties');
  return kind === 'extensions'
    ? extensionOf(properties, resource.origin)
    : { kind: 'run-command', source: field(properties, 'source'), origin: resource.origin };
}

function extensionOf(properties: Value, origin: Origin): OwnCarrier {
  return {
    kind: 'extension',
    publisher: asText(field(properties, 'publisher')),
    type: asText(field(properties, 'type')),
    settings: field(properties, 'settings'),
    protectedSettings: field(properties, 'protectedSettings'),
    origin,
  };
}

function imageOf(properties: Value, resource: Resource): Image {
  const storage = field(properties, 'storageProfile');
  const reference = field(storage, 'imageReference');
  const id = field(reference, 'id');
  const shared = field(reference, 'sharedGalleryImageId');
  return {
    publisher: asText(field(reference, 'publisher')),
    offer: asText(field(reference, 'offer')),
    id: id.kind === 'absent' ? linkOf(shared) : linkOf(id),
    plan: field(resource.body, 'plan'),
    osType: asText(field(storage, 'osDisk', 'osType')),
  };
}

/** Declarations that may attach something to the machine. */
function gapsOf(model: Model, resource: Resource): readonly Unknown[] {
  return model.gaps
    .filter(({ id }) => id === undefined || id === resource.id)
    .map(({ reason, origin }) => unknown(reason, origin));
}
