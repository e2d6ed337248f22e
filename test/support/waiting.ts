import { type Unknown, unknown } from '../../src/value/value.ts';
import { sub } from './arm-model.ts';

/** A value that waits for the parameter of this name. */
export function waiting(name: string): Unknown {
  return unknown(
    { kind: 'parameter', name },
    { kind: 'json', path: 'test.json', pointer: `/parameters/${name}` },
  );
}

/** The id of one of some resources, `oneOf('a', 'subnets/x', 'subnets/y')`. */
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
