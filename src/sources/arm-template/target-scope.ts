import type { DeploymentScope, ScopeLevel } from '../../arm/deployment-scope.ts';
import { equality } from '../../arm/equality.ts';
import type { Call } from '../../arm/functions/call.ts';
import { at, type JsonNode, type JsonObject, textOf } from '../../arm/json-node.ts';
import { known, type Value } from '../../value/value.ts';
import type { Environment } from './environment.ts';
import { evaluate } from './evaluate.ts';

const DEPLOYMENT = 'microsoft.resources/deployments';

/** The level a template deploys to, by its `$schema`. */
export function levelOf(template: JsonNode | undefined): ScopeLevel | undefined {
  const schema = textOf(at(template, '$schema')) ?? '';
  const level = /\/(subscription|managementGroup|tenant)?deploymentTemplate\.json/i.exec(schema);
  if (level === null) return undefined;
  switch (level[1]?.toLowerCase()) {
    case 'subscription':
      return 'subscription';
    case 'managementgroup':
      return 'management-group';
    case 'tenant':
      return 'tenant';
    default:
      return 'resource-group';
  }
}

/**
 * Where a resource goes: the scope of its deployment, or another that it names through `subscriptionId`, `resourceGroup`
 * and, a nested deployment, `scope`.
 */
export function scopeOf(
  node: JsonObject,
  env: Environment,
  around: DeploymentScope,
  call: Call,
): DeploymentScope {
  const given = (name: string): Value | undefined => {
    const member = at(node, name);
    const value = member === undefined ? undefined : evaluate(member, env);
    return value?.kind === 'absent' ? undefined : value;
  };
  const subscription = given('subscriptionId');
  const resourceGroup = given('resourceGroup');
  const base = subscription === undefined ? around : { ...around, subscription };
  if (resourceGroup !== undefined)
    return {
      ...base,
      level: 'resource-group',
      resourceGroup,
      location: locationOf(resourceGroup, around, call),
    };
  if (subscription !== undefined) return { ...base, level: 'subscription' };
  if (textOf(at(node, 'type'))?.toLowerCase() !== DEPLOYMENT) return around;
  const scope = given('scope');
  if (scope !== undefined) return named(scope, around);
  const level = levelOf(at(node, 'properties', 'template'));
  return level === undefined || level === 'resource-group' ? around : { ...around, level };
}

/** The location of another resource group is not known. */
function locationOf(resourceGroup: Value, around: DeploymentScope, call: Call): Value {
  if (equality(resourceGroup, around.resourceGroup).is === 'true') return around.location;
  const name = 'the location of the resource group';
  return { kind: 'unknown', reason: { kind: 'outside', name }, origin: call.origin };
}

/** `/` is the tenant; else a management group, by name or id, a subscription or a resource group. */
function named(scope: Value, around: DeploymentScope): DeploymentScope {
  if (scope.kind !== 'known') return { ...around, level: 'management-group', managementGroup: scope };
  const text = String(scope.value);
  if (text === '/') return { ...around, level: 'tenant' };
  const group = /microsoft\.management\/managementgroups\/([^/]+)$/i.exec(text)?.[1];
  if (group !== undefined)
    return { ...around, level: 'management-group', managementGroup: known(group, scope.origin) };
  const [, subscription, resourceGroup] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?$/i.exec(text) ?? [];
  if (subscription === undefined) return around;
  const base = { ...around, subscription: known(subscription, scope.origin) };
  return resourceGroup === undefined
    ? { ...base, level: 'subscription' }
    : { ...base, level: 'resource-group', resourceGroup: known(resourceGroup, scope.origin) };
}
