/**
 * Where something was written: a span of a text file, a node of a JSON document, or nowhere, because it is a default of
 * Azure itself.
 *
 * - `text`: lines and columns are 1-based, columns count UTF-16 units, the end is exclusive. `path` is as a reader of the
 *   report would type it.
 * - `json`: `pointer` is an RFC 6901 JSON pointer; `''` is the whole document.
 * - `platform`: `docs` is a link to the page that states the default.
 */
export type Origin =
  | {
      readonly kind: 'text';
      readonly path: string;
      readonly line: number;
      readonly column: number;
      readonly endLine: number;
      readonly endColumn: number;
    }
  | { readonly kind: 'json'; readonly path: string; readonly pointer: string }
  | { readonly kind: 'platform'; readonly name: string; readonly docs: string };
