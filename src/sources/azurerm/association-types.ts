import * as kinds from './kinds.ts';
import type { Kind } from './root-index.ts';

/** An association type: what it edits, which property, and what it puts there. */
export interface Association {
  readonly target: readonly [attribute: string, kind: Kind];
  readonly other: readonly [attribute: string, kind: Kind];
  readonly property: string;
  /** The property for a public address of version IPv6, where it is another. */
  readonly ipv6Property?: string;
  /** Where in a network interface: one IP configuration by name, or every one. */
  readonly configurations?: 'named' | 'every';
}

const INTERFACE = ['network_interface_id', kinds.NETWORK_INTERFACE] as const;
const SUBNET = ['subnet_id', kinds.SUBNET] as const;
const GATEWAY = ['nat_gateway_id', kinds.NAT_GATEWAY] as const;
const SECURITY_GROUP = ['network_security_group_id', kinds.SECURITY_GROUP] as const;

/** The association types that are folded into what they edit. They have no object of their own in Azure. */
export const ASSOCIATIONS: Readonly<Record<string, Association>> = {
  azurerm_network_interface_security_group_association: {
    target: INTERFACE,
    other: SECURITY_GROUP,
    property: 'networkSecurityGroup',
  },
  azurerm_network_interface_application_security_group_association: {
    target: INTERFACE,
    other: ['application_security_group_id', kinds.APPLICATION_SECURITY_GROUP],
    property: 'applicationSecurityGroups',
    configurations: 'every',
  },
  azurerm_network_interface_backend_address_pool_association: {
    target: INTERFACE,
    other: ['backend_address_pool_id', kinds.POOL],
    property: 'loadBalancerBackendAddressPools',
    configurations: 'named',
  },
  azurerm_network_interface_nat_rule_association: {
    target: INTERFACE,
    other: ['nat_rule_id', kinds.NAT_RULE],
    property: 'loadBalancerInboundNatRules',
    configurations: 'named',
  },
  azurerm_private_endpoint_application_security_group_association: {
    target: ['private_endpoint_id', kinds.PRIVATE_ENDPOINT],
    other: ['application_security_group_id', kinds.APPLICATION_SECURITY_GROUP],
    property: 'applicationSecurityGroups',
  },
  azurerm_subnet_network_security_group_association: {
    target: SUBNET,
    other: SECURITY_GROUP,
    property: 'networkSecurityGroup',
  },
  azurerm_subnet_route_table_association: {
    target: SUBNET,
    other: ['route_table_id', kinds.ROUTE_TABLE],
    property: 'routeTable',
  },
  azurerm_subnet_nat_gateway_association: {
    target: SUBNET,
    other: ['nat_gateway_id', kinds.NAT_GATEWAY],
    property: 'natGateway',
  },
  azurerm_virtual_machine_gallery_application_assignment: {
    target: ['virtual_machine_id', kinds.VIRTUAL_MACHINE],
    other: ['gallery_application_version_id', kinds.GALLERY_APPLICATION],
    property: 'galleryApplications',
  },
  azurerm_nat_gateway_public_ip_association: {
    target: GATEWAY,
    other: ['public_ip_address_id', kinds.PUBLIC_IP],
    property: 'publicIpAddresses',
    ipv6Property: 'publicIpAddressesV6',
  },
  azurerm_nat_gateway_public_ip_prefix_association: {
    target: GATEWAY,
    other: ['public_ip_prefix_id', kinds.PUBLIC_IP_PREFIX],
    property: 'publicIpPrefixes',
  },
};
