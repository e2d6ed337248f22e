import { own } from './instances.ts';
import type { Json, JsonObject } from './plan-format.ts';

const LOAD_BALANCER_RULE = [
  'enable_floating_ip',
  'floating_ip_enabled',
  'enable_tcp_reset',
  'tcp_reset_enabled',
  'idle_timeout_in_minutes',
  'load_distribution',
];
const SCALE_SET = [
  'automatic_instance_repair.action',
  'automatic_instance_repair.grace_period',
  'extension_operations_enabled',
  'instances',
  'network_interface.ip_configuration.public_ip_address.idle_timeout_in_minutes',
  'platform_fault_domain_count',
  'single_placement_group',
];
const VIRTUAL_MACHINE = [
  'allow_extension_operations',
  'automatic_updates_enabled',
  'disable_password_authentication',
  'enable_automatic_updates',
  'os_disk.disk_size_gb',
  'os_disk.storage_account_type',
  'patch_assessment_mode',
  'patch_mode',
  'provision_vm_agent',
];

/** Optional and computed arguments without a fixed default, in any of azurerm 2.x to 5.x. */
const FILLED_IN: Readonly<Record<string, ReadonlySet<string>>> = {
  azurerm_lb: new Set([
    'frontend_ip_configuration.gateway_load_balancer_frontend_ip_configuration_id',
    'frontend_ip_configuration.private_ip_address',
    'frontend_ip_configuration.private_ip_address_allocation',
    'frontend_ip_configuration.private_ip_address_version',
    'frontend_ip_configuration.public_ip_address_id',
    'frontend_ip_configuration.public_ip_prefix_id',
    'frontend_ip_configuration.subnet_id',
    'frontend_ip_configuration.zones',
    'public_ip_address_id',
    'subnet_id',
  ]),
  azurerm_lb_rule: new Set(LOAD_BALANCER_RULE),
  azurerm_lb_nat_rule: new Set(LOAD_BALANCER_RULE),
  azurerm_lb_outbound_rule: new Set(LOAD_BALANCER_RULE),
  azurerm_network_interface: new Set([
    'accelerated_networking_enabled',
    'dns_servers',
    'enable_accelerated_networking',
    'enable_ip_forwarding',
    'ip_configuration.gateway_load_balancer_frontend_ip_configuration_id',
    'ip_configuration.primary',
    'ip_configuration.private_ip_address',
    'ip_forwarding_enabled',
  ]),
  azurerm_network_security_group: new Set(['security_rule']),
  azurerm_private_link_service: new Set(['enable_proxy_protocol', 'proxy_protocol_enabled']),
  azurerm_route_table: new Set(['bgp_route_propagation_enabled', 'disable_bgp_route_propagation', 'route']),
  azurerm_subnet: new Set([
    'enforce_private_link_endpoint_network_policies',
    'enforce_private_link_service_network_policies',
    'private_endpoint_network_policies',
    'private_endpoint_network_policies_enabled',
    'private_link_service_network_policies_enabled',
  ]),
  azurerm_virtual_network: new Set(['dns_servers', 'subnet']),
  azurerm_virtual_machine: new Set(['availability_set_id', 'license_type']),
  azurerm_linux_virtual_machine: new Set(VIRTUAL_MACHINE),
  azurerm_windows_virtual_machine: new Set(VIRTUAL_MACHINE),
  azurerm_virtual_machine_scale_set: new Set([
    'license_type',
    'network_profile.ip_configuration.load_balancer_inbound_nat_rules_ids',
    'sku.tier',
  ]),
  azurerm_linux_virtual_machine_scale_set: new Set(SCALE_SET),
  azurerm_windows_virtual_machine_scale_set: new Set(SCALE_SET),
  azurerm_orchestrated_virtual_machine_scale_set: new Set(SCALE_SET),
};

/** These two are filled in by azurerm before 4.42 and by later ones not, both of them. */
const FRONTEND_TARGETS: ReadonlySet<string> = new Set(['subnet_id', 'public_ip_address_id']);

/**
 * Whether the provider puts a value of its own in the place of a null, so that the argument is unknown in a plan although
 * its expression is known to be null. `path` is that of the argument: `frontend_ip_configuration[0].subnet_id`. `siblings` are the
 * planned values of the same block, of which a null shows what this version of the provider does not fill in. The answer
 * is no for arguments the table does not name.
 */
export function isFilledIn(type: string, path: string, siblings: JsonObject): boolean {
  const paths = own(FILLED_IN, type);
  if (paths?.has(path.replaceAll(/\[\d+\]/g, '')) !== true) return false;
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (type !== 'azurerm_lb' || !FRONTEND_TARGETS.has(name)) return true;
  return [...FRONTEND_TARGETS].every((target) => own<Json>(siblings, target) !== null);
}
