// What a Kubernetes cluster of Azure writes: node pools on scale sets, a public and an internal load balancer, floating
// IP everywhere, a health check on the node port of each service, and an outbound rule with an address of its own.
param location string = resourceGroup().location

@description('Whether services of the cluster are offered inside the network as well.')
param hasInternalIngress bool = true

@description('The public key of the administrator.')
param sshPublicKey string

param nodePools { name: string, count: int }[] = [
  { name: 'system', count: 3 }
  { name: 'user', count: 5 }
]

var ports = [80, 443]

// Where kube-proxy says whether a node has an endpoint of the service (externalTrafficPolicy: Local).
var publicHealthCheckPort = 32451
var internalHealthCheckPort = 31877

var publicId = resourceId('Microsoft.Network/loadBalancers', 'kubernetes')
var internalId = resourceId('Microsoft.Network/loadBalancers', 'kubernetes-internal')
var publicPoolId = '${publicId}/backendAddressPools/kubernetes'
var internalPoolId = '${internalId}/backendAddressPools/kubernetes'

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-nodes'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.61.0.0/16'] }
    subnets: [{ name: 'snet-nodes', properties: { addressPrefix: '10.61.0.0/22' } }]
  }
}

resource ingressAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-ingress'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource egressAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-egress'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource securityGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'aks-agentpool-nsg'
  location: location
  properties: {
    securityRules: [
      {
        name: 'k8s-azure-lb_allow_IPv4_ingress'
        properties: {
          priority: 500
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRanges: map(ports, port => string(port))
          sourceAddressPrefix: 'Internet'
          // Floating IP: packets still carry the address of the frontend.
          destinationAddressPrefix: ingressAddress.properties.ipAddress
        }
      }
    ]
  }
}

resource publicBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'kubernetes'
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      { name: 'ingress', properties: { publicIPAddress: { id: ingressAddress.id } } }
      { name: 'egress', properties: { publicIPAddress: { id: egressAddress.id } } }
    ]
    backendAddressPools: [{ name: 'kubernetes' }]
    probes: [
      {
        name: 'ingress'
        properties: {
          protocol: 'Http'
          port: publicHealthCheckPort
          requestPath: '/healthz'
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      for port in ports: {
        name: 'ingress-TCP-${port}'
        properties: {
          protocol: 'Tcp'
          frontendPort: port
          backendPort: port
          enableFloatingIP: true
          enableTcpReset: true
          disableOutboundSnat: true
          frontendIPConfiguration: { id: '${publicId}/frontendIPConfigurations/ingress' }
          backendAddressPool: { id: publicPoolId }
          probe: { id: '${publicId}/probes/ingress' }
        }
      }
    ]
    outboundRules: [
      {
        name: 'aksOutboundRule'
        properties: {
          protocol: 'All'
          allocatedOutboundPorts: 0
          frontendIPConfigurations: [{ id: '${publicId}/frontendIPConfigurations/egress' }]
          backendAddressPool: { id: publicPoolId }
        }
      }
    ]
  }
}

resource internalBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = if (hasInternalIngress) {
  name: 'kubernetes-internal'
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'ingress-internal'
        properties: {
          subnet: { id: network.properties.subnets[0].id }
          privateIPAddress: '10.61.3.250'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [{ name: 'kubernetes' }]
    probes: [
      {
        name: 'ingress-internal'
        properties: {
          protocol: 'Http'
          port: internalHealthCheckPort
          requestPath: '/healthz'
          intervalInSeconds: 5
        }
      }
    ]
    loadBalancingRules: [
      for port in ports: {
        name: 'ingress-internal-TCP-${port}'
        properties: {
          protocol: 'Tcp'
          frontendPort: port
          backendPort: port
          enableFloatingIP: true
          enableTcpReset: true
          frontendIPConfiguration: { id: '${internalId}/frontendIPConfigurations/ingress-internal' }
          backendAddressPool: { id: internalPoolId }
          probe: { id: '${internalId}/probes/ingress-internal' }
        }
      }
    ]
  }
}

resource scaleSets 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = [
  for pool in nodePools: {
    name: 'aks-${pool.name}-vmss'
    location: location
    zones: ['1', '2', '3']
    sku: { name: 'Standard_D4s_v5', capacity: pool.count }
    dependsOn: [publicBalancer, internalBalancer]
    properties: {
      orchestrationMode: 'Uniform'
      upgradePolicy: { mode: 'Manual' }
      virtualMachineProfile: {
        osProfile: {
          computerNamePrefix: 'aks-${pool.name}-vmss'
          adminUsername: 'azureuser'
          linuxConfiguration: {
            disablePasswordAuthentication: true
            ssh: {
              publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: sshPublicKey }]
            }
          }
        }
        storageProfile: {
          imageReference: {
            communityGalleryImageId: '/communityGalleries/example-golden/images/nodes/versions/latest'
          }
          osDisk: {
            createOption: 'FromImage'
            caching: 'ReadOnly'
            managedDisk: { storageAccountType: 'Premium_LRS' }
          }
        }
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: 'aks-nic'
              properties: {
                primary: true
                networkSecurityGroup: { id: securityGroup.id }
                ipConfigurations: [
                  {
                    name: 'ipconfig1'
                    properties: {
                      primary: true
                      subnet: { id: network.properties.subnets[0].id }
                      loadBalancerBackendAddressPools: [
                        { id: publicPoolId }
                        ...(hasInternalIngress ? [{ id: internalPoolId }] : [])
                      ]
                    }
                  }
                ]
              }
            }
          ]
        }
      }
    }
  }
]
