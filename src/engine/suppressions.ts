import type { Suppression } from '../sources/bicep/suppressions.ts';
import { hclSuppressionsOf } from '../sources/terraform-hcl/suppressions.ts';
import type { OpenFiles } from './open-files.ts';

/** What comments and directives take away, by the path of their file. */
export type Suppressions = ReadonlyMap<string, readonly Suppression[]>;

/** Those of a format that has no comments. */
export const NO_SUPPRESSIONS: Suppressions = new Map();

/** The comments in files of Terraform code. */
export function hclSuppressions(paths: Iterable<string>, files: OpenFiles): Suppressions {
  const found = new Map<string, readonly Suppression[]>();
  for (const path of paths) {
    const comments = /\.(?:tf|tofu)$/.test(path) ? hclSuppressionsOf(files.text(path) ?? '', path) : [];
    if (comments.length > 0) found.set(path, comments);
  }
  return found;
}
