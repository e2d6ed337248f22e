import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import type { Call } from '../../arm/functions/call.ts';
import { at, type JsonObject, originOf, textOf } from '../../arm/json-node.ts';
import { joinText } from '../../arm/partial-text.ts';
import { namesIn, resourceIdBelow, scopePieces } from '../../arm/resource-ids.ts';
import { runtimeView } from '../../arm/runtime-view.ts';
import type { Origin } from '../../text/origin.ts';
import { known, type ObjectValue, type Unknown, type Value } from '../../value/value.ts';
import type { Environment, Referenced } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { lazily } from './lazily.ts';
import { scopeOf } from './target-scope.ts';

/** One resource of a template after its loops are unrolled. Everything is evaluated when it is first asked for. */
export interface Instance {
  readonly node: JsonObject;
  readonly env: Environment;
  /** The whole type as written: `Microsoft.Network/virtualNetworks/subnets`, also of a child that stands inside its parent. */
  readonly type: string;
  /** The symbolic name, with the index of the loop: `nic[0]`. */
  readonly symbol?: string;
  readonly existing: boolean;
  readonly origin: Origin;
  /** Why the number of instances is not known: this one stands for all of them. */
  readonly open?: Unknown;
  /** The loop of a symbolic name it comes from. */
  readonly loop?: Loop;
  /** Where the resource goes. */
  scope(): DeploymentScope;
  name(): Value;
  id(): Value;
  condition(): Value | undefined;
  apiVersion(): string | undefined;
  body(): ObjectValue;
  /** What Azure returns for it; while its own body is evaluated, what Azure returns before it is deployed. */
  view(): Referenced;
}

/** A loop of resources with a symbolic name. */
export interface Loop {
  /** The symbolic name without an index. */
  readonly symbol: string;
  /** The resource an iteration stands for, whether or not the loop is known to reach it. */
  at(index: Value): Instance;
}

export interface InstancePlace {
  readonly node: JsonObject;
  readonly env: Environment;
  readonly scope: DeploymentScope;
  readonly parent?: Instance;
  readonly symbol?: string;
  readonly loop?: Loop;
  readonly open?: Unknown;
  readonly origin: Origin;
}

/** Members of a resource that say how it is deployed, not what it is. */
const NOT_BODY = new Set([
  'apiversion',
  'asserts',
  'comments',
  'condition',
  'copy',
  'dependson',
  'existing',
  'extension',
  'import',
  'metadata',
  'name',
  'resourcegroup',
  'resources',
  'scope',
  'subscriptionid',
  'type',
]);

export function createInstance(place: InstancePlace): Instance {
  const { node, env, parent, origin } = place;
  const { session } = env;
  const call: Call = { origin, scope: env.scope, fail: (message) => session.fail(message, origin) };
  const type = typeOf(node, parent);
  let target: DeploymentScope | undefined;
  const scope = (): DeploymentScope => {
    target ??= scopeOf(node, env, place.scope, call);
    return target;
  };
  const what = `the resource \`${place.symbol ?? type}\``;
  const later = (aspect: string, run: () => Value): (() => Value) =>
    lazily(session, `the ${aspect} of ${what}`, () => origin, run);

  const name = later('name', () => {
    const node_ = at(node, 'name');
    const own = node_ === undefined ? call.fail(`${what} has no name`) : evaluate(node_, env);
    return parent === undefined || isWhole(node, parent)
      ? own
      : joinText([parent.name(), known('/', origin), own], call);
  });
  const id = later('id', () => idOf(node, type, name(), env, scope(), call));
  let isReading = false;
  const body = later('body', () => {
    isReading = true;
    const value = bodyOf(node, env);
    isReading = false;
    return value;
  });
  const condition = at(node, 'condition');
  const holds = condition === undefined ? undefined : later('condition', () => evaluate(condition, env));
  let view: Referenced | undefined;

  function asObject(value: Value): ObjectValue {
    return value.kind === 'object' ? value : { kind: 'object', fields: new Map(), origin };
  }

  const instance: Instance = {
    node,
    env,
    type,
    ...(place.symbol === undefined ? {} : { symbol: place.symbol }),
    ...(place.loop === undefined ? {} : { loop: place.loop }),
    ...(place.open === undefined ? {} : { open: place.open }),
    existing: isTrue(at(node, 'existing')),
    origin,
    scope,
    name,
    id,
    condition: () => holds?.(),
    apiVersion() {
      const version = at(node, 'apiVersion');
      const value = version === undefined ? undefined : evaluate(version, env);
      return value?.kind === 'known' ? String(value.value) : undefined;
    },
    body: () => asObject(body()),
    view() {
      if (view !== undefined) return view;
      const isBefore = instance.existing || isReading;
      const full = runtimeView({ type, id: id(), ...(isBefore ? {} : { body: asObject(body()) }) }, call);
      const answer = { full, properties: full.fields.get('properties') ?? full };
      if (!isReading) view = answer;
      return answer;
    },
  };
  return instance;
}

/** Whether a node is the literal `true`. */
function isTrue(node: ReturnType<typeof at>): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

/** A child inside its parent is written with its own segment of the type, or, rarely, with all of it. */
function typeOf(node: JsonObject, parent: Instance | undefined): string {
  const own = textOf(at(node, 'type')) ?? '';
  return parent === undefined || isWhole(node, parent) ? own : `${parent.type}/${own}`;
}

function isWhole(node: JsonObject, parent: Instance): boolean {
  const own = (textOf(at(node, 'type')) ?? '').toLowerCase();
  return own.startsWith(`${parent.type.toLowerCase()}/`);
}

function idOf(
  node: JsonObject,
  type: string,
  name: Value,
  env: Environment,
  target: DeploymentScope,
  call: Call,
): Value {
  const pieces = extensionPieces(node, type, env, target, call) ?? scopePieces(target, call);
  const count = type.split('/').length - 1;
  const names = namesIn(name, count);
  if (names !== undefined)
    return resourceIdBelow(pieces, type, names, call) ?? call.fail('the resource has no id');
  if (name.kind === 'known') return call.fail(`the name of \`${type}\` needs ${count} segments`);
  const unknownNames = Array.from({ length: count }, (_, index) => segmentOf(name, index));
  return resourceIdBelow(pieces, type, unknownNames, call) ?? call.fail('the resource has no id');
}

/** A segment of a name of which the slashes are not known. */
function segmentOf(name: Value, index: number): Value {
  if (name.kind !== 'unknown' || name.expression === undefined) return name;
  const { reason, origin, expression } = name;
  return { kind: 'unknown', reason, origin, expression: `split(${expression}, '/')[${index}]` };
}

/** The id of what a resource extends: a lock, a role assignment, a diagnostic setting. Deployments read `scope` another way. */
function extensionPieces(
  node: JsonObject,
  type: string,
  env: Environment,
  target: DeploymentScope,
  call: Call,
): readonly Value[] | undefined {
  const scope = at(node, 'scope');
  if (scope === undefined || type.toLowerCase() === 'microsoft.resources/deployments') return undefined;
  const value = evaluate(scope, env);
  if (value.kind === 'absent') return undefined;
  const first =
    value.kind === 'known' ? String(value.value) : value.kind === 'unknown' ? value.parts?.[0] : '';
  if (first === '/' && value.kind === 'known') return [];
  if (typeof first !== 'string' || first.startsWith('/')) return [value];
  return [...scopePieces(target, call), known('/providers/', call.origin), value];
}

function bodyOf(node: JsonObject, env: Environment): ObjectValue {
  const members = new Map([...node.members].filter(([name]) => !NOT_BODY.has(name)));
  const value = evaluate({ ...node, members }, env);
  return value.kind === 'object' ? value : { kind: 'object', fields: new Map(), origin: originOf(node) };
}
