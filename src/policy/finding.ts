import type { DiagnosisId } from '../network/diagnose.ts';
import type { Trace } from '../network/trace.ts';
import type { Origin } from '../text/origin.ts';
import type { Unknown } from '../value/value.ts';

/** How bad a violation is; `info` is worth knowing and breaks nothing. */
export type Severity = 'error' | 'warning' | 'info';

/** `suspected`: a strong sign, where no static tool can see the fact itself, such as a listening socket. */
export type Confidence = 'proved' | 'suspected';

/** What a question is asked about. */
export interface Subject {
  /** What a person would type: the Terraform address, the Bicep symbol. */
  readonly address: string;
  /** Azure type in lower case. */
  readonly type: string;
  /** For rules `load-balancer/rule`, as in the table of paths. */
  readonly name: string;
  /** The client of the path, where it is not the one that every rule of its kind has. */
  readonly client?: string;
  readonly origin: Origin;
}

/** Another place that belongs to the matter, and what is there. */
export interface Related {
  readonly message: string;
  readonly origin: Origin;
}

/** What a user reads. */
export interface Finding {
  readonly policy: string;
  readonly status: 'violation' | 'unknown';
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly subject: Subject;
  /** The smallest place that holds the cause. */
  readonly location: Origin;
  /** One line: lower case, no full stop, says what is. */
  readonly message: string;
  readonly diagnosis?: DiagnosisId;
  /** What to do, in the imperative. */
  readonly remedy: string;
  readonly docs: string;
  readonly evidence?: Trace;
  /** For unknown, and for a violation that is the very fact that an answer stays open. */
  readonly waitsFor: readonly Unknown[];
  readonly related: readonly Related[];
  /** The ids of further roots in which the same was found: the same code with other parameters. */
  readonly alsoIn?: readonly string[];
}
