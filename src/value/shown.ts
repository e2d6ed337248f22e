import type { Evaluated } from './value.ts';

/** A known text, or the fallback, also for an empty one. Secrets are never shown. */
export function textOr(value: Evaluated<string>, fallback: string): string {
  return value.kind === 'known' && value.sensitive !== true && value.value !== '' ? value.value : fallback;
}
