import { type Unknown, unknown } from '../../src/value/value.ts';
import { sub } from './arm-model.ts';

/** A value that waits for a parameter; two of one name are equal. */
export function waiting(name: string): Unknown {
  const origin = { kind: 'json', path: 'test.json', pointer: `/parameters/${name}` } as const;
  return { ...unknown({ kind: 'parameter', name }, origin), expression: `parameters('${name}')` };
}

/** The id of one of some resources, `oneOf('a', 'subnets/x', 'subnets/y')`; the parameter `a` tells which. */
export function oneOf(name: string, ...paths: readonly string[]): Unknown {
  return { ...waiting(name), references: paths.map((path) => ({ ...sub(path), property: 'id' })) };
}

/** The id of one of some resources, or of something else, or none. */
export function perhaps(name: string, ...paths: readonly string[]): Unknown {
  return { ...oneOf(name, ...paths), open: true };
}

/** The names of what an answer waits for. */
export function namesOf(waitsFor: readonly Unknown[]): readonly string[] {
  return waitsFor.map(({ reason }) => reason.name);
}

/** What an answer waits for, each thing once: `parameter port`. */
export function reasonsOf(waitsFor: readonly Unknown[]): readonly string[] {
  return [...new Set(waitsFor.map(({ reason }) => `${reason.kind} ${reason.name}`))];
}
