import { at, itemsOf, type JsonMember, type JsonNode, originOf, textOf } from '../../arm/json-node.ts';
import { asNumber, known, type Unknown, type Value } from '../../value/value.ts';
import type { CopyFrame, Environment } from './environment.ts';
import { MOST_COPIES } from './limits.ts';
import { isExpression } from './parse-expression.ts';

/** The iterations of a loop, or why their number is not known. */
export type CopyItems =
  | { readonly kind: 'frames'; readonly frames: readonly CopyFrame[] }
  | { readonly kind: 'open'; readonly name: string; readonly waitsFor: Unknown };

/** Whether a member is `copy` with a list of loops, which become properties of the object it stands in. */
export function isPropertyCopy({ name, value }: JsonMember): boolean {
  return (
    name.toLowerCase() === 'copy' &&
    value.kind === 'array' &&
    value.items.length > 0 &&
    value.items.every(isLoop)
  );
}

/** Data can look like a loop, for example a template inside a policy: its count is then no number and no expression. */
function isLoop(node: JsonNode): boolean {
  const count = at(node, 'count');
  const isCount =
    count?.kind === 'scalar' &&
    (typeof count.value === 'number' || (typeof count.value === 'string' && isExpression(count.value)));
  return isCount && textOf(at(node, 'name')) !== undefined && at(node, 'input') !== undefined;
}

/** The iterations of `copy: { name, count }`. More than Azure's 800, or a count that is no number, is a problem. */
export function copiesOf(
  loop: JsonNode,
  env: Environment,
  evaluate: (node: JsonNode, env: Environment) => Value,
  of: CopyFrame['of'],
): CopyItems {
  const name = textOf(at(loop, 'name')) ?? '';
  const countNode = at(loop, 'count');
  const count =
    countNode === undefined
      ? env.session.fail('a loop has no count', originOf(loop))
      : asNumber(evaluate(countNode, env));
  if (count.kind === 'unknown') return { kind: 'open', name, waitsFor: count };
  const number = count.kind === 'known' ? Math.trunc(count.value) : 0;
  if (number < 0 || number > MOST_COPIES) {
    const message = `a loop has ${number} iterations; Azure takes up to ${MOST_COPIES}`;
    return { kind: 'open', name, waitsFor: env.session.fail(message, count.origin) };
  }
  const frames = Array.from({ length: number }, (_, index): CopyFrame => {
    return { name: name.toLowerCase(), of, index: known(index, originOf(loop)) };
  });
  return { kind: 'frames', frames };
}

/** The loops of `copy: [{ name, count, input }]` by lower-case name, as `variables` has them. */
export function loopsOf(node: JsonNode | undefined): ReadonlyMap<string, JsonNode> {
  const loops = new Map<string, JsonNode>();
  for (const loop of itemsOf(node)) {
    const name = textOf(at(loop, 'name'));
    if (name !== undefined && at(loop, 'input') !== undefined) loops.set(name.toLowerCase(), loop);
  }
  return loops;
}
