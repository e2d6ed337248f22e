import type { BicepType, ObjectTypeProperty, TypeFactory, TypeReference } from '@azure/bicep-types';
import type { BicepTypesLibrary } from './bicep-types.ts';
import type { PropertyHistory } from './shape.ts';

/**
 * The properties of one object, each in a short notation: what it holds, then what is special about it.
 *
 * - `text`, `integer`, `boolean`, `any`, or the name of another object; `[]` behind it makes a list, `{}` a map
 * - `required`
 * - `read-only`, or `read-only DATE` where it has been writable before that API version
 * - `since DATE`, `until DATE`: the first and the last API version that have it
 *
 * A property `*` says what properties hold that the table does not list; without it there are none.
 */
export type PropertyTable = Readonly<Record<string, string>>;

/** Objects by name. A name with a `/` is a resource type, and its properties are those of the body. */
export type TypeTable = Readonly<Record<string, PropertyTable>>;

/** Since which API version parts of other resources can be declared as resources, by type; or that they never can. */
export type PartTable = Readonly<Record<string, string>>;

/** The types that tables define, in the form of `@azure/bicep-types`, and what that form has no place for. */
export interface DefinedTypes {
  readonly types: readonly BicepType[];
  /** The index in `types` by lower-case name of the resource type. */
  readonly resources: ReadonlyMap<string, number>;
  historyOf(objectName: string, property: string): PropertyHistory | undefined;
}

/**
 * Before this API version Microsoft's definitions of Microsoft.Network marked hardly anything as read-only, and what
 * older templates write there does no harm: bicep-types-az, all versions.
 */
const READ_ONLY_MARKED = '2019-09-01';

const REST = '*';

interface Notation {
  readonly holds: string;
  readonly wrapped: readonly ('list' | 'map')[];
  readonly isRequired: boolean;
  readonly history: PropertyHistory;
}

/**
 * Writes tables with the type factory of `@azure/bicep-types`. A resource type that is never one of its own needs no
 * table. A table that is not in the notation, or names an object that no table defines, is a mistake in Portcullis and
 * throws.
 */
export function defineTypes(library: BicepTypesLibrary, tables: TypeTable, parts: PartTable): DefinedTypes {
  const { ObjectTypePropertyFlags: Flags, ScopeType } = library;
  const factory = new library.TypeFactory();
  const plain: Readonly<Record<string, TypeReference>> = {
    text: factory.addStringType(),
    integer: factory.addIntegerType(),
    boolean: factory.addBooleanType(),
    any: factory.addAnyType(),
  };
  const objects = new Map<
    string,
    { reference: TypeReference; properties: Record<string, ObjectTypeProperty> }
  >();
  const histories = new Map<string, PropertyHistory>();
  const resources = new Map<string, number>();

  const declared = (required: boolean): ObjectTypeProperty => ({
    type: factory.addStringType(),
    flags: Flags.DeployTimeConstant | (required ? Flags.Required : Flags.ReadOnly),
  });
  const addResource = (name: string, body: TypeReference, isWritable: boolean): void => {
    const scope = isWritable ? ScopeType.ResourceGroup : ScopeType.None;
    const { index } = factory.addResourceType(name, body, ScopeType.ResourceGroup, scope);
    resources.set(name.toLowerCase(), index);
  };

  for (const name in tables) {
    const properties: Record<string, ObjectTypeProperty> = name.includes('/')
      ? { id: declared(false), name: declared(true), type: declared(false), apiVersion: declared(false) }
      : {};
    const rest = plain[tables[name]?.[REST] ?? ''];
    objects.set(name, { properties, reference: factory.addObjectType(name, properties, rest) });
  }
  for (const name in tables) {
    const object = objects.get(name);
    for (const [property, text] of Object.entries(tables[name] ?? {})) {
      if (property === REST) continue;
      const { holds, wrapped, isRequired, history } = readNotation(text);
      const held = plain[holds] ?? objects.get(holds)?.reference;
      if (held === undefined) throw new Error(`${name}.${property} holds \`${holds}\`, which is not defined`);
      const type = wrapped.reduce((inner, how) => wrap(factory, inner, how), held);
      const isReadOnly = history.readOnlySince !== undefined;
      const flags = (isRequired ? Flags.Required : 0) | (isReadOnly ? Flags.ReadOnly : 0);
      if (object !== undefined) object.properties[property] = { type, flags };
      if (Object.keys(history).length > 0) histories.set(`${name}.${property}`, history);
    }
    if (name.includes('/') && object !== undefined) addResource(name, object.reference, true);
  }
  for (const name in parts) {
    if (parts[name] === 'never') addResource(name, factory.addAnyType(), false);
  }
  return {
    types: factory.types,
    resources,
    historyOf: (objectName, property) => histories.get(`${objectName}.${property}`),
  };
}

function wrap(factory: TypeFactory, held: TypeReference, how: 'list' | 'map'): TypeReference {
  return how === 'list' ? factory.addArrayType(held) : factory.addObjectType('map', {}, held);
}

const NOTATION =
  /^(\w+)((?:\[\]|\{\})*)( required)?(?: since ([\d-]{10}))?(?: until ([\d-]{10}))?( read-only(?: ([\d-]{10}))?)?$/;

function readNotation(text: string): Notation {
  const match = NOTATION.exec(text);
  if (match === null) throw new Error(`\`${text}\` is not in the notation of property tables`);
  const [, holds = '', wrapping = '', required, since, until, readOnly, readOnlyDate] = match;
  return {
    holds,
    wrapped: (wrapping.match(/\[\]|\{\}/g) ?? []).map((pair) => (pair === '[]' ? 'list' : 'map')),
    isRequired: required !== undefined,
    history: {
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(readOnly === undefined ? {} : { readOnlySince: readOnlyDate ?? READ_ONLY_MARKED }),
    },
  };
}
