import { access } from '../../arm/functions/access.ts';
import type { Call, Lambda } from '../../arm/functions/call.ts';
import { callFunction } from '../../arm/functions/call-function.ts';
import { callOperator } from '../../arm/functions/call-operator.ts';
import { itemsOf, type JsonNode, type JsonObject, originOf, textOf } from '../../arm/json-node.ts';
import { namesIn } from '../../arm/resource-ids.ts';
import type { Origin } from '../../text/origin.ts';
import { absent, known, type Unknown, type Value } from '../../value/value.ts';
import { type CopyItems, copiesOf, isPropertyCopy } from './copy.ts';
import type { Environment } from './environment.ts';
import type { Expression } from './expression.ts';
import { COST_OF_CALL } from './limits.ts';
import { callOwn } from './own-functions.ts';
import { isExpression, unescaped } from './parse-expression.ts';
import { splitNames } from './split-names.ts';

const LAZY = new Set(['if', 'and', 'or', 'coalesce']);

/** Evaluates a value of a template: expressions, loops of properties, and names that are expressions. */
export function evaluate(node: JsonNode, env: Environment): Value {
  const { session } = env;
  if (!session.spend(1)) return exhausted(originOf(node));
  switch (node.kind) {
    case 'scalar': {
      const { value } = node;
      if (value === null) return absent(originOf(node));
      if (typeof value !== 'string') return known(value, originOf(node));
      return isExpression(value)
        ? evaluateText(value, originOf(node), env)
        : known(unescaped(value), originOf(node));
    }
    case 'array': {
      const items = node.items.map((item) => nested(env, originOf(item), () => evaluate(item, env)));
      return { kind: 'list', items, origin: originOf(node) };
    }
    case 'object':
      return evaluateObject(node, env);
  }
}

function evaluateObject(node: JsonObject, env: Environment): Value {
  const fields = new Map<string, Value>();
  const names = new Map<string, string>();
  let more: Unknown | undefined;

  function add(name: string, value: Value): void {
    const lower = name.toLowerCase();
    fields.set(lower, value);
    if (lower !== name) names.set(lower, name);
  }

  for (const member of node.members.values()) {
    if (isPropertyCopy(member)) {
      for (const loop of itemsOf(member.value)) addLoop(loop, env, add);
      continue;
    }
    let { name } = member;
    if (isExpression(name)) {
      const evaluated = evaluateText(name, originOf(member), env);
      if (evaluated.kind === 'unknown') {
        more = evaluated;
        continue;
      }
      name = evaluated.kind === 'known' ? String(evaluated.value) : name;
    }
    add(
      unescaped(name),
      nested(env, originOf(member), () => evaluate(member.value, env)),
    );
  }
  const value = { kind: 'object', fields, origin: originOf(node), names } as const;
  return more === undefined ? value : { ...value, more };
}

function addLoop(loop: JsonNode, env: Environment, add: (name: string, value: Value) => void): void {
  const name = loop.kind === 'object' ? textOf(loop.members.get('name')?.value) : undefined;
  const input = loop.kind === 'object' ? loop.members.get('input')?.value : undefined;
  if (name === undefined || input === undefined) return;
  add(
    name,
    evaluateLoop(loop, 'property', env, (inner) => evaluate(input, inner)),
  );
}

/** The list a loop of properties, variables or outputs gives; one that may have any items when the count is not known. */
export function evaluateLoop(
  loop: JsonNode,
  of: 'resource' | 'property',
  env: Environment,
  run: (env: Environment) => Value,
): Value {
  const copies: CopyItems = copiesOf(loop, env, evaluate, of);
  const origin = originOf(loop);
  if (copies.kind === 'open') return { kind: 'list', items: [], origin, more: copies.waitsFor };
  const items = copies.frames.map((frame) =>
    nested(env, origin, () => run({ ...env, copies: [...env.copies, frame] })),
  );
  return { kind: 'list', items, origin };
}

function evaluateText(text: string, origin: Origin, env: Environment): Value {
  const outcome = env.session.expressionOf(text);
  if ('message' in outcome) return env.session.fail(outcome.message, origin);
  const call: Call = { origin, scope: env.scope, fail: (message) => env.session.fail(message, origin) };
  return evaluateExpression(outcome.expression, env, call);
}

function evaluateExpression(expression: Expression, env: Environment, call: Call): Value {
  if (!env.session.spend(1)) return exhausted(call.origin);
  switch (expression.kind) {
    case 'text':
    case 'number':
      return known(expression.value, call.origin);
    case 'member': {
      const of = evaluateInside(expression.of, env, call);
      return access(of, evaluateInside(expression.key, env, call), call);
    }
    case 'call':
      return evaluateCall(expression.name, expression.args, env, call);
  }
}

function evaluateInside(expression: Expression, env: Environment, call: Call): Value {
  return nested(env, call.origin, () => evaluateExpression(expression, env, call));
}

function evaluateCall(called: string, args: readonly Expression[], env: Environment, call: Call): Value {
  const lower = called.toLowerCase();
  if (LAZY.has(lower)) {
    const operands = args.map((arg) => () => evaluateInside(arg, env, call));
    return callOperator(lower, operands, call);
  }
  const values: Value[] = [];
  const lambdas: Lambda[] = [];
  const split = lower.endsWith('resourceid') ? splitNames(args) : undefined;
  const name = split === undefined ? undefined : evaluateInside(split.name, env, call);
  const names = split === undefined || name === undefined ? undefined : namesIn(name, split.count);
  for (const arg of split === undefined || names === undefined ? args : split.before) {
    if (arg.kind === 'call' && arg.name.toLowerCase() === 'lambda')
      lambdas.push(lambdaOf(arg.args, env, call));
    else values.push(evaluateInside(arg, env, call));
  }
  if (names !== undefined) values.push(...names);
  if (!env.session.spend(values.reduce((sum, value) => sum + sizeOf(value), COST_OF_CALL)))
    return exhausted(call.origin);
  const own = callOwn(lower, values, env, call);
  if (own !== undefined) return own;
  const result = callFunction(called, values, call, lambdas) ?? callUserFunction(lower, values, env, call);
  if (result === undefined) return call.fail(`there is no function \`${called}\``);
  return env.session.spend(sizeOf(result)) ? result : exhausted(call.origin);
}

/** `lambda('x', 'i', body)`: the names come first, the body is last. */
function lambdaOf(args: readonly Expression[], env: Environment, call: Call): Lambda {
  const body = args.at(-1);
  const names = args.slice(0, -1).map((arg) => (arg.kind === 'text' ? arg.value.toLowerCase() : ''));
  return (...values) => {
    if (body === undefined) return call.fail('a lambda has no body');
    const lambdas = new Map(env.lambdas);
    for (const [index, name] of names.entries()) {
      const value = values[index];
      if (value !== undefined) lambdas.set(name, value);
    }
    return evaluateInside(body, { ...env, lambdas }, call);
  };
}

function callUserFunction(
  name: string,
  values: readonly Value[],
  env: Environment,
  call: Call,
): Value | undefined {
  const definition = env.definitions.userFunction(name);
  if (definition === undefined) return undefined;
  const given = new Map<string, Value>();
  for (const [index, parameter] of definition.parameters.entries()) {
    given.set(parameter.toLowerCase(), values[index] ?? absent(call.origin));
  }
  const definitions = { ...env.definitions, parameter: (wanted: string) => given.get(wanted.toLowerCase()) };
  const inner: Environment = { ...env, definitions, copies: [], lambdas: new Map() };
  return nested(env, call.origin, () => evaluate(definition.body, inner));
}

function nested(env: Environment, origin: Origin, run: () => Value): Value {
  return (
    env.session.nest(run) ?? env.session.fail('there are too many expressions inside each other', origin)
  );
}

/** What an argument or a result costs of the budget, so that functions cannot read and build without limit. */
function sizeOf(value: Value): number {
  if (value.kind === 'known') return typeof value.value === 'string' ? value.value.length / 32 : 0;
  if (value.kind === 'list') return value.items.length / 8;
  return value.kind === 'object' ? value.fields.size / 8 : 0;
}

function exhausted(origin: Origin): Unknown {
  return { kind: 'unknown', reason: { kind: 'unsupported', name: 'a template this large' }, origin };
}
