import { linkOf } from '../../model/model.ts';
import type { Gap } from '../../model/resource.ts';
import { attributesOf, read } from './attributes.ts';
import { isAzapi } from './azapi.ts';
import { armTypeOf } from './azapi-instance.ts';
import type { TerraformInstance, TerraformRoot } from './instance.ts';
import { LOAD_BALANCER, NAT_RULE, POOL } from './kinds.ts';
import type { Context } from './translator.ts';

/** Types that can bring network interfaces, scale sets or pool members which are not read. */
const BRINGS_MEMBERS =
  /^azurerm_(kubernetes_cluster|kubernetes_cluster_node_pool|(\w+_)?template_deployment|virtual_machine_scale_set_(?!packet_capture$)\w+|service_fabric_managed_cluster|databricks_workspace|hdinsight_\w+|batch_pool|redhat_openshift_cluster|api_management)$/;

const AZAPI_BRINGS_MEMBERS = /^microsoft\.((compute|network)\/|resources\/deployments)/;

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
export function gapsOfUntranslated(instance: TerraformInstance, { links }: Context): readonly Gap[] {
  const { type, address, origin } = instance;
  const reason = { kind: 'unsupported', name: address } as const;
  if (BRINGS_MEMBERS.test(type)) return [{ reason, origin }];
  if (isAzapi(type)) {
    const armType = armTypeOf(instance);
    return armType === undefined || AZAPI_BRINGS_MEMBERS.test(armType) ? [{ reason, origin }] : [];
  }
  if (!type.startsWith('azurerm_') || type === OTHER_POOLS) return [];
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
