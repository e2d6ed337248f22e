import type { BicepType, TypeIndex } from '@azure/bicep-types';
import type { BicepTypesLibrary } from './bicep-types.ts';

/** Reads the text of an `index.json`; undefined when it is none. Entries that are no references are left out. */
export function readIndex(library: BicepTypesLibrary, text: string): TypeIndex | undefined {
  const index = readWithoutNulls(text, library.readIndexJson);
  if (index === undefined || !isObject(index) || !isObject(index.resources)) return undefined;
  const places = Object.entries(index.resources).filter(
    ([, place]) => place instanceof library.CrossFileTypeReference,
  );
  return { ...index, resources: Object.fromEntries(places) };
}

/** Reads the text of a `types.json`; undefined when it is none, or one of its types lacks a part. */
export function readTypes(library: BicepTypesLibrary, text: string): readonly BicepType[] | undefined {
  const types: unknown = readWithoutNulls(text, library.readTypesJson);
  return Array.isArray(types) && types.every((type) => isWhole(library, type)) ? types : undefined;
}

/**
 * The readers of `@azure/bicep-types` 0.6.145 fail at a JSON `null`, which says the same as leaving a property out. Few
 * files have one, and a second pass over a file is dear.
 */
function readWithoutNulls<T>(text: string, read: (text: string) => T): T | undefined {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    if (!/[:[,]\s*null\b/.test(plain)) return read(plain);
    return read(JSON.stringify(JSON.parse(plain, (_, value) => (value === null ? undefined : value))));
  } catch {
    return undefined;
  }
}

function isWhole({ TypeBaseKind: Kind }: BicepTypesLibrary, type: BicepType): boolean {
  switch (type.type) {
    case Kind.ObjectType:
      return holdsTypes(type.properties);
    case Kind.DiscriminatedObjectType:
      return (
        typeof type.discriminator === 'string' && holdsTypes(type.baseProperties) && isObject(type.elements)
      );
    case Kind.ArrayType:
      return isObject(type.itemType);
    case Kind.UnionType:
      return Array.isArray(type.elements) && type.elements.every(isObject);
    case Kind.ResourceType:
      return typeof type.name === 'string' && isObject(type.body);
    default:
      return true;
  }
}

function holdsTypes(properties: Readonly<Record<string, { readonly type: unknown }>>): boolean {
  return (
    isObject(properties) && Object.values(properties).every((held) => isObject(held) && isObject(held.type))
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
