import { openBicepFile } from './bicep-file.ts';
import type { Missing, StringLiteral } from './expression-syntax.ts';
import { resolvePath } from './file-path.ts';

/** The local files a Bicep file names, by path as that of the file itself is written. */
export interface FileReferences {
  /** Modules, imports and the parameters files it extends. */
  readonly uses: readonly string[];
  /** Of a parameters file: the file it gives values to. */
  readonly using?: string;
}

/** Reads which files a `.bicep` or `.bicepparam` file names, without evaluating it. */
export function referencesOf(path: string, text: string): FileReferences {
  const uses: string[] = [];
  let using: string | undefined;
  for (const declaration of openBicepFile(path, text)?.syntax.declarations ?? []) {
    switch (declaration.kind) {
      case 'module':
      case 'test':
      case 'import':
      case 'extends': {
        const named = localPath(path, declaration.path);
        if (named !== undefined) uses.push(named);
        break;
      }
      case 'using':
        if (declaration.path !== 'none') using = localPath(path, declaration.path);
        break;
    }
  }
  return using === undefined ? { uses } : { uses, using };
}

/** Undefined for a module of a registry or a template spec, and for a path that is put together. */
function localPath(from: string, path: StringLiteral | Missing): string | undefined {
  if (path.kind !== 'string' || path.holes.length > 0) return undefined;
  const [text = ''] = path.segments;
  return /^(?:br|ts)[:/]/.test(text) || text === '' ? undefined : resolvePath(from, text);
}
