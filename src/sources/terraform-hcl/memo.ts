/**
 * Remembers what is computed for a key. What asks for itself while it is computed gets the answer for a cycle instead; that
 * answer is not remembered.
 */
export function createMemo<K, V>(onCycle: (key: K) => V): (key: K, compute: () => V) => V {
  const values = new Map<K, V>();
  const busy = new Set<K>();
  return (key, compute) => {
    if (values.has(key)) return values.get(key) as V;
    if (busy.has(key)) return onCycle(key);
    busy.add(key);
    const value = compute();
    busy.delete(key);
    values.set(key, value);
    return value;
  };
}
