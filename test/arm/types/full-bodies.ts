/**
 * Bodies of every modelled type with about every property that can be written, after the template reference of
 * Microsoft (https://learn.microsoft.com/azure/templates/), in its spelling.
 */
export interface FullBody {
  readonly type: string;
  readonly apiVersion: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const NETWORK = '2025-09-01';
const COMPUTE = '2026-04-01';

const TRACKED = { location: 'westeurope', tags: { env: 'prod' } };
const EDGE = { extendedLocation: { name: 'losangeles', type: 'EdgeZone' } };

function ref(path: string): { readonly id: string } {
  return { id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/${path}` };
}

const PREFIXES = { addressPrefixes: ['10.0.0.0/16', '10.1.0.0/16'] };
const IP_TAGS = [{ ipTagType: 'FirstPartyUsage', tag: '/Sql', firstPartyServiceTagId: 'x' }];

const POOL = {
  location: 'westeurope',
  virtualNetwork: ref('virtualNetworks/vnet'),
  syncMode: 'Automatic',
  drainPeriodInSeconds: 30,
  tunnelInterfaces: [{ port: 10800, identifier: 800, protocol: 'VXLAN', type: 'Internal' }],
  loadBalancerBackendAddresses: [
    {
      name: 'first',
      properties: {
        ipAddress: '10.0.0.4',
        virtualNetwork: ref('virtualNetworks/vnet'),
        subnet: ref('virtualNetworks/vnet/subnets/web'),
        loadBalancerFrontendIPConfiguration: ref('loadBalancers/other/frontendIPConfigurations/f'),
        adminState: 'None',
      },
    },
  ],
};

const NAT_RULE = {
  frontendIPConfiguration: ref('loadBalancers/lb/frontendIPConfigurations/public'),
  backendAddressPool: ref('loadBalancers/lb/backendAddressPools/web'),
  protocol: 'Tcp',
  frontendPort: 50022,
  frontendPortRangeStart: 50000,
  frontendPortRangeEnd: 50100,
  backendPort: 22,
  idleTimeoutInMinutes: 4,
  enableFloatingIP: false,
  enableTcpReset: true,
};

const SECURITY_RULE = {
  description: 'web',
  priority: 100,
  direction: 'Inbound',
  access: 'Allow',
  protocol: 'Tcp',
  sourceAddressPrefix: 'Internet',
  sourceAddressPrefixes: ['203.0.113.0/24'],
  sourceApplicationSecurityGroups: [ref('applicationSecurityGroups/a')],
  sourcePortRange: '*',
  sourcePortRanges: ['1024-65535'],
  destinationAddressPrefix: '10.0.0.0/24',
  destinationAddressPrefixes: ['10.0.1.0/24'],
  destinationApplicationSecurityGroups: [ref('applicationSecurityGroups/b')],
  destinationPortRange: '443',
  destinationPortRanges: ['8080', '8443'],
};

const SUBNET = {
  addressPrefix: '10.0.0.0/24',
  addressPrefixes: ['10.0.0.0/24'],
  ipamPoolPrefixAllocations: [{ pool: { id: '/pool' }, numberOfIpAddresses: '16' }],
  networkSecurityGroup: ref('networkSecurityGroups/nsg'),
  routeTable: ref('routeTables/rt'),
  natGateway: ref('natGateways/nat'),
  defaultOutboundAccess: false,
  delegations: [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
  serviceEndpoints: [
    {
      service: 'Microsoft.Storage',
      locations: ['westeurope'],
      networkIdentifier: ref('publicIPAddresses/p'),
    },
  ],
  serviceEndpointPolicies: [
    {
      location: 'westeurope',
      properties: {
        serviceAlias: '/services/Azure',
        contextualServiceEndpointPolicies: ['/policy'],
        serviceEndpointPolicyDefinitions: [
          {
            name: 'storage',
            properties: {
              description: 'd',
              service: 'Microsoft.Storage',
              serviceResources: ['/subscriptions/s'],
            },
          },
        ],
      },
    },
  ],
  privateEndpointNetworkPolicies: 'Enabled',
  privateLinkServiceNetworkPolicies: 'Disabled',
  applicationGatewayIPConfigurations: [
    { name: 'gw', properties: { subnet: ref('virtualNetworks/vnet/subnets/gw') } },
  ],
  ipAllocations: [ref('IpAllocations/i')],
  sharingScope: 'Tenant',
  serviceGateway: ref('serviceGateways/g'),
};

const PEERING = {
  remoteVirtualNetwork: ref('virtualNetworks/hub'),
  allowVirtualNetworkAccess: true,
  allowForwardedTraffic: false,
  allowGatewayTransit: false,
  useRemoteGateways: true,
  doNotVerifyRemoteGateways: false,
  peerCompleteVnets: false,
  enableOnlyIPv6Peering: false,
  localAddressSpace: PREFIXES,
  localVirtualNetworkAddressSpace: PREFIXES,
  localSubnetNames: ['web'],
  remoteAddressSpace: PREFIXES,
  remoteVirtualNetworkAddressSpace: PREFIXES,
  remoteSubnetNames: ['dns'],
  remoteBgpCommunities: { virtualNetworkCommunity: '12076:20000' },
  peeringState: 'Connected',
  peeringSyncLevel: 'FullyInSync',
};

const ROUTE = {
  addressPrefix: '0.0.0.0/0',
  nextHopType: 'VirtualAppliance',
  nextHopIpAddress: '10.0.9.4',
  nextHop: { nextHopIpAddresses: ['10.0.9.4', '10.0.9.5'] },
};

const MACHINE_INTERFACE = {
  primary: true,
  networkSecurityGroup: ref('networkSecurityGroups/nsg'),
  dnsSettings: { dnsServers: ['10.0.0.10'] },
  enableIPForwarding: false,
  enableAcceleratedNetworking: true,
  enableFpga: false,
  deleteOption: 'Delete',
  disableTcpStateTracking: false,
  auxiliaryMode: 'None',
  auxiliarySku: 'None',
};

const MACHINE_IP = {
  subnet: ref('virtualNetworks/vnet/subnets/web'),
  primary: true,
  privateIPAddressVersion: 'IPv4',
  loadBalancerBackendAddressPools: [ref('loadBalancers/lb/backendAddressPools/web')],
  applicationGatewayBackendAddressPools: [ref('applicationGateways/gw/backendAddressPools/web')],
  applicationSecurityGroups: [ref('applicationSecurityGroups/a')],
};

const MACHINE_PUBLIC_IP = {
  publicIPAddressVersion: 'IPv4',
  publicIPPrefix: ref('publicIPPrefixes/p'),
  idleTimeoutInMinutes: 4,
  dnsSettings: { domainNameLabel: 'web', domainNameLabelScope: 'NoReuse' },
  ipTags: IP_TAGS,
  deleteOption: 'Detach',
};

export const FULL_BODIES: readonly FullBody[] = [
  {
    type: 'Microsoft.Network/loadBalancers',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      ...EDGE,
      sku: { name: 'Standard', tier: 'Regional' },
      properties: {
        scope: 'Public',
        mode: 'Advanced',
        frontendIPConfigurations: [
          {
            name: 'public',
            zones: ['1', '2'],
            properties: {
              subnet: ref('virtualNetworks/vnet/subnets/web'),
              publicIPAddress: ref('publicIPAddresses/pip'),
              publicIPPrefix: ref('publicIPPrefixes/p'),
              gatewayLoadBalancer: ref('loadBalancers/gw/frontendIPConfigurations/f'),
              privateIPAddress: '10.0.0.10',
              privateIPAllocationMethod: 'Static',
              privateIPAddressVersion: 'IPv4',
              enableConnectionTracking: true,
              ddosSettings: { ddosCustomPolicy: ref('ddosCustomPolicies/d') },
            },
          },
        ],
        backendAddressPools: [{ name: 'web', properties: POOL }],
        loadBalancingRules: [
          {
            name: 'https',
            properties: {
              frontendIPConfiguration: ref('loadBalancers/lb/frontendIPConfigurations/public'),
              backendAddressPool: ref('loadBalancers/lb/backendAddressPools/web'),
              backendAddressPools: [ref('loadBalancers/lb/backendAddressPools/web')],
              probe: ref('loadBalancers/lb/probes/https'),
              protocol: 'Tcp',
              frontendPort: 443,
              backendPort: 8443,
              idleTimeoutInMinutes: 4,
              loadDistribution: 'SourceIP',
              enableFloatingIP: false,
              enableTcpReset: true,
              disableOutboundSnat: true,
              enableConnectionTracking: false,
            },
          },
        ],
        probes: [
          {
            name: 'https',
            properties: {
              protocol: 'Https',
              port: 8443,
              requestPath: '/health',
              intervalInSeconds: 5,
              numberOfProbes: 2,
              probeThreshold: 1,
              noHealthyBackendsBehavior: 'AllProbedDown',
            },
          },
        ],
        inboundNatRules: [{ name: 'ssh', properties: NAT_RULE }],
        inboundNatPools: [
          {
            name: 'ssh',
            properties: {
              frontendIPConfiguration: ref('loadBalancers/lb/frontendIPConfigurations/public'),
              protocol: 'Tcp',
              frontendPortRangeStart: 50000,
              frontendPortRangeEnd: 50100,
              backendPort: 22,
              idleTimeoutInMinutes: 4,
              enableFloatingIP: false,
              enableTcpReset: false,
            },
          },
        ],
        outboundRules: [
          {
            name: 'all',
            properties: {
              frontendIPConfigurations: [ref('loadBalancers/lb/frontendIPConfigurations/public')],
              backendAddressPool: ref('loadBalancers/lb/backendAddressPools/web'),
              protocol: 'All',
              allocatedOutboundPorts: 1024,
              idleTimeoutInMinutes: 4,
              enableTcpReset: true,
            },
          },
        ],
      },
    },
  },
  {
    type: 'Microsoft.Network/loadBalancers/backendAddressPools',
    apiVersion: NETWORK,
    body: { properties: POOL },
  },
  {
    type: 'Microsoft.Network/loadBalancers/inboundNatRules',
    apiVersion: NETWORK,
    body: { properties: NAT_RULE },
  },
  {
    type: 'Microsoft.Network/publicIPAddresses',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      ...EDGE,
      sku: { name: 'Standard', tier: 'Global' },
      zones: ['1', '2', '3'],
      properties: {
        publicIPAllocationMethod: 'Static',
        publicIPAddressVersion: 'IPv4',
        publicIPPrefix: ref('publicIPPrefixes/p'),
        ipAddress: '203.0.113.10',
        ipTags: IP_TAGS,
        idleTimeoutInMinutes: 4,
        dnsSettings: {
          domainNameLabel: 'web',
          domainNameLabelScope: 'TenantReuse',
          fqdn: 'f',
          reverseFqdn: 'r',
        },
        ddosSettings: {
          protectionMode: 'Enabled',
          ddosProtectionPlan: ref('ddosProtectionPlans/d'),
          ddosCustomPolicy: ref('ddosCustomPolicies/d'),
        },
        deleteOption: 'Delete',
        natGateway: ref('natGateways/nat'),
        linkedPublicIPAddress: ref('publicIPAddresses/other'),
        servicePublicIPAddress: ref('publicIPAddresses/other'),
        migrationPhase: 'None',
      },
    },
  },
  {
    type: 'Microsoft.Network/publicIPPrefixes',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      ...EDGE,
      sku: { name: 'Standard', tier: 'Regional' },
      zones: ['1'],
      properties: {
        publicIPAddressVersion: 'IPv4',
        prefixLength: 28,
        ipTags: IP_TAGS,
        customIPPrefix: ref('customIpPrefixes/c'),
        natGateway: ref('natGateways/nat'),
      },
    },
  },
  {
    type: 'Microsoft.Network/networkInterfaces',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      ...EDGE,
      properties: {
        networkSecurityGroup: ref('networkSecurityGroups/nsg'),
        dnsSettings: { dnsServers: ['10.0.0.10'], internalDnsNameLabel: 'web' },
        enableIPForwarding: false,
        enableAcceleratedNetworking: true,
        disableTcpStateTracking: false,
        nicType: 'Standard',
        auxiliaryMode: 'None',
        auxiliarySku: 'None',
        workloadType: 'x',
        privateLinkService: ref('privateLinkServices/pls'),
        migrationPhase: 'None',
        ipConfigurations: [
          {
            name: 'ipconfig1',
            properties: {
              subnet: ref('virtualNetworks/vnet/subnets/web'),
              primary: true,
              privateIPAddress: '10.0.0.4',
              privateIPAddressPrefixLength: 28,
              privateIPAllocationMethod: 'Static',
              privateIPAddressVersion: 'IPv4',
              publicIPAddress: ref('publicIPAddresses/pip'),
              loadBalancerBackendAddressPools: [ref('loadBalancers/lb/backendAddressPools/web')],
              loadBalancerInboundNatRules: [ref('loadBalancers/lb/inboundNatRules/ssh')],
              applicationSecurityGroups: [ref('applicationSecurityGroups/a')],
              applicationGatewayBackendAddressPools: [
                {
                  name: 'gw',
                  properties: { backendAddresses: [{ fqdn: 'example.com', ipAddress: '10.0.0.5' }] },
                },
              ],
              gatewayLoadBalancer: ref('loadBalancers/gw/frontendIPConfigurations/f'),
              virtualNetworkTaps: [
                {
                  location: 'westeurope',
                  properties: {
                    destinationNetworkInterfaceIPConfiguration: ref('networkInterfaces/n/ipConfigurations/i'),
                    destinationLoadBalancerFrontEndIPConfiguration: ref(
                      'loadBalancers/l/frontendIPConfigurations/f',
                    ),
                    destinationPort: 4789,
                  },
                },
              ],
            },
          },
        ],
      },
    },
  },
  {
    type: 'Microsoft.Network/networkSecurityGroups',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      properties: { flushConnection: false, securityRules: [{ name: 'web', properties: SECURITY_RULE }] },
    },
  },
  {
    type: 'Microsoft.Network/networkSecurityGroups/securityRules',
    apiVersion: NETWORK,
    body: { properties: SECURITY_RULE },
  },
  {
    type: 'Microsoft.Network/applicationSecurityGroups',
    apiVersion: NETWORK,
    body: { ...TRACKED, properties: {} },
  },
  {
    type: 'Microsoft.Network/virtualNetworks',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      ...EDGE,
      properties: {
        addressSpace: {
          ...PREFIXES,
          ipamPoolPrefixAllocations: [{ pool: { id: '/pool' }, numberOfIpAddresses: '256' }],
        },
        summarizedGatewayPrefixes: PREFIXES,
        subnets: [{ name: 'web', properties: SUBNET }],
        virtualNetworkPeerings: [{ name: 'hub', properties: PEERING }],
        dhcpOptions: { dnsServers: ['10.0.0.10'] },
        flowTimeoutInMinutes: 10,
        enableDdosProtection: false,
        ddosProtectionPlan: ref('ddosProtectionPlans/d'),
        enableVmProtection: false,
        bgpCommunities: { virtualNetworkCommunity: '12076:20000' },
        encryption: { enabled: true, enforcement: 'AllowUnencrypted' },
        ipAllocations: [ref('IpAllocations/i')],
        privateEndpointVNetPolicies: 'Disabled',
      },
    },
  },
  { type: 'Microsoft.Network/virtualNetworks/subnets', apiVersion: NETWORK, body: { properties: SUBNET } },
  {
    type: 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings',
    apiVersion: NETWORK,
    body: { properties: PEERING },
  },
  {
    type: 'Microsoft.Network/routeTables',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      properties: {
        routes: [{ name: 'default', properties: ROUTE }],
        disableBgpRoutePropagation: true,
        disablePeeringRoute: 'None',
      },
    },
  },
  { type: 'Microsoft.Network/routeTables/routes', apiVersion: NETWORK, body: { properties: ROUTE } },
  {
    type: 'Microsoft.Network/natGateways',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      sku: { name: 'StandardV2' },
      zones: ['1'],
      properties: {
        idleTimeoutInMinutes: 4,
        publicIpAddresses: [ref('publicIPAddresses/pip')],
        publicIpPrefixes: [ref('publicIPPrefixes/p')],
        publicIpAddressesV6: [ref('publicIPAddresses/pip6')],
        publicIpPrefixesV6: [ref('publicIPPrefixes/p6')],
        sourceVirtualNetwork: ref('virtualNetworks/vnet'),
        serviceGateway: ref('serviceGateways/g'),
        nat64: 'None',
      },
    },
  },
  {
    type: 'Microsoft.Network/privateLinkServices',
    apiVersion: NETWORK,
    body: {
      ...TRACKED,
      ...EDGE,
      properties: {
        loadBalancerFrontendIpConfigurations: [ref('loadBalancers/lb/frontendIPConfigurations/internal')],
        destinationIPAddress: '10.0.0.4',
        accessMode: 'Default',
        enableProxyProtocol: false,
        fqdns: ['example.com'],
        visibility: { subscriptions: ['s'] },
        autoApproval: { subscriptions: ['s'] },
        ipConfigurations: [
          {
            name: 'nat',
            properties: {
              subnet: ref('virtualNetworks/vnet/subnets/pls'),
              primary: true,
              privateIPAddress: '10.0.5.4',
              privateIPAllocationMethod: 'Static',
              privateIPAddressVersion: 'IPv4',
            },
          },
        ],
      },
    },
  },
  {
    type: 'Microsoft.Compute/virtualMachines',
    apiVersion: COMPUTE,
    body: {
      ...TRACKED,
      ...EDGE,
      zones: ['1'],
      properties: {
        networkProfile: {
          networkApiVersion: '2022-11-01',
          networkInterfaces: [
            { ...ref('networkInterfaces/nic'), properties: { primary: true, deleteOption: 'Detach' } },
          ],
          networkInterfaceConfigurations: [
            {
              name: 'nic',
              tags: { env: 'prod' },
              properties: {
                ...MACHINE_INTERFACE,
                dscpConfiguration: ref('dscpConfigurations/d'),
                ipConfigurations: [
                  {
                    name: 'ipconfig1',
                    properties: {
                      ...MACHINE_IP,
                      publicIPAddressConfiguration: {
                        name: 'pip',
                        sku: { name: 'Standard', tier: 'Regional' },
                        tags: { env: 'prod' },
                        properties: { ...MACHINE_PUBLIC_IP, publicIPAllocationMethod: 'Static' },
                      },
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
  },
  {
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    apiVersion: COMPUTE,
    body: {
      ...TRACKED,
      ...EDGE,
      zones: ['1', '2'],
      sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 3 },
      properties: {
        virtualMachineProfile: {
          networkProfile: {
            healthProbe: ref('loadBalancers/lb/probes/https'),
            networkApiVersion: '2022-11-01',
            networkInterfaceConfigurations: [
              {
                name: 'nic',
                tags: { env: 'prod' },
                properties: {
                  ...MACHINE_INTERFACE,
                  ipConfigurations: [
                    {
                      name: 'ipconfig1',
                      properties: {
                        ...MACHINE_IP,
                        loadBalancerInboundNatPools: [ref('loadBalancers/lb/inboundNatPools/ssh')],
                        publicIPAddressConfiguration: {
                          name: 'pip',
                          sku: { name: 'Standard', tier: 'Regional' },
                          tags: { env: 'prod' },
                          properties: MACHINE_PUBLIC_IP,
                        },
                      },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    },
  },
];
