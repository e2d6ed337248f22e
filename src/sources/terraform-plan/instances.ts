import type {
  ConfigurationModule,
  Json,
  JsonObject,
  ModuleCall,
  Plan,
  ResourceChange,
  StateModule,
  StateResource,
} from './plan-format.ts';
import { callsOf, type Key } from './references.ts';

/** One instance that exists after the apply, with its planned values. */
export interface PlanInstance {
  /** With module path and instance keys. */
  readonly address: string;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  readonly key: Key | undefined;
  readonly group: InstanceGroup;
  /** Lower case: the id that is known, else the address in braces. No two instances share a symbolic one. */
  readonly id: string;
  readonly created: boolean;
  /** JSON pointers to the entry of the plan and to its values. */
  readonly pointer: string;
  readonly valuesPointer: string;
  readonly values: JsonObject;
  /** `true` where the values are unknown, in their shape. */
  readonly unknown: Json;
  /** `true` where the values are secret, in their shape; undefined in plans older than this part. */
  readonly sensitive: Json | undefined;
}

/** The instances of one resource in one module instance, at least one. */
export interface InstanceGroup {
  readonly scope: Scope;
  readonly mode: 'managed' | 'data';
  /** `azurerm_subnet.main`. */
  readonly resource: string;
  readonly byKey: ReadonlyMap<Key | undefined, PlanInstance>;
}

interface GrowingGroup extends InstanceGroup {
  readonly byKey: Map<Key | undefined, PlanInstance>;
}

/** One module instance. */
export interface Scope {
  /** `module.app["web"]`, or `''` for the root module. */
  readonly address: string;
  readonly module: ConfigurationModule | undefined;
  /** How the module is called; absent on the root module. */
  readonly call?: {
    readonly parent: Scope;
    readonly name: string;
    readonly key: Key | undefined;
    readonly block: ModuleCall;
  };
  /** By mode, and by resource: `azurerm_subnet.main`. */
  readonly groups: Readonly<Record<'managed' | 'data', Map<string, GrowingGroup>>>;
  /** By call and key: the module instances that hold at least one resource instance. */
  readonly children: Map<string, Map<Key | undefined, Scope>>;
  /** By call and key: other module instances, made by `childScope`. */
  readonly unlisted: Map<string, Map<Key | undefined, Scope>>;
}

/** All instances of a plan and the module instances they are in. */
export interface PlanInstances {
  readonly root: Scope;
  readonly instances: readonly PlanInstance[];
}

/**
 * The state of the root after the apply: what `resource_changes` does not delete or forget, without the replaced objects
 * that wait for their deletion, and the data sources that were read while planning, which only `prior_state` holds.
 * In the order of the file.
 */
export function planInstances(plan: Plan): PlanInstances {
  const root = rootScope(plan);
  const scopes = new Map<string, Scope>([['', root]]);
  const symbolic = new Set<string>();
  const instances: PlanInstance[] = [];

  const add = (entry: ResourceChange | StateResource, moduleAddress: string, parts: Parts): void => {
    const mode = entry.mode === 'data' ? 'data' : 'managed';
    const scope = scopeAt(moduleAddress, root, scopes);
    const known = own(parts.unknown, 'id') === true ? undefined : own(parts.values, 'id');
    const isId = typeof known === 'string' && known.startsWith('/');
    const group = groupIn(scope, mode, `${entry.type}.${entry.name}`);
    const instance: PlanInstance = {
      address: entry.address,
      type: entry.type,
      mode,
      key: entry.index,
      group,
      id: isId ? known.toLowerCase() : unusedId(`{${entry.address.toLowerCase()}}`, symbolic),
      ...parts,
    };
    instances.push(instance);
    group.byKey.set(entry.index, instance);
  };

  const deferred = new Set<string>();
  for (const [index, entry] of plan.resource_changes.entries()) {
    if (!staysOrComes(entry)) continue;
    const { actions, after, after_unknown: unknown, after_sensitive: sensitive } = entry.change;
    const pointer = `/resource_changes/${index}`;
    if (entry.mode === 'data') deferred.add(entry.address);
    add(entry, entry.module_address ?? '', {
      created: actions.includes('create'),
      pointer,
      valuesPointer: `${pointer}/change/after`,
      values: after ?? {},
      unknown: unknown ?? {},
      sensitive: sensitive ?? undefined,
    });
  }
  for (const { entry, pointer, moduleAddress } of dataSourcesRead(plan.prior_state.values?.root_module)) {
    if (deferred.has(entry.address)) continue;
    add(entry, moduleAddress, {
      created: false,
      pointer,
      valuesPointer: `${pointer}/values`,
      values: entry.values ?? {},
      unknown: {},
      sensitive: entry.sensitive_values ?? undefined,
    });
  }
  return { root, instances };
}

/** The instances of a resource in a module instance; undefined when it has none. `resource` is `azurerm_subnet.main`. */
export function groupOf(scope: Scope, mode: 'managed' | 'data', resource: string): InstanceGroup | undefined {
  return scope.groups[mode].get(resource);
}

/**
 * A module instance below another one. When the plan has no resource in it, and for no key at all, it is made up from its
 * call. Undefined when there is no such call.
 */
export function childScope(parent: Scope, name: string, key: Key | undefined): Scope | undefined {
  const existing = parent.children.get(name)?.get(key) ?? parent.unlisted.get(name)?.get(key);
  const block = own(parent.module?.module_calls, name);
  if (existing !== undefined || block === undefined) return existing;
  const siblings = parent.unlisted.get(name) ?? new Map<Key | undefined, Scope>();
  const scope = newScope(parent, name, key, block);
  parent.unlisted.set(name, siblings.set(key, scope));
  return scope;
}

/** Whether the plan knows what is at a path of an instance; a path that lost a list index stands for all items. */
export function isKnownAt(instance: PlanInstance, path: readonly Key[]): boolean {
  let node: Json | undefined = instance.unknown;
  for (const step of path) {
    if (node === true) return false;
    if (Array.isArray(node)) node = typeof step === 'number' ? node[step] : node;
    else node = own<Json>(node, String(step));
  }
  return !holdsTrue(node);
}

function holdsTrue(node: Json | undefined): boolean {
  if (typeof node !== 'object' || node === null) return node === true;
  return Object.values(node).some(holdsTrue);
}

/** The own property of an object read from JSON, which may have keys such as `constructor`. */
export function own<T>(object: Readonly<Record<string, T>> | Json | undefined, name: string): T | undefined {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return undefined;
  return Object.hasOwn(object, name) ? (object as Readonly<Record<string, T>>)[name] : undefined;
}

type Parts = Pick<PlanInstance, 'created' | 'pointer' | 'valuesPointer' | 'values' | 'unknown' | 'sensitive'>;

function staysOrComes({ mode, deposed, change }: ResourceChange): boolean {
  if (deposed !== undefined || (mode !== 'managed' && mode !== 'data')) return false;
  return change.actions.some((action) => action !== 'delete' && action !== 'forget');
}

function unusedId(id: string, used: Set<string>): string {
  let unused = id;
  for (let number = 2; used.has(unused); number += 1) unused = `${id}#${number}`;
  used.add(unused);
  return unused;
}

function groupIn(scope: Scope, mode: 'managed' | 'data', resource: string): GrowingGroup {
  const groups = scope.groups[mode];
  const existing = groups.get(resource);
  if (existing !== undefined) return existing;
  const group: GrowingGroup = { scope, mode, resource, byKey: new Map() };
  groups.set(resource, group);
  return group;
}

function* dataSourcesRead(
  module: StateModule | undefined,
  pointer = '/prior_state/values/root_module',
): Generator<{ readonly entry: StateResource; readonly pointer: string; readonly moduleAddress: string }> {
  for (const [index, entry] of (module?.resources ?? []).entries()) {
    const at = `${pointer}/resources/${index}`;
    if (entry.mode === 'data') yield { entry, pointer: at, moduleAddress: module?.address ?? '' };
  }
  for (const [index, child] of (module?.child_modules ?? []).entries()) {
    yield* dataSourcesRead(child, `${pointer}/child_modules/${index}`);
  }
}

function rootScope(plan: Plan): Scope {
  return { address: '', module: plan.configuration.root_module, ...newMaps() };
}

function newScope(parent: Scope, name: string, key: Key | undefined, block: ModuleCall): Scope {
  const index = key === undefined ? '' : `[${JSON.stringify(key)}]`;
  return {
    address: `${parent.address === '' ? '' : `${parent.address}.`}module.${name}${index}`,
    module: block.module,
    call: { parent, name, key, block },
    ...newMaps(),
  };
}

function newMaps(): Pick<Scope, 'groups' | 'children' | 'unlisted'> {
  return { groups: { managed: new Map(), data: new Map() }, children: new Map(), unlisted: new Map() };
}

/** The module instance at an address of the plan, entered into `scopes` and into its parent. */
function scopeAt(address: string, root: Scope, scopes: Map<string, Scope>): Scope {
  const existing = scopes.get(address);
  if (existing !== undefined) return existing;
  let scope = root;
  for (const { call, key } of callsOf(address)) {
    const siblings = scope.children.get(call) ?? new Map<Key | undefined, Scope>();
    scope.children.set(call, siblings);
    const child =
      siblings.get(key) ?? newScope(scope, call, key, own(scope.module?.module_calls, call) ?? {});
    siblings.set(key, child);
    scope = child;
  }
  scopes.set(address, scope);
  return scope;
}
