import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import type { ReadTemplate, TemplateContent } from '../../arm/template-reader.ts';
import { printable } from '../../text/printable.ts';
import type { Reason } from '../../value/reason.ts';
import type { BicepFile } from './bicep-file.ts';
import { type Arguments, createDeployment, type DeploymentInstance } from './deployment.ts';
import { knownModule } from './known-modules/known-module.ts';
import { DEEPEST_MODULES } from './limits.ts';
import { type ModuleReference, readReference } from './module-reference.ts';
import type { ReadFile } from './session.ts';
import type { ModuleDeclaration } from './syntax.ts';

/** What there is to know about a module. */
export type ModuleContent =
  | {
      readonly kind: 'bicep';
      readonly deployment: DeploymentInstance;
      /** It stands in for this module: what it does not say is not known. */
      readonly builtIn?: Reason;
    }
  | { readonly kind: 'template'; readonly content: TemplateContent }
  | { readonly kind: 'unavailable'; readonly reason: Reason };

/** What one instance of a module gives to it. */
export interface ModuleCall {
  /** Precedes the symbols of its resources. */
  readonly prefix: string;
  readonly given: () => Arguments;
  readonly scope: DeploymentScope;
}

/**
 * Finds what a module declaration names: a file, a template that was restored, or a stand-in for a well-known module. What
 * is not there is unavailable, with a reason that names it.
 */
export function findModule(
  { path }: ModuleDeclaration,
  call: ModuleCall,
  parent: DeploymentInstance,
): ModuleContent {
  const { session } = parent;
  const written = path.kind === 'string' && path.holes.length === 0 ? path.segments[0] : undefined;
  if (written === undefined) return missing('a path that cannot be read', 'unsupported');
  if (!session.countModule() || parent.depth >= DEEPEST_MODULES) {
    return missing(`${written}, one of too many modules`, 'unsupported');
  }
  const reference = readReference(written, parent.file.path, session);
  const template = templateOf(reference, session.read);
  if (template !== undefined && parent.readTemplate !== undefined) {
    return readTemplate(template, call, parent.readTemplate, parent) ?? missing(written, 'module');
  }
  if (reference.kind === 'registry') {
    const builtIn = knownModule(reference.repository, call.given(), parent.file.origin(path));
    return builtIn === undefined
      ? missing(written, 'module')
      : deploy(builtIn, call, parent, { kind: 'module', name: printable(written) });
  }
  if (reference.kind !== 'file' || /\.jsonc?$/i.test(reference.path)) return missing(written, 'module');
  if (parent.trail.includes(reference.path)) {
    const message = `the module \`${printable(written)}\` contains itself`;
    session.report({ code: 'module-cycle', message, origin: parent.file.origin(path), severity: 'warning' });
    return missing(written, 'unsupported');
  }
  const file = session.open(reference.path);
  return file === undefined ? missing(written, 'module') : deploy(file, call, parent);
}

function deploy(
  file: BicepFile,
  { prefix, given, scope }: ModuleCall,
  parent: DeploymentInstance,
  builtIn?: Reason,
): ModuleContent {
  const { session } = parent;
  const deployment = createDeployment({ session, file, scope, prefix, arguments: given, parent });
  return builtIn === undefined ? { kind: 'bicep', deployment } : { kind: 'bicep', deployment, builtIn };
}

/** Undefined when the text is no template, and when the names of its parameters are not all known. */
function readTemplate(
  { path, text }: { readonly path: string; readonly text: string },
  { prefix, given, scope }: ModuleCall,
  read: ReadTemplate,
  { session }: DeploymentInstance,
): ModuleContent | undefined {
  const { values, more } = given();
  if (more !== undefined) return undefined;
  const context = { path, scope, prefix, label: prefix.toLowerCase(), readFile: session.read };
  const content = read(text, values, context);
  if (!('problem' in content)) return { kind: 'template', content };
  session.report({ ...content.problem, severity: 'warning' });
  return undefined;
}

/** The template behind a reference, where it is on this disk. */
export function templateOf(
  reference: ModuleReference,
  read: ReadFile,
): { readonly path: string; readonly text: string } | undefined {
  let path: string | undefined;
  if (reference.kind === 'file') path = /\.jsonc?$/i.test(reference.path) ? reference.path : undefined;
  else if (reference.kind !== 'unknown') path = reference.restored;
  const text = path === undefined ? undefined : read(path);
  return path === undefined || text === undefined ? undefined : { path, text };
}

function missing(name: string, kind: Reason['kind']): ModuleContent {
  return { kind: 'unavailable', reason: { kind, name: printable(name) } };
}
