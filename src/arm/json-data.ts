import { absent, known, type Value } from '../value/value.ts';
import { type JsonNode, originOf } from './json-node.ts';

/** The value of a JSON node as data: no text in it is an expression. */
export function dataOf(node: JsonNode): Value {
  const origin = originOf(node);
  switch (node.kind) {
    case 'scalar':
      return node.value === null ? absent(origin) : known(node.value, origin);
    case 'array':
      return { kind: 'list', items: node.items.map(dataOf), origin };
    case 'object': {
      const fields = new Map<string, Value>();
      const names = new Map<string, string>();
      for (const [lower, { name, value }] of node.members) {
        fields.set(lower, dataOf(value));
        if (lower !== name) names.set(lower, name);
      }
      return { kind: 'object', fields, origin, names };
    }
  }
}
