import type { Finding } from '../policy/index.ts';
import { SEVERITIES } from './format-options.ts';

const STATUSES: readonly Finding['status'][] = ['violation', 'unknown'];

/**
 * The findings of one root in the order of every report: violations before unknowns, then by severity, policy, name and
 * address of the subject. Texts compare by UTF-16 units, so the order is the same on every machine.
 */
export function orderFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compareTexts(a.policy, b.policy) ||
      compareTexts(a.subject.name, b.subject.name) ||
      compareTexts(a.subject.address, b.subject.address),
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
