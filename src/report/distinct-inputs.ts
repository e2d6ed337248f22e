import type { Unknown } from '../policy/index.ts';

/** Each input once, by kind and name, where it stands first. */
export function distinctInputs(inputs: readonly Unknown[]): readonly Unknown[] {
  const byKey = new Map<string, Unknown>();
  for (const input of inputs) {
    const key = `${input.reason.kind} ${input.reason.name}`;
    if (!byKey.has(key)) byKey.set(key, input);
  }
  return [...byKey.values()];
}
