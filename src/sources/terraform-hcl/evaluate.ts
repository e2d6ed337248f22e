import { printable } from '../../text/printable.ts';
import type { Reason } from '../../value/reason.ts';
import { attributeAt, indexAt, splat } from './access.ts';
import { callFunction } from './call-function.ts';
import { toBoolean, unifyItems } from './convert.ts';
import {
  conceal,
  type Data,
  failure,
  isFailure,
  isLater,
  isPrimitive,
  isSequence,
  mapping,
  nameKind,
  reveal,
} from './data.ts';
import { bind, type Environment, type Run } from './environment.ts';
import { evaluateFor, evaluateTemplateFor } from './evaluate-for.ts';
import type { Expression } from './expression.ts';
import { applyBinary, applyLogical, applyUnary } from './operators.ts';
import { MOST_PARTS, sizeOf } from './size.ts';
import { joinText, primitiveText } from './text.ts';
import { derive, later, oneOf, unknownsIn, unsupported } from './unknown.ts';

type Node<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>;

const ITEM = '[*]';

/**
 * The value of an expression. What Terraform would refuse is a failure, what it would know only later an unknown that keeps
 * what it is a copy of. Never throws.
 */
export function evaluate(expression: Expression, environment: Environment): Data {
  const { run } = environment;
  const instead = run.enter();
  const data = instead ?? evaluateNode(expression, environment);
  if (instead === undefined) run.leave();
  const kept = MAKES_VALUES.has(expression.kind) ? bounded(data, run) : data;
  if (isLater(kept) && kept.reason.kind === 'unsupported') tell(kept.reason, run);
  return kept;
}

/** Each gap is told where it first shows; what is made of it has the same reason. */
const told = new WeakSet<Reason>();

function tell(reason: Reason, run: Run): void {
  if (told.has(reason)) return;
  told.add(reason);
  run.report('not-evaluated', `Portcullis does not evaluate ${printable(reason.name)}`);
}

/** Expressions that make a value, and not only find one. */
const MAKES_VALUES: ReadonlySet<Expression['kind']> = new Set([
  'call',
  'for',
  'object',
  'splat',
  'template',
  'template-for',
  'tuple',
]);

/** Large values take work, and too large ones are not kept. */
function bounded(data: Data, run: Run): Data {
  const size = sizeOf(data);
  if (size > MOST_PARTS) return unsupported(`values of more than ${MOST_PARTS} parts`);
  run.spend(size / 8);
  return data;
}

function evaluateNode(expression: Expression, environment: Environment): Data {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name':
      return named(expression.name, environment);
    case 'attribute':
      return attributeAt(evaluate(expression.of, environment), expression.name);
    case 'index':
      return indexAt(evaluate(expression.of, environment), evaluate(expression.key, environment));
    case 'template':
      return joinText(expression.parts.map((part) => evaluate(part, environment)));
    case 'template-for':
      return evaluateTemplateFor(expression, environment, evaluate);
    case 'splat':
      return splat(evaluate(expression.of, environment), (item) =>
        evaluate(expression.each, bind(environment, { [ITEM]: item })),
      );
    case 'splat-item':
      return named(ITEM, environment);
    case 'call':
      return evaluateCall(expression, environment);
    case 'conditional':
      return evaluateConditional(expression, environment);
    case 'for':
      return evaluateFor(expression, environment, evaluate);
    case 'tuple':
      return evaluateTuple(expression, environment);
    case 'object':
      return evaluateObject(expression, environment);
    case 'unary':
      return applyUnary(expression.operator, evaluate(expression.operand, environment));
    default:
      return evaluateBinary(expression, environment);
  }
}

function named(name: string, environment: Environment): Data {
  const value = environment.lookup(name);
  return value === undefined ? failure(`\`${name}\` is not declared`) : value;
}

function evaluateTuple({ items }: Node<'tuple'>, environment: Environment): Data {
  const values: Data[] = [];
  for (const item of items) {
    const value = evaluate(item, environment);
    if (isFailure(value)) return value;
    values.push(value);
  }
  return { kind: 'tuple', items: values };
}

/** An entry whose key is not known may be any further one. */
function evaluateObject({ entries }: Node<'object'>, environment: Environment): Data {
  const known = new Map<string, Data>();
  const further: { readonly key: Data; readonly value: Data }[] = [];
  let secret = false;
  for (const entry of entries) {
    const key = reveal(evaluate(entry.key, environment));
    const value = evaluate(entry.value, environment);
    if (isFailure(key.data)) return key.data;
    if (isFailure(value)) return value;
    secret ||= key.secret;
    if (isLater(key.data)) further.push({ key: key.data, value });
    else if (key.data === null || !isPrimitive(key.data)) return failure(`${nameKind(key.data)} as a key`);
    else known.set(primitiveText(key.data), value);
  }
  const [first] = further;
  if (first === undefined) return conceal(mapping(known), secret);
  const why = derive(unknownsIn(first.key));
  const sample = oneOf(
    further.map(({ value }) => value),
    why,
  );
  return conceal(mapping(known, 'object', { sample, why }), secret);
}

function evaluateConditional(node: Node<'conditional'>, environment: Environment): Data {
  const condition = reveal(evaluate(node.condition, environment));
  const truth = condition.data === null ? failure('null as a condition') : toBoolean(condition.data);
  if (isFailure(truth)) return truth;
  if (!isLater(truth)) {
    const chosen = evaluate(truth === true ? node.whenTrue : node.whenFalse, environment);
    const other = truth === true ? node.whenFalse : node.whenTrue;
    return conceal(asTypeOf(chosen, other), condition.secret);
  }
  const whenTrue = evaluate(node.whenTrue, environment);
  const whenFalse = evaluate(node.whenFalse, environment);
  // One arm may only be evaluable when the condition chooses it: `length(x) > 0 ? x[0] : null`.
  if (isFailure(whenTrue) && isFailure(whenFalse)) return whenTrue;
  if (isFailure(whenTrue) || isFailure(whenFalse)) {
    const other = isFailure(whenTrue) ? whenFalse : whenTrue;
    return conceal(oneOf([other, later(truth.reason, truth.origin)], truth), condition.secret);
  }
  const [a, b] = [reveal(whenTrue), reveal(whenFalse)];
  const [first, second] = unifyItems([a.data, b.data]);
  const result = oneOf([first ?? null, second ?? null], truth);
  return conceal(result, condition.secret || a.secret || b.secret);
}

/** The arms of a conditional have one type: a number beside a literal text becomes text. */
function asTypeOf(chosen: Data, other: Expression): Data {
  if (!isPrimitive(chosen) && chosen.kind === 'tuple' && other.kind === 'tuple') {
    return chosen.items.length === other.items.length ? chosen : { ...chosen, kind: 'list' };
  }
  const isText = other.kind === 'template' || (other.kind === 'literal' && typeof other.value === 'string');
  const isScalar = typeof chosen === 'number' || typeof chosen === 'boolean';
  return isText && isScalar ? primitiveText(chosen) : chosen;
}

function evaluateBinary({ operator, left, right }: Node<'binary'>, environment: Environment): Data {
  const first = evaluate(left, environment);
  if (operator === '&&' || operator === '||') {
    return applyLogical(operator, first, () => evaluate(right, environment));
  }
  return applyBinary(operator, first, evaluate(right, environment));
}

function evaluateCall({ name, args, spread }: Node<'call'>, environment: Environment): Data {
  const { run } = environment;
  if (name === 'try' || name === 'can') {
    return run.files.attempt(() => attempt(name, args, environment));
  }
  const values = args.map((arg) => evaluate(arg, environment));
  if (!spread) return callFunction(name, values, environment);
  const last = reveal(values.pop() ?? null);
  if (isFailure(last.data)) return last.data;
  if (isLater(last.data)) return callFunction(name, [...values, last.data], environment);
  if (!isSequence(last.data)) return failure(`${nameKind(last.data)} spread into arguments`);
  const more = last.data.more === undefined ? [] : [last.data.more.why];
  return conceal(callFunction(name, [...values, ...last.data.items, ...more], environment), last.secret);
}

/** `try` gives the first value that is none Terraform refuses, `can` says whether there is one. */
function attempt(name: 'try' | 'can', args: readonly Expression[], environment: Environment): Data {
  const uncertain: Data[] = [];
  for (const arg of args) {
    const value = evaluate(arg, environment);
    if (isFailure(value)) {
      if (name === 'can') return false;
      continue;
    }
    const doubt = doubtIn(value);
    if (doubt === undefined) {
      if (name === 'can') return true;
      return uncertain.length === 0
        ? value
        : oneOf([...uncertain, value], doubtIn(uncertain[0] ?? value) ?? derive([]));
    }
    if (name === 'can') return derive([doubt]);
    uncertain.push(value);
  }
  const [first] = uncertain;
  const doubt = first === undefined ? undefined : doubtIn(first);
  if (first === undefined || doubt === undefined) return failure('no argument of `try` can be evaluated');
  return uncertain.length === 1 ? first : oneOf(uncertain, doubt);
}

/**
 * Why an unknown value may yet be refused: it is nothing the root declares, so its parts may not be there. What an
 * attribute of a resource is a copy of is there.
 */
function doubtIn(value: Data): ReturnType<typeof derive> | undefined {
  const { data } = reveal(value);
  if (!isLater(data)) return undefined;
  const isDeclared = data.references.length > 0 && !data.open;
  return isDeclared ? undefined : data;
}
