import type { DiagnosisId } from '../network/diagnose.ts';
import type { Trace } from '../network/trace.ts';
import type { Origin } from '../text/origin.ts';
import type { Unknown } from '../value/value.ts';
import type { Confidence, Related, Severity } from './finding.ts';

// biome-ignore lint/suspicious/noExplicitAny: each message recovers its own parameter type.
export type Messages = Readonly<Record<string, (facts: any) => string>>;

/** A message id together with exactly the facts that message needs. */
export type Said<M extends Messages> = {
  [K in keyof M & string]: { readonly say: K; readonly with: Parameters<M[K]>[0] };
}[keyof M & string];

/** The subject is as it must be. */
export interface Pass {
  readonly status: 'pass';
}

/** The subject is not as it must be. */
export type Violation<M extends Messages> = Said<M> & {
  readonly status: 'violation';
  /** The smallest place that holds the cause; the subject when left out. */
  readonly at?: Origin;
  /** Instead of the severity and confidence of the policy. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly diagnosis?: DiagnosisId;
  readonly evidence?: Trace;
  /** What to do in this very case, instead of the general remedy. */
  readonly remedy?: string;
  readonly related?: readonly Related[];
  /** What stays undecided about the path, where the violation is that it does: no other policy asks about it. */
  readonly leavesOpen?: readonly Unknown[];
};

/** The code does not settle the answer. */
export interface Undecided {
  readonly status: 'unknown';
  /** One line: what could not be decided. */
  readonly about: string;
  readonly waitsFor: readonly Unknown[];
}

/** The answer to one question. */
export type Outcome<M extends Messages> = Pass | Violation<M> | Undecided;

/** The answer that all is well. */
export const pass: Pass = { status: 'pass' };

/** The answer that stays open: `about` goes on after "cannot decide". */
export function undecided(about: string, waitsFor: readonly Unknown[]): Undecided {
  return { status: 'unknown', about, waitsFor };
}
