import { access, accessFromEnd, tryAccess, tryAccessFromEnd } from '../../arm/functions/access.ts';
import { callFunction } from '../../arm/functions/call-function.ts';
import { callOperator } from '../../arm/functions/call-operator.ts';
import { MOST_ITEMS } from '../../arm/limits.ts';
import { joinText } from '../../arm/partial-text.ts';
import { absent, known, type Unknown, type Value } from '../../value/value.ts';
import { callByName, callMethod } from './call.ts';
import { denote, memberOfDenoted, viewOf } from './denote.ts';
import { callAt, type Environment, findLocal, originOf } from './environment.ts';
import type {
  Binary,
  Expression,
  ObjectLiteral,
  Property,
  Spread,
  StringLiteral,
} from './expression-syntax.ts';
import { evaluateLoop } from './loop.ts';
import { charged } from './session.ts';

/** The value of an expression. What cannot be evaluated is unknown, and told once as a problem. */
export function evaluate(expression: Expression, env: Environment): Value {
  const { session } = env;
  if (!session.spend(1)) return session.exhausted(originOf(expression, env));
  switch (expression.kind) {
    case 'null':
      return absent(originOf(expression, env));
    case 'boolean':
    case 'integer':
      return known(expression.value, originOf(expression, env));
    case 'missing':
      return unreadable(expression, env);
    case 'parenthesized':
      return evaluate(expression.inner, env);
    default: {
      const value = session.nest(() => evaluateNested(expression, env));
      return (
        value ?? session.fail('an expression is defined through too many others', originOf(expression, env))
      );
    }
  }
}

type Simple = 'null' | 'boolean' | 'integer' | 'missing' | 'parenthesized';

function evaluateNested(expression: Exclude<Expression, { kind: Simple }>, env: Environment): Value {
  switch (expression.kind) {
    case 'string':
      return evaluateString(expression, env);
    case 'array':
      return evaluateArray(expression.items, expression, env);
    case 'object':
      return evaluateObject(expression, env);
    case 'for':
      return evaluateLoop(expression, env, evaluate);
    case 'variable': {
      const denoted = denote(expression, env, evaluate);
      return denoted.kind === 'value' ? denoted.value : viewOf(denoted, expression, env);
    }
    case 'nested-access': {
      const denoted = denote(expression, env, evaluate);
      return denoted.kind === 'value' ? denoted.value : viewOf(denoted, expression, env);
    }
    case 'non-null':
      return evaluate(expression.base, env);
    case 'property-access':
    case 'index-access':
      return evaluateMember(expression, env).value;
    case 'call':
      return callByName(expression, env, evaluate);
    case 'method-call':
      return callMethod(expression, env, evaluate);
    case 'unary': {
      if (expression.operator === '+') return evaluate(expression.operand, env);
      const operand = (): Value => evaluate(expression.operand, env);
      return callOperator(expression.operator, [operand], callAt(expression, env));
    }
    case 'binary': {
      const left = once(() => evaluate(expression.left, env));
      const operands = [left, (): Value => evaluateAfter(left(), expression, env)];
      return charged(
        env.session,
        callOperator(expression.operator, operands, callAt(expression, env)),
        originOf(expression, env),
      );
    }
    case 'ternary': {
      const { condition, whenTrue, whenFalse } = expression;
      const value = evaluate(condition, env);
      const branch = (taken: Expression) => (): Value =>
        value.kind === 'unknown' ? env.session.tentatively(() => evaluate(taken, env)) : evaluate(taken, env);
      return callOperator(
        '?:',
        [(): Value => value, branch(whenTrue), branch(whenFalse)],
        callAt(expression, env),
      );
    }
    case 'lambda':
      return env.session.fail('a lambda stands outside a call', originOf(expression, env));
  }
}

/** The right operand, which may not be needed when the left one is not known and can decide alone. */
function evaluateAfter(left: Value, { operator, right }: Binary, env: Environment): Value {
  const mayDecide = operator === '&&' || operator === '||' || operator === '??';
  if (!mayDecide || left.kind !== 'unknown') return evaluate(right, env);
  return env.session.tentatively(() => evaluate(right, env));
}

function once(evaluateOnce: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= evaluateOnce();
    return value;
  };
}

function unreadable(expression: Expression, env: Environment): Unknown {
  const reason = { kind: 'unsupported', name: 'an expression that cannot be read' } as const;
  return { kind: 'unknown', reason, origin: originOf(expression, env) };
}

function evaluateString(expression: StringLiteral, env: Environment): Value {
  const { segments, holes } = expression;
  const [only = ''] = segments;
  if (holes.length === 0) return known(only, originOf(expression, env));
  const origin = originOf(expression, env);
  const [alone, another] = holes;
  const isAlone = another === undefined && segments.every((segment) => segment === '');
  if (alone !== undefined && isAlone && isTextParameter(alone, env)) return evaluate(alone, env);
  const pieces = segments.flatMap((segment, index) => {
    const hole = holes[index];
    const literal = segment === '' ? [] : [known(segment, origin)];
    return hole === undefined ? literal : [...literal, evaluate(hole, env)];
  });
  return charged(env.session, joinText(pieces, callAt(expression, env)), originOf(expression, env));
}

/** `'${x}'` is `x` when that is a text for certain, also while it has no value. */
function isTextParameter(expression: Expression, env: Environment): boolean {
  if (expression.kind !== 'variable' || findLocal(env, expression.name) !== undefined) return false;
  const declared = env.deployment.file.declared.get(expression.name);
  const type = declared?.kind === 'parameter' ? declared.type : undefined;
  return type?.kind === 'type-name' && type.name === 'string';
}

function evaluateArray(
  elements: readonly (Expression | Spread)[],
  expression: Expression,
  env: Environment,
): Value {
  const items: Value[] = [];
  let more: Unknown | undefined;
  for (const element of elements) {
    if (element.kind !== 'spread') {
      items.push(evaluate(element, env));
      continue;
    }
    const spread = evaluate(element.value, env);
    if (spread.kind === 'list') {
      const isTooLong = items.length + spread.items.length > MOST_ITEMS;
      if (isTooLong) return callAt(expression, env).fail(`a list has more than ${MOST_ITEMS} items`);
      if (!env.session.spend(spread.items.length)) return env.session.exhausted(originOf(expression, env));
      for (const item of spread.items) items.push(item);
      more ??= spread.more;
    } else if (spread.kind === 'unknown') more ??= spread;
    else more ??= callAt(element, env).fail('only a list can be spread into a list');
  }
  const list = { kind: 'list', items, origin: originOf(expression, env) } as const;
  return more === undefined ? list : { ...list, more };
}

/** An object: its properties in order; what is spread into it comes between them, and the last of equal names counts. */
function evaluateObject(expression: ObjectLiteral, env: Environment): Value {
  const parts: Value[] = [];
  let properties: Property[] = [];
  let lost: Unknown | undefined;
  const flush = (): void => {
    parts.push(objectOf(properties, expression, env));
    properties = [];
  };
  for (const member of expression.members) {
    if (member.kind === 'property') properties.push(member);
    else if (member.kind === 'missing') lost ??= unreadable(member, env);
    else if (member.kind === 'spread') {
      flush();
      parts.push(evaluate(member.value, env));
    }
  }
  if (parts.length === 0) return withMore(objectOf(properties, expression, env), lost);
  flush();
  const call = callAt(expression, env);
  const merged = callFunction('shallowMerge', [{ kind: 'list', items: parts, origin: call.origin }], call);
  return withMore(
    charged(env.session, merged ?? call.fail('objects cannot be spread'), originOf(expression, env)),
    lost,
  );
}

function withMore(value: Value, more: Unknown | undefined): Value {
  return more !== undefined && value.kind === 'object' ? { ...value, more: value.more ?? more } : value;
}

function objectOf(properties: readonly Property[], expression: ObjectLiteral, env: Environment): Value {
  const fields = new Map<string, Value>();
  const names = new Map<string, string>();
  let more: Unknown | undefined;
  for (const { key, value } of properties) {
    const name = keyOf(key, env);
    if (typeof name !== 'string') {
      more ??= name;
      continue;
    }
    const lower = name.toLowerCase();
    fields.set(lower, evaluate(value, env));
    if (lower !== name) names.set(lower, name);
  }
  const object = { kind: 'object', fields, origin: originOf(expression, env), names } as const;
  return more === undefined ? object : { ...object, more };
}

/** The name of a property, or why it is not known. */
export function keyOf(key: Property['key'], env: Environment): string | Unknown {
  if (key.kind === 'name') return key.text;
  if (key.kind === 'missing') return unreadable(key, env);
  const value = evaluateString(key, env);
  if (value.kind === 'known') return String(value.value);
  return value.kind === 'unknown' ? value : callAt(key, env).fail('the name of a property is a text');
}

type Member = Extract<Expression, { kind: 'property-access' | 'index-access' }>;

/** `isCut`: a safe step before found nothing, so the steps after it are not taken. */
interface Reached {
  readonly value: Value;
  readonly isCut: boolean;
}

function evaluateMember(expression: Member, env: Environment): Reached {
  if (!env.session.spend(1)) return { value: env.session.exhausted(originOf(expression, env)), isCut: false };
  const reached = env.session.nest(() => reachMember(expression, env));
  if (reached !== undefined) return reached;
  const value = env.session.fail('an expression has too many steps', originOf(expression, env));
  return { value, isCut: false };
}

function reachMember(expression: Member, env: Environment): Reached {
  const { base, safe } = expression;
  const call = callAt(expression, env);
  const denoted = denote(base, env, evaluate);
  if (denoted.kind !== 'value' && denoted.kind !== 'none') {
    const imported = denoted.kind === 'namespace' ? denote(expression, env, evaluate) : undefined;
    if (imported?.kind === 'value') return { value: imported.value, isCut: false };
    if (expression.kind === 'property-access') {
      const value = memberOfDenoted(denoted, expression.name.text, safe, expression, env);
      return { value, isCut: safe && value.kind === 'absent' };
    }
    const whole = denote(expression, env, evaluate);
    if (whole.kind !== 'value' && whole.kind !== 'none')
      return { value: viewOf(whole, expression, env), isCut: false };
  }
  const before = reachBase(base, env);
  if (before.isCut || (safe && before.value.kind === 'absent'))
    return { value: absent(call.origin), isCut: true };
  let value: Value;
  if (expression.kind === 'property-access') {
    const key = known(expression.name.text, originOf(expression.name, env));
    value = safe ? tryAccess(before.value, key, call) : access(before.value, key, call);
  } else {
    const key = evaluate(expression.index, env);
    if (expression.fromEnd) {
      value = (safe ? tryAccessFromEnd : accessFromEnd)(before.value, key, call);
    } else value = safe ? tryAccess(before.value, key, call) : access(before.value, key, call);
  }
  return { value, isCut: safe && value.kind === 'absent' };
}

function reachBase(base: Expression, env: Environment): Reached {
  if (base.kind === 'property-access' || base.kind === 'index-access') return evaluateMember(base, env);
  if (base.kind === 'non-null') return reachBase(base.base, env);
  return { value: evaluate(base, env), isCut: false };
}
