/** A range of a text: 0-based offsets in UTF-16 units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * An expression of the HCL language, as the specification names its parts (github.com/hashicorp/hcl,
 * `hclsyntax/spec.md`). Parentheses leave no trace. `span` is where it stands in its file.
 */
export type Expression = Span &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
    /** Text around other expressions, always text. A template of one interpolation alone is that expression. */
    | { readonly kind: 'template'; readonly parts: readonly Expression[] }
    /** `%{ for }` in a template: the text of all turns together. */
    | {
        readonly kind: 'template-for';
        readonly key: string | undefined;
        readonly value: string;
        readonly collection: Expression;
        readonly body: Expression;
      }
    /** The first name of a reference: `var`, `azurerm_lb`, a name of a `for`. */
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
    | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression }
    /** `of[*].each`; the item is the `splat-item` in `each`. */
    | { readonly kind: 'splat'; readonly of: Expression; readonly each: Expression }
    | { readonly kind: 'splat-item' }
    | {
        readonly kind: 'call';
        readonly name: string;
        readonly args: readonly Expression[];
        /** The last argument is spread: `max(var.ports...)`. */
        readonly spread: boolean;
      }
    | {
        readonly kind: 'conditional';
        readonly condition: Expression;
        readonly whenTrue: Expression;
        readonly whenFalse: Expression;
      }
    | {
        readonly kind: 'for';
        readonly key: string | undefined;
        readonly value: string;
        readonly collection: Expression;
        /** Set when the result is an object. */
        readonly resultKey: Expression | undefined;
        readonly result: Expression;
        readonly condition: Expression | undefined;
        /** `...`: values of the same key are gathered in a list. */
        readonly grouping: boolean;
      }
    | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
    | {
        readonly kind: 'object';
        readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
      }
    | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
  );

export type BinaryOperator =
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';

/** Why a text is not what it should be, and at which offset that shows. */
export interface Fault {
  readonly message: string;
  readonly offset: number;
}
