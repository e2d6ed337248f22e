import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { lineIndex } from '../../text/line-index.ts';
import type { Origin } from '../../text/origin.ts';
import { absent, known, type Value } from '../../value/value.ts';

const MOST_CHARACTERS = 2_000_000;
const DEEPEST = 100;

/**
 * The value of a JSON text, with comments and trailing commas as the Bicep compiler takes them; every part knows where it
 * stands. Undefined when the text is no JSON, or too much of it.
 */
export function readJson(text: string, path: string): Value | undefined {
  if (text.length > MOST_CHARACTERS || nestsTooDeeply(text)) return undefined;
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  if (root === undefined || errors.length > 0) return undefined;
  const { position } = lineIndex(text);

  function originOf({ offset, length }: Node): Origin {
    const from = position(offset);
    const to = position(offset + length);
    return {
      kind: 'text',
      path,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  }

  function toValue(node: Node): Value {
    const origin = originOf(node);
    switch (node.type) {
      case 'object': {
        const fields = new Map<string, Value>();
        const names = new Map<string, string>();
        for (const { children: [key, item] = [] } of node.children ?? []) {
          if (key === undefined || item === undefined) continue;
          const name = String(key.value);
          fields.set(name.toLowerCase(), toValue(item));
          if (name !== name.toLowerCase()) names.set(name.toLowerCase(), name);
        }
        return { kind: 'object', fields, origin, names };
      }
      case 'array':
        return { kind: 'list', items: (node.children ?? []).map(toValue), origin };
      case 'string':
      case 'number':
      case 'boolean':
        return known(node.value as string | number | boolean, origin);
      default:
        return absent(origin);
    }
  }

  return toValue(root);
}

/** The reader of JSON goes one call deeper with every bracket. */
function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text.charCodeAt(offset);
    if (quoted) {
      if (unit === 0x5c) offset += 1;
      else if (unit === 0x22) quoted = false;
    } else if (unit === 0x22) quoted = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return false;
}
