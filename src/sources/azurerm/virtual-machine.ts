import type { Resource } from '../../model/resource.ts';
import { known, list, object, type Value } from '../../value/value.ts';
import { attributesOf, fieldsOf, read, readOr, subResource } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { customDataOf, extensionProperties, marketplacePlan, storageProfile } from './machine-settings.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';
import { zonesOf } from './zones.ts';

const TYPE = 'microsoft.compute/virtualmachines';

/** Virtual machines, their extensions, and availability sets. */
export const virtualMachineTranslators: Translators = {
  azurerm_linux_virtual_machine: virtualMachine,
  azurerm_windows_virtual_machine: virtualMachine,
  azurerm_virtual_machine: virtualMachine,
  azurerm_virtual_machine_extension: (instance, context) => {
    const { links } = context;
    const machine = links.link(instance.attribute('virtual_machine_id'), kinds.VIRTUAL_MACHINE);
    const properties = extensionProperties(attributesOf(instance), context);
    return child(instance, `${TYPE}/extensions`, machine, properties);
  },
  azurerm_availability_set: (instance) => {
    const attributes = attributesOf(instance);
    const managed = readOr(attributes, true, 'managed');
    const isAligned = managed.kind === 'known' && managed.value !== false;
    const name =
      managed.kind === 'known' ? { ...managed, value: isAligned ? 'Aligned' : 'Classic' } : managed;
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
  },
};

function virtualMachine(instance: TerraformInstance, context: Context): Resource {
  const { links, toArmReferences } = context;
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const availabilitySet = read(attributes, 'availability_set_id');
  const scaleSet = links.optionalLink(read(attributes, 'virtual_machine_scale_set_id'), kinds.SCALE_SET);
  const properties = {
    hardwareProfile: fieldsOf({ vmSize: read(attributes, 'size', 'vm_size') }, origin),
    storageProfile: storageProfile(instance),
    osProfile: fieldsOf(
      {
        computerName: read(attributes, 'computer_name'),
        customData: customDataOf(instance, context),
      },
      origin,
    ),
    userData: toArmReferences(read(attributes, 'user_data')),
    networkProfile: fieldsOf({ networkInterfaces: networkInterfaces(instance, context) }, origin),
    availabilitySet: subResource(links.optionalLink(availabilitySet, kinds.AVAILABILITY_SET)),
    virtualMachineScaleSet: subResource(scaleSet),
  };
  return topLevel(instance, TYPE, {
    zones: zonesOf(attributes),
    plan: marketplacePlan(attributes),
    properties: fieldsOf(properties, origin),
  });
}

/**
 * The provider makes the first interface the primary one. The legacy resource says which; without that it is the only
 * one. Where the order of several interfaces is lost, none is marked.
 */
function networkInterfaces(instance: TerraformInstance, { links }: Context): Value {
  const ids = read(attributesOf(instance), 'network_interface_ids');
  const interfaces = links.linkList(ids, kinds.NETWORK_INTERFACE);
  if (interfaces.kind !== 'list') return interfaces;
  const first = ids.kind === 'list' ? ids.items[0] : undefined;
  const isLegacy = instance.type === 'azurerm_virtual_machine';
  const isFirstSettled =
    first === undefined || (!isLegacy && isSettled(links.link(first, kinds.NETWORK_INTERFACE)));
  if (interfaces.more !== undefined || (interfaces.items.length > 1 && !isFirstSettled)) return interfaces;
  const items = interfaces.items.map((item, position) => {
    if (item.kind !== 'object') return item;
    const properties = object({ primary: known(position === 0, item.origin) }, item.origin);
    return { ...item, fields: new Map([...item.fields, ['properties', properties] as const]) };
  });
  return list(items, interfaces.origin);
}

function isSettled(link: Value): boolean {
  return (
    link.kind === 'known' || (link.kind === 'unknown' && link.references?.length === 1 && link.open !== true)
  );
}
