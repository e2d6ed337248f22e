import type { Origin } from '../text/origin.ts';
import type { ObjectValue, Unknown, Value } from '../value/value.ts';
import { textParts } from './partial-text.ts';
import { textEquality } from './text-equality.ts';
import { waitingFor } from './undecided.ts';

/** Puts an object together field by field; names are compared without case, and the first spelling stays. */
export interface ObjectBuilder {
  /** Sets a field; a later value replaces an earlier one at its place. */
  set(name: string, value: Value): void;
  /** Sets a field under a name that may not be known; false when the name is no text. */
  setAt(name: Value, value: Value): boolean;
  /**
   * Adds the fields of a value over those that are there, as `...value` does; null adds nothing. What an unknown value
   * may replace is unknown from then on. False when the value is neither object, null nor unknown.
   */
  spread(value: Value): boolean;
  /** There may be further fields, and they may replace those that are there, but for the names in `besides`. */
  cloud(cause: Unknown, besides?: ReadonlyMap<string, Value>): void;
  get(name: string): Value | undefined;
  /** Why there may be more fields than were set. */
  more(): Unknown | undefined;
  build(origin: Origin): ObjectValue;
}

/** A builder that starts empty, or with the fields of `start`. */
export function objectBuilder(start?: ObjectValue): ObjectBuilder {
  const fields = new Map<string, Value>(start?.fields);
  const names = new Map<string, string>(start?.names);
  let more = start?.more;

  const set = (name: string, value: Value): void => {
    const key = name.toLowerCase();
    if (!fields.has(key) && key !== name) names.set(key, name);
    fields.set(key, value);
  };
  const cloud = (cause: Unknown, besides?: ReadonlyMap<string, Value>): void => {
    for (const key of fields.keys()) if (!besides?.has(key)) fields.set(key, waitingFor(cause));
    more = eitherMore(more, cause);
  };
  return {
    set,
    setAt(name, value) {
      if (name.kind === 'known' && typeof name.value === 'string') {
        set(name.value, value);
        return true;
      }
      if (name.kind !== 'unknown') return false;
      const parts = textParts(name) ?? [];
      for (const [key, earlier] of fields) {
        if (textEquality(parts, [key], true).is !== 'false') fields.set(key, waitingFor(name));
        else fields.set(key, earlier);
      }
      more = eitherMore(more, waitingFor(name));
      return true;
    },
    spread(value) {
      if (value.kind === 'unknown') cloud(value);
      if (value.kind === 'object') {
        if (value.more !== undefined) cloud(value.more, value.fields);
        for (const [key, field] of value.fields) set(value.names?.get(key) ?? key, field);
      }
      return value.kind === 'unknown' || value.kind === 'object' || value.kind === 'absent';
    },
    cloud,
    get: (name) => fields.get(name.toLowerCase()),
    more: () => more,
    build: (origin) => ({
      kind: 'object',
      fields,
      origin,
      ...(names.size === 0 ? {} : { names }),
      ...(more === undefined ? {} : { more }),
    }),
  };
}

/** Two causes why there may be more are one; only where they are the same does the expression still name what is there. */
export function eitherMore(a: Unknown | undefined, b: Unknown | undefined): Unknown | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.expression !== undefined && a.expression === b.expression ? a : waitingFor(a);
}
