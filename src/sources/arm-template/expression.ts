/** The expression of a template text. Spans are offsets into the text, the end exclusive. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  /** `of.name` and `of[key]`. */
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression };
