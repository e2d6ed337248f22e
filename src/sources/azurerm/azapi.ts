import { linkOf } from '../../model/model.ts';
import type { Resource } from '../../model/resource.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { object, type Unknown, unknown } from '../../value/value.ts';
import { armTypeOf } from './azapi-instance.ts';
import type { TerraformInstance } from './instance.ts';
import { kindOf } from './kinds.ts';
import type { Kind } from './root-index.ts';
import type { Context } from './translator.ts';

const AZAPI_TYPES = ['azapi_resource', 'azapi_update_resource'] as const;

/** What the network is made of, so that leaving it out can change an answer. */
const MATTERS =
  /^microsoft\.network\/(loadbalancers|networksecuritygroups|networkinterfaces|virtualnetworks|routetables)(\/|$)/;

/** Child resources that change what their parent means. */
const CHANGES_PARENT: Readonly<Record<string, Kind>> = {
  'microsoft.network/networksecuritygroups/securityrules': ['azurerm_network_security_group'],
  'microsoft.network/routetables/routes': ['azurerm_route_table'],
};

/** Whether a Terraform type is one of azapi's that declare or change an Azure resource. */
export function isAzapi(type: string): boolean {
  return AZAPI_TYPES.some((azapi) => azapi === type);
}

/** The warning for a part of the network that is declared or changed through azapi. */
export function problemOfAzapi(instance: TerraformInstance): Problem | undefined {
  const armType = isAzapi(instance.type) ? armTypeOf(instance) : undefined;
  if (armType === undefined || !MATTERS.test(armType)) return undefined;
  return {
    code: 'resource-type-not-supported',
    message: `\`${printable(instance.address)}\` declares \`${printable(armType)}\` through azapi, which is not read yet`,
    remedy: 'declare it with the azurerm provider to have it checked',
    origin: instance.origin,
    severity: 'warning',
  };
}

/**
 * The instances that an azapi resource changes, by id, with why they are not known: updates of a resource, and rules and
 * routes that are added to one.
 */
export function changedByAzapi({ index, links }: Context): ReadonlyMap<string, Unknown> {
  const changed = new Map<string, Unknown>();
  for (const instance of AZAPI_TYPES.flatMap((type) => index.ofType(type))) {
    const armType = armTypeOf(instance) ?? '';
    const isUpdate = instance.type === 'azapi_update_resource';
    const kind = isUpdate ? kindOf(armType) : CHANGES_PARENT[armType];
    if (kind === undefined) continue;
    const link = linkOf(links.link(instance.attribute(isUpdate ? 'resource_id' : 'parent_id'), kind));
    const isElsewhere =
      link.kind === 'unknown' || link.kind === 'none' || (link.kind === 'one-of' && link.open);
    const listed = link.kind === 'to' ? [link.id] : link.kind === 'one-of' ? link.ids : [];
    const ids = isElsewhere ? kind.flatMap((type) => index.ofType(type).map(({ id }) => id)) : listed;
    const reason = unknown({ kind: 'unsupported', name: instance.address }, instance.origin);
    for (const id of ids) changed.set(id, reason);
  }
  return changed;
}

/** A resource whose properties are not known because something changes them unseen. */
export function withUnknownProperties(resource: Resource, reason: Unknown): Resource {
  const fields = Object.fromEntries(resource.body.fields);
  return { ...resource, body: object({ ...fields, properties: reason }, resource.body.origin) };
}
