/**
 * What Azure takes at one place of a resource body. Parts are functions, because types refer to themselves: a network
 * interface has a subnet, which has network interfaces.
 */
export type Shape = PlainShape | ListShape | ObjectShape | VariantShape;

/** `any` takes everything. */
export interface PlainShape {
  readonly kind: 'any' | 'text' | 'integer' | 'boolean';
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: () => Shape;
}

export interface ObjectShape {
  readonly kind: 'object';
  /** By lower-case name. */
  readonly properties: ReadonlyMap<string, PropertyShape>;
  readonly required: readonly PropertyShape[];
  /** What further properties hold; left out where there are none. */
  readonly rest?: () => Shape;
}

/** An object whose properties depend on the text of one of them. */
export interface VariantShape {
  readonly kind: 'variants';
  /** The lower-case name of that property. */
  readonly discriminator: string;
  /** By its lower-case text. */
  readonly variants: ReadonlyMap<string, ObjectShape>;
  /** What holds where the text is not known, or none of these. */
  readonly common: ObjectShape;
}

export interface PropertyShape {
  /** As Azure spells it. */
  readonly name: string;
  readonly shape: () => Shape;
  readonly isRequired: boolean;
  /** Azure sets it; what is written there is ignored or refused. */
  readonly isReadOnly: boolean;
  /** Part of the declaration rather than of the body: `type`, `apiVersion`, `name`, `id`. */
  readonly isDeclared: boolean;
  readonly history?: PropertyHistory;
}

/** API versions as dates, `2022-05-01`. */
export interface PropertyHistory {
  /** The first API version that has it; left out when it is as old as the type. */
  readonly since?: string;
  /** The last API version that has it. */
  readonly until?: string;
  /** The first API version in which it is read-only. */
  readonly readOnlySince?: string;
}

/** One resource type in one API version. */
export interface ResourceShape {
  /** As Azure spells it, without an API version. */
  readonly name: string;
  /** False for types that exist only as parts of another resource, such as `loadBalancers/probes`. */
  readonly isWritable: boolean;
  readonly body: Shape;
  /** The last API version the definitions know. Later ones may have properties that are not listed. */
  readonly latest?: string;
  /** The shape in the newest API version, where it is another one. */
  readonly newest?: () => { readonly apiVersion: string; readonly body: Shape } | undefined;
}

/** Definitions of Azure resource types. */
export interface AzureTypes {
  /**
   * The shape of a type, both compared without regard to case. Undefined when nothing is known about it in that version.
   * Without an API version it is the newest one.
   */
  find(type: string, apiVersion?: string): ResourceShape | undefined;
}
