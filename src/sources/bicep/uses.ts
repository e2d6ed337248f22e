import { type OpenBicepFile, openBicepFile } from './bicep-file.ts';
import type { Missing, StringLiteral } from './expression-syntax.ts';
import { resolvePath } from './file-path.ts';

/** A file that another one names. Modules of registries and template specs are no files of the tree, and not listed. */
export interface Use {
  readonly kind: 'module' | 'import' | 'using' | 'extends' | 'test';
  /** Relative to where the path of the using file is relative to. */
  readonly path: string;
}

/** What can be told of a file without reading any other. */
export interface BicepOutline {
  readonly uses: readonly Use[];
  /** It declares resources or modules, so that it can be deployed; a file of types and functions cannot. */
  readonly deploys: boolean;
  /** Parameters that need a value: without a default, and not nullable as they are written. */
  readonly required: readonly string[];
}

/** Outlines a `.bicep` or `.bicepparam` file, for finding roots: a file that another one uses as a module is none. */
export function outlineBicep(
  path: string,
  text: string,
  openFile: OpenBicepFile = openBicepFile,
): BicepOutline {
  const file = openFile(path, text);
  if (file === undefined) return { uses: [], deploys: !path.endsWith('.bicepparam'), required: [] };
  const { declarations } = file.syntax;
  const uses: Use[] = [];
  const required: string[] = [];
  let deploys = false;
  const use = (kind: Use['kind'], named: StringLiteral | Missing | 'none'): void => {
    const written =
      named !== 'none' && named.kind === 'string' && named.holes.length === 0 ? named.segments[0] : undefined;
    if (written === undefined || /^(?:br|ts)(?:\/[^:]*)?:/.test(written)) return;
    uses.push({ kind, path: resolvePath(path, written) });
  };
  for (const declaration of declarations) {
    switch (declaration.kind) {
      case 'module':
        deploys = true;
        use('module', declaration.path);
        break;
      case 'resource':
        deploys ||= !declaration.existing;
        break;
      case 'import':
      case 'using':
      case 'extends':
      case 'test':
        use(declaration.kind, declaration.path);
        break;
      case 'parameter': {
        const isOptional = declaration.default !== undefined || declaration.type.kind === 'nullable-type';
        if (!isOptional) required.push(declaration.name.text);
        break;
      }
      default:
        break;
    }
  }
  return { uses, deploys, required };
}
