import { callText } from '../../arm/expression-text.ts';
import type { Lambda } from '../../arm/functions/call.ts';
import { callFunction } from '../../arm/functions/call-function.ts';
import { canonicalText, readIdPattern, typeOf } from '../../arm/id-pattern.ts';
import { runtimeView } from '../../arm/runtime-view.ts';
import { absent, known, type Unknown, type Value } from '../../value/value.ts';
import { denote } from './denote.ts';
import {
  callAt,
  type Deployment,
  type Environment,
  type Meaning,
  originOf,
  withLocal,
} from './environment.ts';
import type { Call, Expression, Lambda as LambdaSyntax, MethodCall } from './expression-syntax.ts';
import { isLoadFunction, load } from './load-functions.ts';
import type { Evaluate } from './loop.ts';
import { isScopeFunction, scopeObject } from './scopes.ts';
import { charged, type Session } from './session.ts';
import type { FunctionDeclaration } from './syntax.ts';

type UserFunction = Extract<Meaning, { kind: 'function' }>;

/** Functions of parameter files that ask about the machine of whoever deploys. */
const OF_THE_DEPLOYER = new Set([
  'readenvironmentvariable',
  'readenvvar',
  'readcliarg',
  'externalinput',
  'getsecret',
]);

/** The functions that are running: Bicep has no recursion. */
const ACTIVE: WeakMap<Session, Set<FunctionDeclaration>> = new WeakMap();

/** `name(arguments)`: a function of the file, one it imports, or one of the language. */
export function callByName(expression: Call, env: Environment, evaluate: Evaluate): Value {
  const { name } = expression;
  const meaning = env.deployment.meaning(name.text);
  if (meaning?.kind === 'function') return callUser(meaning, expression, env, evaluate);
  if (meaning?.kind === 'namespace' && meaning.missing !== undefined) {
    return { ...meaning.missing, origin: originOf(expression, env) };
  }
  return callBuiltIn(name.text, expression, env, evaluate);
}

/** `base.name(arguments)`: a function of a namespace, or one that asks a running resource. */
export function callMethod(expression: MethodCall, env: Environment, evaluate: Evaluate): Value {
  const { base, name } = expression;
  const denoted = denote(base, env, evaluate);
  if (denoted.kind === 'built-in') return callBuiltIn(name.text, expression, env, evaluate);
  if (denoted.kind === 'namespace') {
    const meaning = denoted.deployment?.meaning(name.text);
    if (meaning?.kind === 'function') return callUser(meaning, expression, env, evaluate);
    const origin = originOf(expression, env);
    if (denoted.missing !== undefined) return { ...denoted.missing, origin };
    return env.session.fail(`the file that is imported exports no function \`${name.text}\``, origin);
  }
  if (denoted.kind === 'resource') {
    const identity = denoted.instance.identity();
    const id = 'kind' in identity ? identity : identity.id;
    const args = evaluateAll(expression.arguments, env, evaluate);
    const version = 'kind' in identity ? undefined : identity.apiVersion;
    const isPlain = args.length > 0 || version === undefined;
    const own = isPlain ? args : [known(version, originOf(expression, env))];
    return atRuntime(name.text, [id, ...own], expression, env);
  }
  const target = evaluate(base, env);
  if (target.kind === 'unknown') return { ...target, origin: originOf(expression, env) };
  return atRuntime(name.text, evaluateAll(expression.arguments, env, evaluate), expression, env);
}

function evaluateAll(args: readonly Expression[], env: Environment, evaluate: Evaluate): readonly Value[] {
  return args.map((arg) => evaluate(arg, env));
}

/** What only a running deployment can ask: the same call gives the same answer. */
function atRuntime(name: string, args: readonly Value[], span: Expression, env: Environment): Unknown {
  const expression = callText(name, args);
  const base = {
    kind: 'unknown',
    reason: { kind: 'runtime', name: `${name}()` },
    origin: originOf(span, env),
  } as const;
  return expression === undefined ? base : { ...base, expression };
}

function callUser(
  { declaration, env: home }: UserFunction,
  expression: Call | MethodCall,
  env: Environment,
  evaluate: Evaluate,
): Value {
  const call = callAt(expression, env);
  if (expression.arguments.length > declaration.parameters.length) {
    return call.fail(`\`${declaration.name.text}\` takes ${declaration.parameters.length} arguments`);
  }
  let inner = home;
  for (const [index, parameter] of declaration.parameters.entries()) {
    const argument = expression.arguments[index];
    const value = argument === undefined ? absent(call.origin) : evaluate(argument, env);
    inner = withLocal(inner, parameter.name.text, value);
  }
  const active = ACTIVE.get(env.session) ?? new Set();
  ACTIVE.set(env.session, active);
  if (active.has(declaration)) return call.fail(`the function \`${declaration.name.text}\` calls itself`);
  active.add(declaration);
  const result = evaluate(declaration.body, inner);
  active.delete(declaration);
  return result;
}

function callBuiltIn(
  name: string,
  expression: Call | MethodCall,
  env: Environment,
  evaluate: Evaluate,
): Value {
  const lower = name.toLowerCase();
  const [first] = expression.arguments;
  const call = callAt(expression, env);
  if (lower === 'any' && first !== undefined) return evaluate(first, env);
  if (lower === 'nameof' && first !== undefined) return known(nameOf(first), call.origin);
  const lambdas: Lambda[] = [];
  const args: Value[] = [];
  for (const argument of expression.arguments) {
    const inner = withoutParentheses(argument);
    if (inner.kind === 'lambda') lambdas.push(lambdaOf(inner, env, evaluate));
    else args.push(evaluate(argument, env));
  }
  if (isLoadFunction(lower)) return load(lower, args, env, call);
  if (isScopeFunction(lower) && args.length > 0) return scopeObject(lower, args, call);
  if (lower === 'reference') return reference(args, expression, env);
  if (OF_THE_DEPLOYER.has(lower)) return ofTheDeployer(name, args, expression, env);
  if (lower.startsWith('list')) return atRuntime(name, args, expression, env);
  const value = callFunction(name, args, call, lambdas);
  if (value === undefined) return call.fail(`there is no function \`${name}\``);
  return charged(env.session, value, call.origin);
}

function withoutParentheses(expression: Expression): Expression {
  return expression.kind === 'parenthesized' ? withoutParentheses(expression.inner) : expression;
}

function lambdaOf({ parameters, body }: LambdaSyntax, env: Environment, evaluate: Evaluate): Lambda {
  return (...args) => {
    let inner = env;
    for (const [index, parameter] of parameters.entries()) {
      inner = withLocal(inner, parameter.text, args[index] ?? absent(originOf(parameter, env)));
    }
    return evaluate(body, inner);
  };
}

function nameOf(expression: Expression): string {
  switch (expression.kind) {
    case 'variable':
      return expression.name;
    case 'property-access':
    case 'nested-access':
      return expression.name.text;
    case 'index-access':
    case 'non-null':
      return nameOf(expression.base);
    case 'parenthesized':
      return nameOf(expression.inner);
    default:
      return '';
  }
}

/** `reference(id, apiVersion, 'Full')`: of a resource of this file what it declares, of others only that Azure knows. */
function reference(args: readonly Value[], span: Expression, env: Environment): Value {
  const [target, , form] = args;
  const call = callAt(span, env);
  if (target === undefined) return call.fail('`reference` needs a resource');
  const pattern = readIdPattern(target);
  if (pattern === undefined) return atRuntime('reference', args, span, env);
  const found = findById(canonicalText(target), env.deployment);
  const view = found?.view() ?? runtimeView({ type: typeOf(pattern) ?? '', id: target }, call);
  const isFull = form?.kind === 'known' && String(form.value).toLowerCase() === 'full';
  if (isFull || view.kind !== 'object') return view;
  return view.fields.get('properties') ?? atRuntime('reference', args, span, env);
}

function findById(id: string, deployment: Deployment): { view(): Value } | undefined {
  for (const name of deployment.file.declared.keys()) {
    if (deployment.file.declared.get(name)?.kind !== 'resource') continue;
    const meaning = deployment.meaning(name);
    if (meaning?.kind !== 'resource') continue;
    const found = meaning.collection.items().find((instance) => {
      const identity = instance.identity();
      return !('kind' in identity) && canonicalText(identity.id) === id;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofTheDeployer(name: string, args: readonly Value[], span: Expression, env: Environment): Value {
  const [first, fallback] = args;
  const asked = first?.kind === 'known' && !first.sensitive ? String(first.value) : undefined;
  const { readVariable } = env.session;
  if (/^readenv/i.test(name) && asked !== undefined && readVariable !== undefined) {
    const call = callAt(span, env);
    const text = readVariable(asked);
    if (text !== undefined) return known(text, call.origin);
    return fallback ?? call.fail(`there is no environment variable \`${asked}\``);
  }
  const unknown = atRuntime(name, args, span, env);
  return { ...unknown, reason: { kind: 'parameter', name: asked === undefined ? name : `${name} ${asked}` } };
}
