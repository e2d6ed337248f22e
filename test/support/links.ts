import type { Unknown } from '../../src/value/value.ts';
import { oneOf, perhaps } from './waiting.ts';

/** `{ id }` of one of several resources; the parameter `name` tells which. */
export function linkToOneOf(name: string, ...paths: readonly string[]): { readonly id: Unknown } {
  return { id: oneOf(name, ...paths) };
}

/** The same, or of something else, or of nothing. */
export function linkToPerhaps(name: string, ...paths: readonly string[]): { readonly id: Unknown } {
  return { id: perhaps(name, ...paths) };
}
