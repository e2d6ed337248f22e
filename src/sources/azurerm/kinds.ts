import type { Kind } from './root-index.ts';

const NETWORK = 'microsoft.network';
const COMPUTE = 'microsoft.compute';

/**
 * The ARM types that links lead to, with the Terraform types that make such resources; `type.block` stands for blocks that
 * have ids. azapi makes resources of any of them.
 */
const TERRAFORM_TYPES: Readonly<Record<string, readonly string[]>> = {
  [`${NETWORK}/loadbalancers`]: ['azurerm_lb'],
  [`${NETWORK}/loadbalancers/frontendipconfigurations`]: ['azurerm_lb.frontend_ip_configuration'],
  [`${NETWORK}/loadbalancers/loadbalancingrules`]: ['azurerm_lb_rule'],
  [`${NETWORK}/loadbalancers/probes`]: ['azurerm_lb_probe'],
  [`${NETWORK}/loadbalancers/backendaddresspools`]: ['azurerm_lb_backend_address_pool'],
  [`${NETWORK}/loadbalancers/inboundnatrules`]: ['azurerm_lb_nat_rule'],
  [`${NETWORK}/loadbalancers/inboundnatpools`]: ['azurerm_lb_nat_pool'],
  [`${NETWORK}/loadbalancers/outboundrules`]: ['azurerm_lb_outbound_rule'],
  [`${NETWORK}/networkinterfaces`]: ['azurerm_network_interface'],
  [`${NETWORK}/networkinterfaces/ipconfigurations`]: ['azurerm_network_interface.ip_configuration'],
  [`${NETWORK}/networksecuritygroups`]: ['azurerm_network_security_group'],
  [`${NETWORK}/networksecuritygroups/securityrules`]: ['azurerm_network_security_rule'],
  [`${NETWORK}/applicationsecuritygroups`]: ['azurerm_application_security_group'],
  [`${NETWORK}/virtualnetworks`]: ['azurerm_virtual_network'],
  [`${NETWORK}/virtualnetworks/subnets`]: ['azurerm_subnet', 'azurerm_virtual_network.subnet'],
  [`${NETWORK}/virtualnetworks/virtualnetworkpeerings`]: ['azurerm_virtual_network_peering'],
  [`${NETWORK}/publicipaddresses`]: ['azurerm_public_ip'],
  [`${NETWORK}/publicipprefixes`]: ['azurerm_public_ip_prefix'],
  [`${NETWORK}/natgateways`]: ['azurerm_nat_gateway'],
  [`${NETWORK}/routetables`]: ['azurerm_route_table'],
  [`${NETWORK}/routetables/routes`]: ['azurerm_route'],
  [`${NETWORK}/privatelinkservices`]: ['azurerm_private_link_service'],
  [`${NETWORK}/privateendpoints`]: ['azurerm_private_endpoint'],
  [`${NETWORK}/networkmanagers`]: ['azurerm_network_manager'],
  [`${NETWORK}/networkmanagers/networkgroups`]: ['azurerm_network_manager_network_group'],
  [`${NETWORK}/networkmanagers/securityadminconfigurations`]: [
    'azurerm_network_manager_security_admin_configuration',
  ],
  [`${NETWORK}/networkmanagers/securityadminconfigurations/rulecollections`]: [
    'azurerm_network_manager_admin_rule_collection',
  ],
  [`${NETWORK}/networkmanagers/connectivityconfigurations`]: [
    'azurerm_network_manager_connectivity_configuration',
  ],
  [`${NETWORK}/networkmanagers/routingconfigurations`]: ['azurerm_network_manager_routing_configuration'],
  [`${NETWORK}/networkmanagers/routingconfigurations/rulecollections`]: [
    'azurerm_network_manager_routing_rule_collection',
  ],
  [`${NETWORK}/virtualnetworkgateways`]: ['azurerm_virtual_network_gateway'],
  [`${NETWORK}/localnetworkgateways`]: ['azurerm_local_network_gateway'],
  [`${NETWORK}/virtualwans`]: ['azurerm_virtual_wan'],
  [`${NETWORK}/virtualhubs`]: ['azurerm_virtual_hub'],
  [`${NETWORK}/azurefirewalls`]: ['azurerm_firewall'],
  [`${NETWORK}/azurefirewalls/azurefirewallipconfigurations`]: ['azurerm_firewall.ip_configuration'],
  [`${NETWORK}/bastionhosts`]: ['azurerm_bastion_host'],
  [`${NETWORK}/applicationgateways`]: ['azurerm_application_gateway'],
  [`${NETWORK}/privatednszones`]: ['azurerm_private_dns_zone'],
  [`${NETWORK}/dnszones`]: ['azurerm_dns_zone'],
  [`${COMPUTE}/galleries/applications/versions`]: ['azurerm_gallery_application_version'],
  [`${COMPUTE}/availabilitysets`]: ['azurerm_availability_set'],
  [`${COMPUTE}/virtualmachines`]: [
    'azurerm_linux_virtual_machine',
    'azurerm_windows_virtual_machine',
    'azurerm_virtual_machine',
  ],
  [`${COMPUTE}/virtualmachinescalesets`]: [
    'azurerm_linux_virtual_machine_scale_set',
    'azurerm_windows_virtual_machine_scale_set',
    'azurerm_orchestrated_virtual_machine_scale_set',
    'azurerm_virtual_machine_scale_set',
  ],
};

const ARM_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries(TERRAFORM_TYPES).flatMap(([armType, types]) => types.map((type) => [type, armType])),
);

const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries(TERRAFORM_TYPES).map(([armType, types]) => [armType, [...types, armType]]),
);

/** The ARM type of what a Terraform type makes, or of a kind of blocks; undefined for types that no link leads to. */
export function armTypeOfKind(type: string): string | undefined {
  return KINDS.has(type) ? type : ARM_TYPES.get(type);
}

/** Everything that is of an ARM type, which is given in lower case. */
export function kindOf(armType: string): Kind {
  return KINDS.get(armType) ?? [armType];
}

/** The ARM type of the parent; undefined for a resource of its own. */
export function parentTypeOf(armType: string): string | undefined {
  const end = armType.lastIndexOf('/');
  return armType.indexOf('/') === end ? undefined : armType.slice(0, end);
}

/** What the attributes of the azurerm provider can point to. */
export const LOAD_BALANCER: Kind = kindOf(`${NETWORK}/loadbalancers`);
export const FRONTEND: Kind = kindOf(`${NETWORK}/loadbalancers/frontendipconfigurations`);
export const POOL: Kind = kindOf(`${NETWORK}/loadbalancers/backendaddresspools`);
export const PROBE: Kind = kindOf(`${NETWORK}/loadbalancers/probes`);
export const NAT_RULE: Kind = kindOf(`${NETWORK}/loadbalancers/inboundnatrules`);
export const NAT_POOL: Kind = kindOf(`${NETWORK}/loadbalancers/inboundnatpools`);
export const NETWORK_INTERFACE: Kind = kindOf(`${NETWORK}/networkinterfaces`);
export const IP_CONFIGURATION: Kind = kindOf(`${NETWORK}/networkinterfaces/ipconfigurations`);
export const SECURITY_GROUP: Kind = kindOf(`${NETWORK}/networksecuritygroups`);
export const APPLICATION_SECURITY_GROUP: Kind = kindOf(`${NETWORK}/applicationsecuritygroups`);
export const VIRTUAL_NETWORK: Kind = kindOf(`${NETWORK}/virtualnetworks`);
export const SUBNET: Kind = kindOf(`${NETWORK}/virtualnetworks/subnets`);
export const PUBLIC_IP: Kind = kindOf(`${NETWORK}/publicipaddresses`);
export const PUBLIC_IP_PREFIX: Kind = kindOf(`${NETWORK}/publicipprefixes`);
export const NAT_GATEWAY: Kind = kindOf(`${NETWORK}/natgateways`);
export const ROUTE_TABLE: Kind = kindOf(`${NETWORK}/routetables`);
export const PRIVATE_ENDPOINT: Kind = kindOf(`${NETWORK}/privateendpoints`);
export const NETWORK_MANAGER: Kind = kindOf(`${NETWORK}/networkmanagers`);
export const NETWORK_GROUP: Kind = kindOf(`${NETWORK}/networkmanagers/networkgroups`);
export const VIRTUAL_NETWORK_GATEWAY: Kind = kindOf(`${NETWORK}/virtualnetworkgateways`);
export const LOCAL_NETWORK_GATEWAY: Kind = kindOf(`${NETWORK}/localnetworkgateways`);
export const VIRTUAL_WAN: Kind = kindOf(`${NETWORK}/virtualwans`);
export const VIRTUAL_HUB: Kind = kindOf(`${NETWORK}/virtualhubs`);
export const FIREWALL: Kind = kindOf(`${NETWORK}/azurefirewalls`);
export const FIREWALL_CONFIGURATION: Kind = kindOf(`${NETWORK}/azurefirewalls/azurefirewallipconfigurations`);
export const PRIVATE_DNS_ZONE: Kind = kindOf(`${NETWORK}/privatednszones`);
export const DNS_ZONE: Kind = kindOf(`${NETWORK}/dnszones`);
export const AVAILABILITY_SET: Kind = kindOf(`${COMPUTE}/availabilitysets`);
export const VIRTUAL_MACHINE: Kind = kindOf(`${COMPUTE}/virtualmachines`);
export const SCALE_SET: Kind = kindOf(`${COMPUTE}/virtualmachinescalesets`);

export const GALLERY_APPLICATION: Kind = kindOf(`${COMPUTE}/galleries/applications/versions`);

/** What a deployment of a network manager puts into effect. */
export const NETWORK_MANAGER_CONFIGURATION: Kind = [
  ...kindOf(`${NETWORK}/networkmanagers/securityadminconfigurations`),
  ...kindOf(`${NETWORK}/networkmanagers/connectivityconfigurations`),
  ...kindOf(`${NETWORK}/networkmanagers/routingconfigurations`),
];
