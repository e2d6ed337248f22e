import type { Expression, Span } from './expression.ts';

/** What stands between the braces of a block, or in a whole file. */
export interface Body {
  readonly attributes: readonly Attribute[];
  /** In the order of the source, whatever their types. */
  readonly blocks: readonly Block[];
}

/** `name = value`. The span is that of the whole. */
export interface Attribute extends Span {
  readonly name: string;
  readonly value: Expression;
}

/** `type "label" { ... }`. The span is that of the head, without the brace. */
export interface Block extends Span {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
}

/** The attribute of a name; a body has at most one. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.attributes.find((attribute) => attribute.name === name);
}

/** The text an expression spells without any reference, such as the source of a module. */
export function literalText(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'literal' && typeof expression.value === 'string'
    ? expression.value
    : undefined;
}
