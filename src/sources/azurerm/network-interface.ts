import type { Resource } from '../../model/resource.ts';
import { assumed, known, type Value } from '../../value/value.ts';
import type { Place } from './associations.ts';
import {
  type Attributes,
  attributesOf,
  fieldsOf,
  mapBlocks,
  read,
  readIfWritten,
  readOr,
  subResource,
} from './attributes.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { type Context, type Translators, topLevel } from './translator.ts';

/** Network interfaces, with everything that association resources attach to them. */
export const networkInterfaceTranslators: Translators = {
  azurerm_network_interface: networkInterface,
};

const ATTACHMENTS = [
  'loadBalancerBackendAddressPools',
  'loadBalancerInboundNatRules',
  'applicationSecurityGroups',
] as const;

function networkInterface(instance: TerraformInstance, context: Context): Resource {
  const { index, folds } = context;
  const attributes = attributesOf(instance);
  const parts = index.parts(instance, 'azurerm_network_interface.ip_configuration');
  const place: Place = {
    id: instance.id,
    kind: kinds.NETWORK_INTERFACE,
    exists: hasKnownId(instance),
  };
  const configurations = mapBlocks(parts.blocks, (block, { origin }, position) => {
    const id = parts.items[position]?.id ?? `${instance.id}/ipconfigurations/#${position}`;
    const properties: Record<string, Value | undefined> = addressing(
      block,
      context,
      parts.items.length === 1,
    );
    for (const property of ATTACHMENTS) {
      properties[property] = folds.linksAt({ ...place, id }, property, writtenIn(block, property, context));
    }
    return fieldsOf(
      { id: known(id, origin), name: read(block, 'name'), properties: fieldsOf(properties, origin) },
      origin,
    );
  });
  const properties = {
    networkSecurityGroup: folds.linkAt(place, 'networkSecurityGroup', ownGroup(attributes, context)),
    enableIPForwarding: readOr(attributes, false, 'ip_forwarding_enabled', 'enable_ip_forwarding'),
    enableAcceleratedNetworking: readOr(
      attributes,
      false,
      'accelerated_networking_enabled',
      'enable_accelerated_networking',
    ),
    ipConfigurations: configurations,
  };
  return topLevel(instance, 'microsoft.network/networkinterfaces', {
    properties: fieldsOf(properties, instance.origin),
  });
}

/** The id of the security group that an interface names itself, up to azurerm 1. */
function ownGroup(attributes: Attributes, { links }: Context): Value {
  return links.optionalLink(read(attributes, 'network_security_group_id'), kinds.SECURITY_GROUP);
}

/** Up to azurerm 1 an IP configuration names what it is attached to itself. */
function writtenIn(block: Attributes, property: (typeof ATTACHMENTS)[number], { links }: Context): Value {
  const [attribute, kind] = WRITTEN[property];
  const written = read(block, attribute);
  return written.kind === 'absent' ? written : links.linkList(written, kind);
}

const WRITTEN = {
  loadBalancerBackendAddressPools: ['load_balancer_backend_address_pools_ids', kinds.POOL],
  loadBalancerInboundNatRules: ['load_balancer_inbound_nat_rules_ids', kinds.NAT_RULE],
  applicationSecurityGroups: ['application_security_group_ids', kinds.APPLICATION_SECURITY_GROUP],
} as const;

/** The only configuration of an interface is its primary one, also when nobody says so. */
function addressing(
  block: Attributes,
  { links, toArmReferences }: Context,
  isOnly: boolean,
): Record<string, Value | undefined> {
  const gateway = readIfWritten(block, 'gateway_load_balancer_frontend_ip_configuration_id');
  const primary = readIfWritten(block, 'primary');
  return {
    subnet: subResource(links.link(read(block, 'subnet_id'), kinds.SUBNET)),
    primary: primary.kind === 'absent' && isOnly ? assumed(true, primary.origin) : primary,
    privateIPAddress: toArmReferences(read(block, 'private_ip_address')),
    privateIPAllocationMethod: read(block, 'private_ip_address_allocation'),
    privateIPAddressVersion: readOr(block, 'IPv4', 'private_ip_address_version'),
    publicIPAddress: subResource(links.optionalLink(read(block, 'public_ip_address_id'), kinds.PUBLIC_IP)),
    gatewayLoadBalancer: subResource(links.optionalLink(gateway, kinds.FRONTEND)),
  };
}
