import type { Resource } from '../../model/resource.ts';
import { assumed, asText, known, type Value } from '../../value/value.ts';
import {
  type Attributes,
  attributesOf,
  fieldsOf,
  mapBlocks,
  read,
  readOr,
  singleBlock,
  subResource,
} from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import type { Links } from './links.ts';
import { applicationProfile, extensionProperties, galleryApplications } from './machine-extensions.ts';
import { marketplacePlan, storageProfile } from './machine-settings.ts';
import { osProfile } from './os-profile.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';

const TYPE = 'microsoft.compute/virtualmachinescalesets';

/** Scale sets of every kind, and their extensions. */
export const scaleSetTranslators: Translators = {
  azurerm_linux_virtual_machine_scale_set: scaleSet,
  azurerm_windows_virtual_machine_scale_set: scaleSet,
  azurerm_orchestrated_virtual_machine_scale_set: scaleSet,
  azurerm_virtual_machine_scale_set: scaleSet,
  azurerm_virtual_machine_scale_set_extension: (instance, context) =>
    child(
      instance,
      `${TYPE}/extensions`,
      context.links.parentOf(instance),
      scaleSetExtension(attributesOf(instance), instance.type, context),
    ),
};

function scaleSet(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const isFlexible = instance.type === 'azurerm_orchestrated_virtual_machine_scale_set';
  const probe = context.links.optionalLink(read(attributes, 'health_probe_id'), kinds.PROBE);
  const repairs = read(singleBlock(attributes, 'automatic_instance_repair'), 'enabled');
  const blocks =
    instance.type === 'azurerm_virtual_machine_scale_set' ? 'network_profile' : 'network_interface';
  const networkProfile = fieldsOf(
    {
      healthProbe: subResource(probe),
      networkInterfaceConfigurations: mapBlocks(instance.attribute(blocks), (block, { origin }) =>
        networkInterface(block, origin, context),
      ),
    },
    origin,
  );
  const profile = {
    networkProfile,
    storageProfile: storageProfile(instance),
    osProfile: osProfile(instance, context),
    userData: context.toArmReferences(read(attributes, 'user_data', 'user_data_base64')),
    applicationProfile: applicationProfile(galleryApplications(attributes)),
    extensionProfile: extensionProfile(instance, context),
  };
  const properties = {
    orchestrationMode: known(isFlexible ? 'Flexible' : 'Uniform', origin),
    upgradePolicy: fieldsOf(
      { mode: readOr(attributes, 'Manual', 'upgrade_mode', 'upgrade_policy_mode') },
      origin,
    ),
    automaticRepairsPolicy: repairs.kind === 'absent' ? undefined : fieldsOf({ enabled: repairs }, origin),
    overprovision: isFlexible ? undefined : readOr(attributes, true, 'overprovision'),
    singlePlacementGroup: isFlexible
      ? read(attributes, 'single_placement_group')
      : readOr(attributes, true, 'single_placement_group'),
    zoneBalance:
      instance.type === 'azurerm_virtual_machine_scale_set'
        ? undefined
        : readOr(attributes, false, 'zone_balance'),
    platformFaultDomainCount: read(attributes, 'platform_fault_domain_count'),
    virtualMachineProfile: fieldsOf(profile, origin),
  };
  return topLevel(instance, TYPE, {
    sku: skuOf(instance, context),
    zones: read(attributes, 'zones'),
    plan: marketplacePlan(attributes),
    properties: fieldsOf(properties, origin),
  });
}

/**
 * The size and the number of instances: a block in the legacy resource, separate attributes in the others. A Linux scale
 * set has no instances unless somebody says how many. What an autoscale setting makes of the number, nobody knows.
 */
function skuOf(instance: TerraformInstance, { autoscaledBy }: Context): Value {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const sku = attributes('sku');
  const isBlock = sku.kind === 'list' || sku.kind === 'object';
  const block = singleBlock(attributes, 'sku');
  const written = isBlock ? read(block, 'capacity') : read(attributes, 'instances');
  const isEmpty = written.kind === 'absent' && instance.type === 'azurerm_linux_virtual_machine_scale_set';
  return fieldsOf(
    {
      name: isBlock ? read(block, 'name') : read(attributes, 'sku', 'sku_name'),
      capacity: autoscaledBy(instance) ?? (isEmpty ? assumed(0, written.origin) : written),
    },
    origin,
  );
}

function networkInterface(block: Attributes, origin: Value['origin'], context: Context): Value {
  const { links } = context;
  const group = links.optionalLink(read(block, 'network_security_group_id'), kinds.SECURITY_GROUP);
  const properties = {
    primary: readOr(block, false, 'primary'),
    networkSecurityGroup: subResource(group),
    enableIPForwarding: readOr(
      block,
      false,
      'ip_forwarding_enabled',
      'enable_ip_forwarding',
      'ip_forwarding',
    ),
    enableAcceleratedNetworking: readOr(
      block,
      false,
      'accelerated_networking_enabled',
      'enable_accelerated_networking',
      'accelerated_networking',
    ),
    ipConfigurations: mapBlocks(block('ip_configuration'), (configuration, value) =>
      ipConfiguration(configuration, value.origin, context),
    ),
  };
  return fieldsOf({ name: read(block, 'name'), properties: fieldsOf(properties, origin) }, origin);
}

/** `load_balancer_inbound_nat_rules_ids` holds NAT pools, in spite of its name. */
function ipConfiguration(block: Attributes, origin: Value['origin'], { links }: Context): Value {
  const pools = read(block, 'load_balancer_backend_address_pool_ids');
  const natPools = read(block, 'load_balancer_inbound_nat_rules_ids');
  const groups = read(block, 'application_security_group_ids');
  const properties = {
    primary: readOr(block, false, 'primary'),
    subnet: subResource(links.link(read(block, 'subnet_id'), kinds.SUBNET)),
    privateIPAddressVersion: readOr(block, 'IPv4', 'version'),
    loadBalancerBackendAddressPools: links.linkList(pools, kinds.POOL),
    loadBalancerInboundNatPools: links.linkList(natPools, kinds.NAT_POOL),
    applicationSecurityGroups: links.linkList(groups, kinds.APPLICATION_SECURITY_GROUP),
    publicIPAddressConfiguration: publicIpConfiguration(block, links),
  };
  return fieldsOf({ name: read(block, 'name'), properties: fieldsOf(properties, origin) }, origin);
}

/** The public address each instance gets for itself. */
function publicIpConfiguration(block: Attributes, links: Links): Value | undefined {
  const current = block('public_ip_address');
  const configurations = mapBlocks(
    current.kind === 'absent' ? block('public_ip_address_configuration') : current,
    (address, { origin }) => {
      const prefix = links.optionalLink(read(address, 'public_ip_prefix_id'), kinds.PUBLIC_IP_PREFIX);
      const label = read(address, 'domain_name_label');
      const properties = {
        publicIPAddressVersion: readOr(address, 'IPv4', 'version'),
        publicIPPrefix: subResource(prefix),
        idleTimeoutInMinutes: read(address, 'idle_timeout_in_minutes', 'idle_timeout'),
        dnsSettings: label.kind === 'absent' ? undefined : fieldsOf({ domainNameLabel: label }, origin),
      };
      return fieldsOf(
        {
          name: read(address, 'name'),
          sku: addressSku(read(address, 'sku_name')),
          properties: fieldsOf(properties, origin),
        },
        origin,
      );
    },
  );
  return configurations.kind === 'list' ? (configurations.items[0] ?? configurations.more) : configurations;
}

/** Flexible scale sets spell the SKU and its tier as one word, `Standard_Regional`. */
function addressSku(value: Value): Value | undefined {
  const word = asText(value);
  if (word.kind === 'absent') return undefined;
  if (word.kind === 'unknown') return word;
  const [name = '', tier = ''] = word.value.split('_');
  return fieldsOf({ name: { ...word, value: name }, tier: { ...word, value: tier } }, word.origin);
}

function extensionProfile(instance: TerraformInstance, context: Context): Value | undefined {
  const blocks = read(attributesOf(instance), 'extension');
  if (blocks.kind === 'absent') return undefined;
  const extensions = mapBlocks(blocks, (block, { origin }) => {
    const properties = fieldsOf(scaleSetExtension(block, instance.type, context), origin);
    return fieldsOf({ name: read(block, 'name'), properties }, origin);
  });
  return fieldsOf({ extensions }, blocks.origin);
}

/** What each kind of scale set makes of an extension that leaves it out. */
const EXTENSION_DEFAULTS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  azurerm_linux_virtual_machine_scale_set: {
    autoUpgradeMinorVersion: true,
    enableAutomaticUpgrade: false,
  },
  azurerm_windows_virtual_machine_scale_set: {
    autoUpgradeMinorVersion: true,
    enableAutomaticUpgrade: false,
  },
  azurerm_orchestrated_virtual_machine_scale_set: {
    autoUpgradeMinorVersion: true,
    suppressFailures: false,
  },
  azurerm_virtual_machine_scale_set_extension: {
    autoUpgradeMinorVersion: true,
    suppressFailures: false,
  },
};

function scaleSetExtension(
  attributes: Attributes,
  type: string,
  context: Context,
): Record<string, Value | undefined> {
  const properties = extensionProperties(attributes, context);
  for (const [name, fallback] of Object.entries(EXTENSION_DEFAULTS[type] ?? {})) {
    const value = properties[name];
    if (value?.kind === 'absent') properties[name] = assumed(fallback, value.origin);
  }
  return properties;
}
