import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Node } from 'yaml';
import type { Origin } from '../../text/origin.ts';
import { absent, known, type Value } from '../../value/value.ts';

const MOST_CHARACTERS = 500_000;
const MOST_VALUES = 50_000;

const require = createRequire(import.meta.url);
let yaml: typeof Yaml | undefined;

/** The package is loaded with the first document: most repositories load none, and start-up matters. */
function loadYaml(): typeof Yaml {
  yaml ??= require('yaml') as typeof Yaml;
  return yaml;
}

/** The value of a YAML text; every part knows where it stands. Undefined when it is no YAML, or too much of it. */
export function readYaml(text: string, path: string): Value | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  try {
    return readDocument(text, path);
  } catch (error) {
    // The reader of YAML goes one call deeper with every level, however many there are.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readDocument(text: string, path: string): Value | undefined {
  const { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } = loadYaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) return undefined;
  let values = 0;

  function originOf(node: Node | null): Origin {
    const [start = 0, end = start] = node?.range ?? [];
    const from = lineCounter.linePos(start);
    const to = lineCounter.linePos(end);
    return { kind: 'text', path, line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  }

  function toValue(node: Node | null): Value {
    values += 1;
    const origin = originOf(node);
    if (values > MOST_VALUES) return absent(origin);
    if (isAlias(node)) {
      const target = node.resolve(document);
      return target === undefined ? absent(origin) : toValue(target);
    }
    if (isSeq<Node>(node)) return { kind: 'list', items: node.items.map(toValue), origin };
    if (isMap<Node, Node | null>(node)) {
      const fields = new Map<string, Value>();
      const names = new Map<string, string>();
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        fields.set(name.toLowerCase(), toValue(value));
        if (name !== name.toLowerCase()) names.set(name.toLowerCase(), name);
      }
      return { kind: 'object', fields, origin, names };
    }
    const scalar: unknown = isScalar(node) ? node.value : null;
    if (typeof scalar === 'string' || typeof scalar === 'number' || typeof scalar === 'boolean') {
      return known(scalar, origin);
    }
    return absent(origin);
  }

  const value = toValue(document.contents);
  return values > MOST_VALUES ? undefined : value;
}
