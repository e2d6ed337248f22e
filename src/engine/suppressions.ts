import type { Suppression } from '../sources/bicep/suppressions.ts';

/** What comments and directives take away, by the path of their file. */
export type Suppressions = ReadonlyMap<string, readonly Suppression[]>;

export const NO_SUPPRESSIONS: Suppressions = new Map();
