import type { Resource } from '../../model/resource.ts';
import { asBoolean, type Value } from '../../value/value.ts';
import { type Attributes, attributesOf, fieldsOf, mapBlocks, read, readOr } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';

const TYPE = 'microsoft.network/routetables';

/** Route tables and routes in both forms. */
export const routeTableTranslators: Translators = {
  azurerm_route_table: routeTable,
  azurerm_route: (instance, context) => {
    const table = context.links.parentOf(instance);
    return child(instance, `${TYPE}/routes`, table, routeProperties(attributesOf(instance), context));
  },
};

function routeTable(instance: TerraformInstance, context: Context): Resource {
  const routes = mapBlocks(context.ownBlocks(instance, 'route'), (block, { origin }) =>
    fieldsOf(
      { name: read(block, 'name'), properties: fieldsOf(routeProperties(block, context), origin) },
      origin,
    ),
  );
  const disableBgpRoutePropagation = isPropagationDisabled(attributesOf(instance));
  return topLevel(instance, TYPE, {
    properties: fieldsOf({ routes, disableBgpRoutePropagation }, instance.origin),
  });
}

function routeProperties(route: Attributes, { toArmReferences }: Context): Record<string, Value> {
  return {
    addressPrefix: toArmReferences(read(route, 'address_prefix')),
    nextHopType: read(route, 'next_hop_type'),
    nextHopIpAddress: toArmReferences(read(route, 'next_hop_in_ip_address')),
  };
}

/** Azurerm 3.112 turned the truth value around. Routes propagate unless somebody says otherwise. */
function isPropagationDisabled(attributes: Attributes): Value {
  const enabled = asBoolean(read(attributes, 'bgp_route_propagation_enabled'));
  if (enabled.kind === 'known') return { ...enabled, value: !enabled.value };
  if (enabled.kind === 'unknown') return enabled;
  return readOr(attributes, false, 'disable_bgp_route_propagation');
}
