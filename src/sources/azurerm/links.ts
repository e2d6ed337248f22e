import { linkOf } from '../../model/model.ts';
import {
  absent,
  asItems,
  asText,
  field,
  list,
  type Reference,
  type Unknown,
  unknown,
  type Value,
} from '../../value/value.ts';
import { attributesOf, isEmpty, read, subResource } from './attributes.ts';
import { createDataIds } from './data-ids.ts';
import { createFollow, type Follow, type Goal } from './follow.ts';
import { createIdPaths } from './id-paths.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import {
  armTypeOfKind,
  FRONTEND,
  kindOf,
  LOAD_BALANCER,
  POOL,
  PROBE,
  parentTypeOf,
  VIRTUAL_NETWORK,
} from './kinds.ts';
import { createNameLinks } from './name-links.ts';
import { PARENTS } from './parents.ts';
import { MOST_CANDIDATES } from './possible-links.ts';
import type { Kind, RootIndex } from './root-index.ts';
import { createWrittenIds } from './written-ids.ts';

/**
 * Finds what attributes that hold the id or the name of another resource point to. Every answer is a value that
 * `linkOf` reads: a known id; an unknown that refers to one thing, which is a link not spelled out yet; an
 * unknown that refers to several, the candidates; `open` when it can also be something else or nothing.
 */
export interface Links {
  /** The target of an id. `fits` settles ambiguity: false for a candidate that certainly is not the target. */
  link(value: Value, kind: Kind, fits?: Fits): Value;
  /** The target of an id that need not be set: a condition that is not known yet may leave it out. */
  optionalLink(value: Value, kind: Kind, fits?: Fits): Value;
  /** The target of a write-only attribute, which a plan never shows: it can be known and still be hidden. */
  hiddenLink(value: Value, kind: Kind): Value;
  /**
   * A list or set of ids as a list of `{ id }`. A list that is unknown as a whole counts as one item when it
   * refers to exactly one thing, else it stays unknown, because it may be empty.
   */
  linkList(value: Value, kind: Kind, fits?: Fits): Value;
  /** The target of a link by name, within the resource group of the instance. */
  linkByName(instance: TerraformInstance, attribute: string, kind: Kind): Value;
  /** The parent of a child resource: the load balancer of a rule, the network of a subnet. */
  parentOf(instance: TerraformInstance): Value;
  /** What references lead to. */
  readonly follow: Follow;
  /** The id of what a data source reads, where its arguments say it. */
  idOfData(instance: TerraformInstance): string | undefined;
  /** The id of what lies below a resource of the root: `/subnets/web`, in lower case. */
  below(id: string, path: string): string;
  /** False when nothing exists, or will exist, that the value could be the id of. */
  canPointTo(value: Value, kind: Kind): boolean;
  /** Whether a candidate may belong to the same load balancer as the instance. */
  besides(instance: TerraformInstance): Fits;
}

export type Fits = (id: string) => boolean;

interface Targets {
  readonly references: readonly Reference[];
  readonly open: boolean;
}

/** Seen only where a configuration leads in a circle. */
const CIRCULAR = { kind: 'unsupported', name: 'a parent that is found through its own child' } as const;

/** What holds things that links can lead to, so that an id put together around theirs is of one of those. */
const CONTAINERS: Kind = [...LOAD_BALANCER, ...VIRTUAL_NETWORK];

export function createLinks(index: RootIndex): Links {
  const parents = new Map<string, Value>();
  const families = new Map<Kind, ReadonlyMap<string, readonly Reference[]>>();
  const idPaths = createIdPaths(index, parentOf);
  const follow = createFollow(index, (instance) => idOfData(instance));
  const linkByName = createNameLinks(index, follow);
  const idOfData = createDataIds(index, { idPaths, link, linkByName, parentOf });
  const writtenIds = createWrittenIds(index, idPaths, idOfData);

  /**
   * Candidates that leave room for anything else in the root are dropped: they would hide that it can be any of the others.
   * Members of one container stay, because what else the value can be is in no other container either.
   */
  function targetsOf(value: Unknown, goal: Goal, fits?: Fits, isOptional = false): Targets {
    const trail = follow(referencesOf(value), goal);
    const found = [...trail.found].map((id) => ({ id, property: 'id' }));
    const open = value.open === true || trail.open;
    const mayBeUnset = isOptional && trail.mixed;
    if (found.length > 0 && !open) return settle({ references: found, open: mayBeUnset }, fits);
    const members = found.length > 0 ? undefined : membersOf(trail.partsOf, goal.kind);
    const isNew = value.reason.kind === 'known-after-apply' && goal.hidden !== true && !trail.unlisted;
    if (isNew && index.isClosed(goal.kind)) {
      const references = members ?? index.notYetExisting(goal.kind);
      const isElsewhere = references.length === 0 && members !== undefined;
      return settle({ references, open: isElsewhere || (mayBeUnset && members === undefined) }, fits);
    }
    return settle({ references: members ?? [], open: true }, fits);
  }

  /**
   * The things of a kind that belong to the load balancers or virtual networks whose id the value is put together
   * from. Undefined when it is put together from none.
   */
  function membersOf(sources: ReadonlySet<string>, kind: Kind): readonly Reference[] | undefined {
    const containers = [...sources].filter((id) => {
      const instance = index.byId(id);
      if (instance === undefined) return false;
      const type = index.typeOf(instance);
      return (
        CONTAINERS.includes(type) && parentTypeOf(armTypeOfKind(kind[0] ?? '') ?? '') === armTypeOfKind(type)
      );
    });
    if (containers.length === 0) return undefined;
    const family = familyOf(kind);
    const members = containers.flatMap((id) => family.get(id) ?? []);
    const named = members.filter(({ id }) => sources.has(id));
    return named.length > 0 ? named : [...members, ...(family.get('') ?? [])];
  }

  /** What does not exist yet of one kind, by the id of its container; `''` for what may be anywhere. */
  function familyOf(kind: Kind): ReadonlyMap<string, readonly Reference[]> {
    const cached = families.get(kind);
    if (cached !== undefined) return cached;
    const family = new Map<string, Reference[]>();
    families.set(kind, family);
    for (const reference of index.notYetExisting(kind)) {
      for (const id of containersOf(reference.id)) {
        const members = family.get(id);
        if (members === undefined) family.set(id, [reference]);
        else members.push(reference);
      }
    }
    return family;
  }

  function containersOf(id: string): readonly string[] {
    const instance = index.byId(id);
    if (instance === undefined) return [id.slice(0, id.lastIndexOf('/', id.lastIndexOf('/') - 1))];
    const parent = linkOf(parentOf(instance));
    if (parent.kind === 'to') return [parent.id];
    return parent.kind === 'one-of' && !parent.open ? parent.ids : [''];
  }

  function link(value: Value, kind: Kind, fits?: Fits): Value {
    if (value.kind === 'known') return value.value === '' ? absent(value.origin) : writtenIds.known(value);
    return value.kind === 'unknown' ? linkUnknown(value, { kind, property: 'id' }, fits) : value;
  }

  function optionalLink(value: Value, kind: Kind, fits?: Fits): Value {
    if (value.kind !== 'unknown') return link(value, kind);
    return linkUnknown(value, { kind, property: 'id' }, fits, true);
  }

  function linkUnknown(value: Unknown, goal: Goal, fits?: Fits, isOptional?: boolean): Value {
    if (isSettled(value, goal.kind)) return value;
    return writtenIds.around(value) ?? asLink(value, targetsOf(value, goal, fits, isOptional));
  }

  /** The usual case: one reference, to the id of one fitting thing. Nothing is left to find out. */
  function isSettled({ references, open }: Unknown, kind: Kind): boolean {
    const [only] = references ?? [];
    if (only === undefined || references?.length !== 1 || open === true || only.property !== 'id')
      return false;
    const instance = index.byId(only.id);
    return instance?.mode === 'managed' && kind.includes(index.typeOf(instance)) && !hasKnownId(instance);
  }

  function hiddenLink(value: Value, kind: Kind): Value {
    if (value.kind !== 'unknown') return link(value, kind);
    const goal: Goal = { kind, property: 'id', hidden: true };
    return writtenIds.around(value) ?? asLink(value, targetsOf(value, goal));
  }

  function linkList(value: Value, kind: Kind, fits?: Fits): Value {
    if (value.kind === 'unknown') {
      const trail = follow(referencesOf(value), { kind, property: 'id' });
      const references = [...trail.found].map((id) => ({ id, property: 'id' }));
      const open = value.open === true || trail.open;
      const targets = asLink(value, { references, open });
      return references.length === 1 && !open ? list([idOf(targets)], value.origin) : targets;
    }
    if (value.kind !== 'list') return value;
    if (isEmpty(value)) return absent(value.origin);
    const links = value.items.map((item) => link(item, kind, fits)).filter((item) => item.kind !== 'absent');
    return { ...value, items: distribute(links).map(idOf) };
  }

  function parentOf(instance: TerraformInstance): Value {
    const cached = parents.get(instance.id);
    if (cached !== undefined) return cached;
    parents.set(instance.id, unknown(CIRCULAR, instance.origin));
    const parent = findParent(instance);
    parents.set(instance.id, parent);
    return parent;
  }

  function findParent(instance: TerraformInstance): Value {
    const type = index.typeOf(instance);
    const named = PARENTS[type];
    if (named === undefined) {
      const parentType = type.includes('/') ? parentTypeOf(type) : undefined;
      const id = instance.attribute('parent_id');
      return parentType === undefined ? absent(id.origin) : link(id, kindOf(parentType));
    }
    if (named.byName === true) return linkByName(instance, named.attribute, named.kind);
    if (named.kind === LOAD_BALANCER) return loadBalancerOf(instance);
    return link(instance.attribute(named.attribute), named.kind);
  }

  /** An ambiguous load balancer is the one with the frontends the instance names, or the one of its pool or probe. */
  function loadBalancerOf(instance: TerraformInstance): Value {
    const value = instance.attribute('loadbalancer_id');
    if (value.kind !== 'unknown' || isSettled(value, LOAD_BALANCER)) return link(value, LOAD_BALANCER);
    const written = writtenIds.around(value);
    if (written !== undefined) return written;
    const frontends = frontendNames(instance);
    const goal: Goal = { kind: LOAD_BALANCER, property: 'id' };
    const targets = targetsOf(value, goal, (id) => mayHaveFrontends(id, frontends));
    if (targets.references.length === 1 && !targets.open) return asLink(value, targets);
    const owner = ownerOfMembers(instance);
    const isCandidate = targets.open || targets.references.some(({ id }) => id === owner);
    if (owner === undefined || !isCandidate) return asLink(value, targets);
    return asLink(value, { references: [{ id: owner, property: 'id' }], open: false });
  }

  function mayHaveFrontends(id: string, names: readonly string[]): boolean {
    const instance = index.byId(id);
    if (instance === undefined) return true;
    const frontends = index.partsOfKind(instance, FRONTEND);
    if (frontends === undefined) return true;
    const { items, complete } = frontends;
    if (!complete || items.some(({ name }) => name.kind !== 'known')) return true;
    const present = new Set(items.map(({ name }) => (name.kind === 'known' ? name.value.toLowerCase() : '')));
    return names.every((name) => present.has(name));
  }

  function ownerOfMembers(instance: TerraformInstance): string | undefined {
    if (instance.type === 'azurerm_lb_backend_address_pool' || instance.type === 'azurerm_lb_probe') return;
    const attributes = attributesOf(instance);
    const pools = read(attributes, 'backend_address_pool_ids', 'backend_address_pool_id');
    const members = [
      ...(pools.kind === 'list' ? pools.items : [pools]).map((pool) => link(pool, POOL)),
      link(read(attributes, 'probe_id'), PROBE),
    ];
    for (const member of members) {
      const target = linkOf(member);
      const [owner = '', ...others] = target.kind === 'to' ? containersOf(target.id) : [];
      if (others.length === 0 && index.byId(owner) !== undefined) return owner;
    }
    return undefined;
  }

  function besides(instance: TerraformInstance): Fits {
    const own = linkOf(parentOf(instance));
    if (own.kind !== 'to') return () => true;
    return (id) => containersOf(id).some((container) => container === '' || container === own.id);
  }

  function canPointTo(value: Value, kind: Kind): boolean {
    if (value.kind !== 'unknown') return value.kind === 'known';
    const { references, open } = targetsOf(value, { kind, property: 'id' });
    return open || references.length > 0;
  }

  return {
    link,
    optionalLink,
    hiddenLink,
    linkList,
    linkByName,
    parentOf,
    follow,
    idOfData,
    below: idPaths.below,
    canPointTo,
    besides,
  };
}

/** What an unknown value may be a copy of; a text, what it is put together from. */
function referencesOf({ references, parts }: Unknown): readonly Reference[] {
  if (references !== undefined || parts === undefined) return references ?? [];
  return parts.flatMap((part) => (typeof part === 'string' ? [] : referencesOf(part)));
}

function settle(targets: Targets, fits: Fits | undefined): Targets {
  const { references } = targets;
  if (fits === undefined || references.length < 2 || references.length > MOST_CANDIDATES) return targets;
  const fitting = references.filter(({ id }) => fits(id));
  return fitting.length === 0 ? targets : { ...targets, references: fitting };
}

function asLink({ reason, origin }: Unknown, { references, open }: Targets): Unknown {
  if (references.length === 0 || references.length > MOST_CANDIDATES) {
    return { kind: 'unknown', reason, origin };
  }
  return { kind: 'unknown', reason, origin, references, ...(open ? { open } : {}) };
}

/**
 * The entries of such a list are distinct: as many unknown entries as there are candidates are the candidates.
 */
function distribute(links: readonly Value[]): readonly Value[] {
  const unknowns = links.filter((link) => link.kind === 'unknown');
  const references = unknowns[0]?.references ?? [];
  if (unknowns.length < 2 || unknowns.length !== references.length) return links;
  const key = keyOf(unknowns[0]);
  if (unknowns.some((link) => link.open === true || keyOf(link) !== key)) return links;
  let next = 0;
  return links.map((link) => {
    const reference = link.kind === 'unknown' ? references[next++] : undefined;
    return link.kind === 'unknown' && reference !== undefined ? { ...link, references: [reference] } : link;
  });
}

function keyOf(link: Unknown | undefined): string {
  return (link?.references ?? []).map(({ id }) => id).join();
}

function idOf(link: Value): Value {
  return subResource(link) ?? link;
}

function frontendNames(instance: TerraformInstance): readonly string[] {
  const names =
    instance.type === 'azurerm_lb_outbound_rule'
      ? asItems(instance.attribute('frontend_ip_configuration')).items.map((block) => field(block, 'name'))
      : [instance.attribute('frontend_ip_configuration_name')];
  return names.map(asText).flatMap((name) => (name.kind === 'known' ? [name.value.toLowerCase()] : []));
}
