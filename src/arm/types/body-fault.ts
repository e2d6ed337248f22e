import type { Origin } from '../../text/origin.ts';

/** What a value is, or must be. `number` is one with a fraction. */
export type ValueKind = 'text' | 'integer' | 'number' | 'boolean' | 'list' | 'object';

interface Fault {
  /** Where in the body, with the names as they are written: `properties.probes[0].properties.port`; `''` is the body. */
  readonly path: string;
  /** The name of the property: the last step of the path, or, for a property that is missing, of what is not there. */
  readonly property: string;
  /** The value of the property, the object that lacks one, or the resource. */
  readonly origin: Origin;
  /**
   * False where the definitions do not settle it: the API version is newer than they are, a preview, or not known, or the
   * value may turn out not to be set.
   */
  readonly isCertain: boolean;
}

/** One thing in a resource body that Azure refuses, ignores, or misunderstands. Data; the words are the reader's. */
export type BodyFault = Fault &
  (
    | {
        /** No such property here. */
        readonly kind: 'unknown';
        /** The property that was probably meant, as Azure spells it. */
        readonly suggestion?: string;
      }
    | {
        /** The property belongs one level higher or lower. */
        readonly kind: 'misplaced';
        /** Where it belongs: the path of an object that has such a property; `''` is the body. */
        readonly belongsIn: string;
      }
    /** A property without which Azure refuses the resource. `path` is that of the object which lacks it. */
    | { readonly kind: 'missing' }
    /** Azure sets it. */
    | { readonly kind: 'read-only' }
    | { readonly kind: 'wrong-kind'; readonly expected: ValueKind; readonly found: ValueKind }
    /** The property came with a later API version; `has` is one that has it. */
    | { readonly kind: 'newer'; readonly apiVersion: string; readonly has: string }
    /** The property went away; `last` is the last API version that has it. */
    | { readonly kind: 'retired'; readonly apiVersion: string; readonly last: string }
    /** The type exists only as a part of another resource. `property` is its last segment. */
    | { readonly kind: 'read-only-type' }
  );

/** A fault without what is the same for all kinds. */
export type FaultDetail = BodyFault extends infer F
  ? F extends BodyFault
    ? Omit<F, keyof Fault>
    : never
  : never;
