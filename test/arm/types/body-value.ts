import type { Origin } from '../../../src/text/origin.ts';
import {
  absent,
  known,
  list,
  type ObjectValue,
  object,
  type Scalar,
  type Value,
} from '../../../src/value/value.ts';

/** Where the value at a pointer of the test document is written. */
export function at(pointer: string): Origin {
  return { kind: 'json', path: 'test.json', pointer };
}

/** Plain data as a value, in which a `Value` may stand anywhere; the origin of each part is its JSON pointer. */
export function dataValue(data: unknown, pointer = ''): Value {
  const origin = at(pointer);
  if (data === undefined || data === null) return absent(origin);
  if (typeof data !== 'object') return known(data as Scalar, origin);
  if (isValue(data)) return data;
  if (Array.isArray(data))
    return list(
      data.map((item, index) => dataValue(item, `${pointer}/${index}`)),
      origin,
    );
  return bodyOf(data, pointer);
}

/** The same for an object, with the names as they are written. */
export function bodyOf(data: object, pointer = ''): ObjectValue {
  const entries = Object.entries(data).map(
    ([name, held]) => [name, dataValue(held, `${pointer}/${name}`)] as const,
  );
  const names = new Map(entries.map(([name]) => [name.toLowerCase(), name]));
  return { ...object(Object.fromEntries(entries), at(pointer)), names };
}

function isValue(data: object): data is Value {
  return 'kind' in data && 'origin' in data;
}
