import type {
  BooleanLiteral,
  Expression,
  IntegerLiteral,
  Missing,
  Name,
  NullLiteral,
  Span,
  StringLiteral,
  UnaryOperator,
} from './expression-syntax.ts';
import type { Decorator } from './syntax.ts';

export interface TypeName extends Span {
  readonly kind: 'type-name';
  readonly name: string;
}

/** `name<argument, …>`, with `base` for `base.name<argument, …>` */
export interface ParameterizedType extends Span {
  readonly kind: 'parameterized-type';
  readonly base?: TypeExpression;
  readonly name: Name;
  readonly arguments: readonly TypeExpression[];
}

/** A literal in the place of a type. */
export interface LiteralType extends Span {
  readonly kind: 'literal-type';
  readonly value: NullLiteral | BooleanLiteral | IntegerLiteral | StringLiteral;
}

export interface ObjectTypeMember extends Span {
  readonly kind: 'type-property';
  readonly decorators: readonly Decorator[];
  /** `*` for the type of all further properties. */
  readonly key: Name | StringLiteral | '*' | Missing;
  readonly type: TypeExpression;
}

export interface ObjectType extends Span {
  readonly kind: 'object-type';
  readonly members: readonly ObjectTypeMember[];
}

export interface TupleItem extends Span {
  readonly kind: 'tuple-item';
  readonly decorators: readonly Decorator[];
  readonly type: TypeExpression;
}

export interface TupleType extends Span {
  readonly kind: 'tuple-type';
  readonly items: readonly TupleItem[];
}

/** `type[]` */
export interface ArrayType extends Span {
  readonly kind: 'array-type';
  readonly item: TypeExpression;
}

/** `type.name`, and `type.*` with the name `*` */
export interface TypeMember extends Span {
  readonly kind: 'type-member';
  readonly base: TypeExpression;
  readonly name: Name;
}

/** `type[index]`, and `type[*]` without an index */
export interface TypeIndex extends Span {
  readonly kind: 'type-index';
  readonly base: TypeExpression;
  readonly index?: Expression;
}

export interface UnaryType extends Span {
  readonly kind: 'unary-type';
  readonly operator: UnaryOperator;
  readonly operand: TypeExpression;
}

/** `type?` */
export interface NullableType extends Span {
  readonly kind: 'nullable-type';
  readonly base: TypeExpression;
}

/** `type!` */
export interface NonNullableType extends Span {
  readonly kind: 'non-nullable-type';
  readonly base: TypeExpression;
}

export interface UnionType extends Span {
  readonly kind: 'union-type';
  readonly members: readonly TypeExpression[];
}

export interface ParenthesizedType extends Span {
  readonly kind: 'parenthesized-type';
  readonly inner: TypeExpression;
}

/** `resource 'type@version'` */
export interface ResourceType extends Span {
  readonly kind: 'resource-type';
  readonly type?: StringLiteral;
}

export type TypeExpression =
  | Missing
  | TypeName
  | ParameterizedType
  | LiteralType
  | ObjectType
  | TupleType
  | ArrayType
  | TypeMember
  | TypeIndex
  | UnaryType
  | NullableType
  | NonNullableType
  | UnionType
  | ParenthesizedType
  | ResourceType;
