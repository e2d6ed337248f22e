// A SQL availability group: the primary owns the listener address and answers itself.

param location string = resourceGroup().location

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-sales'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.47.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'snet-sql'
        properties: {
          addressPrefix: '10.47.1.0/24'
        }
      }
    ]
  }
}

resource lb 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lb-sales'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'ag-listener'
        properties: {
          subnet: {
            id: vnet.properties.subnets[0].id
          }
          privateIPAddress: '10.47.1.10'
          privateIPAllocationMethod: 'Static'
        }
      }
    ]
    backendAddressPools: [
      {
        name: 'sql'
      }
    ]
    probes: [
      {
        name: 'listener'
        properties: {
          protocol: 'Tcp'
          port: 59999
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'listener'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb-sales', 'ag-listener')
          }
          protocol: 'Tcp'
          backendPort: 1433
          enableFloatingIP: true
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb-sales', 'sql')
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', 'lb-sales', 'listener')
          }
          frontendPort: 1433
        }
      }
    ]
  }
}

resource nics 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for i in range(0, 2): {
    name: 'nic-sql-${i}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'ipconfig'
          properties: {
            subnet: {
              id: vnet.properties.subnets[0].id
            }
            loadBalancerBackendAddressPools: [
              {
                id: lb.properties.backendAddressPools[0].id
              }
            ]
          }
        }
      ]
    }
  }
]

resource vms 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for i in range(0, 2): {
    name: 'vm-sql-${i}'
    location: location
    properties: {
      hardwareProfile: {
        vmSize: 'Standard_E4s_v5'
      }
      storageProfile: {
        imageReference: {
          publisher: 'MicrosoftSQLServer'
          offer: 'sql2022-ws2022'
          sku: 'enterprise-gen2'
          version: 'latest'
        }
      }
      networkProfile: {
        networkInterfaces: [
          {
            id: nics[i].id
          }
        ]
      }
    }
  }
]

resource listeners 'Microsoft.Compute/virtualMachines/extensions@2024-07-01' = [
  for i in range(0, 2): {
    parent: vms[i]
    name: 'listener'
    location: location
    properties: {
      publisher: 'Microsoft.Compute'
      type: 'CustomScriptExtension'
      typeHandlerVersion: '1.10'
      settings: {
        commandToExecute: join(
          [
            'powershell Get-ClusterResource sales-ip | Set-ClusterParameter -Multiple @{Address=\'10.47.1.10\';ProbePort=59999;SubnetMask=\'255.255.255.255\'}'
            'sqlcmd -S tcp:10.47.1.10,1433 -Q \'select 1\''
          ],
          '; '
        )
      }
    }
  }
]
