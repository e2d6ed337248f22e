import { type ArmResource, sub } from './arm-model.ts';

/** A manager whose rules are deployed to the virtual network of the estate. */
export function adminRules(...rules: readonly Record<string, unknown>[]): readonly ArmResource[] {
  const manager = 'networkManagers/nm';
  const collection = `${manager}/securityAdminConfigurations/c/ruleCollections`;
  const group = `${manager}/networkGroups`;
  return [
    { type: group, name: 'g', parent: sub(manager).id },
    {
      type: `${group}/g/staticMembers`,
      name: 'member',
      parent: sub(`${group}/g`).id,
      properties: { resourceId: sub('virtualNetworks/vnet').id },
    },
    {
      type: `${manager}/commits`,
      name: 'deployed',
      parent: sub(manager).id,
      properties: {
        commitType: 'SecurityAdmin',
        targetLocations: ['westeurope'],
        configurationIds: [sub(`${manager}/securityAdminConfigurations/c`)],
      },
    },
    {
      type: collection,
      name: 'rc',
      parent: sub(`${manager}/securityAdminConfigurations/c`).id,
      properties: { appliesToGroups: [{ networkGroupId: sub(`${group}/g`).id }] },
    },
    ...rules.map((properties, index) => ({
      type: `${collection}/rc/rules`,
      name: `admin${index}`,
      parent: sub(`${collection}/rc`).id,
      properties: { priority: 10 + index, direction: 'Inbound', protocol: 'Any', ...properties },
    })),
  ];
}
