import type { PolicyMeta, Severity } from '../policy/index.ts';

/** What a format needs to know besides the report. */
export interface FormatOptions {
  /** The version of Portcullis. */
  readonly version: string;
  /** The policies that were asked. */
  readonly policies: readonly PolicyMeta[];
  /** Whether what is unknown and what could not be read counts as a failure. */
  readonly strict: boolean;
  /** The lowest severity of a violation that counts as a failure. */
  readonly failOn: Severity | 'never';
  /** Whether problems that are not fatal are told. */
  readonly problems: boolean;
  /** Whether paths that no policy asked about are told when they are undecided. */
  readonly everyPath: boolean;
  /** From the root of the repository to the working directory, with `/`: `infra/dev`; `''` where they are the same. */
  readonly folder: string;
}

/** From the worst. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Whether a violation of this severity counts as a failure. */
export function isFailing(severity: Severity, failOn: FormatOptions['failOn']): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}
