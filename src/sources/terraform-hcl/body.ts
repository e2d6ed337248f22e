import type { Origin } from '../../text/origin.ts';
import type { Expression, Span } from './expression.ts';

/** A file that parts of a configuration come from. */
export interface SourceFile {
  readonly path: string;
  /** The place of a part of the file. */
  origin(span: Span): Origin;
}

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
  readonly file: SourceFile;
}

/** `type "label" { ... }`. The span is that of the head, without the brace. */
export interface Block extends Span {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly file: SourceFile;
}

/** The attribute of a name; a body has at most one. */
export function attributeNamed(body: Body, name: string): Attribute | undefined {
  return body.attributes.find((attribute) => attribute.name === name);
}

/** The text that is written without any reference, such as the source of a module. */
export function literalText(attribute: Attribute | undefined): string | undefined {
  const value = attribute?.value;
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}
