export interface WebTier {
  /** What the security rule lets in; the load balancer sends packets to port 8080. */
  readonly port?: number | string;
  /** Lines in front of everything. */
  readonly before?: string;
  /** What stands on the line above the security group. */
  readonly comment?: string;
  /** The name of a second load-balancing rule, which sends packets to port 9090. */
  readonly second?: string;
}

/** A Bicep file with a public load balancer before one machine, whose subnet has a security group with one rule. */
export function webTier({ port = 8080, before = '', comment = '', second }: WebTier = {}): string {
  const location = "  location: 'westeurope'\n";
  return `${before}${comment}
resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-web'
${location}  properties: {
    securityRules: [
      {
        name: 'AllowWeb'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: ${typeof port === 'number' ? `'${port}'` : port}
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
${location}  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      { name: 'web', properties: { addressPrefix: '10.0.1.0/24', networkSecurityGroup: { id: nsg.id } } }
    ]
  }
}

resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip'
${location}  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-web'
${location}  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [{ name: 'front', properties: { publicIPAddress: { id: pip.id } } }]
    backendAddressPools: [{ name: 'pool' }]
    probes: [{ name: 'tcp', properties: { protocol: 'Tcp', port: 8080, intervalInSeconds: 5 } }]
    loadBalancingRules: [
${ruleText('http', 80, 8080)}${second === undefined ? '' : ruleText(second, 90, 9090)}    ]
  }
}

resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-web'
${location}  properties: {
    ipConfigurations: [
      {
        name: 'ip'
        properties: {
          subnet: { id: vnet.properties.subnets[0].id }
          loadBalancerBackendAddressPools: [
            { id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-web', 'pool') }
          ]
        }
      }
    ]
  }
}
`;
}

function ruleText(name: string, frontendPort: number, backendPort: number): string {
  const id = (kind: string, part: string): string =>
    `{ id: resourceId('Microsoft.Network/loadBalancers/${kind}', 'lb-web', '${part}') }`;
  return `      {
        name: '${name}'
        properties: {
          protocol: 'Tcp'
          frontendPort: ${frontendPort}
          backendPort: ${backendPort}
          disableOutboundSnat: false
          frontendIPConfiguration: ${id('frontendIPConfigurations', 'front')}
          backendAddressPool: ${id('backendAddressPools', 'pool')}
          probe: ${id('probes', 'tcp')}
        }
      }
`;
}
