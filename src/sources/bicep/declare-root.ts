import type { Declared } from '../../arm/declaration.ts';
import { type DeploymentScope, deploymentScope, type KnownScope } from '../../arm/deployment-scope.ts';
import type { ReadTemplate } from '../../arm/template-reader.ts';
import type { Problem } from '../../text/problem.ts';
import type { Value } from '../../value/value.ts';
import { type BicepFile, fileTooLarge, type OpenBicepFile, openBicepFile } from './bicep-file.ts';
import { declareAll, outputsOf } from './declare.ts';
import { type Arguments, createDeployment } from './deployment.ts';
import { type JsonParameters, readJsonParameters } from './json-parameters.ts';
import { readParameterFile } from './parameter-file.ts';
import { levelOf } from './scopes.ts';
import { createSession, type ReadFile, type ReadVariable, type Session } from './session.ts';

/** Where to read, and what is known about where it goes. */
export interface BicepSurroundings {
  /**
   * Gives the text of a file by its path: relative to what the path of the root is relative to, with `/`. It is asked for
   * modules, imports, loaded files, every `bicepconfig.json` above a file, and `~/.bicep/…/main.json` of restored modules.
   */
  readonly readFile: ReadFile;
  /** Opens Bicep files; `openBicepFile` when left out. */
  readonly openFile?: OpenBicepFile;
  /** The parts of the scope that are known; its level is that of the file unless it is given. */
  readonly scope?: KnownScope;
  /** Environment variables for `readEnvironmentVariable`. Without it they are not known. */
  readonly readVariable?: ReadVariable;
  /** Evaluates ARM templates that are modules. Without it such modules are not available. */
  readonly readTemplate?: ReadTemplate;
}

export interface BicepInput extends BicepSurroundings {
  readonly path: string;
  readonly text: string;
  /** Values for parameters by name, compared without case. They go before every other value. */
  readonly parameters?: ReadonlyMap<string, Value>;
  /** It is written for callers that are not here: what is empty by default is not known, unless some value is given. */
  readonly isForCallers?: boolean;
  /** `*.parameters.json` files for a `.bicep` file; the values of a later one count before those of an earlier one. */
  readonly parameterFiles?: readonly JsonParameters[];
}

/** The declarations of a root before they become a model. */
export interface DeclaredRoot extends Declared {
  readonly problems: readonly Problem[];
  /** The paths of everything read, the root first. */
  readonly files: readonly string[];
  readonly bicepFiles: readonly BicepFile[];
}

/** What a `.bicep` file declares, or what a `.bicepparam` file deploys; which of the two its name tells. */
export function declareRoot(input: BicepInput): DeclaredRoot {
  const { path, text } = input;
  const session = createSession(input.readFile, input.readVariable, input.openFile);
  const file = (input.openFile ?? openBicepFile)(path, text);
  if (file === undefined) {
    return { declarations: [], gaps: [], problems: [fileTooLarge(path)], files: [path], bicepFiles: [] };
  }
  session.adopt(file);
  return path.endsWith('.bicepparam')
    ? declareParameters(file, input, session)
    : declareFile(file, input, session);
}

function declareFile(file: BicepFile, input: BicepInput, session: Session): DeclaredRoot {
  const names = [...file.declared.values()].flatMap((one) =>
    one.kind === 'parameter' ? [one.name.text] : [],
  );
  const declared = new Set(names.map((name) => name.toLowerCase()));
  const { values, problems } = readJsonParameters(input.parameterFiles ?? [], declared);
  for (const problem of problems) session.report(problem);
  return declareBicep(file, overridden(values, input), input, session);
}

function declareParameters(file: BicepFile, input: BicepInput, session: Session): DeclaredRoot {
  const scope = deploymentScope(input.scope ?? {}, file.origin({ start: 0, end: 0 }));
  const { template, values } = readParameterFile(file, scope, session);
  const given = overridden(values, input);
  switch (template.kind) {
    case 'bicep':
      return declareBicep(template.file, given, input, session);
    case 'template':
      return declareTemplate(template, given, scope, input, session);
    case 'problem':
      session.report(template.problem);
      return declared({ declarations: [], gaps: [] }, session);
  }
}

function overridden(
  values: Arguments['values'],
  { parameters = new Map() }: BicepInput,
): Arguments['values'] {
  const all = new Map(values);
  for (const [name, value] of parameters) all.set(name.toLowerCase(), () => value);
  return all;
}

function declareBicep(
  file: BicepFile,
  values: Arguments['values'],
  { scope = {}, readTemplate, isForCallers = false }: BicepInput,
  session: Session,
): DeclaredRoot {
  const level = scope.level ?? levelOfFile(file) ?? 'resource-group';
  const root = createDeployment({
    session,
    file,
    scope: deploymentScope({ ...scope, level }, file.origin({ start: 0, end: 0 })),
    prefix: '',
    arguments: () => ({ values }),
    isForCallers: isForCallers && values.size === 0,
    ...(readTemplate === undefined ? {} : { readTemplate }),
  });
  const { declarations, gaps } = declareAll(root);
  return declared({ declarations, gaps, outputs: outputsOf(root) }, session);
}

/** An ARM template with the values of a parameter file. */
function declareTemplate(
  { path, text }: { readonly path: string; readonly text: string },
  values: Arguments['values'],
  scope: DeploymentScope,
  { readTemplate }: BicepSurroundings,
  session: Session,
): DeclaredRoot {
  const origin = { kind: 'text', path, line: 1, column: 1, endLine: 1, endColumn: 1 } as const;
  const message = 'the parameter file uses an ARM template, which is not read here';
  const unsupported: Problem = { code: 'template-not-read', message, origin, severity: 'fatal' };
  const context = { path, scope, prefix: '', label: '', readFile: session.read };
  const content = readTemplate?.(text, values, context) ?? { problem: unsupported };
  if ('problem' in content) {
    session.report(content.problem);
    return declared({ declarations: [], gaps: [] }, session);
  }
  const { declarations, gaps } = content.declared();
  const outputs = content.outputs.flatMap((name) => {
    const value = content.output(name);
    return value === undefined ? [] : [{ name, value, origin: value.origin }];
  });
  for (const problem of content.problems()) session.report(problem);
  return declared({ declarations, gaps, outputs }, session);
}

function declared(found: Declared, session: Session): DeclaredRoot {
  return {
    ...found,
    problems: session.problems(),
    files: session.files(),
    bicepFiles: session.bicepFiles(),
  };
}

function levelOfFile({ syntax }: BicepFile): ReturnType<typeof levelOf> {
  for (const declaration of syntax.declarations) {
    if (declaration.kind !== 'target-scope' || declaration.value.kind !== 'string') continue;
    return levelOf(declaration.value.segments[0] ?? '');
  }
  return undefined;
}
