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
};
