import { linkOf } from '../../model/model.ts';
import type { Gap, Resource } from '../../model/resource.ts';
import type { Reason } from '../../value/reason.ts';
import { asItems, asText, field, type Reference } from '../../value/value.ts';
import { attributesOf, read } from './attributes.ts';
import { azapiBringsMembers, isAzapi } from './azapi.ts';
import type { TerraformInstance, TerraformRoot } from './instance.ts';
import { LOAD_BALANCER, NAT_RULE, NETWORK_GROUP, POOL } from './kinds.ts';
import type { Links } from './links.ts';
import type { Context } from './translator.ts';

/** Types that can bring network interfaces, scale sets or pool members which are not read. */
const BRINGS_MEMBERS =
  /^azurerm_(kubernetes_cluster|kubernetes_cluster_node_pool|virtual_machine_scale_set_(?!packet_capture$)\w+|service_fabric_managed_cluster|databricks_workspace|hdinsight_\w+|batch_pool|redhat_openshift_cluster|api_management)$/;

/** A policy on network data adds virtual networks to network groups by a condition. */
const FILLS_GROUPS = 'azurerm_policy_definition';

/** How types that are not translated may spell membership of a pool. */
const POOL_ATTRIBUTES = [
  'backend_address_pool_id',
  'backend_address_pool_ids',
  'load_balancer_backend_address_pool_ids',
] as const;

/** Its pools are those of an application gateway. */
const OTHER_POOLS = 'azurerm_network_interface_application_gateway_backend_address_pool_association';

/** Pools, NAT rules and load balancers that leave the root, so that other roots can attach members to them. */
export function gapsOfOutputs(root: TerraformRoot, { index, links }: Context): readonly Gap[] {
  return root.outputs.flatMap(({ name, origin, references, open }) => {
    const trail = links.follow(references, {
      kind: [...POOL, ...NAT_RULE],
      property: 'id',
      hidden: true,
    });
    const wholes = references.filter(({ id, property }) => {
      const instance = index.byId(id);
      return (
        instance !== undefined && LOAD_BALANCER.includes(index.typeOf(instance)) && /^(id)?$/.test(property)
      );
    });
    const ids = new Set([...trail.found, ...wholes.map(({ id }) => id)]);
    const reason = { kind: 'outside', name: `output.${name}` } as const;
    const gaps: Gap[] = [...ids].map((id) => ({ id, reason, origin }));
    return open ? [...gaps, { reason, origin }] : gaps;
  });
}

/** What a managed instance that is not translated may add to the network unseen. */
export function gapsOfUntranslated(instance: TerraformInstance, { links, index }: Context): readonly Gap[] {
  const { type, address, origin } = instance;
  const reason = { kind: 'unsupported', name: address } as const;
  if (type === FILLS_GROUPS) {
    const mode = asText(instance.attribute('mode'));
    if (mode.kind === 'known' && mode.value.toLowerCase() !== 'microsoft.network.data') return [];
    return index.ofKind(NETWORK_GROUP).map(({ id }) => ({ id, reason, origin }));
  }
  if (BRINGS_MEMBERS.test(type)) return [{ reason, origin }];
  if (isAzapi(type)) return azapiBringsMembers(instance) ? [{ reason, origin }] : [];
  if (type === OTHER_POOLS) return [];
  const spelled = gapsOfMembership(instance, links, reason);
  return spelled.length > 0 ? spelled : gapsOfMention(instance, links);
}

/**
 * A pool that anything else is told of, such as a function app that scales a cluster by itself, may get members from it.
 */
function gapsOfMention(instance: TerraformInstance, links: Links): readonly Gap[] {
  const references: Reference[] = [];
  const pending = instance.names().map((name) => instance.attribute(name));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'list') pending.push(...next.items);
    else if (next.kind === 'object') pending.push(...next.fields.values());
    else if (next.kind === 'unknown') {
      references.push(...(next.references ?? []));
      for (const part of next.parts ?? []) if (typeof part !== 'string') pending.push(part);
    }
  }
  const ids = references.filter(({ property }) => property === 'id');
  const { found } = links.follow(ids, { kind: [...POOL, ...NAT_RULE], property: 'id', hidden: true });
  const reason = { kind: 'runtime', name: `what ${instance.address} attaches` } as const;
  return [...found].map((id): Gap => ({ id, reason, origin: instance.origin }));
}

function gapsOfMembership(instance: TerraformInstance, links: Links, reason: Reason): readonly Gap[] {
  const { origin } = instance;
  if (!instance.type.startsWith('azurerm_')) return [];
  return POOL_ATTRIBUTES.flatMap((name) => {
    const value = read(attributesOf(instance), name);
    return (value.kind === 'list' ? value.items : [value]).flatMap((item): readonly Gap[] => {
      const link = linkOf(links.link(item, POOL));
      if (link.kind === 'none') return [];
      if (link.kind === 'to') return [{ id: link.id, reason, origin }];
      if (link.kind === 'unknown' || link.open) return [{ reason, origin }];
      return link.ids.map((id) => ({ id, reason, origin }));
    });
  });
}

/** Interfaces that a machine or a scale set declares in itself, where they are not all known: any can be in any pool. */
export function gapsOfInterfaces({ type, body }: Resource): readonly Gap[] {
  const profile = PROFILES[type];
  if (profile === undefined) return [];
  const interfaces = field(body, ...profile, 'networkProfile', 'networkInterfaceConfigurations');
  const { unknown } = asItems(interfaces);
  return unknown === undefined ? [] : [{ reason: unknown.reason, origin: unknown.origin }];
}

const PROFILES: Readonly<Record<string, readonly string[]>> = {
  'microsoft.compute/virtualmachines': ['properties'],
  'microsoft.compute/virtualmachinescalesets': ['properties', 'virtualMachineProfile'],
};
