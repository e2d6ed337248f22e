import type { FromSchema } from 'json-schema-to-ts';
import type { CONFIG_SCHEMA } from './schema.ts';

/** A configuration file as it is written. */
export type Config = FromSchema<typeof CONFIG_SCHEMA>;

/** Why a configuration file cannot be used. Lines and columns are 1-based. */
export interface ConfigFault {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What is, in lower case without a full stop. */
  readonly message: string;
}
