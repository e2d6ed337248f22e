import type { Origin } from '../text/origin.ts';
import type { Unknown, Value } from '../value/value.ts';
import { append } from './append.ts';
import type { Gap, Resource } from './resource.ts';

/** All resources of one root. */
export interface Model {
  readonly resources: readonly Resource[];
  readonly gaps: readonly Gap[];
  /** The resources of a type, in the order of the source. The type is compared without regard to case. */
  ofType(type: string): readonly Resource[];
  /** The resource with this id, compared without regard to case. */
  byId(id: string): Resource | undefined;
  /** The child resources of a type that are declared on their own and belong, or may belong, to a parent. */
  childrenOf(parent: Resource, type: string): readonly Child[];
  /** The child resources of a type that belong to no resource of this model for certain. */
  detached(type: string): readonly Resource[];
}

/** A resource that is declared on its own and belongs inside another one. */
export interface Child {
  readonly resource: Resource;
  /** False when the parent is one of several candidates. */
  readonly certain: boolean;
}

/**
 * What a value that holds the id of a resource points to. `to` carries a lower-case id that may or may not be in
 * the model; `one-of` lists the candidates of an ambiguous link and, with `open`, may also be something else or nothing.
 */
export type Link =
  | { readonly kind: 'none' }
  | { readonly kind: 'to'; readonly id: string; readonly secret?: true }
  | {
      readonly kind: 'one-of';
      readonly ids: readonly string[];
      readonly open: boolean;
      readonly waitsFor: Unknown;
    }
  | { readonly kind: 'unknown'; readonly waitsFor: Unknown };

/** A model of these resources. Of two with one id the later one is found by it. */
export function createModel(resources: readonly Resource[], gaps: readonly Gap[] = []): Model {
  const types = new Map<string, Resource[]>();
  const ids = new Map<string, Resource>();
  for (const resource of resources) {
    append(types, resource.type, resource);
    ids.set(resource.id, resource);
  }
  const children = new Map<string, Map<string, Child[]>>();
  const anywhere = new Map<string, Child[]>();
  const detached = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (resource.parent === undefined) continue;
    const link = linkOf(resource.parent);
    const certain = link.kind === 'to' && ids.has(link.id);
    const parents = possibleParents(link);
    if (parents === 'any') append(anywhere, resource.type, { resource, certain });
    else {
      const byParent = children.get(resource.type) ?? new Map<string, Child[]>();
      children.set(resource.type, byParent);
      for (const id of parents) append(byParent, id, { resource, certain });
    }
    if (!certain) append(detached, resource.type, resource);
  }
  return {
    resources,
    gaps,
    ofType: (type) => types.get(type.toLowerCase()) ?? [],
    byId: (id) => ids.get(id.toLowerCase()),
    childrenOf(parent, type) {
      const lower = type.toLowerCase();
      const own = children.get(lower)?.get(parent.id) ?? [];
      const strays = anywhere.get(lower);
      return strays === undefined ? own : [...own, ...strays];
    },
    detached: (type) => detached.get(type.toLowerCase()) ?? [],
  };
}

function possibleParents(link: Link): readonly string[] | 'any' {
  if (link.kind === 'to') return [link.id];
  if (link.kind === 'one-of' && !link.open) return link.ids;
  return link.kind === 'none' ? [] : 'any';
}

/** Reads a value that holds a resource id, for example `properties.subnet.id`. */
export function linkOf(value: Value): Link {
  switch (value.kind) {
    case 'absent':
      return { kind: 'none' };
    case 'known':
      if (value.value === '') return { kind: 'none' };
      return {
        kind: 'to',
        id: String(value.value).toLowerCase(),
        ...(value.sensitive ? { secret: true } : {}),
      };
    case 'unknown': {
      const named = (value.references ?? []).filter(({ property }) => property === 'id');
      const ids = [...new Set(named.map(({ id }) => id))];
      const [only] = ids;
      if (only === undefined) return { kind: 'unknown', waitsFor: value };
      if (ids.length === 1 && value.open !== true) return { kind: 'to', id: only };
      return { kind: 'one-of', ids, open: value.open === true, waitsFor: value };
    }
    default:
      return {
        kind: 'unknown',
        waitsFor: {
          kind: 'unknown',
          reason: { kind: 'unsupported', name: 'an id that is not a string' },
          origin: value.origin,
        },
      };
  }
}

/** Why nothing is known about what a link points to: it is not part of this root. `what` names it when the id may not. */
export function outside(link: Link, what: string, origin: Origin): Unknown {
  if (link.kind === 'one-of' || link.kind === 'unknown') return link.waitsFor;
  const isShown = link.kind === 'to' && link.secret !== true && !link.id.startsWith('{');
  const name = isShown ? link.id.slice(link.id.indexOf('/providers/') + 1).replace(/^providers\//, '') : what;
  return { kind: 'unknown', reason: { kind: 'outside', name }, origin };
}

/** Why links may point to something else than is known. */
export function doubtsOf(links: readonly Link[]): readonly Unknown[] {
  return links.flatMap((link) => ('waitsFor' in link ? [link.waitsFor] : []));
}
