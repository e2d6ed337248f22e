import type { BicepType, ObjectTypeProperty, TypeReference } from '@azure/bicep-types';
import type { BicepTypesLibrary } from './bicep-types.ts';
import type { ObjectShape, PropertyHistory, PropertyShape, Shape, VariantShape } from './shape.ts';

/** Types in the form of `@azure/bicep-types`, and what that form has no place for. */
export interface TypeSource {
  readonly types: readonly BicepType[];
  readonly historyOf?: (objectName: string, property: string) => PropertyHistory | undefined;
  /** Follows a reference that is not an index into `types`; `undefined` when it leads nowhere. */
  readonly follow?: (reference: object) => Shape | undefined;
}

const ANY: Shape = { kind: 'any' };

type Properties = Readonly<Record<string, ObjectTypeProperty>>;

/**
 * Turns types into shapes, which can be asked by lower-case name, each when it is first needed and then kept. What is
 * not understood takes everything: a type of a kind that is not known, a choice between several kinds, and a reference
 * that leads nowhere.
 */
export function compileShapes(library: BicepTypesLibrary, source: TypeSource): (index: number) => Shape {
  const { TypeBaseKind: Kind, TypeReference: Reference } = library;
  const shapes = new Map<number, Shape>();

  function shapeAt(index: number): Shape {
    const known = shapes.get(index);
    if (known !== undefined) return known;
    // A type that is made of itself alone takes everything.
    shapes.set(index, ANY);
    const type = source.types[index];
    const shape = type === undefined ? ANY : compile(type);
    shapes.set(index, shape);
    return shape;
  }

  function follow(reference: TypeReference): Shape {
    if (reference instanceof Reference) return shapeAt(reference.index);
    return source.follow?.(reference) ?? ANY;
  }

  function compile(type: BicepType): Shape {
    switch (type.type) {
      case Kind.StringType:
      case Kind.StringLiteralType:
        return { kind: 'text' };
      case Kind.IntegerType:
        return { kind: 'integer' };
      case Kind.BooleanType:
        return { kind: 'boolean' };
      case Kind.ArrayType:
        return { kind: 'list', item: () => follow(type.itemType) };
      case Kind.UnionType:
        return commonShape(type.elements.map(follow));
      case Kind.ObjectType: {
        const { additionalProperties: rest } = type;
        const properties = propertiesOf(type.name, type.properties);
        return objectShape(properties, rest === undefined ? undefined : () => follow(rest));
      }
      case Kind.DiscriminatedObjectType:
        return compileVariants(type.name, type.discriminator, type.baseProperties, type.elements);
      default:
        return ANY;
    }
  }

  function compileVariants(
    name: string,
    discriminator: string,
    baseProperties: Properties,
    elements: Readonly<Record<string, TypeReference>>,
  ): VariantShape {
    const base = propertiesOf(name, baseProperties);
    const variants = new Map<string, ObjectShape>();
    for (const [text, reference] of Object.entries(elements)) {
      const variant = follow(reference);
      if (variant.kind !== 'object') continue;
      variants.set(text.toLowerCase(), objectShape([...base, ...variant.properties.values()], variant.rest));
    }
    const [first] = variants.values();
    const key = discriminator.toLowerCase();
    const others = base.filter((property) => property.name.toLowerCase() !== key);
    const chooser: PropertyShape = {
      name: discriminator,
      shape: () => ({ kind: 'text' }),
      isReadOnly: false,
      isDeclared: false,
      ...first?.properties.get(key),
      isRequired: true,
    };
    return {
      kind: 'variants',
      discriminator: key,
      variants,
      common: objectShape([...others, chooser], () => ANY),
    };
  }

  function propertiesOf(objectName: string, properties: Properties): readonly PropertyShape[] {
    const { Required, ReadOnly, DeployTimeConstant } = library.ObjectTypePropertyFlags;
    return Object.entries(properties).map(([name, { type, flags }]): PropertyShape => {
      const history = source.historyOf?.(objectName, name);
      return {
        name,
        shape: () => follow(type),
        isRequired: (flags & Required) !== 0,
        isReadOnly: (flags & ReadOnly) !== 0,
        isDeclared: (flags & DeployTimeConstant) !== 0,
        ...(history === undefined ? {} : { history }),
      };
    });
  }

  return shapeAt;
}

function objectShape(properties: readonly PropertyShape[], rest: (() => Shape) | undefined): ObjectShape {
  return {
    kind: 'object',
    properties: new Map(properties.map((property) => [property.name.toLowerCase(), property])),
    required: properties.filter(({ isRequired, isDeclared }) => isRequired && !isDeclared),
    ...(rest === undefined ? {} : { rest }),
  };
}

/** What all choices have in common. Allowed words are not checked: most lists of them are open. */
function commonShape(choices: readonly Shape[]): Shape {
  const [first] = choices;
  if (first === undefined || choices.some(({ kind }) => kind !== first.kind)) return ANY;
  return choices.length === 1 || ['text', 'integer', 'boolean'].includes(first.kind) ? first : ANY;
}
