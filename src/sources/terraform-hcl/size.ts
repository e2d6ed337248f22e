import { type Data, isFailure, isLater, isPrimitive, isSecret, isSequence, isThing } from './data.ts';

/** Values with more parts than this are not kept: whatever goes through them takes as long as they are large. */
export const MOST_PARTS: number = 200_000;

/** So many characters count as one part. */
const CHARACTERS_OF_PART = 64;

const sizes = new WeakMap<object, number>();

/**
 * The number of parts of a value, each as often as it is reached: a list that holds one list twice counts it twice. Costs no
 * more than the parts that are new.
 */
export function sizeOf(data: Data): number {
  if (isPrimitive(data)) return typeof data === 'string' ? 1 + data.length / CHARACTERS_OF_PART : 1;
  if (isLater(data) || isThing(data) || isFailure(data)) return 1;
  const known = sizes.get(data);
  if (known !== undefined) return known;
  let size = 1;
  if (isSecret(data)) size = sizeOf(data.value);
  else {
    for (const item of isSequence(data) ? data.items : data.entries.values()) size += sizeOf(item);
    if (data.more !== undefined) size += sizeOf(data.more.sample);
  }
  sizes.set(data, size);
  return size;
}
