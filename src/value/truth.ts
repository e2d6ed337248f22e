import type { Unknown } from './value.ts';

/** Kleene's strong three-valued logic; an unknown answer names what it waits for. */
export type Truth =
  | { readonly is: 'true' }
  | { readonly is: 'false' }
  | { readonly is: 'unknown'; readonly waitsFor: readonly Unknown[] };

export const TRUE: Truth = { is: 'true' };
export const FALSE: Truth = { is: 'false' };

export function truth(holds: boolean): Truth {
  return holds ? TRUE : FALSE;
}

export function undecided(...waitsFor: readonly Unknown[]): Truth {
  return { is: 'unknown', waitsFor };
}

export function not(a: Truth): Truth {
  return a.is === 'unknown' ? a : truth(a.is === 'false');
}

/** True when all are true; false as soon as one is false, whatever the others are. */
export function and(...all: readonly Truth[]): Truth {
  if (all.some((a) => a.is === 'false')) return FALSE;
  return merge(all) ?? TRUE;
}

/** True as soon as one is true; false when all are false. */
export function or(...any: readonly Truth[]): Truth {
  if (any.some((a) => a.is === 'true')) return TRUE;
  return merge(any) ?? FALSE;
}

function merge(all: readonly Truth[]): Truth | undefined {
  const waitsFor = all.flatMap((a) => (a.is === 'unknown' ? a.waitsFor : []));
  return all.some((a) => a.is === 'unknown') ? undecided(...waitsFor) : undefined;
}
