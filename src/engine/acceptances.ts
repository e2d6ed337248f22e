import type { Problem } from '../text/problem.ts';
import { type Baseline, type KnownFinding, withoutKnown } from './baseline.ts';
import type { RootReport } from './report.ts';
import { staleProblems, unusedComments, unusedProblems } from './stale-problems.ts';
import { type ConfiguredSuppression, type SuppressionUse, suppress, type ValidComment } from './suppress.ts';
import type { Suppressions } from './suppressions.ts';

/** What accepts findings in a run. */
export interface AcceptanceOptions {
  /** The ids of the policies that are asked: what accepts findings of others does not matter now. */
  readonly asked: ReadonlySet<string>;
  /** The ids that suppressions may name; those of `asked` when left out. */
  readonly policyIds?: ReadonlySet<string>;
  /** Findings that are accepted, besides those the code says. */
  readonly suppressions?: readonly ConfiguredSuppression[];
  /** The day on which suppressions must hold, `YYYY-MM-DD`; today when left out. */
  readonly today?: string;
  /** Findings that are known already; its entries that nothing matches any more are problems. */
  readonly baseline?: Baseline;
  /** Findings of an earlier state of the same code, and what is said about those that are still there. */
  readonly earlier?: { readonly findings: readonly KnownFinding[]; readonly reason: string };
  /** Only some of the roots are checked: what the others would use looks unused, and is not told. */
  readonly isPartial: boolean;
}

/** Takes accepted findings out of the reports of a run, and knows at its end what accepts nothing. */
export interface Acceptances {
  /** The report of a root without the findings that comments in its code or the configuration accept. */
  suppress(report: RootReport, inCode: Suppressions): RootReport;
  /** The reports of all roots, once each is suppressed, with the comments that accept nothing as problems. */
  tellUnused(reports: readonly RootReport[]): readonly RootReport[];
  /** Without what the baseline or the earlier state knows; with the entries of baseline and configuration that accept nothing. */
  withoutKnown(reports: readonly RootReport[]): {
    readonly roots: readonly RootReport[];
    readonly problems: readonly Problem[];
  };
}

export function createAcceptances(options: AcceptanceOptions): Acceptances {
  const { asked, policyIds = asked, suppressions = [], baseline, earlier, isPartial } = options;
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const use: SuppressionUse = { configured: new Set(), comments: new Set(), told: new Set() };
  const comments = new Map<string, readonly ValidComment[]>();
  return {
    suppress(report, inCode) {
      const suppressing = { inCode, configured: suppressions, today, policies: policyIds, asked };
      const left = suppress(report.findings, report.root.path, suppressing, use);
      comments.set(report.root.id, left.comments);
      return {
        ...report,
        findings: left.findings,
        suppressed: left.suppressed,
        problems: [...report.problems, ...left.problems],
      };
    },
    tellUnused(reports) {
      if (isPartial) return reports;
      return reports.map((report) => ({
        ...report,
        problems: [...report.problems, ...unusedComments(comments.get(report.root.id) ?? [], use)],
      }));
    },
    withoutKnown(reports) {
      const known = baseline === undefined ? undefined : withoutKnown(reports, baseline);
      const left = known?.roots ?? reports;
      const configured = suppressions.filter(({ policy }) => asked.has(policy));
      const stale = (known?.stale ?? []).filter(({ policy }) => asked.has(policy) || !policyIds.has(policy));
      return {
        roots: earlier === undefined ? left : withoutKnown(left, earlier, { reason: earlier.reason }).roots,
        problems: isPartial
          ? []
          : [...unusedProblems(configured, use.configured, today), ...staleProblems(stale)],
      };
    },
  };
}
