import type { Origin } from '../text/origin.ts';
import type { Value } from '../value/value.ts';

/**
 * `value.name`. A field that an object does not have is `undefined`, so that the caller can fail or give null; a field
 * of an unknown, and one that only may exist, is an unknown whose expression has `.name` at its end.
 */
export declare function memberOf(value: Value, name: string, origin: Origin): Value | undefined;

/** `value[index]`, in the same way. */
export declare function itemOf(value: Value, index: number, origin: Origin): Value | undefined;
