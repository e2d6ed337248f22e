import type { Path } from '../network/path.ts';
import type { Finding } from '../policy/finding.ts';
import type { Origin } from '../text/origin.ts';
import type { Problem } from '../text/problem.ts';

export interface Root {
  /** Path relative to the working directory, with `/`; `<stdin>` for standard input. */
  readonly id: string;
  readonly source: 'terraform-plan';
  readonly path: string;
}

/** What was found in one root. */
export interface RootReport {
  readonly root: Root;
  /** What the plan is about: `destroy`, `empty` and `refresh-only` leave nothing to check. */
  readonly kind: 'normal' | 'destroy' | 'empty' | 'refresh-only';
  readonly paths: readonly Path[];
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly resources: number;
  /** Where the resources are declared. */
  readonly places: readonly { readonly address: string; readonly origin: Origin }[];
  readonly passed: number;
}

/** The result of a run, roots in the order they were given or found. */
export interface Report {
  readonly roots: readonly RootReport[];
  /** Problems of inputs that gave no root. */
  readonly problems: readonly Problem[];
  /** Number of input files that were looked at. */
  readonly files: number;
}
