import { createHash } from 'node:crypto';
import type { Value } from '../value/value.ts';
import { DEEPEST, MOST_STEPS } from './limits.ts';

const LONGEST_EXPRESSION = 1000;
const SHOWN = 200;

/**
 * The canonical text that names a value inside an expression: the literal of a known one, the expression of an unknown
 * one, `createArray` and `createObject` around them, function names in lower case, field names in lower case and order.
 * Equal texts mean equal values. Undefined when nothing names the value: an unknown without expression, a list or object
 * that may have more, and everything secret, because expressions can reach a report. A long text ends in its digest.
 */
export function expressionOf(value: Value): string | undefined {
  const text = write(value, { steps: MOST_STEPS }, 0);
  return text === undefined ? undefined : bounded(text);
}

/** The canonical text of a function call. `budget` is what is left for many of them. */
export function callText(
  name: string,
  args: readonly Value[],
  budget: { steps: number } = { steps: MOST_STEPS },
): string | undefined {
  const texts: string[] = [];
  for (const arg of args) {
    const text = write(arg, budget, 0);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return bounded(`${name.toLowerCase()}(${texts.join(', ')})`);
}

/** A literal text as it stands in an expression. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An expression of bearable length: a long one is cut and told apart by its digest. */
export function bounded(expression: string): string {
  if (expression.length <= LONGEST_EXPRESSION) return expression;
  const digest = createHash('sha256').update(expression).digest('hex').slice(0, 32);
  return `${expression.slice(0, SHOWN)}…${digest}`;
}

function write(value: Value, budget: { steps: number }, depth: number): string | undefined {
  budget.steps -= 1;
  if (budget.steps < 0 || depth > DEEPEST) return undefined;
  switch (value.kind) {
    case 'known':
      if (value.sensitive) return undefined;
      if (typeof value.value !== 'string') return String(value.value);
      budget.steps -= value.value.length / 16;
      return quoted(value.value);
    case 'unknown':
      return value.expression;
    case 'absent':
      return 'null()';
    case 'list': {
      if (value.more !== undefined) return undefined;
      const items: string[] = [];
      for (const item of value.items) {
        const text = write(item, budget, depth + 1);
        if (text === undefined) return undefined;
        items.push(text);
      }
      return `createarray(${items.join(', ')})`;
    }
    case 'object': {
      if (value.more !== undefined) return undefined;
      const fields: string[] = [];
      for (const name of [...value.fields.keys()].sort()) {
        const text = write(value.fields.get(name) ?? value, budget, depth + 1);
        if (text === undefined) return undefined;
        fields.push(`${quoted(name)}, ${text}`);
      }
      return `createobject(${fields.join(', ')})`;
    }
  }
}
