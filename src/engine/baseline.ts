import type { Finding } from '../policy/finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Report, RootReport } from './report.ts';

/** Findings that are known already. */
export interface Baseline {
  readonly version: 1;
  readonly findings: readonly KnownFinding[];
}

/** A finding as a baseline keeps it. */
export interface KnownFinding {
  readonly fingerprint: string;
  /** For people: nothing is compared with them. */
  readonly policy: string;
  readonly subject: string;
}

/** The violations of a report, to be known from now on. */
export function baselineOf({ roots }: Report): Baseline {
  const known = roots.flatMap(({ root, findings }) =>
    findings
      .filter(({ status }) => status === 'violation')
      .map((finding): KnownFinding => knownFinding(root.id, finding)),
  );
  return { version: 1, findings: known.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)) };
}

function knownFinding(root: string, finding: Finding): KnownFinding {
  return { fingerprint: fingerprintOf(root, finding), policy: finding.policy, subject: finding.subject.name };
}

/** Reads a baseline; undefined for what is none. */
export function parseBaseline(text: string): Baseline | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('version' in json) || !('findings' in json))
      return undefined;
    const { version, findings } = json as { readonly version: unknown; readonly findings: unknown };
    return version === 1 && Array.isArray(findings) && findings.every(isKnownFinding)
      ? (json as Baseline)
      : undefined;
  } catch {
    return undefined;
  }
}

function isKnownFinding(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'fingerprint' in value &&
    typeof value.fingerprint === 'string'
  );
}

/** Takes away what a baseline knows; `stale` are its entries that nothing matches any more. */
export function withoutKnown(
  roots: readonly RootReport[],
  baseline: Baseline,
): { readonly roots: readonly RootReport[]; readonly stale: readonly KnownFinding[] } {
  const known = new Set(baseline.findings.map(({ fingerprint }) => fingerprint));
  const met = new Set<string>();
  const kept = roots.map((report) => {
    const isKnown = (finding: Finding): boolean => {
      const fingerprint = fingerprintOf(report.root.id, finding);
      if (known.has(fingerprint)) met.add(fingerprint);
      return known.has(fingerprint);
    };
    const findings = report.findings.filter((finding) => !isKnown(finding));
    const suppressed = report.findings
      .filter((finding) => !findings.includes(finding))
      .map((finding) => ({ finding, reason: 'known in the baseline' }));
    return { ...report, findings, suppressed: [...report.suppressed, ...suppressed] };
  });
  return { roots: kept, stale: baseline.findings.filter(({ fingerprint }) => !met.has(fingerprint)) };
}
