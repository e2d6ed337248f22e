import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../value/value.ts';
import { type Attributes, attributesOf, fieldsOf, mapBlocks, read } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';

const TYPE = 'microsoft.network/networksecuritygroups';

/** Security groups, their rules, and application security groups. */
export const securityGroupTranslators: Translators = {
  azurerm_network_security_group: securityGroup,
  azurerm_network_security_rule: (instance, context) => {
    const group = context.links.parentOf(instance);
    return child(instance, `${TYPE}/securityrules`, group, ruleProperties(attributesOf(instance), context));
  },
  azurerm_application_security_group: (instance) =>
    topLevel(instance, 'microsoft.network/applicationsecuritygroups', {}),
};

function securityGroup(instance: TerraformInstance, context: Context): Resource {
  const rules = mapBlocks(context.ownBlocks(instance, 'security_rule'), (block, { origin }) =>
    fieldsOf(
      { name: read(block, 'name'), properties: fieldsOf(ruleProperties(block, context), origin) },
      origin,
    ),
  );
  return topLevel(instance, TYPE, {
    properties: fieldsOf({ securityRules: rules }, instance.origin),
  });
}

function ruleProperties(
  rule: Attributes,
  { links, toArmReferences }: Context,
): Record<string, Value | undefined> {
  const prefix = (name: string): Value => toArmReferences(read(rule, name));
  const groups = (name: string): Value => links.linkList(read(rule, name), kinds.APPLICATION_SECURITY_GROUP);
  return {
    description: read(rule, 'description'),
    priority: read(rule, 'priority'),
    direction: read(rule, 'direction'),
    access: read(rule, 'access'),
    protocol: read(rule, 'protocol'),
    sourcePortRange: read(rule, 'source_port_range'),
    sourcePortRanges: read(rule, 'source_port_ranges'),
    destinationPortRange: read(rule, 'destination_port_range'),
    destinationPortRanges: read(rule, 'destination_port_ranges'),
    sourceAddressPrefix: prefix('source_address_prefix'),
    sourceAddressPrefixes: prefix('source_address_prefixes'),
    destinationAddressPrefix: prefix('destination_address_prefix'),
    destinationAddressPrefixes: prefix('destination_address_prefixes'),
    sourceApplicationSecurityGroups: groups('source_application_security_group_ids'),
    destinationApplicationSecurityGroups: groups('destination_application_security_group_ids'),
  };
}
