import type { Expression, ForLoop, Missing, ObjectLiteral, Property } from './expression-syntax.ts';
import type { Conditional, DeclarationBody } from './syntax.ts';

/** What stands after the `=` of a resource or module, taken apart. */
export interface BodyShape {
  readonly loop?: ForLoop<ObjectLiteral | Conditional | Missing>;
  readonly condition?: Expression;
  readonly body: ObjectLiteral | Missing;
}

export function shapeOf(value: DeclarationBody): BodyShape {
  const inner = value.kind === 'for' ? value.body : value;
  const loop = value.kind === 'for' ? { loop: value } : {};
  if (inner.kind !== 'if') return { ...loop, body: inner };
  return { ...loop, condition: inner.condition, body: inner.body };
}

/** The property of a body with this name, compared without case. */
export function propertyNamed(body: ObjectLiteral | Missing, name: string): Property | undefined {
  if (body.kind !== 'object') return undefined;
  const lower = name.toLowerCase();
  return body.members.find((member): member is Property => {
    if (member.kind !== 'property' || member.key.kind === 'missing') return false;
    const text = member.key.kind === 'name' ? member.key.text : member.key.segments.join('');
    return text.toLowerCase() === lower && (member.key.kind === 'name' || member.key.holes.length === 0);
  });
}
