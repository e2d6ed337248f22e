import { linkOf } from '../../model/model.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, known, object, type Value } from '../../value/value.ts';
import type { Place } from './associations.ts';
import { attributesOf, fieldsOf, read, readOr, subResource } from './attributes.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import {
  applicationProfile,
  extensionProperties,
  galleryApplications,
  runCommandProperties,
} from './machine-extensions.ts';
import { marketplacePlan, storageProfile } from './machine-settings.ts';
import { osProfile } from './os-profile.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';
import { zonesOf } from './zones.ts';

const TYPE = 'microsoft.compute/virtualmachines';

/** Virtual machines, their extensions and run commands, and availability sets. */
export const virtualMachineTranslators: Translators = {
  azurerm_linux_virtual_machine: virtualMachine,
  azurerm_windows_virtual_machine: virtualMachine,
  azurerm_virtual_machine: virtualMachine,
  azurerm_virtual_machine_extension: (instance, context) =>
    child(instance, `${TYPE}/extensions`, context.links.parentOf(instance), {
      ...extensionProperties(attributesOf(instance), context),
      suppressFailures: readOr(attributesOf(instance), false, 'failure_suppression_enabled'),
    }),
  azurerm_virtual_machine_run_command: (instance, context) =>
    child(
      instance,
      `${TYPE}/runcommands`,
      context.links.parentOf(instance),
      runCommandProperties(instance, context),
    ),
  azurerm_availability_set: availabilitySet,
};

function availabilitySet(instance: TerraformInstance): Resource {
  const attributes = attributesOf(instance);
  const managed = readOr(attributes, true, 'managed');
  const isAligned = managed.kind === 'known' && managed.value !== false;
  const name = managed.kind === 'known' ? { ...managed, value: isAligned ? 'Aligned' : 'Classic' } : managed;
  return topLevel(instance, 'microsoft.compute/availabilitysets', {
    sku: object({ name }, instance.origin),
    properties: fieldsOf(
      {
        platformUpdateDomainCount: readOr(attributes, 5, 'platform_update_domain_count'),
        platformFaultDomainCount: readOr(attributes, 3, 'platform_fault_domain_count'),
      },
      instance.origin,
    ),
  });
}

function virtualMachine(instance: TerraformInstance, context: Context): Resource {
  const { links, toArmReferences } = context;
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const set = links.optionalLink(read(attributes, 'availability_set_id'), kinds.AVAILABILITY_SET);
  const scaleSet = links.optionalLink(read(attributes, 'virtual_machine_scale_set_id'), kinds.SCALE_SET);
  const properties = {
    hardwareProfile: fieldsOf({ vmSize: read(attributes, 'size', 'vm_size') }, origin),
    storageProfile: storageProfile(instance),
    osProfile: osProfile(instance, context),
    userData: toArmReferences(read(attributes, 'user_data')),
    applicationProfile: applicationProfile(applicationsOf(instance, context)),
    networkProfile: fieldsOf({ networkInterfaces: networkInterfaces(instance, context) }, origin),
    availabilitySet: subResource(set),
    virtualMachineScaleSet: subResource(scaleSet),
  };
  return topLevel(instance, TYPE, {
    zones: zonesOf(attributes),
    plan: marketplacePlan(attributes),
    properties: fieldsOf(properties, origin),
  });
}

/** Applications come in blocks, and in assignments of their own. */
function applicationsOf(instance: TerraformInstance, { folds }: Context): Value {
  const place: Place = { id: instance.id, kind: kinds.VIRTUAL_MACHINE, exists: hasKnownId(instance) };
  const assigned = folds.linksAt(place, 'galleryApplications', absent(instance.origin));
  const written = galleryApplications(attributesOf(instance));
  if (assigned.kind !== 'list') return written;
  const items = assigned.items.map((item) =>
    item.kind === 'object' ? fieldsOf({ packageReferenceId: item.fields.get('id') }, item.origin) : item,
  );
  return written.kind === 'list'
    ? { ...written, items: [...written.items, ...items] }
    : { ...assigned, items };
}

/**
 * The provider makes the first interface the primary one. The legacy resource says which; without that it is the only
 * one. Where the order of several interfaces is lost, none is marked.
 */
function networkInterfaces(instance: TerraformInstance, { links }: Context): Value {
  const attributes = attributesOf(instance);
  const ids = read(attributes, 'network_interface_ids');
  const interfaces = links.linkList(ids, kinds.NETWORK_INTERFACE);
  if (interfaces.kind !== 'list' || interfaces.more !== undefined) return interfaces;
  const first = ids.kind === 'list' ? ids.items[0] : undefined;
  const isLegacy = instance.type === 'azurerm_virtual_machine';
  const named = isLegacy ? read(attributes, 'primary_network_interface_id') : absent(instance.origin);
  const primary =
    named.kind === 'absent' ? undefined : linkOf(links.optionalLink(named, kinds.NETWORK_INTERFACE));
  const isFirstSettled =
    first === undefined || (!isLegacy && isSettled(links.link(first, kinds.NETWORK_INTERFACE)));
  if (interfaces.items.length > 1 && !isFirstSettled && primary?.kind !== 'to') return interfaces;
  const items = interfaces.items.map((item, position) => {
    if (item.kind !== 'object') return item;
    const own = linkOf(item.fields.get('id') ?? item);
    const isPrimary = primary?.kind === 'to' ? own.kind === 'to' && own.id === primary.id : position === 0;
    const properties = object({ primary: known(isPrimary, item.origin) }, item.origin);
    return { ...item, fields: new Map([...item.fields, ['properties', properties] as const]) };
  });
  return { ...interfaces, items };
}

function isSettled(link: Value): boolean {
  return (
    link.kind === 'known' || (link.kind === 'unknown' && link.references?.length === 1 && link.open !== true)
  );
}
