import type { ResourceDeclaration } from './syntax.ts';

/** Every node knows its piece of the text: UTF-16 offsets, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Name extends Span {
  readonly kind: 'name';
  readonly text: string;
}

/** Stands where something could not be read; a fault of the file says why. */
export interface Missing extends Span {
  readonly kind: 'missing';
}

export interface NullLiteral extends Span {
  readonly kind: 'null';
}

export interface BooleanLiteral extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface IntegerLiteral extends Span {
  readonly kind: 'integer';
  readonly value: number;
}

/** Text with holes: `segments` has one item more than `holes`. Escapes are resolved. */
export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly segments: readonly string[];
  readonly holes: readonly Expression[];
}

export interface Spread extends Span {
  readonly kind: 'spread';
  readonly value: Expression;
}

export interface ArrayLiteral extends Span {
  readonly kind: 'array';
  readonly items: readonly (Expression | Spread)[];
}

export interface Property extends Span {
  readonly kind: 'property';
  readonly key: Name | StringLiteral | Missing;
  readonly value: Expression;
}

export interface ObjectLiteral extends Span {
  readonly kind: 'object';
  /** Nested resource declarations stand in resource bodies only. */
  readonly members: readonly (Property | Spread | ResourceDeclaration | Missing)[];
}

/** A name that stands for a value: parameter, variable, resource, module, loop variable, namespace. */
export interface Variable extends Span {
  readonly kind: 'variable';
  readonly name: string;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly name: Name;
  readonly arguments: readonly Expression[];
}

/** `base.name(arguments)`: a function of a namespace or of a resource. */
export interface MethodCall extends Span {
  readonly kind: 'method-call';
  readonly base: Expression;
  readonly name: Name;
  readonly arguments: readonly Expression[];
}

/** `base.name`, or `base.?name` when it is safe. */
export interface PropertyAccess extends Span {
  readonly kind: 'property-access';
  readonly base: Expression;
  readonly name: Name;
  readonly safe: boolean;
}

/** `base[index]`; `base[?index]` when it is safe; `base[^index]` when it counts from the end. */
export interface IndexAccess extends Span {
  readonly kind: 'index-access';
  readonly base: Expression;
  readonly index: Expression;
  readonly safe: boolean;
  readonly fromEnd: boolean;
}

/** `base::name`: a nested resource. */
export interface NestedAccess extends Span {
  readonly kind: 'nested-access';
  readonly base: Expression;
  readonly name: Name;
}

/** `base!` */
export interface NonNull extends Span {
  readonly kind: 'non-null';
  readonly base: Expression;
}

export type UnaryOperator = '!' | '-' | '+';

export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator =
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '=~'
  | '!~'
  | '&&'
  | '||'
  | '??';

export interface Binary extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Ternary extends Span {
  readonly kind: 'ternary';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface Lambda extends Span {
  readonly kind: 'lambda';
  readonly parameters: readonly Name[];
  /** The parameters are not in parentheses. */
  readonly bare: boolean;
  readonly body: Expression;
}

export interface Parenthesized extends Span {
  readonly kind: 'parenthesized';
  readonly inner: Expression;
}

/** `[for item in source: body]`, `[for (item, index) in source: body]` */
export interface ForLoop<Body = Expression> extends Span {
  readonly kind: 'for';
  readonly item: Name;
  readonly index?: Name;
  readonly source: Expression;
  readonly body: Body;
}

export type Expression =
  | Missing
  | NullLiteral
  | BooleanLiteral
  | IntegerLiteral
  | StringLiteral
  | ArrayLiteral
  | ObjectLiteral
  | Variable
  | Call
  | MethodCall
  | PropertyAccess
  | IndexAccess
  | NestedAccess
  | NonNull
  | Unary
  | Binary
  | Ternary
  | Lambda
  | Parenthesized
  | ForLoop;
