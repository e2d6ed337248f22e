import type { Unknown } from '../../src/value/value.ts';
import { sub } from './arm-model.ts';

/** A value that waits for a parameter; two of one name are equal. */
export function waiting(name: string): Unknown {
  return {
    kind: 'unknown',
    reason: { kind: 'parameter', name },
    origin: { kind: 'json', path: 'test.json', pointer: '' },
    expression: `parameters('${name}')`,
  };
}

/** `{ id }` of one of several resources; the parameter `name` tells which. */
export function oneOf(name: string, ...paths: readonly string[]): { readonly id: Unknown } {
  return { id: { ...waiting(name), references: paths.map((path) => ({ ...sub(path), property: 'id' })) } };
}

/** The same, or of something else, or of nothing. */
export function maybe(name: string, ...paths: readonly string[]): { readonly id: Unknown } {
  return { id: { ...oneOf(name, ...paths).id, open: true } };
}
