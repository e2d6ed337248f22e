import { asText, type Known, type Reference, type Unknown, type Value } from '../../value/value.ts';
import type { IdPaths } from './id-paths.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import { isGroup } from './resource-group.ts';
import type { RootIndex } from './root-index.ts';

const GROUPS = '/resourcegroups/';
/** What stands before the resource group in ids of which only the provider configuration says the subscription. */
const OF_PROVIDER = /^(?:\/subscriptions\/\{([^{}/]*)\})?$/;

/** Recognises ids that the code puts together although they belong to something this root creates. */
export interface WrittenIds {
  /**
   * An id that is spelled out (`"/subscriptions/${var.subscription}/resourceGroups/..."`). It becomes a reference to the
   * resource: the only one when the root works in one subscription and the id lies in it, else one of two.
   */
  known(value: Known): Value;
  /** An id around that of another resource (`"${azurerm_lb.web.id}/probes/http"`); undefined when it is none. */
  around(value: Unknown): Value | undefined;
}

export function createWrittenIds(
  index: RootIndex,
  idPaths: IdPaths,
  idOfData: (instance: TerraformInstance) => string | undefined,
): WrittenIds {
  let subscription: string | undefined;

  function known(value: Known): Value {
    const id = String(value.value).toLowerCase();
    const start = id.indexOf(GROUPS);
    if (start === -1 || index.byId(id) !== undefined) return value;
    const own = OF_PROVIDER.exec(id.slice(0, start));
    if (own !== null) return inOwnSubscription(value, id.slice(start), own[1]);
    const reason = { kind: 'known-after-apply', name: String(value.value) } as const;
    const inside = belowExisting(id);
    if (inside !== undefined) return { kind: 'unknown', reason, origin: value.origin, references: [inside] };
    const matches = idPaths.at(id.slice(start)).map(toReference);
    if (matches.length === 0) return value;
    subscription ??= onlySubscription(index);
    const isOwn = subscription !== '' && subscription === subscriptionOf(id);
    const references = isOwn ? matches : [...matches, toReference(id)];
    return { kind: 'unknown', reason, origin: value.origin, references };
  }

  /** An id as the translation itself writes it, in the subscription of a provider configuration. */
  function inOwnSubscription(value: Known, path: string, name: string | undefined): Value {
    const matches = idPaths.at(path, ({ provider }) => provider?.toLowerCase() === name);
    const reason = { kind: 'known-after-apply', name: String(value.value) } as const;
    return matches.length === 0 ? value : refer({ kind: 'unknown', reason, origin: value.origin }, matches);
  }

  /** Something new in a resource that exists already. */
  function belowExisting(id: string): Reference | undefined {
    let end = id.lastIndexOf('/', id.lastIndexOf('/') - 1);
    while (end > id.indexOf('/providers/')) {
      const prefix = id.slice(0, end);
      if (index.byId(prefix)?.mode === 'managed') {
        const found = idPaths.below(prefix, id.slice(end));
        return found !== id && idPaths.isListed(found) ? toReference(found) : undefined;
      }
      end = id.lastIndexOf('/', id.lastIndexOf('/', end - 1) - 1);
    }
    return undefined;
  }

  function around(value: Unknown): Value | undefined {
    const [first, ...rest] = value.parts ?? [];
    if (first === undefined) return undefined;
    const tail = textOf(rest);
    if (typeof first !== 'string' && tail?.startsWith('/')) return belowReference(value, first, tail);
    return inAnySubscription(value);
  }

  function belowReference(value: Unknown, first: Unknown, tail: string): Value | undefined {
    const [reference, ...others] = first.references ?? [];
    if (reference?.property !== 'id' || others.length > 0 || first.open === true) return undefined;
    const base = index.byId(reference.id);
    if (base !== undefined && isGroup(base, index)) {
      const name = asText(base.attribute('name'));
      if (name.kind !== 'known') return undefined;
      const path = `${GROUPS}${name.value}${tail}`.toLowerCase();
      const matches = idPaths.at(path, ({ provider }) => provider === base.provider);
      return refer(value, matches.length === 0 ? [outsideOf(base, path)] : matches);
    }
    const id = base?.mode === 'data' && !hasKnownId(base) ? idOfData(base) : reference.id;
    return id === undefined ? undefined : refer(value, [idPaths.below(id, tail)]);
  }

  /** `"/subscriptions/${...}/resourceGroups/..."` around a subscription that is not known. */
  function inAnySubscription(value: Unknown): Value | undefined {
    const parts = value.parts ?? [];
    const last = parts.findLastIndex((part) => typeof part !== 'string');
    const tail = (textOf(parts.slice(last + 1)) ?? '').toLowerCase();
    if (last !== 1 || parts[0] !== '/subscriptions/' || !tail.startsWith(GROUPS)) return undefined;
    const client = clientOf(parts[1]);
    if (client === undefined) return refer(value, [...idPaths.at(tail), tail]);
    const matches = idPaths.at(tail, ({ provider }) => provider === client.provider);
    return refer(value, matches.length === 0 ? [outsideOf(client, tail)] : matches);
  }

  /** What says in which subscription the provider itself works. */
  function clientOf(part: string | Unknown | undefined): TerraformInstance | undefined {
    const [reference, ...others] = typeof part === 'object' ? (part.references ?? []) : [];
    const instance = reference === undefined ? undefined : index.byId(reference.id);
    return others.length === 0 && instance?.type === 'azurerm_client_config' ? instance : undefined;
  }

  /** The path of something that is not in the root, in the subscription of a provider configuration. */
  function outsideOf({ provider }: TerraformInstance, path: string): string {
    return provider === undefined ? path : `/subscriptions/{${provider.toLowerCase()}}${path}`;
  }

  return { known, around };
}

function refer({ reason, origin }: Unknown, ids: readonly string[]): Unknown {
  return { kind: 'unknown', reason, origin, references: ids.map(toReference) };
}

function textOf(parts: readonly (string | Unknown)[]): string | undefined {
  return parts.every((part) => typeof part === 'string') ? parts.join('').toLowerCase() : undefined;
}

/** The subscription all known ids of the root lie in; empty when there is none or more than one. */
export function onlySubscription(index: RootIndex): string {
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

function toReference(id: string): Reference {
  return { id, property: 'id' };
}
