import type { Kind } from './root-index.ts';

/** What the attributes of the azurerm provider can point to. */
export const LOAD_BALANCER: Kind = ['azurerm_lb'];
export const FRONTEND: Kind = ['azurerm_lb.frontend_ip_configuration'];
export const POOL: Kind = ['azurerm_lb_backend_address_pool'];
export const PROBE: Kind = ['azurerm_lb_probe'];
export const NAT_RULE: Kind = ['azurerm_lb_nat_rule'];
export const NAT_POOL: Kind = ['azurerm_lb_nat_pool'];
export const NETWORK_INTERFACE: Kind = ['azurerm_network_interface'];
export const SECURITY_GROUP: Kind = ['azurerm_network_security_group'];
export const APPLICATION_SECURITY_GROUP: Kind = ['azurerm_application_security_group'];
export const VIRTUAL_NETWORK: Kind = ['azurerm_virtual_network'];
export const SUBNET: Kind = ['azurerm_subnet', 'azurerm_virtual_network.subnet'];
export const PUBLIC_IP: Kind = ['azurerm_public_ip'];
export const PUBLIC_IP_PREFIX: Kind = ['azurerm_public_ip_prefix'];
export const NAT_GATEWAY: Kind = ['azurerm_nat_gateway'];
export const ROUTE_TABLE: Kind = ['azurerm_route_table'];
export const AVAILABILITY_SET: Kind = ['azurerm_availability_set'];
export const VIRTUAL_MACHINE: Kind = [
  'azurerm_linux_virtual_machine',
  'azurerm_windows_virtual_machine',
  'azurerm_virtual_machine',
];
export const SCALE_SET: Kind = [
  'azurerm_linux_virtual_machine_scale_set',
  'azurerm_windows_virtual_machine_scale_set',
  'azurerm_orchestrated_virtual_machine_scale_set',
  'azurerm_virtual_machine_scale_set',
];

/** The ARM types of resources whose id ends in `/resourceGroups/{group}/providers/{type}/{name}`. */
export const TOP_LEVEL_TYPES: Readonly<Record<string, string>> = {
  azurerm_lb: 'microsoft.network/loadbalancers',
  azurerm_network_interface: 'microsoft.network/networkinterfaces',
  azurerm_network_security_group: 'microsoft.network/networksecuritygroups',
  azurerm_application_security_group: 'microsoft.network/applicationsecuritygroups',
  azurerm_virtual_network: 'microsoft.network/virtualnetworks',
  azurerm_public_ip: 'microsoft.network/publicipaddresses',
  azurerm_public_ip_prefix: 'microsoft.network/publicipprefixes',
  azurerm_nat_gateway: 'microsoft.network/natgateways',
  azurerm_route_table: 'microsoft.network/routetables',
  azurerm_availability_set: 'microsoft.compute/availabilitysets',
  azurerm_linux_virtual_machine: 'microsoft.compute/virtualmachines',
  azurerm_windows_virtual_machine: 'microsoft.compute/virtualmachines',
  azurerm_virtual_machine: 'microsoft.compute/virtualmachines',
  azurerm_linux_virtual_machine_scale_set: 'microsoft.compute/virtualmachinescalesets',
  azurerm_windows_virtual_machine_scale_set: 'microsoft.compute/virtualmachinescalesets',
  azurerm_orchestrated_virtual_machine_scale_set: 'microsoft.compute/virtualmachinescalesets',
  azurerm_virtual_machine_scale_set: 'microsoft.compute/virtualmachinescalesets',
};

/** The path segments of what belongs to a load balancer by `loadbalancer_id`. */
export const LOAD_BALANCER_CHILDREN: Readonly<Record<string, string>> = {
  azurerm_lb_rule: 'loadbalancingrules',
  azurerm_lb_probe: 'probes',
  azurerm_lb_backend_address_pool: 'backendaddresspools',
  azurerm_lb_nat_rule: 'inboundnatrules',
  azurerm_lb_nat_pool: 'inboundnatpools',
  azurerm_lb_outbound_rule: 'outboundrules',
};
