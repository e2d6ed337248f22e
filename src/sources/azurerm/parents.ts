import * as kinds from './kinds.ts';
import type { Kind } from './root-index.ts';

/** The attribute by which a child resource names its parent, and what the parent can be. */
export interface ParentAttribute {
  readonly attribute: string;
  readonly kind: Kind;
  /** The attribute holds the name of the parent, which lies in the resource group of the child. */
  readonly byName?: true;
}

const BALANCER: ParentAttribute = { attribute: 'loadbalancer_id', kind: kinds.LOAD_BALANCER };
const NETWORK: ParentAttribute = {
  attribute: 'virtual_network_name',
  kind: kinds.VIRTUAL_NETWORK,
  byName: true,
};
const MANAGER: ParentAttribute = { attribute: 'network_manager_id', kind: kinds.NETWORK_MANAGER };

const HUB: ParentAttribute = { attribute: 'virtual_hub_id', kind: kinds.VIRTUAL_HUB };
const PRIVATE_ZONE: ParentAttribute = {
  attribute: 'zone_name',
  kind: kinds.PRIVATE_DNS_ZONE,
  byName: true,
};
const ZONE: ParentAttribute = { attribute: 'zone_name', kind: kinds.DNS_ZONE, byName: true };

/** How azurerm names the parents of child resources, by type. Data sources use the same attributes. */
export const PARENTS: Readonly<Record<string, ParentAttribute>> = {
  azurerm_lb_rule: BALANCER,
  azurerm_lb_probe: BALANCER,
  azurerm_lb_backend_address_pool: BALANCER,
  azurerm_lb_nat_rule: BALANCER,
  azurerm_lb_nat_pool: BALANCER,
  azurerm_lb_outbound_rule: BALANCER,
  azurerm_subnet: NETWORK,
  azurerm_virtual_network_peering: NETWORK,
  azurerm_network_security_rule: {
    attribute: 'network_security_group_name',
    kind: kinds.SECURITY_GROUP,
    byName: true,
  },
  azurerm_route: { attribute: 'route_table_name', kind: kinds.ROUTE_TABLE, byName: true },
  azurerm_network_manager_network_group: MANAGER,
  azurerm_network_manager_security_admin_configuration: MANAGER,
  azurerm_network_manager_connectivity_configuration: MANAGER,
  azurerm_network_manager_routing_configuration: MANAGER,
  azurerm_network_manager_admin_rule_collection: {
    attribute: 'security_admin_configuration_id',
    kind: kinds.kindOf('microsoft.network/networkmanagers/securityadminconfigurations'),
  },
  azurerm_network_manager_routing_rule_collection: {
    attribute: 'routing_configuration_id',
    kind: kinds.kindOf('microsoft.network/networkmanagers/routingconfigurations'),
  },
  azurerm_network_manager_admin_rule: {
    attribute: 'admin_rule_collection_id',
    kind: kinds.kindOf('microsoft.network/networkmanagers/securityadminconfigurations/rulecollections'),
  },
  azurerm_network_manager_routing_rule: {
    attribute: 'rule_collection_id',
    kind: kinds.kindOf('microsoft.network/networkmanagers/routingconfigurations/rulecollections'),
  },
  azurerm_network_manager_static_member: { attribute: 'network_group_id', kind: kinds.NETWORK_GROUP },
  azurerm_network_manager_deployment: MANAGER,
  azurerm_virtual_hub_connection: HUB,
  azurerm_virtual_hub_ip: HUB,
  azurerm_virtual_hub_routing_intent: HUB,
  azurerm_virtual_machine_extension: { attribute: 'virtual_machine_id', kind: kinds.VIRTUAL_MACHINE },
  azurerm_virtual_machine_run_command: { attribute: 'virtual_machine_id', kind: kinds.VIRTUAL_MACHINE },
  azurerm_virtual_machine_scale_set_extension: {
    attribute: 'virtual_machine_scale_set_id',
    kind: kinds.SCALE_SET,
  },
  azurerm_private_dns_zone_virtual_network_link: { ...PRIVATE_ZONE, attribute: 'private_dns_zone_name' },
  azurerm_private_dns_a_record: PRIVATE_ZONE,
  azurerm_private_dns_aaaa_record: PRIVATE_ZONE,
  azurerm_private_dns_cname_record: PRIVATE_ZONE,
  azurerm_dns_a_record: ZONE,
  azurerm_dns_aaaa_record: ZONE,
  azurerm_dns_cname_record: ZONE,
};
