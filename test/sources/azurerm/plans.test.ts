import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toTerraformRoot } from '../../../src/sources/terraform-plan/load-plan.ts';
import { checkPlan } from '../../../src/sources/terraform-plan/plan-format.ts';
import { type Translation, translateRoot } from '../../support/terraform-instance.ts';

// What the configurations of the estates say, read from real plans of them.

const PLANS = path.join(import.meta.dirname, '../../fixtures/plans');

function plan(name: string): Translation {
  const json: unknown = JSON.parse(readFileSync(path.join(PLANS, name, 'plan.json'), 'utf8'));
  const checked = checkPlan(json, 'plan.json');
  if ('problem' in checked) throw new Error(checked.problem.message);
  return translateRoot(toTerraformRoot(checked.plan, 'plan.json'));
}

/** The load balancer that the template of the estate declares. */
const DEPLOYED_BALANCER =
  'azurerm_resource_group_template_deployment.lb/Microsoft.Network/loadBalancers/lbi-arm';

/** Each row: address, path below `properties`, what stands there. */
test.each<[string, readonly (readonly [string, string, unknown])[]]>([
  [
    'egress',
    [
      [
        'azurerm_subnet.nat',
        '',
        {
          addressprefixes: ['10.60.1.0/24'],
          defaultoutboundaccess: false,
          privateendpointnetworkpolicies: '~Disabled',
          privatelinkservicenetworkpolicies: '~Enabled',
          serviceendpoints: [{ service: 'Microsoft.Storage' }],
          natgateway: { id: '-> {azurerm_nat_gateway.out}.id' },
        },
      ],
      ['azurerm_subnet.plain', 'defaultOutboundAccess', '~true'],
      ['azurerm_subnet.plain', 'natGateway', undefined],
      [
        'azurerm_nat_gateway.out',
        '',
        {
          idletimeoutinminutes: 10,
          publicipaddresses: [{ id: '-> {azurerm_public_ip.nat}.id' }],
          publicipprefixes: [{ id: '-> {azurerm_public_ip_prefix.nat}.id' }],
        },
      ],
      [
        'azurerm_lb_outbound_rule.web',
        '',
        {
          frontendipconfigurations: [{ id: '-> {azurerm_lb.web}/frontendipconfigurations/public.id' }],
          backendaddresspool: { id: '-> {azurerm_lb_backend_address_pool.web}.id' },
          protocol: 'All',
          allocatedoutboundports: 0,
          idletimeoutinminutes: '~4',
          enabletcpreset: '~false',
        },
      ],
      ['azurerm_lb_rule.web', 'disableOutboundSnat', true],
      ['azurerm_public_ip.lb', 'dnsSettings', { domainnamelabel: 'egress' }],
      [
        'azurerm_orchestrated_virtual_machine_scale_set.own',
        'virtualMachineProfile.networkProfile.networkInterfaceConfigurations.0.properties.ipConfigurations.0.properties.publicIPAddressConfiguration',
        {
          name: 'pip',
          sku: { name: 'Standard', tier: 'Regional' },
          properties: { publicipaddressversion: 'IPv4' },
        },
      ],
    ],
  ],
  [
    'outbound-rules',
    [
      [
        'azurerm_lb_outbound_rule.batch',
        '',
        {
          frontendipconfigurations: ['out-0', 'out-1', 'out-prefix'].map((name) => ({
            id: `-> {azurerm_lb.egress}/frontendipconfigurations/${name}.id`,
          })),
          backendaddresspool: { id: '-> {azurerm_lb_backend_address_pool.batch}.id' },
          protocol: 'All',
          allocatedoutboundports: 10000,
          idletimeoutinminutes: 15,
          enabletcpreset: true,
        },
      ],
    ],
  ],
  [
    'admin-rules',
    [
      [
        'azurerm_network_manager_admin_rule.no_ssh',
        '',
        {
          access: 'Deny',
          direction: 'Inbound',
          priority: 10,
          protocol: 'Tcp',
          sourceportranges: ['0-65535'],
          destinationportranges: ['22'],
          sources: [{ addressprefix: 'Internet', addressprefixtype: 'ServiceTag' }],
          destinations: [{ addressprefix: '*', addressprefixtype: 'IPPrefix' }],
        },
      ],
      [
        'azurerm_network_manager_admin_rule_collection.baseline',
        'appliesToGroups',
        [{ networkgroupid: '-> {azurerm_network_manager_network_group.all}.id' }],
      ],
      [
        'azurerm_network_manager_static_member.web',
        '',
        { resourceid: '-> {azurerm_virtual_network.web}.id' },
      ],
      [
        'azurerm_network_manager_deployment.baseline',
        '',
        {
          committype: 'SecurityAdmin',
          targetlocations: ['westeurope'],
          configurationids: [{ id: '-> {azurerm_network_manager_security_admin_configuration.baseline}.id' }],
        },
      ],
      ['azurerm_subnet.web', 'networkSecurityGroup', { id: '-> {azurerm_network_security_group.web}.id' }],
    ],
  ],
  [
    'hub-gateways',
    [
      [
        'azurerm_virtual_network_peering.hub',
        '',
        {
          remotevirtualnetwork: { id: '-> {azurerm_virtual_network.spoke}.id' },
          allowvirtualnetworkaccess: '~true',
          allowforwardedtraffic: true,
          allowgatewaytransit: true,
          useremotegateways: '~false',
          peercompletevnets: '~true',
        },
      ],
      [
        'azurerm_virtual_network_peering.spoke',
        '',
        {
          remotevirtualnetwork: { id: '-> {azurerm_virtual_network.hub}.id' },
          allowvirtualnetworkaccess: false,
          allowforwardedtraffic: '~false',
          allowgatewaytransit: '~false',
          useremotegateways: true,
          peercompletevnets: '~true',
        },
      ],
      ['azurerm_route_table.spoke', 'disableBgpRoutePropagation', true],
      [
        'azurerm_route_table.spoke',
        'routes',
        [{ name: 'local', properties: { addressprefix: '10.81.0.0/24', nexthoptype: 'VnetLocal' } }],
      ],
      [
        'azurerm_route.default',
        'nextHopIpAddress',
        '-> {azurerm_firewall.hub}/azurefirewallipconfigurations/main.privateIPAddress',
      ],
      ['azurerm_subnet.app', 'routeTable', { id: '-> {azurerm_route_table.spoke}.id' }],
      // azurerm 3 computes the policies, so a plan shows them as unknown.
      ['azurerm_subnet.app', 'privateEndpointNetworkPolicies', '~Enabled'],
      ['azurerm_subnet.app', 'privateLinkServiceNetworkPolicies', 'Disabled'],
      ['azurerm_virtual_network_gateway.vpn', 'enableBgp', true],
      [
        'azurerm_virtual_network_gateway.vpn',
        'ipConfigurations.0.properties.subnet',
        { id: '-> {azurerm_subnet.hub["gatewaysubnet"]}.id' },
      ],
    ],
  ],
  [
    'private-link',
    [
      [
        'azurerm_private_link_service.service',
        '',
        {
          loadbalancerfrontendipconfigurations: [
            { id: '-> {azurerm_lb.service}/frontendipconfigurations/service.id' },
          ],
          enableproxyprotocol: true,
          visibility: { subscriptions: ['00000000-0000-0000-0000-000000000000'] },
          ipconfigurations: ['primary', 'secondary'].map((name) => ({
            name,
            properties: {
              subnet: { id: '-> {azurerm_subnet.nat}.id' },
              primary: name === 'primary',
              privateipallocationmethod: '~Dynamic',
              privateipaddressversion: 'IPv4',
            },
          })),
        },
      ],
      [
        'azurerm_private_endpoint.consumer',
        'privateLinkServiceConnections.0.properties.privateLinkServiceId',
        '-> {azurerm_private_link_service.service}.id',
      ],
      ['azurerm_subnet.nat', 'privateLinkServiceNetworkPolicies', 'Disabled'],
    ],
  ],
  [
    'private-dns',
    [
      [
        'azurerm_private_dns_a_record.ldap',
        'aRecords',
        [{ ipv4address: '-> {azurerm_lb.ldap}/frontendipconfigurations/ldap.privateIPAddress' }],
      ],
    ],
  ],
  [
    'azapi-estate',
    [
      [
        'azapi_resource.lb',
        'loadBalancingRules.0.properties',
        {
          protocol: 'Tcp',
          frontendport: 443,
          backendport: 8443,
          frontendipconfiguration: { id: '-> {azapi_resource.lb}/frontendipconfigurations/api.id' },
          backendaddresspool: { id: '-> {azapi_resource.lb}/backendaddresspools/api.id' },
          probe: { id: '-> {azapi_resource.lb}/probes/tcp.id' },
        },
      ],
      [
        'azapi_resource.lb',
        'frontendIPConfigurations.0.properties.subnet.id',
        '-> {azapi_resource.vnet}/subnets/snet-api.id',
      ],
      [
        'azapi_resource.nic',
        'ipConfigurations.0.properties',
        {
          subnet: { id: '-> {azapi_resource.vnet}/subnets/snet-api.id' },
          loadbalancerbackendaddresspools: [{ id: '-> {azapi_resource.lb}/backendaddresspools/api.id' }],
        },
      ],
      ['azapi_resource.vnet', 'subnets.0.properties.networkSecurityGroup.id', '-> {azapi_resource.nsg}.id'],
      ['azapi_resource.deny', 'priority', 4000],
      ['azurerm_network_interface.router', 'enableIPForwarding', true],
    ],
  ],
  [
    'machine-carriers',
    [
      [
        'azurerm_virtual_machine_extension.script',
        'settings',
        { commandtoexecute: 'python3 -m http.server 8000' },
      ],
      [
        'azurerm_linux_virtual_machine.app',
        'osProfile',
        {
          customdata: Buffer.from('#!/bin/sh\nnginx\n').toString('base64'),
          allowextensionoperations: '~true',
          linuxconfiguration: { provisionvmagent: '~true' },
        },
      ],
      ['azurerm_linux_virtual_machine.app', 'applicationProfile.galleryApplications.0.order', 1],
      [
        'azurerm_linux_virtual_machine_scale_set.app',
        'virtualMachineProfile.extensionProfile.extensions.0.properties.settings',
        { protocol: 'http', port: 8080, requestpath: '/ready' },
      ],
      ['azurerm_linux_virtual_machine_scale_set.app', 'upgradePolicy', { mode: 'Automatic' }],
      ['azurerm_virtual_machine_scale_set_extension.late', 'provisionAfterExtensions', ['health']],
    ],
  ],
  [
    'template-deployment',
    [
      ['azapi_resource.route', 'disableBgpRoutePropagation', true],
      ['azapi_resource.route', 'routes.0.properties.nextHopType', 'None'],
      ['azapi_resource.lookup', '', '?'],
      [DEPLOYED_BALANCER, '', {}],
    ],
  ],
])('the model of %s is what its configuration says', (name, rows) => {
  const { properties } = plan(name);
  for (const [address, where, expected] of rows) {
    expect([address, where, properties(address, where)]).toEqual([address, where, expected]);
  }
});

test.each([
  ['azurerm_virtual_network_peering.spoke', '-> {azurerm_virtual_network.spoke}.id'],
  ['azurerm_virtual_machine_run_command.config', '-> {azurerm_linux_virtual_machine.app}.id'],
  ['azapi_resource.deny', '-> {azapi_resource.nsg}.id'],
  ['azurerm_network_manager_deployment.baseline', '-> {azurerm_network_manager.company}.id'],
])('%s names its parent', (address, expected) => {
  const folders = ['hub-gateways', 'machine-carriers', 'azapi-estate', 'admin-rules'];
  const parents = folders.map((folder) => plan(folder).parent(address));
  expect(parents.filter((parent) => parent !== undefined)).toEqual([expected]);
});

test('the number of instances that an autoscale setting changes is not known', () => {
  expect(plan('machine-carriers').body('azurerm_linux_virtual_machine_scale_set.app')).toMatchObject({
    sku: { capacity: '?' },
  });
});

test('what cannot be read of the azapi body is told, and the template beside it is read', () => {
  const { model, problems, body } = plan('template-deployment');
  expect(problems.map(({ code }) => code)).toEqual(['azapi-body-unknown']);
  expect(model.gaps).toEqual([]);
  expect(body(DEPLOYED_BALANCER)).toMatchObject({ location: 'eastus', sku: { name: 'Standard' } });
});
