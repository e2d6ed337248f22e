import {
  absent,
  asItems,
  asText,
  type Evaluated,
  field,
  type Reference,
  type Value,
} from '../../value/value.ts';
import type { TerraformInstance, TerraformRoot } from './instance.ts';

/** A block that has an id of its own, such as a frontend of a load balancer. */
export interface Part {
  /** Lower case: `<id of the instance>/<segment>/<name>`, as Azure composes it. */
  readonly id: string;
  readonly index: number;
  readonly name: Evaluated<string>;
  readonly block: Value;
  readonly owner: TerraformInstance;
  /** Whether its id was known when the plan was made. */
  readonly exists: boolean;
}

/** The parts of an instance; `complete` is false when there may be others. */
export interface Parts {
  /** The blocks as the source hands them over. */
  readonly blocks: Value;
  readonly items: readonly Part[];
  readonly complete: boolean;
}

/** A kind of thing a link can point to: a Terraform type, or `type.block` for blocks that have ids. */
export type Kind = readonly string[];

/** Where the ids of blocks come from. */
export const PARTS: Readonly<Record<string, { type: string; block: string; segment: string }>> = {
  'azurerm_lb.frontend_ip_configuration': {
    type: 'azurerm_lb',
    block: 'frontend_ip_configuration',
    segment: 'frontendipconfigurations',
  },
  'azurerm_virtual_network.subnet': {
    type: 'azurerm_virtual_network',
    block: 'subnet',
    segment: 'subnets',
  },
  'azurerm_network_interface.ip_configuration': {
    type: 'azurerm_network_interface',
    block: 'ip_configuration',
    segment: 'ipconfigurations',
  },
};

/** Lookup in one root. Everything is computed on first use, at most once. */
export interface RootIndex {
  readonly root: TerraformRoot;
  /** Managed instances of a type, in the order of the source. */
  ofType(type: string): readonly TerraformInstance[];
  dataOfType(type: string): readonly TerraformInstance[];
  byId(id: string): TerraformInstance | undefined;
  /** The blocks with ids of an instance; `kind` is a key of PARTS. */
  parts(owner: TerraformInstance, kind: string): Parts;
  /** Everything of a kind that does not exist yet. The same array for the same kind. */
  notYetExisting(kind: Kind): readonly Reference[];
  /**
   * Whether an id of this kind that is not known at plan time can belong to nothing but `notYetExisting(kind)`:
   * nothing in the root can make such an id in a way that stays unseen.
   */
  isClosed(kind: Kind): boolean;
}

/** Associations that take over the id of the subnet they edit. */
const BORROWED_ID = /^azurerm_subnet_\w+_association$/;

/** Managed resources whose outputs can be the id of anything. */
const MAKES_ANYTHING = /^(azapi_|azurerm_(\w+_)?template_deployment$|azurerm_managed_application$)/;

/** Managed resources that make others which are not listed, and hand out their ids. */
const MAKES_UNLISTED: Readonly<Record<string, string>> = {
  azurerm_network_interface: 'azurerm_private_endpoint',
  azurerm_public_ip: 'azurerm_kubernetes_cluster',
};

/** Data sources that cannot hand out the id of a network resource. */
const HARMLESS_DATA =
  /^(azuread_|tls_|random_|template_|cloudinit_|azurerm_(client_config|subscription|resource_group|location|image|shared_image\w*|platform_image|key_vault|key_vault_key|key_vault_certificate|key_vault_access_policy|storage_account\w*|storage_container|user_assigned_identity|role_definition|log_analytics_workspace|container_registry|managed_disk|dns_zone|private_dns_zone)$)/;

/** Indexes a root in one pass. */
export function indexRoot(root: TerraformRoot): RootIndex {
  const managed = new Map<string, TerraformInstance[]>();
  const data = new Map<string, TerraformInstance[]>();
  const ids = new Map<string, TerraformInstance>();
  const later: TerraformInstance[] = [];
  for (const instance of root.instances) {
    append(instance.mode === 'data' ? data : managed, instance.type, instance);
    if (instance.mode === 'data' || BORROWED_ID.test(instance.type)) later.push(instance);
    else ids.set(instance.id, instance);
  }
  for (const instance of later) if (!ids.has(instance.id)) ids.set(instance.id, instance);

  const parts = new Map<string, Map<string, Parts>>();
  const pending = new Map<string, readonly Reference[]>();
  const closed = new Map<string, boolean>();
  let hidesNothing: boolean | undefined;

  const index: RootIndex = {
    root,
    ofType: (type) => managed.get(type) ?? [],
    dataOfType: (type) => data.get(type) ?? [],
    byId: (id) => ids.get(id),
    parts(owner, kind) {
      const byOwner = remember(parts, kind, () => new Map<string, Parts>());
      return remember(byOwner, owner.id, () => partsOf(owner, kind));
    },
    notYetExisting: (kind) => remember(pending, kind.join(), () => kind.flatMap(pendingOf)),
    isClosed(kind) {
      hidesNothing ??= root.instances.every((instance) => !canMakeUnseenId(instance));
      return hidesNothing && remember(closed, kind.join(), () => kind.every(isListed));
    },
  };

  function pendingOf(type: string): readonly Reference[] {
    const block = PARTS[type];
    const targets =
      block === undefined
        ? index.ofType(type).filter((instance) => !hasKnownId(instance))
        : index
            .ofType(block.type)
            .flatMap((owner) => index.parts(owner, type).items.filter((part) => !part.exists));
    return targets.map(({ id }) => ({ id, property: 'id' }));
  }

  function isListed(type: string): boolean {
    const maker = MAKES_UNLISTED[type];
    if (maker !== undefined && index.ofType(maker).some((instance) => !hasKnownId(instance))) return false;
    const block = PARTS[type];
    if (block === undefined) return true;
    return index.ofType(block.type).every((owner) => index.parts(owner, type).complete);
  }

  return index;
}

/** Whether Azure gave the instance its id already. */
export function hasKnownId(instance: TerraformInstance): boolean {
  return !instance.created && !instance.id.startsWith('{');
}

/** Whether the instance can hand out an id, not known yet, of something the root does not list. */
export function canMakeUnseenId(instance: TerraformInstance): boolean {
  if (hasKnownId(instance)) return false;
  if (instance.mode === 'managed') return MAKES_ANYTHING.test(instance.type);
  return !HARMLESS_DATA.test(instance.type) && instance.attribute('id').kind !== 'known';
}

function partsOf(owner: TerraformInstance, kind: string): Parts {
  const block = PARTS[kind];
  if (block === undefined) return { blocks: absent(owner.origin), items: [], complete: true };
  const blocks = owner.attribute(block.block);
  const { items, unknown } = blocks.kind === 'object' ? { items: [blocks] } : asItems(blocks);
  return {
    blocks,
    items: items.map((item, index): Part => {
      const name = asText(field(item, 'name'));
      const id =
        item.kind === 'object' ? (item.fields.get('id') ?? absent(item.origin)) : absent(item.origin);
      const exists = id.kind === 'known' && id.value !== '';
      const segment = name.kind === 'known' ? name.value.toLowerCase() : `#${index}`;
      return {
        id: exists ? String(id.value).toLowerCase() : `${owner.id}/${block.segment}/${segment}`,
        index,
        name,
        block: item,
        owner,
        exists,
      };
    }),
    complete: unknown === undefined && items.every((item) => item.kind === 'object'),
  };
}

function append<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

function remember<T>(cache: Map<string, T>, key: string, compute: () => T): T {
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const value = compute();
  cache.set(key, value);
  return value;
}
