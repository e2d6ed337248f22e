import type { Output } from '../../arm/declaration.ts';
import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import { at, type JsonMember, type JsonNode, membersOf, originOf } from '../../arm/json-node.ts';
import type { ObjectValue, Value } from '../../value/value.ts';
import { defineTemplate, seal, typeOf } from './definitions.ts';
import type { Definitions, Environment, Referenced } from './environment.ts';
import { evaluate, evaluateLoop } from './evaluate.ts';
import { createFinder, type Findable, type Finder } from './find-resource.ts';
import type { Instance } from './instance.ts';
import { lazily } from './lazily.ts';
import { nestedTemplate, type Unavailable } from './nested-template.ts';
import type { Arguments } from './parameters-file.ts';
import type { Session } from './session.ts';
import { unrollResources } from './unroll.ts';

/** One template as it is deployed once: with its arguments, its scope, and its place among the others. */
export interface Deployment {
  /** With loops unrolled, in the order of the source. */
  resources(): readonly DeployedResource[];
  /** The outputs as `reference(...).outputs` gives them: objects with `value`. */
  outputs(): ObjectValue;
  output(name: string): Value | undefined;
  readonly outputList: () => readonly Output[];
  readonly finder: Finder;
}

export interface DeployedResource {
  readonly instance: Instance;
  /** What a nested deployment deploys, or why that cannot be read. */
  nested(): Deployment | Unavailable | undefined;
}

export interface DeploymentOptions {
  readonly session: Session;
  readonly template: JsonNode;
  readonly given: Arguments;
  /** Where its resources go. */
  readonly scope: DeploymentScope;
  /** Tells what is not known in one template from what is not known in another: empty for the root. */
  readonly label: string;
  /** Its path, unless it stands inside another template. */
  readonly file?: string;
  /** How many templates are around it. */
  readonly depth: number;
  /** The environment of the template around it, when that evaluates its expressions. */
  readonly outer?: Environment;
  /** Looks for a resource outside the template. */
  readonly outside: (id: string) => readonly Findable[];
}

export const DEPLOYMENT = 'microsoft.resources/deployments';

/** Prepares a template; everything in it is evaluated when it is first asked for. */
export function createDeployment(options: DeploymentOptions): Deployment {
  const { session, template, outer, scope, label } = options;
  let all: readonly DeployedResource[] | undefined;
  let isUnrolling = false;

  /** Undefined while the number of its resources is being found out. */
  function knownResources(): readonly DeployedResource[] | undefined {
    if (isUnrolling || all !== undefined) return all;
    isUnrolling = true;
    const instances = unrollResources(at(template, 'resources'), { env, scope, label });
    isUnrolling = false;
    all = instances.map((instance) => createDeployed(instance, options, finder));
    return all;
  }

  const resources = (): readonly DeployedResource[] => knownResources() ?? [];

  const findable = ({ instance, nested }: DeployedResource): Findable => ({
    instance,
    view: () => viewOf(instance, nested()),
  });
  let findables: readonly Findable[] | undefined;
  const finder: Finder = createFinder({
    session,
    own() {
      findables ??= knownResources()?.map(findable);
      return findables;
    },
    prepare: (instance) => findable(createDeployed(instance, options, finder)),
    nested: () =>
      resources().flatMap(({ nested }) => {
        const deployment = nested();
        return deployment !== undefined && 'finder' in deployment ? [deployment.finder] : [];
      }),
    outside: options.outside,
  });
  const own = defineTemplate(template, options.given, label, session, () => env);
  const env: Environment =
    outer === undefined
      ? {
          session,
          scope,
          definitions: own,
          resources: finder,
          file: options.file,
          copies: [],
          lambdas: new Map(),
        }
      : { ...outer, definitions: withFallback(outer.definitions, own), resources: finder };

  const members = membersOf(at(template, 'outputs'));
  const definitions = at(template, 'definitions');
  const values = new Map(
    members.map((member): [string, () => Value] => [
      member.name.toLowerCase(),
      lazily(
        session,
        `the output \`${member.name}\``,
        () => originOf(member),
        () => seal(outputValue(member, env), typeOf(member.value, definitions)),
      ),
    ]),
  );
  const whole = lazily(
    session,
    'the outputs',
    () => originOf(template),
    () => {
      const fields = new Map<string, Value>();
      const names = new Map<string, string>();
      for (const member of members.filter((output) => isDeployed(output, env))) {
        const lower = member.name.toLowerCase();
        const value = values.get(lower)?.();
        if (value === undefined) continue;
        fields.set(lower, { kind: 'object', fields: new Map([['value', value]]), origin: originOf(member) });
        names.set(lower, member.name);
      }
      return { kind: 'object', fields, origin: originOf(template), names };
    },
  );

  return {
    resources,
    finder,
    output: (name) => values.get(name.toLowerCase())?.(),
    outputs() {
      const value = whole();
      return value.kind === 'object'
        ? value
        : { kind: 'object', fields: new Map(), origin: originOf(template) };
    },
    outputList: () =>
      members.flatMap((member) => {
        const value = values.get(member.name.toLowerCase())?.();
        return value === undefined ? [] : [{ name: member.name, value, origin: originOf(member) }];
      }),
  };
}

/** A template that is evaluated by the one around it has no definitions of its own, unless only they have the name. */
function withFallback(around: Definitions, own: Definitions): Definitions {
  return {
    parameter: (name) => around.parameter(name) ?? own.parameter(name),
    variable: (name) => around.variable(name) ?? own.variable(name),
    userFunction: (name) => around.userFunction(name) ?? own.userFunction(name),
  };
}

function createDeployed(instance: Instance, options: DeploymentOptions, finder: Finder): DeployedResource {
  let nested: Deployment | Unavailable | undefined;
  return {
    instance,
    nested() {
      if (instance.existing || instance.type.toLowerCase() !== DEPLOYMENT) return undefined;
      nested ??= nestedTemplate(instance, options, finder, createDeployment);
      return nested;
    },
  };
}

/** What Azure returns for a resource; for a nested deployment its outputs. */
function viewOf(instance: Instance, nested: Deployment | Unavailable | undefined): Referenced {
  if (nested === undefined) return instance.view();
  if ('waitsFor' in nested) return { full: nested.waitsFor, properties: nested.waitsFor };
  const { origin } = instance;
  const outputs = nested.outputs();
  const properties: Value = { kind: 'object', fields: new Map([['outputs', outputs]]), origin };
  return { full: { kind: 'object', fields: new Map([['properties', properties]]), origin }, properties };
}

function outputValue({ value: output, ...place }: JsonMember, env: Environment): Value {
  const loop = at(output, 'copy');
  const input = at(loop, 'input');
  if (loop !== undefined && input !== undefined)
    return evaluateLoop(loop, 'resource', env, (inner) => evaluate(input, inner));
  const value = at(output, 'value');
  return value === undefined
    ? env.session.fail('an output has no value', originOf(place))
    : evaluate(value, env);
}

function isDeployed({ value }: JsonMember, env: Environment): boolean {
  const condition = at(value, 'condition');
  if (condition === undefined) return true;
  const holds = evaluate(condition, env);
  return !(holds.kind === 'known' && holds.value === false);
}
