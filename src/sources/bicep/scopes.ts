import { type DeploymentScope, deploymentScope, type ScopeLevel } from '../../arm/deployment-scope.ts';
import { callText } from '../../arm/expression-text.ts';
import type { Call } from '../../arm/functions/call.ts';
import { joinText } from '../../arm/partial-text.ts';
import {
  groupPieces,
  managementGroupPieces,
  scopePieces,
  subscriptionPieces,
} from '../../arm/resource-ids.ts';
import type { Value } from '../../value/value.ts';
import { denote } from './denote.ts';
import { callAt, type Environment } from './environment.ts';
import type { Expression } from './expression-syntax.ts';
import type { Evaluate } from './loop.ts';

/** Where something is deployed: into a scope, or, as an extension, onto a resource with its id. */
export interface Place {
  readonly scope: DeploymentScope;
  readonly pieces: readonly Value[];
}

const FUNCTIONS: Readonly<Record<string, ScopeLevel>> = {
  resourcegroup: 'resource-group',
  subscription: 'subscription',
  managementgroup: 'management-group',
  tenant: 'tenant',
};

export function isScopeFunction(lower: string): boolean {
  return Object.hasOwn(FUNCTIONS, lower);
}

/** The scope that `resourceGroup('name')`, `subscription('id')` and the like name, seen from another scope. */
function scopeNamed(
  lower: string,
  args: readonly Value[],
  from: DeploymentScope,
  call: Call,
): DeploymentScope {
  const level = FUNCTIONS[lower] ?? 'tenant';
  const [first, second] = args;
  const known = { tenant: from.tenant, deployment: from.deployment };
  if (level === 'resource-group') {
    if (first === undefined) return { ...from, level };
    const group = second ?? first;
    const subscription = second === undefined ? from.subscription : first;
    const location = locationOf(args, call);
    return deploymentScope({ ...known, level, subscription, resourceGroup: group, location }, call.origin);
  }
  if (level === 'subscription') {
    const subscription = first ?? from.subscription;
    return deploymentScope({ ...known, level, subscription, location: from.location }, call.origin);
  }
  if (level === 'management-group') {
    const group = first === undefined ? from.managementGroup : lastSegment(first);
    return deploymentScope({ ...known, level, managementGroup: group, location: from.location }, call.origin);
  }
  return deploymentScope({ ...known, level, location: from.location }, call.origin);
}

/** Where another resource group is, which nothing here tells. */
function locationOf(args: readonly Value[], call: Call): Value {
  const named = callText('resourceGroup', args);
  const base = { kind: 'unknown', reason: { kind: 'runtime', name: 'resourceGroup().location' } } as const;
  const value = { ...base, origin: call.origin };
  return named === undefined ? value : { ...value, expression: `${named}.location` };
}

/** A management group is named by its name or by its whole id. */
function lastSegment(group: Value): Value {
  if (group.kind !== 'known' || typeof group.value !== 'string') return group;
  return { ...group, value: group.value.slice(group.value.lastIndexOf('/') + 1) };
}

/** What `resourceGroup('name')` and the like are as values: their id and name. */
export function scopeObject(lower: string, args: readonly Value[], call: Call): Value {
  const scope = scopeNamed(lower, args, call.scope, call);
  const id = joinText(scopePieces(scope, call), call);
  const name =
    scope.level === 'resource-group'
      ? scope.resourceGroup
      : scope.level === 'management-group'
        ? scope.managementGroup
        : scope.subscription;
  const fields = new Map<string, Value>([
    ['id', id],
    ['name', name],
    ['location', scope.location],
    ['subscriptionid', scope.subscription],
    ['tenantid', scope.tenant],
  ]);
  return { kind: 'object', fields, origin: call.origin };
}

/** The place a `scope` property names: a call, the symbol of a resource group, or any other resource to extend. */
export function placeOf(expression: Expression, env: Environment, evaluate: Evaluate): Place {
  const call = callAt(expression, env);
  const from = env.deployment.scope;
  const inner =
    expression.kind === 'parenthesized' || expression.kind === 'non-null' ? innerOf(expression) : expression;
  if (inner.kind === 'call' || inner.kind === 'method-call') {
    const lower = inner.name.text.toLowerCase();
    if (isScopeFunction(lower)) {
      const args = inner.arguments.map((argument) => evaluate(argument, env));
      const scope = scopeNamed(lower, args, from, call);
      return { scope, pieces: scopePieces(scope, call) };
    }
  }
  if (inner.kind === 'ternary') {
    const condition = evaluate(inner.condition, env);
    if (condition.kind === 'known') {
      return placeOf(condition.value === true ? inner.whenTrue : inner.whenFalse, env, evaluate);
    }
  }
  const denoted = denote(inner, env, evaluate);
  if (denoted.kind === 'resource') {
    const identity = denoted.instance.identity();
    if ('kind' in identity) return { scope: unsettled(from, call), pieces: [identity] };
    const type = identity.type.toLowerCase();
    if (type === 'microsoft.resources/resourcegroups') {
      const { subscription } = identity.scope;
      const location = denoted.instance.declared('location');
      const scope = deploymentScope(
        {
          level: 'resource-group',
          subscription,
          resourceGroup: identity.name,
          tenant: from.tenant,
          deployment: from.deployment,
          ...(location === undefined ? {} : { location }),
        },
        call.origin,
      );
      return { scope, pieces: groupPieces(subscription, identity.name, call) };
    }
    if (type === 'microsoft.management/managementgroups') {
      const scope = scopeNamed('managementgroup', [identity.name], from, call);
      return { scope, pieces: managementGroupPieces(identity.name, call) };
    }
    if (type === 'microsoft.subscription/aliases') {
      return {
        scope: unsettled(from, call),
        pieces: subscriptionPieces(unsettled(from, call).subscription, call),
      };
    }
    return { scope: identity.scope, pieces: [identity.id] };
  }
  const value = evaluate(inner, env);
  const id = value.kind === 'object' ? (value.fields.get('id') ?? value) : value;
  if (id.kind === 'unknown' || id.kind === 'known') return { scope: unsettled(from, call), pieces: [id] };
  return { scope: unsettled(from, call), pieces: [call.fail('a scope is a scope function or a resource')] };
}

function innerOf(expression: Extract<Expression, { kind: 'parenthesized' | 'non-null' }>): Expression {
  return expression.kind === 'parenthesized' ? expression.inner : expression.base;
}

/** A scope of which nothing is known that could be taken for the one around it. */
function unsettled(from: DeploymentScope, call: Call): DeploymentScope {
  const reason = { kind: 'unsupported', name: 'the scope of a deployment' } as const;
  const part: Value = { kind: 'unknown', reason, origin: call.origin };
  return { ...from, subscription: part, resourceGroup: part, managementGroup: part, location: part };
}

/** The level that `targetScope` names. */
export function levelOf(text: string): ScopeLevel | undefined {
  switch (text) {
    case 'resourceGroup':
      return 'resource-group';
    case 'subscription':
      return 'subscription';
    case 'managementGroup':
      return 'management-group';
    case 'tenant':
      return 'tenant';
    default:
      return undefined;
  }
}
