// Two network virtual appliances between the internet and a workload: what comes in passes a public load balancer with
// floating IP, what the workload sends out passes HA ports on an internal one.
param location string = resourceGroup().location

@description('The public key of the administrator.')
param sshPublicKey string

type appliance = {
  name: string
  zone: '1' | '2' | '3'
}

param appliances appliance[] = [
  { name: 'a', zone: '1' }
  { name: 'b', zone: '2' }
]

var trustAddress = '10.31.1.10'
var probe = { name: 'appliance', properties: { protocol: 'Tcp', port: 8117, intervalInSeconds: 15 } }
var zones = ['1', '2', '3']
var edgeId = resourceId('Microsoft.Network/loadBalancers', 'lb-edge')
var trustId = resourceId('Microsoft.Network/loadBalancers', 'lb-trust')

var linux = {
  disablePasswordAuthentication: true
  ssh: { publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: sshPublicKey }] }
}

var osDisk = {
  createOption: 'FromImage'
  caching: 'ReadWrite'
  managedDisk: { storageAccountType: 'Premium_LRS' }
}

resource untrustSecurity 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-untrust'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowHttps'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '443'
          sourceAddressPrefix: 'Internet'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource trustSecurity 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-trust'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowHub'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourcePortRange: '*'
          destinationPortRange: '*'
          sourceAddressPrefix: '10.31.0.0/16'
          destinationAddressPrefix: '*'
        }
      }
    ]
  }
}

resource workloadRoutes 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-workload'
  location: location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: trustAddress }
      }
    ]
  }
}

resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-hub'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.31.0.0/16'] }
    subnets: [
      {
        name: 'snet-untrust'
        properties: { addressPrefix: '10.31.0.0/24', networkSecurityGroup: { id: untrustSecurity.id } }
      }
      {
        name: 'snet-trust'
        properties: { addressPrefix: '10.31.1.0/24', networkSecurityGroup: { id: trustSecurity.id } }
      }
      {
        name: 'snet-workload'
        properties: { addressPrefix: '10.31.2.0/24', routeTable: { id: workloadRoutes.id } }
      }
    ]
  }

  resource untrust 'subnets' existing = { name: 'snet-untrust' }
  resource trust 'subnets' existing = { name: 'snet-trust' }
  resource workload 'subnets' existing = { name: 'snet-workload' }
}

resource publicIps 'Microsoft.Network/publicIPAddresses@2024-05-01' = [
  for name in ['edge', 'egress']: {
    name: 'pip-${name}'
    location: location
    zones: zones
    sku: { name: 'Standard' }
    properties: { publicIPAllocationMethod: 'Static' }
  }
]

resource edge 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-edge'
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      { name: 'edge', properties: { publicIPAddress: { id: publicIps[0].id } } }
      { name: 'egress', properties: { publicIPAddress: { id: publicIps[1].id } } }
    ]
    backendAddressPools: [{ name: 'appliances' }]
    probes: [probe]
    loadBalancingRules: [
      {
        name: 'https'
        properties: {
          protocol: 'Tcp'
          frontendPort: 443
          backendPort: 443
          enableFloatingIP: true
          disableOutboundSnat: true
          frontendIPConfiguration: { id: '${edgeId}/frontendIPConfigurations/edge' }
          backendAddressPool: { id: '${edgeId}/backendAddressPools/appliances' }
          probe: { id: '${edgeId}/probes/${probe.name}' }
        }
      }
    ]
    outboundRules: [
      {
        name: 'egress'
        properties: {
          protocol: 'All'
          allocatedOutboundPorts: 16000
          frontendIPConfigurations: [{ id: '${edgeId}/frontendIPConfigurations/egress' }]
          backendAddressPool: { id: '${edgeId}/backendAddressPools/appliances' }
        }
      }
    ]
  }
}

resource trust 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-trust'
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'trust'
        zones: zones
        properties: {
          subnet: { id: hub::trust.id }
          privateIPAddress: trustAddress
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [{ name: 'appliances' }]
    probes: [probe]
    loadBalancingRules: [
      {
        name: 'ha-ports'
        properties: {
          protocol: 'All'
          frontendPort: 0
          backendPort: 0
          enableFloatingIP: true
          frontendIPConfiguration: { id: '${trustId}/frontendIPConfigurations/trust' }
          backendAddressPool: { id: '${trustId}/backendAddressPools/appliances' }
          probe: { id: '${trustId}/probes/${probe.name}' }
        }
      }
    ]
  }
}

resource untrustInterfaces 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for item in appliances: {
    name: 'nic-untrust-${item.name}'
    location: location
    properties: {
      enableIPForwarding: true
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: { id: hub::untrust.id }
            privateIPAllocationMethod: 'Dynamic'
            loadBalancerBackendAddressPools: [{ id: edge.properties.backendAddressPools[0].id }]
          }
        }
      ]
    }
  }
]

resource trustInterfaces 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for item in appliances: {
    name: 'nic-trust-${item.name}'
    location: location
    properties: {
      enableIPForwarding: true
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: { id: hub::trust.id }
            privateIPAllocationMethod: 'Dynamic'
            loadBalancerBackendAddressPools: [{ id: trust.properties.backendAddressPools[0].id }]
          }
        }
      ]
    }
  }
]

resource machines 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for (item, i) in appliances: {
    name: 'vm-nva-${item.name}'
    location: location
    zones: [item.zone]
    plan: { publisher: 'example-security', product: 'example-firewall', name: 'byol' }
    properties: {
      hardwareProfile: { vmSize: 'Standard_D4s_v5' }
      osProfile: { computerName: 'vm-nva-${item.name}', adminUsername: 'azureuser', linuxConfiguration: linux }
      storageProfile: {
        imageReference: {
          publisher: 'example-security'
          offer: 'example-firewall'
          sku: 'byol'
          version: '11.1.0'
        }
        osDisk: osDisk
      }
      networkProfile: {
        networkInterfaces: [
          { id: untrustInterfaces[i].id, properties: { primary: true } }
          { id: trustInterfaces[i].id, properties: { primary: false } }
        ]
      }
    }
  }
]

resource workloadInterface 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic-workload'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig'
        properties: { subnet: { id: hub::workload.id }, privateIPAllocationMethod: 'Dynamic' }
      }
    ]
  }
}

resource workload 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm-workload'
  location: location
  properties: {
    hardwareProfile: { vmSize: 'Standard_D2s_v5' }
    osProfile: { computerName: 'vm-workload', adminUsername: 'azureuser', linuxConfiguration: linux }
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
      osDisk: osDisk
    }
    networkProfile: { networkInterfaces: [{ id: workloadInterface.id }] }
  }
}
