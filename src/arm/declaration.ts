import type { Gap } from '../model/resource.ts';
import type { Origin } from '../text/origin.ts';
import type { ObjectValue, Value } from '../value/value.ts';

/**
 * One resource as an ARM-speaking source declares it: loops are unrolled, parameters and variables are replaced, and
 * what only deployment settles is an unknown with an expression.
 */
export interface Declaration {
  /** As written, without the API version: `Microsoft.Network/loadBalancers/backendAddressPools`. */
  readonly type: string;
  readonly apiVersion?: string;
  /** The full name with one segment per segment of the type: `lb/pool`. */
  readonly name: Value;
  /** The full id: known text, or an unknown with parts around the segments that are not known. */
  readonly id: Value;
  /** What a person would type: `network.lb`, `nic[0]`, or `Microsoft.Network/loadBalancers/lb`. */
  readonly address: string;
  /** `sku`, `location`, `tags`, `properties`, ... without `type`, `name`, `apiVersion`, `condition`, `copy`, `dependsOn`. */
  readonly body: ObjectValue;
  /** The condition as evaluated. Left out when there is none. What is known to be false may be left out altogether. */
  readonly condition?: Value;
  /** It is only referred to: it gives a name and an id, and no resource. */
  readonly existing?: true;
  /** The smallest span that names the declaration. */
  readonly origin: Origin;
}

/** All resources of one root, over all its modules and nested deployments, in the order of the source. */
export interface Declared {
  readonly declarations: readonly Declaration[];
  /** What may declare or attach more than was seen. */
  readonly gaps: readonly Gap[];
  /** The outputs of the root itself, not those of its modules: what leaves the root, others may attach to. */
  readonly outputs?: readonly Output[];
}

export interface Output {
  readonly name: string;
  readonly value: Value;
  readonly origin: Origin;
}
