import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type AzureCatalogue, loadAzureTypes } from '../arm/types/azure-catalogue.ts';
import type { Problem } from '../text/problem.ts';

/**
 * Microsoft's catalogue of resource types by its file `index.json`; `shown` is what problems call it. The files of types lie
 * beside it and are read when a type is asked for. Undefined when there is no such file.
 */
export function readAzureTypes(
  file: string,
  shown: string,
): AzureCatalogue | { readonly problem: Problem } | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  return loadAzureTypes(text, shown, (relative) => textOf(path.join(path.dirname(file), relative)));
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
