import type { Origin } from '../text/origin.ts';
import type { Reason } from '../value/reason.ts';
import type { ObjectValue, Unknown, Value } from '../value/value.ts';

/**
 * One Azure resource in the shape of Azure Resource Manager, whatever language declared it.
 * `body` holds `sku`, `properties`, ... with the property names of the REST API in lower case.
 */
export interface Resource {
  /** Lower case, for example `microsoft.network/loadbalancers/probes`. */
  readonly type: string;
  /**
   * The API version the source names, as it is written. Only a source that speaks the language of Azure Resource Manager
   * has one: without it, the body is a translation, and its spelling is not the user's.
   */
  readonly apiVersion?: string;
  /** Lower-case id: the real one, or a symbolic one while Azure has not given one. Unique in a model. */
  readonly id: string;
  /** What a person would type: the Bicep symbol, the Terraform address. */
  readonly address: string;
  readonly name: Value;
  /** The id of the parent, for a child resource that is declared on its own. */
  readonly parent?: Value;
  /** Why it is not certain that the resource will exist: a condition or a count that the code leaves open. */
  readonly condition?: Unknown;
  readonly body: ObjectValue;
  readonly origin: Origin;
}

/**
 * A way in which more could exist than was seen: a thing that others can attach to (`id`), or, without `id`,
 * a declaration Portcullis cannot look into.
 */
export interface Gap {
  readonly id?: string;
  readonly reason: Reason;
  readonly origin: Origin;
}
