// Two SQL Servers in a failover cluster: an availability group listener and the name of the cluster, each on a frontend
// of its own, with floating IP and a probe that only the owner answers.
param location string = resourceGroup().location

@secure()
param adminPassword string

var loadBalancerName = 'lb-sql'
var subnetPrefix = '10.41.1.0/24'

var nodes = [
  { name: '1', zone: '1', address: '10.41.1.4' }
  { name: '2', zone: '2', address: '10.41.1.5' }
]

var endpoints = [
  { name: 'listener', address: '10.41.1.10', port: 1433, probePort: 59999 }
  { name: 'cluster', address: '10.41.1.11', port: 58888, probePort: 58888 }
]

@description('The id of a part of the load balancer.')
func partOf(loadBalancer string, kind string, name string) string =>
  resourceId('Microsoft.Network/loadBalancers/${kind}', loadBalancer, name)

resource securityGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-sql'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowListener'
        properties: {
          description: 'Floating IP: packets for the listener keep its address.'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '1433'
          sourceAddressPrefix: 'VirtualNetwork'
          destinationAddressPrefixes: concat(map(nodes, node => node.address), [endpoints[0].address])
        }
      }
      {
        name: 'AllowCluster'
        properties: {
          priority: 110
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourcePortRange: '*'
          destinationPortRange: '*'
          sourceAddressPrefix: subnetPrefix
          destinationAddressPrefix: subnetPrefix
        }
      }
      {
        name: 'AllowProbes'
        properties: {
          priority: 120
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRanges: map(endpoints, endpoint => string(endpoint.probePort))
          sourceAddressPrefix: 'AzureLoadBalancer'
          destinationAddressPrefix: '*'
        }
      }
      {
        name: 'DenyRest'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourcePortRange: '*'
          destinationPortRange: '*'
          sourceAddressPrefix: '*'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource egressAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-egress'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource egress 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'ng-egress'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: egressAddress.id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-sql'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.41.0.0/16'] }
    subnets: [
      {
        name: 'snet-sql'
        properties: {
          addressPrefix: subnetPrefix
          networkSecurityGroup: { id: securityGroup.id }
          natGateway: { id: egress.id }
        }
      }
    ]
  }
}

resource loadBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: loadBalancerName
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      for endpoint in endpoints: {
        name: endpoint.name
        zones: ['1', '2', '3']
        properties: {
          subnet: { id: network.properties.subnets[0].id }
          privateIPAddress: endpoint.address
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [{ name: 'sql' }]
    probes: [
      for endpoint in endpoints: {
        name: endpoint.name
        properties: { protocol: 'Tcp', port: endpoint.probePort, intervalInSeconds: 5 }
      }
    ]
    loadBalancingRules: [
      for endpoint in endpoints: {
        name: endpoint.name
        properties: {
          protocol: 'Tcp'
          frontendPort: endpoint.port
          backendPort: endpoint.port
          enableFloatingIP: true
          frontendIPConfiguration: { id: partOf(loadBalancerName, 'frontendIPConfigurations', endpoint.name) }
          backendAddressPool: { id: partOf(loadBalancerName, 'backendAddressPools', 'sql') }
          probe: { id: partOf(loadBalancerName, 'probes', endpoint.name) }
        }
      }
    ]
  }
}

resource interfaces 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for node in nodes: {
    name: 'nic-sql-${node.name}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: { id: network.properties.subnets[0].id }
            privateIPAddress: node.address
            privateIPAllocationMethod: 'Static'
            loadBalancerBackendAddressPools: [{ id: loadBalancer.properties.backendAddressPools[0].id }]
          }
        }
      ]
    }
  }
]

resource machines 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for (node, i) in nodes: {
    name: 'vm-sql-${node.name}'
    location: location
    zones: [node.zone]
    properties: {
      hardwareProfile: { vmSize: 'Standard_E8ds_v5' }
      osProfile: { computerName: 'vm-sql-${node.name}', adminUsername: 'sqladmin', adminPassword: adminPassword }
      storageProfile: {
        imageReference: {
          publisher: 'MicrosoftSQLServer'
          offer: 'sql2022-ws2022'
          sku: 'enterprise-gen2'
          version: 'latest'
        }
        osDisk: {
          createOption: 'FromImage'
          caching: 'ReadWrite'
          managedDisk: { storageAccountType: 'Premium_LRS' }
        }
      }
      networkProfile: { networkInterfaces: [{ id: interfaces[i].id }] }
    }
  }
]
