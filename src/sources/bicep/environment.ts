import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import type { Call } from '../../arm/functions/call.ts';
import type { Origin } from '../../text/origin.ts';
import type { ObjectValue, Unknown, Value } from '../../value/value.ts';
import type { BicepFile } from './bicep-file.ts';
import type { Span } from './expression-syntax.ts';
import type { Session } from './session.ts';
import type { FunctionDeclaration, ResourceDeclaration } from './syntax.ts';
import type { TypeExpression } from './type-syntax.ts';

/** Where an expression is evaluated: what its names mean there. */
export interface Environment {
  readonly session: Session;
  readonly deployment: Deployment;
  /** Variables of loops, lambdas and functions, the innermost first. */
  readonly locals?: Local;
  /** The resource around the expression, whose nested resources can be named here. */
  readonly within?: ResourceInstance;
}

export interface Local {
  readonly name: string;
  readonly value: Value;
  readonly outer: Local | undefined;
}

/** One file with values for its parameters: the root, an instance of a module, or a file that others import from. */
export interface Deployment {
  readonly file: BicepFile;
  readonly scope: DeploymentScope;
  /** Precedes the symbols of its resources: empty for the root, else `network.` or `nic[0].`. */
  readonly prefix: string;
  /** What a name that is declared in the file stands for. */
  meaning(name: string): Meaning | undefined;
  output(name: string): Value | undefined;
}

/** What a name stands for. */
export type Meaning =
  | { readonly kind: 'value'; value(): Value }
  | { readonly kind: 'resource'; readonly collection: Collection<ResourceInstance> }
  | { readonly kind: 'module'; readonly collection: Collection<ModuleInstance> }
  | { readonly kind: 'function'; readonly declaration: FunctionDeclaration; readonly env: Environment }
  | {
      readonly kind: 'type';
      readonly type: TypeExpression;
      readonly secure: boolean;
      readonly file: Deployment;
    }
  /** `import * as name`; without a deployment where the file cannot be had. */
  | { readonly kind: 'namespace'; readonly deployment?: Deployment; readonly missing?: Unknown };

/** The instances of a declaration: one, or one for each iteration of its loop. */
export interface Collection<T> {
  readonly isLoop: boolean;
  /** Those that certainly are declared. */
  items(): readonly T[];
  /** When more are possible: why, and one that stands for all of them. */
  open(): { readonly waitsFor: Unknown; readonly representative: T } | undefined;
  /** The instance of one iteration; undefined when there is certainly none. */
  at(index: Value): T | undefined;
}

export interface Identity {
  /** As written: `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  readonly apiVersion?: string;
  /** The full name, with the names of the parents before it. */
  readonly fullName: Value;
  /** The last part of the name. */
  readonly name: Value;
  readonly id: Value;
  /** Where it is deployed; a child is where its parent is. */
  readonly scope: DeploymentScope;
}

/** One resource, as far as anyone asks. */
export interface ResourceInstance {
  readonly declaration: ResourceDeclaration;
  readonly address: string;
  readonly deployment: Deployment;
  /** The resource it is nested in. */
  readonly enclosing?: ResourceInstance;
  /** Unknown when type or name cannot be read at all. */
  identity(): Identity | Unknown;
  /** Everything declared but name, parent, scope and dependsOn. Empty for what exists already. */
  body(): ObjectValue;
  /** The value that a property at the top of the body has, when it is declared. */
  declared(name: string): Value | undefined;
  /** Its own condition and those of the resources it is nested in; undefined when there is none. */
  condition(): Value | undefined;
  /** The resource as Azure returns it. */
  view(): Value;
  /** What the name of a nested resource stands for. */
  nested(name: string): Collection<ResourceInstance> | undefined;
  readonly nestedNames: readonly string[];
}

/** One instance of a module, as far as anyone asks. */
export interface ModuleInstance {
  readonly address: string;
  readonly origin: Origin;
  name(): Value;
  id(): Value;
  condition(): Value | undefined;
  /** Undefined when the module certainly has no such output. */
  output(name: string): Value | undefined;
  outputs(): Value;
}

/** Where a piece of the text is; inside a stand-in, where the item of the loop around it was written. */
export function originOf(span: Span, { deployment, locals }: Environment): Origin {
  const { file } = deployment;
  for (let local = file.isBuiltIn ? locals : undefined; local !== undefined; local = local.outer) {
    if (local.value.kind === 'object' || typeof valueIn(local.value) === 'string') return local.value.origin;
  }
  return file.origin(span);
}

function valueIn(value: Value): unknown {
  return value.kind === 'known' ? value.value : undefined;
}

/** What the functions of the ARM library ask about the place of a call. */
export function callAt(span: Span, env: Environment): Call {
  const origin = originOf(span, env);
  return {
    origin,
    scope: env.deployment.scope,
    fail: (message) => env.session.fail(message, origin),
  };
}

export function withLocal(env: Environment, name: string, value: Value): Environment {
  return { ...env, locals: { name, value, outer: env.locals } };
}

export function findLocal(env: Environment, name: string): Value | undefined {
  for (let local = env.locals; local !== undefined; local = local.outer) {
    if (local.name === name) return local.value;
  }
  return undefined;
}
