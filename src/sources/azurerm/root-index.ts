import type { Reference } from '../../value/value.ts';
import { AZAPI_RESOURCE, AZAPI_UPDATE, armTypeOf } from './azapi-instance.ts';
import { hasKnownId, type TerraformInstance, type TerraformRoot } from './instance.ts';
import { armTypeOfKind } from './kinds.ts';
import { PARTS, type Parts, partKindsOf, partsOf } from './parts.ts';

/**
 * A kind of thing a link can point to: Terraform types, `type.block` for blocks that have ids, and ARM types for what azapi
 * makes. Kinds are compared by identity where something is remembered about them.
 */
export type Kind = readonly string[];

/** Lookup in one root. Everything is computed on first use, at most once. */
export interface RootIndex {
  readonly root: TerraformRoot;
  /** The Terraform type; of an azapi resource the ARM type, as far as it is known. */
  typeOf(instance: TerraformInstance): string;
  /** Managed instances of a type, in the order of the source. */
  ofType(type: string): readonly TerraformInstance[];
  /** Managed instances of a kind. */
  ofKind(kind: Kind): readonly TerraformInstance[];
  dataOfType(type: string): readonly TerraformInstance[];
  byId(id: string): TerraformInstance | undefined;
  /** The blocks with ids of an instance; `kind` is a key of PARTS. */
  parts(owner: TerraformInstance, kind: string): Parts;
  /** The parts of an instance that are of this kind. */
  partsOfKind(owner: TerraformInstance, kind: Kind): Parts | undefined;
  /** Everything of a kind that does not exist yet. The same array for the same kind. */
  notYetExisting(kind: Kind): readonly Reference[];
  /**
   * Whether an id of this kind that is not known at plan time can belong to nothing but `notYetExisting(kind)`:
   * nothing in the root can make such an id in a way that stays unseen.
   */
  isClosed(kind: Kind): boolean;
  /** Whether the instance can hand out an id, not known yet, of something the root does not list. */
  canMakeUnseenId(instance: TerraformInstance): boolean;
}

/** Types that take over the id of what they edit. */
const BORROWED_ID = /^(azurerm_subnet_\w+_association|azapi_update_resource|azapi_resource_action)$/;

/** Managed resources whose outputs can be the id of anything. */
const MAKES_ANYTHING = /^(azapi_|azurerm_(\w+_)?template_deployment$|azurerm_managed_application$)/;

/** Managed resources that make others which are not listed, and hand out their ids. */
const MAKES_UNLISTED: Readonly<Record<string, readonly string[]>> = {
  'microsoft.network/networkinterfaces': [
    'azurerm_private_endpoint',
    'microsoft.network/privateendpoints',
    'microsoft.network/privatelinkservices',
    'microsoft.compute/virtualmachines',
    'microsoft.compute/virtualmachinescalesets',
  ],
  'microsoft.network/publicipaddresses': ['azurerm_kubernetes_cluster'],
};

/** Data sources that cannot hand out the id of a network resource. */
const HARMLESS_DATA =
  /^(azuread_|tls_|random_|template_|cloudinit_|azurerm_(client_config|subscription|resource_group|location|image|shared_image\w*|platform_image|key_vault|key_vault_key|key_vault_certificate|key_vault_access_policy|storage_account\w*|storage_container|user_assigned_identity|role_definition|log_analytics_workspace|container_registry|managed_disk|dns_zone|private_dns_zone)$)/;

/** Indexes a root in one pass. */
export function indexRoot(root: TerraformRoot): RootIndex {
  const managed = new Map<string, TerraformInstance[]>();
  const data = new Map<string, TerraformInstance[]>();
  const ids = new Map<string, TerraformInstance>();
  const armTypes = new Map<TerraformInstance, string>();
  const later: TerraformInstance[] = [];
  for (const instance of root.instances) {
    const types = instance.mode === 'data' ? data : managed;
    append(types, instance.type, instance);
    const armType = instance.type === AZAPI_RESOURCE ? armTypeOf(instance) : undefined;
    if (armType !== undefined) {
      armTypes.set(instance, armType);
      append(types, armType, instance);
    }
    if (instance.mode === 'data' || BORROWED_ID.test(instance.type)) later.push(instance);
    else ids.set(instance.id, instance);
  }
  for (const instance of later) if (!ids.has(instance.id)) ids.set(instance.id, instance);

  const parts = new Map<string, Map<string, Parts>>();
  const ofKind = new Map<Kind, readonly TerraformInstance[]>();
  const pending = new Map<Kind, readonly Reference[]>();
  const closed = new Map<Kind, boolean>();
  let hidesNothing: boolean | undefined;

  const index: RootIndex = {
    root,
    typeOf: (instance) =>
      instance.type === AZAPI_RESOURCE ? (armTypes.get(instance) ?? instance.type) : instance.type,
    ofType: (type) => managed.get(type) ?? [],
    ofKind: (kind) => remember(ofKind, kind, () => kind.flatMap((type) => managed.get(type) ?? [])),
    dataOfType: (type) => data.get(type) ?? [],
    byId: (id) => ids.get(id),
    parts(owner, kind) {
      const byOwner = remember(parts, kind, () => new Map<string, Parts>());
      return remember(byOwner, owner.id, () => partsOf(owner, kind));
    },
    partsOfKind(owner, kind) {
      const own = partKindsOf(index.typeOf(owner)).find((candidate) => kind.includes(candidate));
      return own === undefined ? undefined : index.parts(owner, own);
    },
    notYetExisting: (kind) => remember(pending, kind, () => kind.flatMap(pendingOf)),
    isClosed(kind) {
      hidesNothing ??=
        (root.unread ?? []).length === 0 &&
        root.instances.every((instance) => !index.canMakeUnseenId(instance));
      return hidesNothing && remember(closed, kind, () => kind.every(isListed));
    },
    canMakeUnseenId(instance) {
      if (hasKnownId(instance)) return false;
      const type = index.typeOf(instance);
      if (instance.mode === 'data') {
        return !HARMLESS_DATA.test(type) && instance.attribute('id').kind !== 'known';
      }
      if (instance.type === AZAPI_RESOURCE || instance.type === AZAPI_UPDATE) {
        return armTypeOfKind(armTypeOf(instance) ?? '') === undefined;
      }
      return MAKES_ANYTHING.test(type);
    },
  };

  function pendingOf(type: string): readonly Reference[] {
    const part = PARTS[type];
    const targets = index.ofType(type).filter((instance) => !hasKnownId(instance));
    const within =
      part === undefined
        ? []
        : index
            .ofType(part.type)
            .flatMap((owner) => index.parts(owner, type).items.filter((item) => !item.exists));
    return [...targets, ...within].map(({ id }) => ({ id, property: 'id' }));
  }

  function isListed(type: string): boolean {
    const makers = MAKES_UNLISTED[type] ?? [];
    if (makers.some((maker) => index.ofType(maker).some((instance) => !hasKnownId(instance)))) return false;
    const part = PARTS[type];
    if (part === undefined) return true;
    return index.ofType(part.type).every((owner) => index.parts(owner, type).complete);
  }

  return index;
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

function remember<K, T>(cache: Map<K, T>, key: K, compute: () => T): T {
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const value = compute();
  cache.set(key, value);
  return value;
}
