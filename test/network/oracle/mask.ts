import type { Unknown } from '../../../src/value/value.ts';
import { unknown } from '../../../src/value/value.ts';
import type { ArmResource } from '../../support/arm-model.ts';
import type { Random } from './random-world.ts';

/**
 * Resources of which some things are not known: `holes` times a value, a list, a part of a list or the existence of a
 * resource is taken out at random. What was there is still one way in which it may turn out.
 */
export function masked(
  resources: readonly ArmResource[],
  random: Random,
  holes: number,
): readonly ArmResource[] {
  let current = resources;
  for (let k = 0; k < holes; k += 1) {
    const all = current.flatMap((resource, index) => spots(resource, [index]));
    const spot = all[random(all.length)];
    if (spot === undefined) return current;
    current = replaceAt(current, spot, random, k);
  }
  return current;
}

type Path = readonly (string | number)[];

const NAMES = new Set(['name', 'type', 'parent', 'condition']);

/** Every place that can be masked: scalars other than names, lists, and the resource itself. */
function spots(data: unknown, path: Path): readonly Path[] {
  if (data === null || data === undefined) return [];
  if (typeof data !== 'object') return [path];
  if (('kind' in data && 'origin' in data) || 'partial' in data) return [];
  if (Array.isArray(data)) return [path, ...data.flatMap((item, index) => spots(item, [...path, index]))];
  const inside = Object.entries(data).flatMap(([key, item]) =>
    NAMES.has(key) ? [] : spots(item, [...path, key]),
  );
  return path.length === 1 ? [path, ...inside] : inside;
}

function replaceAt(
  resources: readonly ArmResource[],
  [index, ...path]: Path,
  random: Random,
  number: number,
): readonly ArmResource[] {
  return resources.map((resource, position) => {
    if (position !== index) return resource;
    if (path.length === 0) return { ...resource, condition: hole(number) };
    return Object.assign({}, resource, replaceInside(resource, path, random, number));
  });
}

function replaceInside(data: unknown, [head, ...rest]: Path, random: Random, number: number): unknown {
  if (head === undefined) return maskOf(data, random, number);
  if (Array.isArray(data))
    return data.map((item, index) => (index === head ? replaceInside(item, rest, random, number) : item));
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([key, item]) => [
      key,
      key === head ? replaceInside(item, rest, random, number) : item,
    ]),
  );
}

/** An id may still be known to be one of two, or not even that; a list may be known in part. */
function maskOf(data: unknown, random: Random, number: number): unknown {
  const whole = hole(number);
  if (Array.isArray(data) && random(2) === 0) {
    const isKept = data.map(() => random(2) === 0);
    return { partial: data.filter((_, index) => isKept[index]), more: whole };
  }
  if (typeof data === 'string' && data.startsWith('/microsoft') && random(2) === 0) {
    const other = data.replace(/[^/]*$/, 'nsg0');
    const kind = random(3);
    const ids = kind === 0 ? [other] : [data, other];
    return {
      ...whole,
      references: ids.map((id) => ({ id, property: 'id' })),
      ...(kind === 2 ? {} : { open: true }),
    };
  }
  return whole;
}

function hole(number: number): Unknown {
  return unknown(
    { kind: 'parameter', name: `hole${number}` },
    { kind: 'json', path: 'test.json', pointer: `/holes/${number}` },
  );
}
