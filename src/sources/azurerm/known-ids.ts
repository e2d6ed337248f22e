import { linkOf } from '../../model/model.ts';
import { asText, type Known, type Reference, type Value } from '../../value/value.ts';
import type { TerraformInstance } from './instance.ts';
import { LOAD_BALANCER_CHILDREN, TOP_LEVEL_TYPES } from './kinds.ts';
import { hasKnownId, type Kind, PARTS, type RootIndex } from './root-index.ts';

const GROUPS = '/resourcegroups/';

/**
 * Recognises ids that the code spells out (`"/subscriptions/${var.subscription}/resourceGroups/..."`) although they
 * belong to something this root creates. The id becomes a reference to it: the only one when the root works in one
 * subscription and the id lies in it, else one of two.
 */
export function createKnownIds(
  index: RootIndex,
  parentOf: (instance: TerraformInstance) => Value,
): (value: Known, kind: Kind) => Value {
  const tables = new Map<string, ReadonlyMap<string, readonly Reference[]>>();
  let subscription: string | undefined;

  return (value, kind) => {
    const id = String(value.value).toLowerCase();
    const start = id.indexOf(GROUPS);
    if (start === -1 || index.byId(id) !== undefined) return value;
    const matches = tableOf(kind).get(id.slice(start));
    if (matches === undefined) return value;
    subscription ??= onlySubscription(index);
    const isOwn = subscription !== '' && subscription === subscriptionOf(id);
    return {
      kind: 'unknown',
      reason: { kind: 'known-after-apply', name: String(value.value) },
      origin: value.origin,
      references: isOwn ? matches : [...matches, { id, property: 'id' }],
    };
  };

  function tableOf(kind: Kind): ReadonlyMap<string, readonly Reference[]> {
    const key = kind.join();
    const cached = tables.get(key);
    if (cached !== undefined) return cached;
    const table = new Map<string, Reference[]>();
    for (const type of kind) {
      for (const reference of index.notYetExisting([type])) {
        const path = pathOf(type, reference.id);
        if (path === undefined) continue;
        const same = table.get(path);
        if (same === undefined) table.set(path, [reference]);
        else same.push(reference);
      }
    }
    tables.set(key, table);
    return table;
  }

  /** The id from the resource group on, as Azure will give it. */
  function pathOf(type: string, id: string): string | undefined {
    if (id.includes(GROUPS) && !id.includes('{')) return id.slice(id.indexOf(GROUPS));
    if (PARTS[type] !== undefined) {
      const end = id.lastIndexOf('/', id.lastIndexOf('/') - 1);
      return join(pathOf(PARTS[type].type, id.slice(0, end)), id.slice(end));
    }
    const instance = index.byId(id);
    if (instance === undefined) return undefined;
    const name = asText(instance.attribute('name'));
    if (name.kind !== 'known') return undefined;
    const armType = TOP_LEVEL_TYPES[type];
    if (armType !== undefined) {
      const group = asText(instance.attribute('resource_group_name'));
      return group.kind === 'known'
        ? `${GROUPS}${group.value}/providers/${armType}/${name.value}`.toLowerCase()
        : undefined;
    }
    const segment = type === 'azurerm_subnet' ? 'subnets' : LOAD_BALANCER_CHILDREN[type];
    const parent = segment === undefined ? undefined : linkOf(parentOf(instance));
    if (parent?.kind !== 'to') return undefined;
    const parentType = index.byId(parent.id)?.type ?? '';
    return join(pathOf(parentType, parent.id), `/${segment}/${name.value}`.toLowerCase());
  }
}

/** The subscription all known ids of the root lie in; empty when there is none or more than one. */
function onlySubscription(index: RootIndex): string {
  const seen = new Set<string>();
  for (const instance of index.root.instances) {
    if (instance.mode === 'managed' && hasKnownId(instance)) seen.add(subscriptionOf(instance.id));
    if (instance.mode === 'data' && /^azurerm_(client_config|subscription)$/.test(instance.type)) {
      const id = asText(instance.attribute('subscription_id'));
      if (id.kind === 'known') seen.add(id.value.toLowerCase());
    }
  }
  seen.delete('');
  const [only = ''] = seen;
  return seen.size === 1 ? only : '';
}

function subscriptionOf(id: string): string {
  return /^\/subscriptions\/([^/]+)\//.exec(id)?.[1] ?? '';
}

function join(path: string | undefined, rest: string): string | undefined {
  return path === undefined ? undefined : path + rest;
}
