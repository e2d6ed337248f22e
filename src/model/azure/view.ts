import type { Origin } from '../../text/origin.ts';
import { asText, type Evaluated, type Unknown } from '../../value/value.ts';
import type { Resource } from '../resource.ts';

/** What every typed view says about its resource. */
export interface View {
  /** Lower case. */
  readonly id: string;
  /** What a person would type. */
  readonly address: string;
  readonly origin: Origin;
  readonly name: Evaluated<string>;
  /** Why it is not certain that the resource will exist. */
  readonly condition?: Unknown;
}

/** The part of a view that all resources have. */
export function viewOf({ id, address, origin, name, condition }: Resource): View {
  return { id, address, origin, name: asText(name), ...(condition === undefined ? {} : { condition }) };
}
