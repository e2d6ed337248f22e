import type { Value } from '../../value/value.ts';
import type { Deployment } from './environment.ts';
import type { Decorator } from './syntax.ts';
import type { ObjectTypeMember, TypeExpression } from './type-syntax.ts';

/** What matters of a type: whether nothing is a value of it, and what in it is secret. */
export interface DeclaredType {
  readonly isNullable: boolean;
  /** The only value it has, for a type of one literal. */
  readonly only?: string | number | boolean;
  /** The value with everything secret in it marked. */
  seal(value: Value): Value;
}

const DEEPEST = 20;

/** Reads a type with its decorators, following the names of types through the files that declare them. */
export function declaredType(
  type: TypeExpression | undefined,
  decorators: readonly Decorator[],
  file: Deployment,
): DeclaredType {
  const only = onlyValue(type, decorators);
  return {
    isNullable: type !== undefined && isNullable(type, file, 0),
    ...(only === undefined ? {} : { only }),
    seal: (value) => (hasDecorator(decorators, 'secure') ? sealed(value) : sealedBy(value, type, file, 0)),
  };
}

/** Whether `@name` or `@sys.name`, with or without arguments, stands among the decorators. */
export function hasDecorator(decorators: readonly Decorator[], name: string): boolean {
  return decorators.some(({ expression }) => {
    switch (expression.kind) {
      case 'variable':
        return expression.name === name;
      case 'call':
      case 'property-access':
      case 'method-call':
        return expression.name.text === name;
      default:
        return false;
    }
  });
}

/** Follows names, members and marks to the type that is meant. Undefined where it is not found. */
function resolve(type: TypeExpression, file: Deployment, depth: number): Resolved | undefined {
  if (depth > DEEPEST) return undefined;
  switch (type.kind) {
    case 'parenthesized-type':
      return resolve(type.inner, file, depth + 1);
    case 'non-nullable-type':
    case 'nullable-type':
      return resolve(type.base, file, depth + 1);
    case 'type-name': {
      const meaning = file.meaning(type.name);
      if (meaning?.kind !== 'type') return { type, file, secure: false };
      const found = resolve(meaning.type, meaning.file, depth + 1);
      return found === undefined ? undefined : { ...found, secure: found.secure || meaning.secure };
    }
    case 'type-member': {
      const member = memberOf(type.base, type.name.text, file, depth + 1);
      if (member === undefined) return undefined;
      const found = resolve(member.member.type, member.file, depth + 1);
      const secure = hasDecorator(member.member.decorators, 'secure');
      return found === undefined ? undefined : { ...found, secure: found.secure || secure };
    }
    default:
      return { type, file, secure: false };
  }
}

interface Resolved {
  readonly type: TypeExpression;
  readonly file: Deployment;
  readonly secure: boolean;
}

function memberOf(
  base: TypeExpression,
  name: string,
  file: Deployment,
  depth: number,
): { readonly member: ObjectTypeMember; readonly file: Deployment } | undefined {
  const object = resolve(base, file, depth + 1);
  if (object?.type.kind !== 'object-type') return undefined;
  const member = object.type.members.find(({ key }) => nameOf(key) === name);
  return member === undefined ? undefined : { member, file: object.file };
}

function nameOf(key: ObjectTypeMember['key']): string | undefined {
  if (key === '*' || key.kind === 'missing') return undefined;
  return key.kind === 'name' ? key.text : key.segments.join('');
}

function isNullable(type: TypeExpression, file: Deployment, depth: number): boolean {
  if (depth > DEEPEST) return false;
  switch (type.kind) {
    case 'nullable-type':
      return true;
    case 'parenthesized-type':
      return isNullable(type.inner, file, depth + 1);
    case 'union-type':
      return type.members.some((member) => isNullable(member, file, depth + 1));
    case 'literal-type':
      return type.value.kind === 'null';
    case 'parameterized-type':
      return false;
    case 'type-name': {
      const meaning = file.meaning(type.name);
      return meaning?.kind === 'type' && isNullable(meaning.type, meaning.file, depth + 1);
    }
    case 'type-member': {
      const member = memberOf(type.base, type.name.text, file, depth + 1);
      return member !== undefined && isNullable(member.member.type, member.file, depth + 1);
    }
    default:
      return false;
  }
}

function onlyValue(
  type: TypeExpression | undefined,
  decorators: readonly Decorator[],
): string | number | boolean | undefined {
  const allowed = decorators
    .map(({ expression }) => expression)
    .find((expression) => 'name' in expression && isNamed(expression.name, 'allowed'));
  const list = allowed?.kind === 'call' || allowed?.kind === 'method-call' ? allowed.arguments[0] : undefined;
  const [item, other] = list?.kind === 'array' ? list.items : [];
  const literal =
    item !== undefined && other === undefined ? item : type?.kind === 'literal-type' ? type.value : undefined;
  switch (literal?.kind) {
    case 'string':
      return literal.holes.length === 0 ? literal.segments[0] : undefined;
    case 'integer':
    case 'boolean':
      return literal.value;
    default:
      return undefined;
  }
}

function isNamed(name: string | { readonly text: string }, expected: string): boolean {
  return (typeof name === 'string' ? name : name.text) === expected;
}

function sealedBy(value: Value, type: TypeExpression | undefined, file: Deployment, depth: number): Value {
  if (type === undefined || depth > DEEPEST) return value;
  const resolved = resolve(type, file, depth + 1);
  if (resolved === undefined) return value;
  if (resolved.secure) return sealed(value);
  const target = resolved.type;
  if (value.kind === 'list' && target.kind === 'array-type') {
    const items = value.items.map((item) => sealedBy(item, target.item, resolved.file, depth + 1));
    return items.every((item, index) => item === value.items[index]) ? value : { ...value, items };
  }
  if (value.kind !== 'object' || target.kind !== 'object-type') return value;
  let fields: Map<string, Value> | undefined;
  for (const member of target.members) {
    const name = nameOf(member.key)?.toLowerCase();
    const field = name === undefined ? undefined : value.fields.get(name);
    if (name === undefined || field === undefined) continue;
    const isSecret = hasDecorator(member.decorators, 'secure');
    const marked = isSecret ? sealed(field) : sealedBy(field, member.type, resolved.file, depth + 1);
    if (marked === field) continue;
    fields ??= new Map(value.fields);
    fields.set(name, marked);
  }
  return fields === undefined ? value : { ...value, fields };
}

/** The value with everything known in it marked as secret. */
function sealed(value: Value): Value {
  switch (value.kind) {
    case 'known':
      return { ...value, sensitive: true };
    case 'list':
      return { ...value, items: value.items.map(sealed) };
    case 'object':
      return { ...value, fields: new Map([...value.fields].map(([name, field]) => [name, sealed(field)])) };
    default:
      return value;
  }
}
