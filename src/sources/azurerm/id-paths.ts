import { linkOf } from '../../model/model.ts';
import { asText, type Value } from '../../value/value.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import { armTypeOfKind, kindOf, parentTypeOf } from './kinds.ts';
import { partKindsOf } from './parts.ts';
import { groupOf } from './resource-group.ts';
import type { RootIndex } from './root-index.ts';

/** Finds the things of a root by the path that Azure gives them. Paths are in lower case. */
export interface IdPaths {
  /** What lies below something, given its id and the rest of the path: `/subnets/web`. It need not be in the root. */
  below(id: string, path: string): string;
  /** Whether the root makes the thing with this id: an instance, or a block with an id. */
  isListed(id: string): boolean;
  /** What the root is going to make at `/resourcegroups/g/providers/namespace/type/name` and below, of these instances. */
  at(path: string, among?: (instance: TerraformInstance) => boolean): readonly string[];
}

const TOP_LEVEL = /^\/resourcegroups\/([^/]+)\/providers\/([^/]+\/[^/]+)\/([^/]+)(\/.*)?$/;

/** `parentOf` gives the parent of a child resource. */
export function createIdPaths(index: RootIndex, parentOf: (instance: TerraformInstance) => Value): IdPaths {
  let children: ReadonlyMap<string, string> | undefined;
  const named = new Map<string, ReadonlyMap<string, readonly TerraformInstance[]>>();

  function below(id: string, path: string): string {
    const steps = path.split('/').filter((step) => step !== '');
    let current = id;
    for (let step = 0; step < steps.length; step += 2) {
      const rest = steps.slice(step, step + 2).join('/');
      children ??= childrenByPath();
      current = children.get(`${current}/${rest}`) ?? `${current}/${rest}`;
    }
    return current;
  }

  function isListed(id: string): boolean {
    if (index.byId(id)?.mode === 'managed') return true;
    const owner = index.byId(id.slice(0, id.lastIndexOf('/', id.lastIndexOf('/') - 1)));
    if (owner === undefined) return false;
    return partKindsOf(index.typeOf(owner)).some((kind) =>
      index.parts(owner, kind).items.some((part) => part.id === id),
    );
  }

  function at(path: string, among: (instance: TerraformInstance) => boolean = () => true): readonly string[] {
    const [, group = '', armType = '', name = '', rest = ''] = TOP_LEVEL.exec(path) ?? [];
    const candidates = namedInstances(armType).get(name) ?? [];
    return candidates
      .filter((instance) => among(instance) && isIn(instance, group))
      .map((instance) => below(instance.id, rest))
      .filter(isListed);
  }

  function isIn(instance: TerraformInstance, group: string): boolean {
    const own = groupOf(instance, index);
    return own.kind === 'known' && own.value.toLowerCase() === group;
  }

  function namedInstances(armType: string): ReadonlyMap<string, readonly TerraformInstance[]> {
    const cached = named.get(armType);
    if (cached !== undefined) return cached;
    const byName = new Map<string, TerraformInstance[]>();
    for (const instance of index.ofKind(kindOf(armType))) {
      const name = asText(instance.attribute('name'));
      if (hasKnownId(instance) || name.kind !== 'known') continue;
      const same = byName.get(name.value.toLowerCase());
      if (same === undefined) byName.set(name.value.toLowerCase(), [instance]);
      else same.push(instance);
    }
    named.set(armType, byName);
    return byName;
  }

  /** Parents come before their children, because the id of a parent can itself be put together around another one. */
  function childrenByPath(): ReadonlyMap<string, string> {
    const byPath = new Map<string, string>();
    children = byPath;
    const byDepth = new Map<number, (readonly [TerraformInstance, string])[]>();
    for (const instance of index.root.instances) {
      const armType = instance.mode === 'managed' ? armTypeOfKind(index.typeOf(instance)) : undefined;
      if (armType === undefined || parentTypeOf(armType) === undefined) continue;
      const depth = armType.split('/').length;
      const level = byDepth.get(depth);
      if (level === undefined) byDepth.set(depth, [[instance, armType]]);
      else level.push([instance, armType]);
    }
    for (const depth of [...byDepth.keys()].toSorted((left, right) => left - right)) {
      for (const [instance, armType] of byDepth.get(depth) ?? []) {
        const name = asText(instance.attribute('name'));
        const parent = linkOf(parentOf(instance));
        if (name.kind !== 'known' || parent.kind !== 'to') continue;
        const segment = armType.slice(armType.lastIndexOf('/') + 1);
        byPath.set(`${parent.id}/${segment}/${name.value}`.toLowerCase(), instance.id);
      }
    }
    return byPath;
  }

  return { below, isListed, at };
}
