import { type Unknown, unknown } from '../../src/value/value.ts';
import { sub } from './arm-model.ts';

/** A value that waits for a parameter; two of one name are equal. */
export function later(name: string): Unknown {
  const origin = { kind: 'json', path: 'test.json', pointer: `/parameters/${name}` } as const;
  return { ...unknown({ kind: 'parameter', name }, origin), expression: `parameters('${name}')` };
}

/** The id of one of these resources; a parameter tells which. */
export function oneOf(name: string, ...paths: readonly string[]): Unknown {
  return { ...later(name), references: paths.map((path) => ({ ...sub(path), property: 'id' })) };
}

/** The id of one of these resources, or of another, or nothing. */
export function perhaps(name: string, ...paths: readonly string[]): Unknown {
  return { ...oneOf(name, ...paths), open: true };
}

/** What an answer waits for, each thing once: `parameter port`. */
export function reasonsOf(waitsFor: readonly Unknown[]): readonly string[] {
  return [...new Set(waitsFor.map(({ reason }) => `${reason.kind} ${reason.name}`))];
}
