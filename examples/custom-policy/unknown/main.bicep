// Whether the rule of the broker resets idle connections is a parameter without a value.
param location string = resourceGroup().location
param resetIdle bool

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-broker'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.40.0.0/16'] }
    subnets: [
      {
        name: 'snet-broker'
        properties: {
          addressPrefix: '10.40.1.0/24'
          natGateway: { id: resourceId('Microsoft.Network/natGateways', 'ng-broker') }
        }
      }
    ]
  }
}

resource balancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: 'lbi-broker'
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [
      {
        name: 'private'
        properties: { subnet: { id: network.properties.subnets[0].id } }
      }
    ]
    backendAddressPools: [{ name: 'brokers' }]
    probes: [
      {
        name: 'amqps'
        properties: { protocol: 'Tcp', port: 5671, probeThreshold: 2 }
      }
    ]
    loadBalancingRules: [
      {
        name: 'amqps'
        properties: {
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lbi-broker', 'private')
          }
          backendAddressPools: [
            { id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lbi-broker', 'brokers') }
          ]
          probe: { id: resourceId('Microsoft.Network/loadBalancers/probes', 'lbi-broker', 'amqps') }
          protocol: 'Tcp'
          frontendPort: 5671
          backendPort: 5671
          idleTimeoutInMinutes: 30
          enableTcpReset: resetIdle
        }
      }
    ]
  }
}

resource brokers 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for index in range(0, 2): {
    name: 'nic-broker-${index}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'ipconfig1'
          properties: {
            subnet: { id: network.properties.subnets[0].id }
            loadBalancerBackendAddressPools: [{ id: balancer.properties.backendAddressPools[0].id }]
          }
        }
      ]
    }
  }
]
