import type { Origin } from './origin.ts';

/**
 * Something Portcullis itself could not read or use. `fatal` means the root could not be read at all; `warning` means
 * it was read, but not everything in it.
 *
 * - `code` is kebab-case and stable: scripts may compare it.
 * - `message` says what is, in lower case without a full stop, with names in backticks and no control characters.
 * - `remedy` says what to do, in the same style, where there is something to do.
 */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly origin: Origin;
  readonly severity: 'fatal' | 'warning';
}
