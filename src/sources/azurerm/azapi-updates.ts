import { linkOf } from '../../model/model.ts';
import type { Resource } from '../../model/resource.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { asText, field, object, type Unknown, unknown, type Value } from '../../value/value.ts';
import { withProperties } from './azapi.ts';
import { AZAPI_UPDATE, armTypeOf, bodyOf } from './azapi-instance.ts';
import { mergeBodies } from './azapi-merge.ts';
import type { TerraformInstance } from './instance.ts';
import { armTypeOfKind, kindOf, LOAD_BALANCER, parentTypeOf } from './kinds.ts';
import { isAtLeast } from './provider-version.ts';
import type { Context } from './translator.ts';

/** What `azapi_update_resource` makes of the resources of the root. */
export interface Updates {
  /** The resource as it is after the updates that change it, or may change it. */
  apply(resource: Resource): Resource;
  /** Updates of something that is not in the root, so that nobody sees what they change. */
  readonly problems: readonly Problem[];
}

interface Update {
  readonly instance: TerraformInstance;
  readonly armType: string;
  /** Why it is not certain that this resource is changed. */
  readonly doubt?: Unknown;
}

/** Reads every update once. */
export function readUpdates(context: Context): Updates {
  const { index, links } = context;
  const updates = new Map<string, Update[]>();
  const problems: Problem[] = [];
  let children: ReadonlySet<string> | undefined;

  for (const instance of index.ofType(AZAPI_UPDATE)) {
    const armType = armTypeOf(instance);
    if (armType !== undefined) place(instance, armType);
  }

  function place(instance: TerraformInstance, armType: string): void {
    const kind = kindOf(armType);
    const given = instance.attribute('resource_id');
    const target = given.kind === 'absent' ? targetByName(instance, armType) : links.link(given, kind);
    const link = linkOf(target);
    const { condition } = instance;
    if (link.kind === 'to') {
      if (index.byId(link.id) !== undefined) add(link.id, { instance, armType, ...doubtOf(condition) });
      else if (!addToOwner(link.id, instance, armType)) problems.push(unseen(instance, armType));
      return;
    }
    const waitsFor = link.kind === 'none' ? undefined : link.waitsFor;
    const isElsewhere = link.kind !== 'one-of' || link.open;
    const ids = isElsewhere ? index.ofKind(kind).map(({ id }) => id) : link.ids;
    const reason = waitsFor?.reason ?? { kind: 'unsupported', name: instance.address };
    const doubt = unknown(reason, instance.origin);
    for (const id of ids) add(id, { instance, armType, doubt });
  }

  function targetByName(instance: TerraformInstance, armType: string): Value {
    const parentType = parentTypeOf(armType);
    if (parentType === undefined) return links.linkByName(instance, 'name', kindOf(armType));
    const name = asText(instance.attribute('name'));
    const parent = linkOf(links.link(instance.attribute('parent_id'), kindOf(parentType)));
    if (parent.kind !== 'to' || name.kind !== 'known') return unknown(REASON, instance.origin);
    const segment = armType.slice(armType.lastIndexOf('/') + 1);
    const id = links.below(parent.id, `/${segment}/${name.value}`.toLowerCase());
    return { ...name, value: id };
  }

  /** A part of a resource, such as an inline subnet, is changed as far as one can tell by its collection. */
  function addToOwner(id: string, instance: TerraformInstance, armType: string): boolean {
    const owner = id.slice(0, id.lastIndexOf('/', id.lastIndexOf('/') - 1));
    if (index.byId(owner)?.mode !== 'managed') return false;
    add(owner, { instance, armType });
    return true;
  }

  function add(id: string, update: Update): void {
    const list = updates.get(id);
    if (list === undefined) updates.set(id, [update]);
    else list.push(update);
  }

  function apply(resource: Resource): Resource {
    return (updates.get(resource.id) ?? []).reduce(change, resource);
  }

  function change(resource: Resource, { instance, armType, doubt }: Update): Resource {
    const reason = { kind: 'unsupported', name: instance.address } as const;
    if (armType !== resource.type) {
      const collection = armType.slice(armType.lastIndexOf('/') + 1);
      const edited = { [collection]: unknown(reason, instance.origin) };
      return { ...resource, body: withProperties(resource.body, edited) };
    }
    const body = context.bodyLinks.rewrite(bodyOf(instance), balancerOf(resource));
    const changes = field(body, 'properties');
    if (body.kind === 'absent' || changes.kind === 'absent') return resource;
    if (changes.kind !== 'object' || changes.more !== undefined) {
      return withUnknownProperties(resource, unknown(doubt?.reason ?? reason, instance.origin));
    }
    const edited: Record<string, Value> = {};
    for (const [name, value] of changes.fields) {
      const before = field(resource.body, 'properties', name);
      if (doubt !== undefined) edited[name] = unknown(doubt.reason, instance.origin);
      else if (isSplit(resource, name)) edited[name] = unknown(reason, instance.origin);
      else edited[name] = mergeBodies(before, value, isMergedByName());
    }
    return { ...resource, body: withProperties(resource.body, edited) };
  }

  /** Whether other resources of the root add to a collection: what becomes of it then nobody can tell. */
  function isSplit({ id, type }: Resource, collection: string): boolean {
    children ??= childrenOf(context);
    return children.has(`${id}/${collection}`) || children.has(`${type}/${collection}`);
  }

  /** Since azapi 2.5 an update merges lists by the names of their items, before it put the new list in place of the old. */
  function isMergedByName(): boolean | undefined {
    return isAtLeast(index.root.providers?.azapi, [2, 5, 0]);
  }

  return { apply, problems };
}

/** The collections that child resources add to: below the id of their parent, or below its type where it is not settled. */
function childrenOf({ index, links }: Context): ReadonlySet<string> {
  const found = new Set<string>();
  for (const instance of index.root.instances) {
    const childType = instance.mode === 'managed' ? armTypeOfKind(index.typeOf(instance)) : undefined;
    const parentType = childType === undefined ? undefined : parentTypeOf(childType);
    if (childType === undefined || parentType === undefined) continue;
    const parent = linkOf(links.parentOf(instance));
    const segment = childType.slice(childType.lastIndexOf('/') + 1);
    if (parent.kind !== 'none') found.add(`${parent.kind === 'to' ? parent.id : parentType}/${segment}`);
  }
  return found;
}

const REASON = { kind: 'unsupported', name: 'the target of an azapi update' } as const;

function doubtOf(condition: Unknown | undefined): { readonly doubt?: Unknown } {
  return condition === undefined ? {} : { doubt: condition };
}

function balancerOf({ type, id, parent }: Resource): string | undefined {
  if (LOAD_BALANCER.includes(type)) return id;
  const link = parent === undefined ? undefined : linkOf(parent);
  return LOAD_BALANCER.includes(parentTypeOf(type) ?? '') && link?.kind === 'to' ? link.id : undefined;
}

/** A resource whose properties are not known because something changes them unseen. */
function withUnknownProperties(resource: Resource, reason: Unknown): Resource {
  const fields = Object.fromEntries(resource.body.fields);
  return { ...resource, body: object({ ...fields, properties: reason }, resource.body.origin) };
}

function unseen(instance: TerraformInstance, armType: string): Problem {
  return {
    code: 'update-outside-root',
    message: `\`${printable(instance.address)}\` changes a \`${printable(armType)}\` that is not part of this root`,
    remedy: 'check the root that declares it as well',
    origin: instance.origin,
    severity: 'warning',
  };
}
