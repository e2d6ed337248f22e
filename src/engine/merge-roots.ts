import type { Finding } from '../policy/finding.ts';
import type { RootReport } from './report.ts';

/**
 * One cause seen through several parameters files of one entry file is one finding, in the first of their roots, that lists
 * the others.
 */
export function mergeRoots(roots: readonly RootReport[]): readonly RootReport[] {
  const seen = new Map<string, { readonly root: string; readonly also: string[] }>();
  const kept = roots.map((report) => {
    const { path, parameters, id } = report.root;
    if (parameters === undefined) return report;
    const findings = report.findings.filter((finding) => {
      const key = `${path} ${keyOf(finding)}`;
      const known = seen.get(key);
      if (known === undefined) seen.set(key, { root: id, also: [] });
      else known.also.push(id);
      return known === undefined;
    });
    return findings.length === report.findings.length ? report : { ...report, findings };
  });
  if ([...seen.values()].every(({ also }) => also.length === 0)) return roots;
  return kept.map((report) => {
    const { path, parameters } = report.root;
    if (parameters === undefined) return report;
    return {
      ...report,
      findings: report.findings.map((finding) =>
        withOthers(finding, seen.get(`${path} ${keyOf(finding)}`)?.also),
      ),
    };
  });
}

function withOthers(finding: Finding, also: readonly string[] = []): Finding {
  return also.length === 0 ? finding : { ...finding, alsoIn: also };
}

function keyOf({ policy, status, severity, subject, location, message, diagnosis }: Finding): string {
  return JSON.stringify([
    policy,
    status,
    severity,
    subject.address,
    subject.name,
    location,
    message,
    diagnosis ?? '',
  ]);
}
