import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import { quoted } from '../../arm/expression-text.ts';
import { choiceOf, choose } from '../../arm/functions/choose.ts';
import type { ReadTemplate } from '../../arm/template-reader.ts';
import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import { absent, known, type Unknown, type Value } from '../../value/value.ts';
import type { BicepFile } from './bicep-file.ts';
import { declaredType, hasDecorator } from './declared-type.ts';
import type { Collection, Deployment, Environment, Meaning } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { type EvaluatedModule, modulesOf } from './module.ts';
import { readReference } from './module-reference.ts';
import { resourcesOf } from './resource.ts';
import { lazily, type Session } from './session.ts';
import type { ImportDeclaration, ParameterDeclaration } from './syntax.ts';

/** Values for parameters, by lower-case name. `more`: others may be given as well. */
export interface Arguments {
  readonly values: ReadonlyMap<string, () => Value>;
  readonly more?: Unknown;
}

export interface DeploymentOptions {
  readonly session: Session;
  readonly file: BicepFile;
  readonly scope: DeploymentScope;
  readonly prefix: string;
  readonly arguments: () => Arguments;
  /** It is written for callers that are not here: a default that says nothing, null or empty, decides nothing. */
  readonly isForCallers?: boolean;
  readonly parent?: DeploymentInstance;
  readonly readTemplate?: ReadTemplate;
}

export interface DeploymentInstance extends Deployment {
  readonly session: Session;
  readonly depth: number;
  /** The paths of the files around it and its own. */
  readonly trail: readonly string[];
  readonly readTemplate: ReadTemplate | undefined;
  readonly environment: Environment;
  /** The instances of a module of the file. */
  modules(name: string): Collection<EvaluatedModule> | undefined;
}

/** A file with values for its parameters. Nothing is evaluated before it is asked for, and nothing twice. */
export function createDeployment(options: DeploymentOptions): DeploymentInstance {
  const { session, file, scope, prefix, parent } = options;
  const meanings = new Map<string, Meaning | undefined>();
  const modules = new Map<string, Collection<EvaluatedModule>>();
  const outputs = new Map<string, () => Value>();
  const libraries = new Map<string, DeploymentInstance>();
  const readTemplate = options.readTemplate ?? parent?.readTemplate;

  const deployment: DeploymentInstance = {
    session,
    file,
    scope,
    prefix,
    depth: parent === undefined ? 0 : parent.depth + 1,
    trail: [...(parent?.trail ?? []), file.path],
    readTemplate,
    get environment() {
      return environment;
    },
    meaning(name) {
      if (!meanings.has(name)) meanings.set(name, meaningOf(name));
      return meanings.get(name);
    },
    modules: (name) => {
      deployment.meaning(name);
      return modules.get(name);
    },
    output(name) {
      const declaration = file.outputs.get(name);
      if (declaration === undefined) return undefined;
      const what = `the output \`${name}\``;
      const origin = (): Origin => file.origin(declaration.name);
      const evaluated =
        outputs.get(name) ??
        lazily(session, what, origin, () => {
          const type = declaredType(declaration.type, declaration.decorators, deployment);
          return type.seal(evaluate(declaration.value, environment));
        });
      outputs.set(name, evaluated);
      return evaluated();
    },
  };
  const environment: Environment = { session, deployment };

  function meaningOf(name: string): Meaning | undefined {
    const declaration = file.declared.get(name);
    switch (declaration?.kind) {
      case 'parameter': {
        const origin = (): Origin => file.origin(declaration.name);
        const value = lazily(session, `the parameter \`${name}\``, origin, () => parameterValue(declaration));
        return { kind: 'value', value };
      }
      case 'parameter-assignment':
      case 'variable-declaration': {
        const origin = (): Origin => file.origin(declaration.name);
        const word = declaration.kind === 'variable-declaration' ? 'variable' : 'parameter';
        const what = `the ${word} \`${name}\``;
        return {
          kind: 'value',
          value: lazily(session, what, origin, () => evaluate(declaration.value, environment)),
        };
      }
      case 'resource':
        return { kind: 'resource', collection: resourcesOf(declaration, environment, prefix) };
      case 'module': {
        const collection = modulesOf(declaration, environment, deployment);
        modules.set(name, collection);
        return { kind: 'module', collection };
      }
      case 'function':
        return { kind: 'function', declaration, env: environment };
      case 'type': {
        const secure = hasDecorator(declaration.decorators, 'secure');
        return { kind: 'type', type: declaration.value, secure, file: deployment };
      }
      case 'import':
        return imported(declaration, name);
      default:
        return undefined;
    }
  }

  function parameterValue(declaration: ParameterDeclaration): Value {
    const { name, decorators } = declaration;
    const type = declaredType(declaration.type, decorators, deployment);
    const { values, more } = options.arguments();
    const given = values.get(name.text.toLowerCase())?.();
    const fallback = (): Value => type.seal(defaultValue(declaration, type.isNullable));
    if (given === undefined) {
      if (more !== undefined) return unsettled(declaration, more);
      const value = fallback();
      return options.isForCallers === true && isEmpty(value) ? unsettled(declaration) : value;
    }
    return type.seal(givenOrDefault(given, declaration, type.isNullable));
  }

  /** Null for a parameter with a default means the default. */
  function givenOrDefault(given: Value, declaration: ParameterDeclaration, isNullable: boolean): Value {
    if (declaration.default === undefined) return given;
    if (given.kind === 'absent') return defaultValue(declaration, isNullable);
    const choice = given.kind === 'unknown' ? choiceOf(given) : undefined;
    if (choice === undefined) return given;
    const { condition, whenTrue, whenFalse } = choice;
    if (whenTrue.kind !== 'absent' && whenFalse.kind !== 'absent') return given;
    const orDefault = (branch: Value): Value =>
      branch.kind === 'absent' ? defaultValue(declaration, isNullable) : branch;
    return choose({ condition, whenTrue: orDefault(whenTrue), whenFalse: orDefault(whenFalse) });
  }

  function defaultValue(declaration: ParameterDeclaration, isNullable: boolean): Value {
    if (declaration.default !== undefined) return evaluate(declaration.default, environment);
    const origin = file.origin(declaration.name);
    if (isNullable) return absent(origin);
    const { only } = declaredType(declaration.type, declaration.decorators, deployment);
    return only === undefined ? unsettled(declaration) : known(only, origin);
  }

  function unsettled({ name }: ParameterDeclaration, cause?: Unknown): Unknown {
    return {
      kind: 'unknown',
      reason: cause?.reason ?? { kind: 'parameter', name: name.text },
      origin: file.origin(name),
      expression: `parameters(${quoted(`${prefix}${name.text}`.toLowerCase())})`,
    };
  }

  function imported(declaration: ImportDeclaration, name: string): Meaning | undefined {
    const library = openLibrary(declaration);
    if (declaration.namespace?.text === name) {
      return 'kind' in library
        ? { kind: 'namespace', missing: library }
        : { kind: 'namespace', deployment: library };
    }
    if ('kind' in library) return { kind: 'namespace', missing: library };
    const symbol = declaration.symbols.find(
      ({ name: original, alias }) => nameOf(alias ?? original) === name,
    );
    return symbol === undefined ? undefined : library.meaning(nameOf(symbol.name));
  }

  function openLibrary({ path }: ImportDeclaration): DeploymentInstance | Unknown {
    const origin = file.origin(path);
    const written = path.kind === 'string' ? (path.segments[0] ?? '') : '';
    const reference = readReference(written, file.path, session);
    const opened =
      reference.kind === 'file' && /\.bicep$/i.test(reference.path)
        ? session.open(reference.path)
        : undefined;
    const isCycle = opened !== undefined && deployment.trail.includes(opened.path);
    if (opened === undefined || isCycle) {
      if (reference.kind === 'file') {
        const message = `the file \`${printable(written)}\` cannot be ${isCycle ? 'imported into itself' : 'read'}`;
        session.report({ code: 'file-not-available', message, origin, severity: 'warning' });
      }
      return { kind: 'unknown', reason: { kind: 'module', name: printable(written) }, origin };
    }
    const known = libraries.get(opened.path);
    if (known !== undefined) return known;
    const library = createDeployment({
      session,
      file: opened,
      scope,
      prefix,
      arguments: () => ({ values: new Map() }),
      parent: deployment,
    });
    libraries.set(opened.path, library);
    return library;
  }
  return deployment;
}

function nameOf(name: ImportDeclaration['symbols'][number]['name']): string {
  return name.kind === 'name' ? name.text : (name.segments[0] ?? '');
}

function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case 'absent':
      return true;
    case 'known':
      return value.value === '';
    case 'list':
      return value.items.length === 0 && value.more === undefined;
    case 'object':
      return value.fields.size === 0 && value.more === undefined;
    default:
      return false;
  }
}
