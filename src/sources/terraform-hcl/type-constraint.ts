import { ANY, type AttributeType, type Type } from './convert.ts';
import { type Data, isFailure } from './data.ts';
import type { Expression } from './expression.ts';

/** Gives the value of an expression without references; a failure for any other. */
export type EvaluateConstant = (expression: Expression) => Data;

/**
 * The type an expression spells: `list(object({ port = number, name = optional(string, "x") }))`. What is not understood is
 * any type. Types in quotes are those of Terraform 0.11.
 */
export function typeOf(expression: Expression, evaluate: EvaluateConstant): Type {
  if (expression.kind === 'name' || expression.kind === 'literal') {
    return simpleType(expression.kind === 'name' ? expression.name : String(expression.value));
  }
  if (expression.kind !== 'call') return ANY;
  const [first] = expression.args;
  if (first === undefined) return ANY;
  switch (expression.name) {
    case 'list':
    case 'set':
    case 'map':
      return { kind: expression.name, element: typeOf(first, evaluate) };
    case 'tuple':
      return first.kind === 'tuple'
        ? { kind: 'tuple', items: first.items.map((item) => typeOf(item, evaluate)) }
        : ANY;
    case 'object':
      return first.kind === 'object' ? objectType(first, evaluate) : ANY;
    default:
      return ANY;
  }
}

function simpleType(name: string): Type {
  switch (name) {
    case 'string':
    case 'number':
    case 'bool':
      return { kind: name };
    case 'list':
    case 'set':
    case 'map':
      return { kind: name, element: ANY };
    default:
      return ANY;
  }
}

function objectType(object: Expression & { readonly kind: 'object' }, evaluate: EvaluateConstant): Type {
  const attributes = new Map<string, AttributeType>();
  for (const { key, value } of object.entries) {
    if (key.kind === 'literal') attributes.set(String(key.value), attributeType(value, evaluate));
  }
  return { kind: 'object', attributes };
}

function attributeType(expression: Expression, evaluate: EvaluateConstant): AttributeType {
  if (expression.kind !== 'call' || expression.name !== 'optional') {
    return { type: typeOf(expression, evaluate), optional: false, fallback: null };
  }
  const [inner, fallback] = expression.args;
  const value = fallback === undefined ? null : evaluate(fallback);
  return {
    type: inner === undefined ? ANY : typeOf(inner, evaluate),
    optional: true,
    fallback: isFailure(value) ? null : value,
  };
}
