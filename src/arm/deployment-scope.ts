import type { Origin } from '../text/origin.ts';
import type { Unknown, Value } from '../value/value.ts';

export type ScopeLevel = 'resource-group' | 'subscription' | 'management-group' | 'tenant';

/**
 * Where a deployment goes. What the user does not give is an unknown with a stable expression, so ids built from it
 * still compare. Every module instance and nested deployment has its own, with its own `deployment`.
 */
export interface DeploymentScope {
  readonly level: ScopeLevel;
  /** The id of the subscription: a GUID, not a resource id. */
  readonly subscription: Value;
  /** The name of the resource group. */
  readonly resourceGroup: Value;
  /** The name of the management group. */
  readonly managementGroup: Value;
  /** The id of the tenant: a GUID. */
  readonly tenant: Value;
  /** The location of the resource group; above it, of the deployment. */
  readonly location: Value;
  /** The name of the deployment. */
  readonly deployment: Value;
}

/** The parts of a scope that are known; the level is a resource group unless told otherwise. */
export type KnownScope = Partial<DeploymentScope>;

/** A scope of which the parts not given are unknown until deployment. `origin` is that of the unknown parts. */
export function deploymentScope(given: KnownScope, origin: Origin): DeploymentScope {
  const level = given.level ?? 'resource-group';
  const location = level === 'resource-group' ? 'resourceGroup().location' : 'deployment().location';
  return {
    subscription: undecided('subscription().subscriptionId', origin),
    resourceGroup: undecided('resourceGroup().name', origin),
    managementGroup: undecided('managementGroup().name', origin),
    tenant: undecided('tenant().tenantId', origin),
    location: undecided(location, origin),
    deployment: undecided('deployment().name', origin),
    ...given,
    level,
  };
}

function undecided(name: string, origin: Origin): Unknown {
  return { kind: 'unknown', reason: { kind: 'runtime', name }, origin, expression: name.toLowerCase() };
}
