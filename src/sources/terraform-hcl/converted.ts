/**
 * The JSON of a text as hcl2json writes it, or why it is not HCL, with the 1-based place in the text, or why nobody can tell
 * within the limits.
 */
export type Converted =
  | { readonly json: unknown }
  | { readonly message: string; readonly line: number; readonly column: number }
  | { readonly tooMuch: string };

/** What diagnostics call the text. */
export const FILE = 'main.tf';

const DIAGNOSTIC = /(?:^|\[|; )\S*?:(\d+),(\d+)-(?:\d+,)?\d+: ([^;\]]+)/;

/** The first of the diagnostics: `parse config: [main.tf:3,11-4,1: Summary; Detail]`. */
export function refusalOf(error: string): Converted {
  if (isStackOverflow(error)) return { message: 'is nested too deeply', line: 1, column: 1 };
  const match = DIAGNOSTIC.exec(error);
  const message = match?.[3]?.toLowerCase() ?? 'is not understood';
  return { message, line: Number(match?.[1] ?? 1), column: Number(match?.[2] ?? 1) };
}

/** What ends the Go runtime for good. */
export function isStackOverflow(error: string): boolean {
  return /call stack/i.test(error);
}
