import { toModel } from '../../arm/to-model.ts';
import { createModel, type Model } from '../../model/model.ts';
import type { Problem } from '../../text/problem.ts';
import type { Suppression } from '../../text/suppression.ts';
import { type BicepInput, declareRoot } from './declare-root.ts';
import { readSuppressions } from './suppressions.ts';

/** What a Bicep root means. */
export interface BicepRoot {
  readonly model: Model;
  /** A fatal one says that the root could not be read; the model is empty then. */
  readonly problems: readonly Problem[];
  /** The paths of everything read, the root first. */
  readonly files: readonly string[];
  /** What the comments and directives of all Bicep files in it take away, by path. */
  readonly suppressions: ReadonlyMap<string, readonly Suppression[]>;
}

/**
 * Reads a root without any compiler. A `.bicep` file is a deployment of its own: parameters take the values given, else their
 * defaults, else they are unknown. A `.bicepparam` file is a deployment of the file it uses, with the values it assigns and
 * those of the files it extends. Modules are read through `readFile`. What cannot be evaluated is unknown, and a problem.
 */
export function readBicep(input: BicepInput): BicepRoot {
  const declared = declareRoot(input);
  const isFatal = declared.problems.some(({ severity }) => severity === 'fatal');
  const { model, problems } = isFatal ? { model: createModel([]), problems: [] } : toModel(declared);
  const suppressions = new Map<string, readonly Suppression[]>();
  for (const { path, text, syntax } of declared.bicepFiles) {
    const found = readSuppressions(text, syntax.tokens, path);
    if (found.length > 0) suppressions.set(path, found);
  }
  return { model, problems: [...declared.problems, ...problems], files: declared.files, suppressions };
}
