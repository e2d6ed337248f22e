import { dnsTranslators } from './dns.ts';
import { gatewayTranslators } from './gateways.ts';
import { loadBalancerTranslators } from './load-balancer.ts';
import { natGatewayTranslators } from './nat-gateway.ts';
import { networkInterfaceTranslators } from './network-interface.ts';
import { networkManagerTranslators } from './network-manager.ts';
import { privateLinkTranslators } from './private-link.ts';
import { publicIpTranslators } from './public-ip.ts';
import { routeTableTranslators } from './route-table.ts';
import { scaleSetTranslators } from './scale-set.ts';
import { securityGroupTranslators } from './security-group.ts';
import { subnetTranslators } from './subnet.ts';
import type { Translator } from './translator.ts';
import { virtualHubTranslators } from './virtual-hub.ts';
import { virtualMachineTranslators } from './virtual-machine.ts';
import { virtualNetworkTranslators } from './virtual-network.ts';

/** How each azurerm type becomes a resource of its own, by type. */
export const TRANSLATORS: ReadonlyMap<string, Translator> = new Map(
  Object.entries({
    ...dnsTranslators,
    ...gatewayTranslators,
    ...loadBalancerTranslators,
    ...natGatewayTranslators,
    ...networkInterfaceTranslators,
    ...networkManagerTranslators,
    ...privateLinkTranslators,
    ...publicIpTranslators,
    ...routeTableTranslators,
    ...scaleSetTranslators,
    ...securityGroupTranslators,
    ...subnetTranslators,
    ...virtualHubTranslators,
    ...virtualMachineTranslators,
    ...virtualNetworkTranslators,
  }),
);
