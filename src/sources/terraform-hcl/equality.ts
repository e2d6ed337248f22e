import {
  type Data,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSecret,
  isSequence,
  isThing,
} from './data.ts';

/**
 * Whether two known values are equal as `==` sees it: values of different types are not, also where one could be
 * converted to the other.
 */
export function isEqual(left: Data, right: Data): boolean {
  if (isSecret(left)) return isEqual(left.value, right);
  if (isSecret(right)) return isEqual(left, right.value);
  if (isPrimitive(left) || isPrimitive(right)) return left === right;
  if (isSequence(left) && isSequence(right)) {
    const other = right.items;
    if (left.kind !== right.kind || left.items.length !== other.length) return false;
    return left.items.every((item, index) => isEqual(item, other[index] ?? null));
  }
  if (isMapping(left) && isMapping(right)) {
    if (left.kind !== right.kind || left.entries.size !== right.entries.size) return false;
    for (const [key, value] of left.entries) {
      const other = right.entries.get(key);
      if (other === undefined || !isEqual(value, other)) return false;
    }
    return true;
  }
  return left === right;
}

/**
 * Whether two values, parts of which may be unknown, are certainly not equal: they differ in something known.
 */
export function isDifferent(left: Data, right: Data): boolean {
  if (isSecret(left)) return isDifferent(left.value, right);
  if (isSecret(right)) return isDifferent(left, right.value);
  if (isUndecided(left) || isUndecided(right)) return false;
  if (isPrimitive(left) || isPrimitive(right)) return left !== right;
  if (isSequence(left) && isSequence(right)) {
    if (left.kind !== right.kind) return true;
    if (left.more !== undefined || right.more !== undefined || left.kind === 'set') return false;
    if (left.items.length !== right.items.length) return true;
    return left.items.some((item, index) => isDifferent(item, right.items[index] ?? null));
  }
  if (isMapping(left) && isMapping(right)) {
    if (left.kind !== right.kind) return true;
    if (left.more !== undefined || right.more !== undefined) return false;
    if (left.entries.size !== right.entries.size) return true;
    return [...left.entries].some(([key, value]) => {
      const other = right.entries.get(key);
      return other === undefined || isDifferent(value, other);
    });
  }
  return true;
}

function isUndecided(data: Data): boolean {
  return isLater(data) || isThing(data) || isFailure(data);
}
