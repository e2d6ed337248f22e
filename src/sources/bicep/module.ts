import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import { bounded, callText } from '../../arm/expression-text.ts';
import { callFunction } from '../../arm/functions/call-function.ts';
import { callOperator } from '../../arm/functions/call-operator.ts';
import { joinText } from '../../arm/partial-text.ts';
import { resourceIdBelow, scopePieces } from '../../arm/resource-ids.ts';
import type { Origin } from '../../text/origin.ts';
import type { Reason } from '../../value/reason.ts';
import { absent, known, type ObjectValue, type Unknown, type Value } from '../../value/value.ts';
import { propertyNamed, shapeOf } from './declaration-body.ts';
import type { Arguments, DeploymentInstance } from './deployment.ts';
import { type Collection, callAt, type Environment, type ModuleInstance } from './environment.ts';
import { evaluate, keyOf } from './evaluate.ts';
import type { Expression, Missing, ObjectLiteral } from './expression-syntax.ts';
import { looped, single } from './loop.ts';
import { findModule, type ModuleContent } from './module-content.ts';
import { placeOf } from './scopes.ts';
import { lazily } from './session.ts';
import type { ModuleDeclaration } from './syntax.ts';

export interface EvaluatedModule extends ModuleInstance {
  content(): ModuleContent;
}

/** The instances of a module declaration. */
export function modulesOf(
  declaration: ModuleDeclaration,
  env: Environment,
  parent: DeploymentInstance,
): Collection<EvaluatedModule> {
  const { loop, condition, body } = shapeOf(declaration.value);
  const address = `${parent.prefix}${declaration.name.text}`;
  const create = (inner: Environment, suffix: string): EvaluatedModule =>
    createModule(declaration, body, condition, inner, `${address}${suffix}`, parent);
  return loop === undefined ? single(create(env, '')) : looped(loop, env, evaluate, create);
}

function createModule(
  declaration: ModuleDeclaration,
  body: ObjectLiteral | Missing,
  ownCondition: Expression | undefined,
  env: Environment,
  address: string,
  parent: DeploymentInstance,
): EvaluatedModule {
  const { session } = env;
  const call = callAt(declaration.name, env);
  const what = `the module \`${declaration.name.text}\``;
  const origin = (): Origin => call.origin;
  const given = argumentsOf(body, env, what);

  const name = lazily<Value>(session, `the name of ${what}`, origin, () => {
    const property = propertyNamed(body, 'name');
    if (property !== undefined) return evaluate(property.value, env);
    const symbol = known(declaration.name.text, call.origin);
    const hash = callFunction('uniqueString', [symbol, env.deployment.scope.deployment], call);
    return joinText([symbol, known('-', call.origin), hash ?? absent(call.origin)], call);
  });

  const scope = lazily<{ readonly value: DeploymentScope }>(session, `the scope of ${what}`, origin, () => {
    const property = propertyNamed(body, 'scope');
    const own = env.deployment.scope;
    return { value: property === undefined ? own : placeOf(property.value, env, evaluate).scope };
  });
  const scopeOrOwn = (): DeploymentScope => {
    const found = scope();
    return 'value' in found ? found.value : env.deployment.scope;
  };

  const id = lazily<Value>(session, `the id of ${what}`, origin, () => {
    const at = scopePieces(scopeOrOwn(), call);
    return resourceIdBelow(at, 'Microsoft.Resources/deployments', [name()], call) ?? absent(call.origin);
  });

  const content = lazily<ModuleContent>(session, what, origin, () => {
    const inside: DeploymentScope = { ...scopeOrOwn(), deployment: name() };
    const found = findModule(declaration, { prefix: `${address}.`, given, scope: inside }, parent);
    if (found.kind === 'unavailable') {
      session.report({
        code: 'module-not-available',
        message: `${what} is not available: \`${found.reason.name}\``,
        remedy: 'run `bicep restore` on the file, or give the module as a local file',
        origin: call.origin,
        severity: 'warning',
      });
    }
    return found;
  });
  const contentOrNone = (): ModuleContent => {
    const found = content();
    return found.kind === 'unknown' ? { kind: 'unavailable', reason: found.reason } : found;
  };

  const condition = lazily<Value>(session, `the condition of ${what}`, origin, () =>
    ownCondition === undefined ? known(true, call.origin) : evaluate(ownCondition, env),
  );

  function output(outputName: string): Value | undefined {
    const found = contentOrNone();
    switch (found.kind) {
      case 'bicep':
        return (
          found.deployment.output(outputName) ?? (found.builtIn && unavailable(found.builtIn, outputName))
        );
      case 'template':
        return found.content.output(outputName);
      case 'unavailable':
        return unavailable(found.reason, outputName);
    }
  }

  function unavailable(reason: Reason, outputName: string): Unknown {
    const named = callText('reference', [id()]);
    const base = { kind: 'unknown', reason, origin: call.origin } as const;
    if (named === undefined) return base;
    return { ...base, expression: bounded(`${named}.outputs.${outputName.toLowerCase()}.value`) };
  }

  return {
    address,
    origin: call.origin,
    name,
    id,
    condition: () => (ownCondition === undefined ? undefined : condition()),
    output,
    content: contentOrNone,
    outputs() {
      const found = contentOrNone();
      const fields = new Map<string, Value>();
      const base: ObjectValue = { kind: 'object', fields, origin: call.origin };
      if (found.kind === 'unavailable') {
        return { ...base, more: { kind: 'unknown', reason: found.reason, origin: call.origin } };
      }
      const names =
        found.kind === 'bicep' ? [...found.deployment.file.outputs.keys()] : found.content.outputs;
      for (const each of names) fields.set(each.toLowerCase(), output(each) ?? absent(call.origin));
      return base;
    },
  };
}

/** The values for the parameters of a module; each is evaluated when it is used. */
function argumentsOf(body: ObjectLiteral | Missing, env: Environment, what: string): () => Arguments {
  let found: Arguments | undefined;
  const read = (): Arguments => {
    const property = propertyNamed(body, 'params');
    const values = new Map<string, () => Value>();
    if (property === undefined) {
      return body.kind === 'missing' ? { values, more: unreadable(what, env, body) } : { values };
    }
    const literal = property.value;
    const isPlain = literal.kind === 'object' && literal.members.every(({ kind }) => kind === 'property');
    if (!isPlain || literal.kind !== 'object') return argumentsOfValue(evaluate(literal, env));
    let more: Unknown | undefined;
    for (const member of literal.members) {
      if (member.kind !== 'property') continue;
      const key = keyOf(member.key, env);
      if (typeof key !== 'string') {
        more ??= key;
        continue;
      }
      const origin = (): Origin => callAt(member, env).origin;
      const argument = `the parameter \`${key}\` of ${what}`;
      values.set(
        key.toLowerCase(),
        lazily(env.session, argument, origin, () => evaluate(member.value, env)),
      );
    }
    return more === undefined ? { values } : { values, more };
  };
  return () => {
    found ??= read();
    return found;
  };
}

function argumentsOfValue(value: Value): Arguments {
  if (value.kind === 'unknown') return { values: new Map(), more: value };
  if (value.kind !== 'object') return { values: new Map() };
  const values = new Map([...value.fields].map(([name, field]) => [name, (): Value => field] as const));
  return value.more === undefined ? { values } : { values, more: value.more };
}

function unreadable(what: string, env: Environment, span: Missing): Unknown {
  const reason = { kind: 'unsupported', name: `the parameters of ${what}` } as const;
  return { kind: 'unknown', reason, origin: callAt(span, env).origin };
}

/** The condition of something inside a module: that of the module and its own. */
export function bothConditions(
  outer: Value | undefined,
  inner: Value | undefined,
  call: Parameters<typeof callOperator>[2],
): Value | undefined {
  if (outer === undefined || inner === undefined) return outer ?? inner;
  return callOperator('&&', [() => outer, () => inner], call);
}
