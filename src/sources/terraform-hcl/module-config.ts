import type { Attribute, Block } from './body.ts';

/** What the files of one directory declare together. */
export interface ModuleConfig {
  /** Normalised path. */
  readonly directory: string;
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, Block>;
  /** `resource` and `data` blocks in the order of the source. */
  readonly resources: readonly ResourceConfig[];
  readonly calls: ReadonlyMap<string, Block>;
  /** The `terraform` blocks. */
  readonly settings: readonly Block[];
  /** The `provider` blocks. */
  readonly providers: readonly Block[];
  /** Names of things that are declared as ephemeral: `random_password.db`. */
  readonly ephemeral: ReadonlySet<string>;
}

export interface ResourceConfig {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly block: Block;
}
