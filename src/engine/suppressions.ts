import { posix } from 'node:path';
import { templateSuppressionsOf } from '../sources/arm-template/suppressions.ts';
import { hclSuppressionsOf } from '../sources/terraform-hcl/suppressions.ts';
import type { Suppression } from '../text/suppression.ts';
import type { OpenFiles } from './open-files.ts';

/** What comments and directives take away, by the path of their file. */
export type Suppressions = ReadonlyMap<string, readonly Suppression[]>;

/** Those of a format that has no comments. */
export const NO_SUPPRESSIONS: Suppressions = new Map();

const HCL = /\.(?:tf|tofu)$/;
const TEMPLATE = /\.jsonc?$/;

/**
 * The comments in Terraform code and in templates. `paths` are the files that something of the root is written in; all files
 * of Terraform code beside them belong to it as well. Bicep files tell theirs when they are read.
 */
export function commentsIn(paths: Iterable<string>, files: OpenFiles): Suppressions {
  const given = [...paths];
  const folders = new Set(given.filter((path) => HCL.test(path)).map((path) => posix.dirname(path)));
  const beside = [...folders].flatMap((folder) =>
    (files.list(folder) ?? [])
      .filter(({ kind, name }) => kind === 'file' && HCL.test(name))
      .map(({ name }) => posix.join(folder, name)),
  );
  const found = new Map<string, readonly Suppression[]>();
  for (const path of new Set([...given, ...beside])) {
    const comments = HCL.test(path)
      ? hclSuppressionsOf(files.text(path) ?? '', path)
      : TEMPLATE.test(path)
        ? templateSuppressionsOf(files.text(path) ?? '', path)
        : [];
    if (comments.length > 0) found.set(path, comments);
  }
  return found;
}
