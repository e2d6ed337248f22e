// The orders service behind an internal load balancer, and a batch server that uses it.
param location string = resourceGroup().location

@description('The public key of the administrator.')
param sshPublicKey string

var ordersAddress = '10.20.1.10'
var loadBalancerName = 'lb-orders'

var ordersCustomData = replace(
  loadTextContent('../orders.yaml.tftpl'),
  '\${orders_url}',
  'http://${ordersAddress}/api'
)

var batchCustomData = format(
  '''
#cloud-config
write_files:
  - path: /etc/cron.d/close-day
    content: |
      30 23 * * * batch curl -fsS -X POST http://{0}/api/close-day
''',
  ordersAddress
)

var servers = [
  { name: 'orders-a', size: 'Standard_D2s_v5', disk: 'Premium_LRS', customData: ordersCustomData, isMember: true }
  { name: 'orders-b', size: 'Standard_D2s_v5', disk: 'Premium_LRS', customData: ordersCustomData, isMember: true }
  { name: 'batch', size: 'Standard_B2s', disk: 'Standard_LRS', customData: batchCustomData, isMember: false }
]

resource securityGroup 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-orders'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowOrders'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '8080'
          sourceAddressPrefix: 'VirtualNetwork'
          destinationAddressPrefix: '*'
        }
      }
      {
        name: 'AllowProbe'
        properties: {
          priority: 200
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourcePortRange: '*'
          destinationPortRange: '*'
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
  name: 'vnet-orders'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'snet-orders'
        properties: {
          addressPrefix: '10.20.1.0/24'
          networkSecurityGroup: { id: securityGroup.id }
          natGateway: { id: egress.id }
        }
      }
    ]
  }

  resource ordersSubnet 'subnets' existing = { name: 'snet-orders' }
}

resource loadBalancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: loadBalancerName
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'internal'
        properties: {
          subnet: { id: network::ordersSubnet.id }
          privateIPAddress: ordersAddress
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [{ name: 'orders' }]
    probes: [
      {
        name: 'http'
        properties: { protocol: 'Http', port: 8080, requestPath: '/healthz', intervalInSeconds: 15 }
      }
    ]
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 8080
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', loadBalancerName, 'internal')
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', loadBalancerName, 'orders')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', loadBalancerName, 'http')
          }
        }
      }
    ]
  }
}

resource interfaces 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for server in servers: {
    name: 'nic-${server.name}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: { id: network::ordersSubnet.id }
            privateIPAllocationMethod: 'Dynamic'
            loadBalancerBackendAddressPools: server.isMember
              ? [{ id: loadBalancer.properties.backendAddressPools[0].id }]
              : []
          }
        }
      ]
    }
  }
]

resource machines 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for (server, i) in servers: {
    name: 'vm-${server.name}'
    location: location
    properties: {
      hardwareProfile: { vmSize: server.size }
      osProfile: {
        computerName: 'vm-${server.name}'
        adminUsername: 'azureuser'
        customData: base64(server.customData)
        linuxConfiguration: {
          disablePasswordAuthentication: true
          ssh: {
            publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: sshPublicKey }]
          }
        }
      }
      storageProfile: {
        imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
        osDisk: {
          createOption: 'FromImage'
          caching: 'ReadWrite'
          managedDisk: { storageAccountType: server.disk }
        }
      }
      networkProfile: { networkInterfaces: [{ id: interfaces[i].id }] }
    }
  }
]
