import type { Origin } from '../text/origin.ts';
import { known, type Unknown, type Value } from '../value/value.ts';

/** Texts one after the other: known text, or an unknown that keeps its literal and unknown parts in order. */
export function joinTexts(texts: readonly (string | Value)[], origin: Origin): Value {
  const parts: (string | Unknown)[] = [];
  let sensitive = false;
  const add = (part: string | Value): void => {
    if (typeof part === 'string') {
      const last = parts.at(-1);
      if (typeof last === 'string') parts[parts.length - 1] = last + part;
      else if (part !== '') parts.push(part);
    } else if (part.kind === 'known') {
      sensitive ||= part.sensitive === true;
      add(String(part.value));
    } else if (part.kind === 'unknown') {
      if (part.parts === undefined) parts.push(part);
      else for (const inner of part.parts) add(inner);
    }
  };
  for (const text of texts) add(text);
  const waiting = parts.find((part) => typeof part !== 'string');
  if (waiting === undefined || typeof waiting === 'string') {
    const value = known(parts.join(''), origin);
    return sensitive ? { ...value, sensitive } : value;
  }
  return { kind: 'unknown', reason: waiting.reason, origin, parts, expression: expressionOf(parts) };
}

function expressionOf(parts: readonly (string | Unknown)[]): string {
  const inner = parts.map((part) =>
    typeof part === 'string' ? `'${part.replaceAll("'", "''")}'` : (part.expression ?? part.reason.name),
  );
  return `concat(${inner.join(',')})`;
}
