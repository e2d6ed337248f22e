import type { PartTable, TypeTable } from '../define-types.ts';
import { CHILD, NAMED, TRACKED } from './common.ts';

/**
 * `Microsoft.Network/networkSecurityGroups` with their rules, and `applicationSecurityGroups`.
 * https://learn.microsoft.com/azure/templates/microsoft.network/networksecuritygroups
 */
export const securityGroupTypes: TypeTable = {
  'Microsoft.Network/networkSecurityGroups': { ...TRACKED, properties: 'NetworkSecurityGroupProperties' },
  'Microsoft.Network/networkSecurityGroups/securityRules': {
    etag: 'text read-only',
    properties: 'SecurityRuleProperties',
  },
  'Microsoft.Network/applicationSecurityGroups': {
    ...TRACKED,
    properties: 'ApplicationSecurityGroupProperties',
  },

  NetworkSecurityGroup: { ...NAMED, properties: 'NetworkSecurityGroupProperties' },
  NetworkSecurityGroupProperties: {
    securityRules: 'SecurityRule[]',
    flushConnection: 'boolean since 2022-01-01',
    defaultSecurityRules: 'any[] read-only',
    networkInterfaces: 'any[] read-only',
    subnets: 'any[] read-only',
    flowLogs: 'any[] since 2019-12-01 read-only',
    resourceGuid: 'text read-only',
    provisioningState: 'text read-only',
  },
  SecurityRule: {
    ...CHILD,
    properties: 'SecurityRuleProperties',
  },
  SecurityRuleProperties: {
    description: 'text',
    priority: 'integer required',
    direction: 'text required',
    access: 'text required',
    protocol: 'text required',
    sourceAddressPrefix: 'text',
    sourceAddressPrefixes: 'text[] since 2017-06-01',
    sourceApplicationSecurityGroups: 'ApplicationSecurityGroup[] since 2017-09-01',
    sourcePortRange: 'text',
    sourcePortRanges: 'text[] since 2017-06-01',
    destinationAddressPrefix: 'text',
    destinationAddressPrefixes: 'text[] since 2017-06-01',
    destinationApplicationSecurityGroups: 'ApplicationSecurityGroup[] since 2017-09-01',
    destinationPortRange: 'text',
    destinationPortRanges: 'text[] since 2017-06-01',
    provisioningState: 'text read-only',
  },

  ApplicationSecurityGroup: { ...NAMED, properties: 'ApplicationSecurityGroupProperties' },
  ApplicationSecurityGroupProperties: {
    resourceGuid: 'text read-only',
    provisioningState: 'text read-only',
  },
};

/** Parts of a security group that Azure creates itself. */
export const securityGroupParts: PartTable = {
  'Microsoft.Network/networkSecurityGroups/defaultSecurityRules': 'never',
};
