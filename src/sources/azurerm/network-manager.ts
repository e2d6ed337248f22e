import type { Resource } from '../../model/resource.ts';
import { known, list, type Value } from '../../value/value.ts';
import { attributesOf, fieldsOf, mapBlocks, read, readOr, singleBlock } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';

const MANAGER = 'microsoft.network/networkmanagers';
const ADMIN = `${MANAGER}/securityadminconfigurations`;
const ROUTING = `${MANAGER}/routingconfigurations`;

/**
 * Virtual network managers: groups with their static members, configurations of all three kinds with their rules, and
 * deployments. A deployment is an action in Azure, `commit`; here it is a child resource of the manager, of the type
 * `microsoft.network/networkmanagers/commits`, with `commitType`, `targetLocations` and `configurationIds` as `{ id }`. A
 * configuration that no commit names has no effect.
 */
export const networkManagerTranslators: Translators = {
  azurerm_network_manager: networkManager,
  azurerm_network_manager_network_group: (instance, { links }) =>
    child(instance, `${MANAGER}/networkgroups`, links.parentOf(instance), {
      memberType: readOr(attributesOf(instance), 'VirtualNetwork', 'member_type'),
    }),
  azurerm_network_manager_static_member: (instance, { links }) => {
    const target = read(attributesOf(instance), 'target_virtual_network_id');
    return child(instance, `${MANAGER}/networkgroups/staticmembers`, links.parentOf(instance), {
      resourceId: links.link(target, MEMBER),
    });
  },
  azurerm_network_manager_security_admin_configuration: (instance, { links }) =>
    child(instance, ADMIN, links.parentOf(instance), {
      applyOnNetworkIntentPolicyBasedServices: read(
        attributesOf(instance),
        'apply_on_network_intent_policy_based_services',
      ),
    }),
  azurerm_network_manager_admin_rule_collection: (instance, context) =>
    child(instance, `${ADMIN}/rulecollections`, context.links.parentOf(instance), {
      appliesToGroups: groupsOf(instance, context),
    }),
  azurerm_network_manager_admin_rule: adminRule,
  azurerm_network_manager_connectivity_configuration: connectivity,
  azurerm_network_manager_routing_configuration: (instance, { links }) =>
    child(instance, ROUTING, links.parentOf(instance), {
      routeTableUsageMode: read(attributesOf(instance), 'route_table_usage_mode'),
    }),
  azurerm_network_manager_routing_rule_collection: routingCollection,
  azurerm_network_manager_routing_rule: routingRule,
  azurerm_network_manager_deployment: deployment,
};

/** A group holds virtual networks, or subnets since azurerm 4. */
const MEMBER = [...kinds.VIRTUAL_NETWORK, ...kinds.SUBNET];

function networkManager(instance: TerraformInstance): Resource {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const scope = singleBlock(attributes, 'scope');
  return topLevel(instance, MANAGER, {
    properties: fieldsOf(
      {
        networkManagerScopes: fieldsOf(
          {
            managementGroups: read(scope, 'management_group_ids'),
            subscriptions: read(scope, 'subscription_ids'),
          },
          origin,
        ),
        networkManagerScopeAccesses: read(attributes, 'scope_accesses'),
      },
      origin,
    ),
  });
}

function groupsOf(instance: TerraformInstance, { links }: Context): Value {
  const ids = read(attributesOf(instance), 'network_group_ids');
  const groups = links.linkList(ids, kinds.NETWORK_GROUP);
  if (groups.kind !== 'list') return groups;
  const items = groups.items.map((item) =>
    item.kind === 'object'
      ? fieldsOf({ networkGroupId: item.fields.get('id') }, item.origin)
      : fieldsOf({ networkGroupId: item }, item.origin),
  );
  return { ...groups, items };
}

function adminRule(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const prefixes = (name: string): Value =>
    mapBlocks(instance.attribute(name), (block, { origin }) =>
      fieldsOf(
        {
          addressPrefix: context.toArmReferences(read(block, 'address_prefix')),
          addressPrefixType: read(block, 'address_prefix_type'),
        },
        origin,
      ),
    );
  const parent = context.links.parentOf(instance);
  const rule = child(instance, `${ADMIN}/rulecollections/rules`, parent, {
    access: read(attributes, 'action'),
    direction: read(attributes, 'direction'),
    priority: read(attributes, 'priority'),
    protocol: read(attributes, 'protocol'),
    sourcePortRanges: read(attributes, 'source_port_ranges'),
    destinationPortRanges: read(attributes, 'destination_port_ranges'),
    sources: prefixes('source'),
    destinations: prefixes('destination'),
  });
  const kind = known('Custom', instance.origin);
  return { ...rule, body: fieldsOf({ kind, ...Object.fromEntries(rule.body.fields) }, rule.body.origin) };
}

function connectivity(instance: TerraformInstance, { links }: Context): Resource {
  const attributes = attributesOf(instance);
  return child(instance, `${MANAGER}/connectivityconfigurations`, links.parentOf(instance), {
    connectivityTopology: read(attributes, 'connectivity_topology'),
    isGlobal: readOr(attributes, false, 'global_mesh_enabled'),
    deleteExistingPeering: readOr(attributes, false, 'delete_existing_peering_enabled'),
    hubs: mapBlocks(instance.attribute('hub'), (block, { origin }) =>
      fieldsOf(
        {
          resourceId: links.link(read(block, 'resource_id'), kinds.VIRTUAL_NETWORK),
          resourceType: read(block, 'resource_type'),
        },
        origin,
      ),
    ),
    appliesToGroups: mapBlocks(instance.attribute('applies_to_group'), (block, { origin }) =>
      fieldsOf(
        {
          networkGroupId: links.link(read(block, 'network_group_id'), kinds.NETWORK_GROUP),
          groupConnectivity: read(block, 'group_connectivity'),
          isGlobal: readOr(block, false, 'global_mesh_enabled'),
          useHubGateway: readOr(block, false, 'use_hub_gateway'),
        },
        origin,
      ),
    ),
  });
}

function routingCollection(instance: TerraformInstance, context: Context): Resource {
  const propagates = read(attributesOf(instance), 'bgp_route_propagation_enabled');
  const disabled =
    propagates.kind === 'known' ? { ...propagates, value: propagates.value === false } : propagates;
  return child(instance, `${ROUTING}/rulecollections`, context.links.parentOf(instance), {
    appliesTo: groupsOf(instance, context),
    disableBgpRoutePropagation: disabled,
  });
}

function routingRule(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const { links, toArmReferences } = context;
  const destination = singleBlock(attributes, 'destination');
  const nextHop = singleBlock(attributes, 'next_hop');
  return child(instance, `${ROUTING}/rulecollections/rules`, links.parentOf(instance), {
    destination: fieldsOf(
      {
        type: read(destination, 'type'),
        destinationAddress: toArmReferences(read(destination, 'address')),
      },
      origin,
    ),
    nextHop: fieldsOf(
      {
        nextHopType: read(nextHop, 'type'),
        nextHopAddress: toArmReferences(read(nextHop, 'address')),
      },
      origin,
    ),
  });
}

function deployment(instance: TerraformInstance, { links }: Context): Resource {
  const attributes = attributesOf(instance);
  const location = read(attributes, 'location');
  const ids = read(attributes, 'configuration_ids');
  return child(instance, `${MANAGER}/commits`, links.parentOf(instance), {
    commitType: read(attributes, 'scope_access'),
    targetLocations: location.kind === 'absent' ? undefined : list([location], location.origin),
    configurationIds: links.linkList(ids, kinds.NETWORK_MANAGER_CONFIGURATION),
  });
}
