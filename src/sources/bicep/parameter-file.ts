import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Value } from '../../value/value.ts';
import type { BicepFile } from './bicep-file.ts';
import { createDeployment } from './deployment.ts';
import { DEEPEST_MODULES } from './limits.ts';
import { templateOf } from './module-content.ts';
import { readReference } from './module-reference.ts';
import type { Session } from './session.ts';

/** What `using` names: a Bicep file, or an ARM template. */
export type UsedTemplate =
  | { readonly kind: 'bicep'; readonly file: BicepFile }
  | { readonly kind: 'template'; readonly path: string; readonly text: string };

/** What a `.bicepparam` file says: what to deploy, or why there is nothing, and values for its parameters. */
export interface ParameterFile {
  readonly template: UsedTemplate | { readonly kind: 'problem'; readonly problem: Problem };
  /** By lower-case name. */
  readonly values: ReadonlyMap<string, () => Value>;
}

/**
 * Reads the assignments of a parameter file and of those it extends; its own go before theirs, and the nearest `using`
 * that names a file counts.
 */
export function readParameterFile(file: BicepFile, scope: DeploymentScope, session: Session): ParameterFile {
  const values = new Map<string, () => Value>();
  let template: ParameterFile['template'] | undefined;
  const seen = new Set<string>();
  let current: BicepFile | undefined = file;
  while (current !== undefined && seen.size < DEEPEST_MODULES) {
    const here: BicepFile = current;
    seen.add(here.path);
    current = undefined;
    const deployment = createDeployment({
      session,
      file: here,
      scope,
      prefix: '',
      arguments: () => ({ values: new Map() }),
    });
    for (const declaration of here.syntax.declarations) {
      if (declaration.kind === 'parameter-assignment') {
        const name = declaration.name.text;
        const meaning = deployment.meaning(name);
        if (meaning?.kind === 'value' && !values.has(name.toLowerCase())) {
          values.set(name.toLowerCase(), () => meaning.value());
        }
      } else if (declaration.kind === 'using' && declaration.path !== 'none') {
        template ??= usedFile(declaration.path, here, session);
      } else if (declaration.kind === 'extends') {
        const path = declaration.path.kind === 'string' ? (declaration.path.segments[0] ?? '') : '';
        const reference = readReference(path, here.path, session);
        const base = reference.kind === 'file' ? session.open(reference.path) : undefined;
        if (base !== undefined && !seen.has(base.path)) current = base;
        else session.report(notAvailable(path, here, declaration.path));
      }
    }
  }
  return { template: template ?? withoutTemplate(file), values };
}

function usedFile(
  path: Exclude<Extract<BicepFile['syntax']['declarations'][number], { kind: 'using' }>['path'], 'none'>,
  file: BicepFile,
  session: Session,
): ParameterFile['template'] {
  const written = path.kind === 'string' ? (path.segments[0] ?? '') : '';
  const reference = readReference(written, file.path, session);
  if (reference.kind === 'file' && !/\.jsonc?$/i.test(reference.path)) {
    const opened = session.open(reference.path);
    if (opened !== undefined) return { kind: 'bicep', file: opened };
  } else {
    const template = templateOf(reference, session.read);
    if (template !== undefined) return { kind: 'template', ...template };
  }
  return { kind: 'problem', problem: { ...notAvailable(written, file, path), severity: 'fatal' } };
}

function notAvailable(written: string, file: BicepFile, span: { start: number; end: number }): Problem {
  return {
    code: 'file-not-available',
    message: `the file \`${printable(written)}\` cannot be read`,
    origin: file.origin(span),
    severity: 'warning',
  };
}

function withoutTemplate(file: BicepFile): ParameterFile['template'] {
  const problem: Problem = {
    code: 'parameters-without-template',
    message: 'the parameter file names no template to deploy',
    remedy: 'add a line `using` with the path of a Bicep file',
    origin: file.origin({ start: 0, end: 0 }),
    severity: 'fatal',
  };
  return { kind: 'problem', problem };
}
