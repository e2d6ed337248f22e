import type { ObjectValue, Value } from '../value/value.ts';

/** What `reference(id, ..., 'full')` or a Bicep resource symbol stands for. */
export interface Target {
  readonly type: string;
  readonly id: Value;
  /** The declared body, without `id`, `name`, `type`, `apiVersion`. Left out for resources that are not declared here. */
  readonly body?: ObjectValue;
}

/**
 * The resource as Azure will return it: what is declared, the ids of its elements, and for everything else unknowns with
 * the expression `reference('<id>').<property>` (inside `properties`) or `reference('<id>','full').<property>`.
 * `properties.frontendIPConfigurations[0].properties.privateIPAddress` and `properties.ipAddress` are references.
 */
export declare function runtimeView(target: Target): ObjectValue;
