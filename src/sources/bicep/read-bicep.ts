import type { Declared } from '../../arm/declaration.ts';
import { deploymentScope, type KnownScope } from '../../arm/deployment-scope.ts';
import { toModel } from '../../arm/to-model.ts';
import { createModel, type Model } from '../../model/model.ts';
import type { Problem } from '../../text/problem.ts';
import type { Value } from '../../value/value.ts';
import { type BicepFile, fileTooLarge, openBicepFile } from './bicep-file.ts';
import { declareAll, outputsOf } from './declare.ts';
import { type Arguments, createDeployment } from './deployment.ts';
import type { ReadTemplate } from './module-content.ts';
import { readParameterFile } from './parameter-file.ts';
import { levelOf } from './scopes.ts';
import { createSession, type ReadFile, type Session } from './session.ts';
import { readSuppressions, type Suppression } from './suppressions.ts';

/** Where to read, and what is known about where it goes. */
export interface BicepSurroundings {
  /** Gives the text of a file by its path, as paths are written here: relative to the same folder, with `/`. */
  readonly readFile: ReadFile;
  /** The parts of the scope that are known; its level is that of the file unless it is given. */
  readonly scope?: KnownScope;
  /** Evaluates ARM templates that are modules. Without it such modules are not available. */
  readonly readTemplate?: ReadTemplate;
}

export interface BicepInput extends BicepSurroundings {
  readonly path: string;
  readonly text: string;
  /** Values for parameters by name, compared without case. */
  readonly parameters?: ReadonlyMap<string, Value>;
}

/** What a Bicep root means. */
export interface BicepRoot {
  readonly model: Model;
  readonly problems: readonly Problem[];
  /** The paths of everything read, the root first. */
  readonly files: readonly string[];
  /** What the comments and directives of all Bicep files in it take away, by path. */
  readonly suppressions: ReadonlyMap<string, readonly Suppression[]>;
}

/** The declarations of a root before they become a model, for comparisons between sources. */
export interface DeclaredRoot extends Declared {
  readonly problems: readonly Problem[];
  readonly files: readonly string[];
}

/**
 * Reads a `.bicep` file as a deployment of its own: parameters take the values given, else their defaults, else they are
 * unknown. Modules are read through `readFile`. It always gives a model; what cannot be read is a problem.
 */
export function readBicep(input: BicepInput): BicepRoot {
  const session = createSession(input.readFile);
  return toRoot(session, input.path, declareBicep(input, session));
}

/** The same for a `.bicepparam` file: the file it uses, with the values it assigns. Values given go before those. */
export function readBicepParameters(input: BicepInput): BicepRoot {
  const session = createSession(input.readFile);
  return toRoot(session, input.path, declareBicepParameters(input, session));
}

/** What a `.bicep` file declares. */
export function declareBicep(
  input: BicepInput,
  session: Session = createSession(input.readFile),
): DeclaredRoot {
  const { path, text, parameters = new Map<string, Value>() } = input;
  const file = openBicepFile(path, text);
  if (file === undefined) return unreadable(path, [fileTooLarge(path)]);
  session.adopt(file);
  const values = new Map(
    [...parameters].map(([name, value]) => [name.toLowerCase(), (): Value => value] as const),
  );
  return declareRoot(file, { values }, input, session);
}

/** What a `.bicepparam` file deploys. */
export function declareBicepParameters(
  input: BicepInput,
  session: Session = createSession(input.readFile),
): DeclaredRoot {
  const { path, text, parameters = new Map<string, Value>() } = input;
  const file = openBicepFile(path, text);
  if (file === undefined) return unreadable(path, [fileTooLarge(path)]);
  session.adopt(file);
  const outer = deploymentScope(input.scope ?? {}, file.origin({ start: 0, end: 0 }));
  const { template, values } = readParameterFile(file, outer, session);
  if ('code' in template) return unreadable(path, [...session.problems(), template], session);
  const given = new Map(values);
  for (const [name, value] of parameters) given.set(name.toLowerCase(), () => value);
  return declareRoot(template, { values: given }, input, session);
}

function declareRoot(
  file: BicepFile,
  given: Arguments,
  { scope = {}, readTemplate }: BicepSurroundings,
  session: Session,
): DeclaredRoot {
  const level = scope.level ?? levelOfFile(file) ?? 'resource-group';
  const root = createDeployment({
    session,
    file,
    scope: deploymentScope({ ...scope, level }, file.origin({ start: 0, end: 0 })),
    prefix: '',
    arguments: () => given,
    ...(readTemplate === undefined ? {} : { readTemplate }),
  });
  const { declarations, gaps } = declareAll(root);
  const outputs = outputsOf(root);
  return { declarations, gaps, outputs, problems: session.problems(), files: session.files() };
}

function levelOfFile({ syntax }: BicepFile): ReturnType<typeof levelOf> {
  for (const declaration of syntax.declarations) {
    if (declaration.kind !== 'target-scope' || declaration.value.kind !== 'string') continue;
    return levelOf(declaration.value.segments[0] ?? '');
  }
  return undefined;
}

function unreadable(path: string, problems: readonly Problem[], session?: Session): DeclaredRoot {
  return { declarations: [], gaps: [], problems, files: session?.files() ?? [path] };
}

function toRoot(session: Session, path: string, declared: DeclaredRoot): BicepRoot {
  const isFatal = declared.problems.some(({ severity }) => severity === 'fatal');
  const { model, problems } = isFatal ? { model: createModel([]), problems: [] } : toModel(declared);
  const suppressions = new Map<string, readonly Suppression[]>();
  for (const file of session.bicepFiles()) {
    const found = readSuppressions(file.text, file.syntax.tokens, file.path);
    if (found.length > 0) suppressions.set(file.path, found);
  }
  const files = [path, ...declared.files.filter((each) => each !== path)];
  return { model, problems: [...declared.problems, ...problems], files, suppressions };
}
