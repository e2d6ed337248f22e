import type { ObjectShape, Shape } from './shape.ts';

/** The way to a value in a body. */
export interface Way {
  /** The object around it; left out for the body itself. */
  readonly within?: Place;
  /** The property of that object it stands in, as it is written. */
  readonly step: string;
  /** Its position, when the property is a list. */
  readonly item?: number;
}

/** An object in a body. */
export interface Place extends Way {
  readonly shape: ObjectShape;
  /** Lower-case names of required properties that are written in another place, or under another name. */
  readonly excused: Set<string>;
}

/** The path of a value or, with `property`, of a property of it: `properties.probes[0].properties.port`. */
export function pathOf({ within, step, item }: Way, property?: string): string {
  const own = item === undefined ? step : `${step}[${item}]`;
  const path = within === undefined ? own : pathOf(within, own);
  if (property === undefined) return path;
  return path === '' ? property : `${path}.${property}`;
}

/**
 * The property of an object in which another one belongs that was written beside it. `isUsual`: it is `properties`, where
 * most of an Azure resource is. Otherwise it is the only object that fits; objects with an `id` stand for resources of
 * their own and do not.
 */
export function belongsBelow(
  shape: ObjectShape,
  key: string,
): { readonly name: string; readonly isUsual: boolean } | undefined {
  const usual = shape.properties.get('properties');
  if (usual !== undefined && holds(usual.shape(), key)) return { name: usual.name, isUsual: true };
  const fitting = [...shape.properties.values()].filter(
    (property) => !property.isReadOnly && !property.isDeclared && holds(property.shape(), key, 'id'),
  );
  const [only] = fitting;
  return only !== undefined && fitting.length === 1 ? { name: only.name, isUsual: false } : undefined;
}

function holds(shape: Shape, key: string, without?: string): boolean {
  if (shape.kind !== 'object' || (without !== undefined && shape.properties.has(without))) return false;
  return shape.properties.get(key)?.isReadOnly === false;
}

/** The object in the same place of another body shape, such as that of a later API version. */
export function samePlaceIn(body: Shape, place: Place): ObjectShape | undefined {
  let shape: Shape | undefined = body;
  if (place.within !== undefined) {
    shape = samePlaceIn(body, place.within)?.properties.get(place.step.toLowerCase())?.shape();
    if (place.item !== undefined) shape = shape?.kind === 'list' ? shape.item() : undefined;
  }
  return shape?.kind === 'object' ? shape : undefined;
}
