/**
 * What `avm/res/compute/virtual-machine` deploys of the network, and the machine that carries it, from its versions 0.10 to
 * 0.22. Extensions that run scripts of their own are not covered.
 *
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/compute/virtual-machine
 */
export const VIRTUAL_MACHINE: string = `
param name string
param location string = resourceGroup().location
param computerName string = name
param osType string
param vmSize string
param adminUsername string?
@secure()
param adminPassword string?
@secure()
param customData string = ''
param userData string = ''
param publicKeys array?
param disablePasswordAuthentication bool?
param imageReference object?
param plan object?
param osDisk object
param dataDisks array?
param availabilityZone int?
param zone int?
param availabilitySetResourceId string = ''
param virtualMachineScaleSetResourceId string = ''
param proximityPlacementGroupResourceId string = ''
param dedicatedHostResourceId string = ''
param capacityReservationGroupResourceId string = ''
param encryptionAtHost bool?
param securityType string?
param secureBootEnabled bool?
param vTpmEnabled bool?
param diskControllerType string?
param ultraSSDEnabled bool?
param hibernationEnabled bool?
param priority string?
param evictionPolicy string?
param enableEvictionPolicy bool?
param maxPriceForLowPriorityVm string?
param licenseType string?
param managedIdentities object?
param bootDiagnostics bool?
param bootDiagnosticStorageAccountName string?
param bootDiagnosticStorageAccountUri string?
param galleryApplications array?
param backupVaultName string?
param backupVaultResourceGroup string?
param backupPolicyName string?
param autoShutdownConfig object?
param maintenanceConfigurationResourceId string?
param allowExtensionOperations bool?
param extensionAadJoinConfig object?
param extensionAntiMalwareConfig object?
param extensionMonitoringAgentConfig object?
param extensionDependencyAgentConfig object?
param extensionNetworkWatcherAgentConfig object?
param provisionVMAgent bool?
param enableAutomaticUpdates bool?
param patchMode string?
param patchAssessmentMode string?
param bypassPlatformSafetyChecksOnUserSchedule bool?
param rebootSetting string?
param enableHotpatching bool?
param timeZone string?
param tags object?
param lock object?
param roleAssignments array?
param enableTelemetry bool = true

param nicConfigurations {
  name: string?
  nicSuffix: string?
  enableIPForwarding: bool?
  enableAcceleratedNetworking: bool?
  dnsServers: array?
  deleteOption: string?
  networkSecurityGroupResourceId: string?
  tags: object?
  lock: object?
  roleAssignments: array?
  diagnosticSettings: array?
  enableTelemetry: bool?
  ipConfigurations: {
    name: string?
    privateIPAllocationMethod: string?
    privateIPAddress: string?
    privateIPAddressVersion: string?
    subnetResourceId: string
    loadBalancerBackendAddressPools: array?
    loadBalancerInboundNatRules: array?
    applicationSecurityGroups: array?
    applicationGatewayBackendAddressPools: array?
    gatewayLoadBalancer: object?
    virtualNetworkTaps: array?
    diagnosticSettings: array?
    tags: object?
    enableTelemetry: bool?
    pipConfiguration: {
      name: string?
      publicIpNameSuffix: string?
      publicIPAddressResourceId: string?
      publicIPAllocationMethod: string?
      publicIPAddressVersion: string?
      skuName: string?
      skuTier: string?
      dnsSettings: object?
      idleTimeoutInMinutes: int?
      availabilityZones: array?
      zones: array?
      tags: object?
      ipTags: array?
      ddosSettings: object?
      location: string?
      lock: object?
      diagnosticSettings: array?
      roleAssignments: array?
      enableTelemetry: bool?
    }?
  }[]
}[]

var nicNames = [for nic in nicConfigurations: nic.?name ?? '\${name}\${nic.?nicSuffix}']

var addresses = flatten(map(
  nicConfigurations,
  nic => map(
    filter(
      nic.ipConfigurations,
      item => !empty(item.?pipConfiguration) && empty(item.?pipConfiguration.?publicIPAddressResourceId)
    ),
    item => item.pipConfiguration
  )
))

resource publicIp 'Microsoft.Network/publicIPAddresses@2024-07-01' = [
  for item in addresses: {
    name: item.?name ?? '\${name}\${item.?publicIpNameSuffix}'
    location: location
    sku: { name: item.?skuName ?? 'Standard', tier: item.?skuTier ?? 'Regional' }
    properties: {
      publicIPAllocationMethod: item.?publicIPAllocationMethod ?? 'Static'
      publicIPAddressVersion: item.?publicIPAddressVersion ?? 'IPv4'
      dnsSettings: item.?dnsSettings
    }
  }
]

resource networkInterface 'Microsoft.Network/networkInterfaces@2024-05-01' = [
  for (nic, index) in nicConfigurations: {
    name: nicNames[index]
    location: location
    properties: {
      enableIPForwarding: nic.?enableIPForwarding ?? false
      enableAcceleratedNetworking: nic.?enableAcceleratedNetworking ?? true
      networkSecurityGroup: empty(nic.?networkSecurityGroupResourceId)
        ? null
        : { id: nic.?networkSecurityGroupResourceId }
      ipConfigurations: [
        for (item, position) in nic.ipConfigurations: {
          name: item.?name ?? 'ipconfig\${padLeft((position + 1), 2, '0')}'
          properties: {
            primary: position == 0
            privateIPAllocationMethod: item.?privateIPAllocationMethod
            privateIPAddress: item.?privateIPAddress
            privateIPAddressVersion: item.?privateIPAddressVersion
            publicIPAddress: empty(item.?pipConfiguration)
              ? null
              : {
                  id: item.?pipConfiguration.?publicIPAddressResourceId ?? resourceId(
                    'Microsoft.Network/publicIPAddresses',
                    item.?pipConfiguration.?name ?? '\${name}\${item.?pipConfiguration.?publicIpNameSuffix}'
                  )
                }
            subnet: { id: item.subnetResourceId }
            loadBalancerBackendAddressPools: item.?loadBalancerBackendAddressPools
            loadBalancerInboundNatRules: item.?loadBalancerInboundNatRules
            applicationSecurityGroups: item.?applicationSecurityGroups
            applicationGatewayBackendAddressPools: item.?applicationGatewayBackendAddressPools
            gatewayLoadBalancer: item.?gatewayLoadBalancer
          }
        }
      ]
    }
  }
]

resource virtualMachine 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    hardwareProfile: { vmSize: vmSize }
    storageProfile: { imageReference: imageReference }
    osProfile: {
      computerName: computerName
      adminUsername: adminUsername
      customData: empty(customData) ? null : base64(customData)
    }
    userData: empty(userData) ? null : base64(userData)
    networkProfile: {
      networkInterfaces: [
        for (nic, index) in nicConfigurations: {
          id: networkInterface[index].id
          properties: { primary: index == 0 }
        }
      ]
    }
  }
}

output name string = virtualMachine.name
output resourceId string = virtualMachine.id
output resourceGroupName string = resourceGroup().name
output location string = location
`;
