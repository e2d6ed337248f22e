import type { Finding } from '../policy/finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Report, Root, RootReport } from './report.ts';

/** Findings that are known already. A fingerprint that stands n times covers n findings. */
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

/** The violations of a report, to be known from now on: one entry for each root in which each is found. */
export function baselineOf({ roots }: Report): Baseline {
  const violations = roots.map((report) => ({
    ...report,
    findings: report.findings.filter(({ status }) => status === 'violation'),
  }));
  const known = knownFindings(violations).toSorted(byFingerprint);
  return { version: 1, findings: known };
}

/** Tells a finding in one of its roots from others. */
export type Fingerprint = (root: Root, finding: Finding) => string;

/** The findings of these roots, each once for each root in which it is found. */
export function knownFindings(
  roots: readonly RootReport[],
  fingerprint: Fingerprint = fingerprintOf,
): readonly KnownFinding[] {
  return roots.flatMap(({ root, findings }) =>
    findings.flatMap((finding) =>
      rootsOf(root, finding, roots).map(
        (each): KnownFinding => ({
          fingerprint: fingerprint(each, finding),
          policy: finding.policy,
          subject: finding.subject.name,
        }),
      ),
    ),
  );
}

/** The root of a finding, and those in which the same was found. */
function rootsOf(
  root: Root,
  { alsoIn = [] }: Finding,
  roots: readonly { readonly root: Root }[],
): readonly Root[] {
  return [root, ...roots.map((other) => other.root).filter(({ id }) => alsoIn.includes(id))];
}

function byFingerprint(a: KnownFinding, b: KnownFinding): number {
  return a.fingerprint < b.fingerprint ? -1 : Number(a.fingerprint > b.fingerprint);
}

/** Reads a baseline; undefined for what is none. */
export function parseBaseline(text: string): Baseline | undefined {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
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
    typeof value.fingerprint === 'string' &&
    'policy' in value &&
    typeof value.policy === 'string' &&
    'subject' in value &&
    typeof value.subject === 'string'
  );
}

export interface KnownOptions {
  /** What is said about a known finding. */
  readonly reason?: string;
  readonly fingerprint?: Fingerprint;
}

/**
 * Takes away what a baseline knows, as often as it knows it; `stale` are its entries that nothing matches any more. A
 * finding of several roots is known when it is known in one of them.
 */
export function withoutKnown(
  roots: readonly RootReport[],
  { findings }: Pick<Baseline, 'findings'>,
  { reason = 'known in the baseline', fingerprint = fingerprintOf }: KnownOptions = {},
): { readonly roots: readonly RootReport[]; readonly stale: readonly KnownFinding[] } {
  const left = new Map<string, number>();
  for (const known of findings) left.set(known.fingerprint, (left.get(known.fingerprint) ?? 0) + 1);
  const takeOne = (wanted: string): boolean => {
    const count = left.get(wanted) ?? 0;
    if (count > 0) left.set(wanted, count - 1);
    return count > 0;
  };
  const kept = roots.map((report) => {
    const known = report.findings.filter(
      (finding) =>
        rootsOf(report.root, finding, roots).filter((root) => takeOne(fingerprint(root, finding))).length > 0,
    );
    if (known.length === 0) return report;
    const suppressed = known.map((finding) => ({ finding, reason, by: 'baseline' as const }));
    return {
      ...report,
      findings: report.findings.filter((finding) => !known.includes(finding)),
      suppressed: [...report.suppressed, ...suppressed],
    };
  });
  const stale = findings.filter((known) => takeOne(known.fingerprint));
  return { roots: kept, stale };
}
