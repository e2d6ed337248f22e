/**
 * A regular expression of RE2 (github.com/google/re2/wiki/Syntax), which is what Terraform uses. It can be matched in time
 * linear in the text, because it has no back references and no assertions about what surrounds a match.
 */
export type Pattern =
  | { readonly kind: 'empty' }
  | { readonly kind: 'character'; readonly matches: (point: number) => boolean }
  | { readonly kind: 'assertion'; readonly holds: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly parts: readonly Pattern[] }
  | {
      readonly kind: 'repetition';
      readonly of: Pattern;
      readonly least: number;
      /** Undefined: without end. */
      readonly most: number | undefined;
      readonly greedy: boolean;
    }
  | { readonly kind: 'group'; readonly of: Pattern; readonly index: number };

/** Where a match may stand: at the ends of the text, of a line, or of a word. */
export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

export interface ParsedPattern {
  readonly pattern: Pattern;
  /** The names of the groups, in their order; undefined for those without. */
  readonly groups: readonly (string | undefined)[];
}
