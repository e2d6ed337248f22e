import type { Unknown, Value } from '../../value/value.ts';
import type { ValueKind } from './body-fault.ts';

/** The kind of a value, as far as the code settles it. */
export function kindOf(value: Value): ValueKind | undefined {
  switch (value.kind) {
    case 'known':
      if (typeof value.value === 'string') return 'text';
      if (typeof value.value === 'boolean') return 'boolean';
      return Number.isInteger(value.value) ? 'integer' : 'number';
    case 'list':
    case 'object':
      return value.kind;
    case 'unknown':
      return isText(value) ? 'text' : undefined;
    case 'absent':
      return undefined;
  }
}

/** Text around unknown parts is text, and so is the id of a resource. */
function isText({ parts, references = [], open }: Unknown): boolean {
  if (parts !== undefined) return true;
  return references.length > 0 && open !== true && references.every(({ property }) => property === 'id');
}

/**
 * Whether Azure takes a value of one kind for another: numbers and truth values as text, text that spells them, and any
 * number as a truth value. Text that is not known may spell anything. An empty text counts as a value that is left out.
 */
export function isConverted(value: Value, expected: ValueKind | 'any'): boolean {
  if (value.kind === 'unknown') return expected === 'integer' || expected === 'boolean';
  if (value.kind !== 'known') return false;
  switch (expected) {
    case 'text':
      return true;
    case 'integer':
      return typeof value.value === 'string' && /^\s*[+-]?\d+\s*$/.test(value.value);
    case 'boolean':
      return typeof value.value === 'number' || /^\s*(true|false)\s*$/i.test(String(value.value));
    default:
      return value.value === '';
  }
}
