import type { Path } from '../network/path.ts';
import type { Finding } from '../policy/finding.ts';
import type { Origin } from '../text/origin.ts';
import type { Problem } from '../text/problem.ts';

export interface Root {
  /** Unique in a report: the path, and where several parameters files go with it, the one of this root. */
  readonly id: string;
  /**
   * The same root in another working directory and in another clone: its path from the root of the repository, with that of
   * its parameters file. The id when left out, which is so outside of a repository.
   */
  readonly key?: string;
  readonly source: 'terraform-plan' | 'bicep' | 'arm-template' | 'arm-what-if' | 'terraform';
  /** Path relative to the working directory, with `/`; `<stdin>` for standard input. */
  readonly path: string;
  /** The parameters file that goes with it. */
  readonly parameters?: string;
  /** Another template may deploy it with values of its own: what its parameters are by default says little. */
  readonly isCalled?: true;
}

/** What was found in one root. */
export interface RootReport {
  readonly root: Root;
  /** What the plan is about: `destroy`, `empty` and `refresh-only` leave nothing to check. */
  readonly kind: 'normal' | 'destroy' | 'empty' | 'refresh-only';
  readonly paths: readonly Path[];
  readonly findings: readonly Finding[];
  /** Findings that somebody accepted, with the reason. */
  readonly suppressed: readonly Suppressed[];
  readonly problems: readonly Problem[];
  readonly resources: number;
  /** Where the resources are declared. */
  readonly places: readonly { readonly address: string; readonly origin: Origin }[];
  readonly passed: number;
}

export interface Suppressed {
  readonly finding: Finding;
  readonly reason: string;
  /** What accepts it: a comment or directive in the code, the configuration, or that it is known. */
  readonly by: 'code' | 'configuration' | 'baseline';
  /** Where the comment or directive stands. */
  readonly origin?: Origin;
}

/** The result of a run, roots in the order they were given or found. */
export interface Report {
  readonly roots: readonly RootReport[];
  /** Problems of inputs that gave no root. */
  readonly problems: readonly Problem[];
  /** Number of input files that were looked at. */
  readonly files: number;
  /** The line of a file that was read, without its end, for code frames; undefined for what is no text. */
  readonly lineOf: (path: string, line: number) => string | undefined;
}
