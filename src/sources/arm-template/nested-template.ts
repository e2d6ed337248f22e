import { tryAccess } from '../../arm/functions/access.ts';
import type { Call } from '../../arm/functions/call.ts';
import { canonicalText } from '../../arm/id-pattern.ts';
import { at, type JsonNode, type JsonObject, membersOf, originOf, textOf } from '../../arm/json-node.ts';
import type { Origin } from '../../text/origin.ts';
import { known, type Unknown, type Value } from '../../value/value.ts';
import type { Deployment, DeploymentOptions } from './deployment.ts';
import type { Environment } from './environment.ts';
import { evaluate } from './evaluate.ts';
import type { Finder } from './find-resource.ts';
import type { Instance } from './instance.ts';
import { lazily } from './lazily.ts';
import { COST_OF_TEMPLATE, DEEPEST_TEMPLATES } from './limits.ts';
import { type Arguments, secretOf } from './parameters-file.ts';
import { relativeTo } from './relative-path.ts';
import { fileAtAddress } from './template-address.ts';

/** A nested deployment of which the template cannot be read. */
export interface Unavailable {
  readonly waitsFor: Unknown;
}

/**
 * The deployment that a resource of type `Microsoft.Resources/deployments` describes: inline, evaluated by itself or by
 * the template around it, or in a file beside that, named by a relative path or relative to the address of the template.
 * Templates at other addresses and template specs are not looked up.
 */
export function nestedTemplate(
  instance: Instance,
  around: DeploymentOptions,
  finder: Finder,
  create: (options: DeploymentOptions) => Deployment,
): Deployment | Unavailable {
  const { node, env } = instance;
  const { session } = env;
  const call: Call = {
    origin: instance.origin,
    scope: env.scope,
    fail: (message) => session.fail(message, instance.origin),
  };
  const name = instance.name();
  const label = `${around.label}${canonicalText(name)}/`;
  const source = templateOf(node, env);
  if (around.depth >= DEEPEST_TEMPLATES || !session.spend(COST_OF_TEMPLATE)) {
    return { waitsFor: call.fail('there are too many templates inside each other') };
  }
  if ('missing' in source) {
    const expression = `reference('${canonicalText(instance.id())}')`;
    const reason = { kind: 'module', name: source.missing } as const;
    return { waitsFor: { kind: 'unknown', reason, origin: originOf(source.node), expression } };
  }
  return create({
    session,
    template: source.template,
    given: givenTo(node, env),
    scope: { ...instance.scope(), deployment: name },
    label,
    depth: around.depth + 1,
    ...(source.isOuter ? { outer: env } : {}),
    ...(source.file === undefined ? {} : { file: source.file }),
    outside(id) {
      const own = finder.byId(id);
      return own.length > 0 ? own : around.outside(id);
    },
  });
}

type Source =
  | { readonly template: JsonNode; readonly isOuter: boolean; readonly file?: string }
  | { readonly missing: string; readonly node: JsonNode };

function templateOf(node: JsonObject, env: Environment): Source {
  const template = at(node, 'properties', 'template');
  if (template?.kind === 'object') {
    const scope = textOf(at(node, 'properties', 'expressionEvaluationOptions', 'scope'));
    return { template, isOuter: scope?.toLowerCase() !== 'inner' };
  }
  const link = at(node, 'properties', 'templateLink');
  if (link === undefined) return { missing: 'a deployment without a template', node: template ?? node };
  const path = at(link, 'relativePath');
  if (path !== undefined) return linkedTemplate(path, env);
  const where = at(link, 'uri') ?? at(link, 'id');
  if (where === undefined) return { missing: 'a template', node: link };
  const address = evaluate(where, env);
  const file = fileAtAddress(address);
  return file === undefined
    ? { missing: describe(address, where), node: where }
    : templateAt(file, where, env);
}

function linkedTemplate(node: JsonNode, env: Environment): Source {
  const path = evaluate(node, env);
  if (path.kind !== 'known') return { missing: describe(path, node), node };
  return templateAt(relativeTo(node.file.path, String(path.value)), node, env);
}

function templateAt(file: string, node: JsonNode, env: Environment): Source {
  const outcome = env.session.template(file);
  if (outcome === undefined) return { missing: file, node };
  if ('root' in outcome) return { template: outcome.root, isOuter: false, file };
  env.session.report({ ...outcome.problem, severity: 'warning' });
  return { missing: file, node };
}

/** The address, or how it is written: in an address there may be secrets. */
function describe(address: Value, written: JsonNode): string {
  if (address.kind === 'known' && address.sensitive !== true) return String(address.value);
  return textOf(written) ?? 'a template';
}

/** The arguments of a nested template: evaluated around it, when they are used. */
function givenTo(node: JsonObject, env: Environment): Arguments {
  const { session } = env;
  const link = at(node, 'properties', 'parametersLink');
  const given = new Map<string, () => Value>();
  for (const member of membersOf(at(node, 'properties', 'parameters'))) {
    const { name, value } = member;
    const argument = lazily(
      session,
      `the parameter \`${name}\``,
      () => originOf(member),
      () => argumentOf(name, value, env),
    );
    given.set(name.toLowerCase(), argument);
  }
  return link === undefined ? given : { get: (name) => given.get(name) ?? linkedArgument(link, name) };
}

function argumentOf(name: string, node: JsonNode, env: Environment): Value {
  const value = at(node, 'value');
  if (value !== undefined) return evaluate(value, env);
  if (at(node, 'reference') !== undefined) return secretOf(name, node);
  return valueIn(evaluate(node, env), name, env, originOf(node));
}

/** An argument can be an expression as a whole, `[if(..., createObject('value', ...), createObject('reference', ...))]`, or a loop. */
function valueIn(argument: Value, name: string, env: Environment, origin: Origin): Value {
  const call: Call = { origin, scope: env.scope, fail: (message) => env.session.fail(message, origin) };
  if (argument.kind === 'object' && argument.fields.has('reference'))
    return { kind: 'unknown', reason: { kind: 'parameter', name }, origin };
  return argument.kind === 'absent' ? argument : tryAccess(argument, known('value', origin), call);
}

/** A parameters file at an address is not looked up. */
function linkedArgument(link: JsonNode, name: string): () => Value {
  const origin = originOf(link);
  return () => ({ kind: 'unknown', reason: { kind: 'parameter', name }, origin });
}
