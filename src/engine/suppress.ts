import type { Finding } from '../policy/finding.ts';
import { isDay } from '../text/day.ts';
import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { Suppressed } from './report.ts';
import type { Suppressions } from './suppressions.ts';

/** A suppression of the configuration file. */
export interface ConfiguredSuppression {
  readonly policy: string;
  /** As in the report: `lb-web/http`. */
  readonly subject?: string;
  /** The file of the finding, or its root. */
  readonly path?: string;
  /** `YYYY-MM-DD`, the last day it holds. */
  readonly until?: string;
  readonly reason: string;
}

/** All that accepts findings of one root. */
export interface Suppressing {
  /** What comments and directives in the code take away. */
  readonly inCode: Suppressions;
  readonly configured: readonly ConfiguredSuppression[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The ids of all policies, also of those that are not asked: a directive may also name a code of another linter. */
  readonly policies: ReadonlySet<string>;
  /** The ids of those that are asked: what is said about others does not matter now. */
  readonly asked: ReadonlySet<string>;
}

/** What suppressions did in the roots so far. */
export interface SuppressionUse {
  /** The suppressions of the configuration that took something away. */
  readonly configured: Set<ConfiguredSuppression>;
  /** The comments that took something away, as `commentKey` names them. */
  readonly comments: Set<string>;
  /** The comments whose problem is told: files belong to several roots. */
  readonly told: Set<string>;
}

/** A comment that takes findings away, whether or not there are any. */
export interface ValidComment {
  readonly policy: string;
  readonly path: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly reason: string;
  readonly origin: Origin;
}

/**
 * Takes away the findings that are accepted. A comment without a reason or with a date that has passed or is none takes
 * nothing away and is a problem, told once for all roots. `use` collects what took something away; `comments` are those
 * that could have.
 */
export function suppress(
  findings: readonly Finding[],
  rootPath: string,
  suppressing: Suppressing,
  use: SuppressionUse,
): {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly problems: readonly Problem[];
  readonly comments: readonly ValidComment[];
} {
  const { configured, today } = suppressing;
  const { valid, problems } = commentsOf(suppressing, use.told);
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const comment = valid.find((candidate) => covers(candidate, finding));
    const entry = configured.find((each) => isMeant(each, finding, rootPath, today));
    if (comment !== undefined) use.comments.add(commentKey(comment));
    if (entry !== undefined) use.configured.add(entry);
    if (comment !== undefined) {
      suppressed.push({ finding, reason: comment.reason, by: 'code', origin: comment.origin });
    } else if (entry !== undefined) {
      suppressed.push({ finding, reason: entry.reason, by: 'configuration' });
    } else kept.push(finding);
  }
  return { findings: kept, suppressed, problems, comments: valid };
}

/** The same for one comment in every root that its file belongs to. */
export function commentKey({
  policy,
  path,
  origin,
}: Pick<ValidComment, 'policy' | 'path' | 'origin'>): string {
  const place = origin.kind === 'text' ? [origin.line, origin.column] : [];
  return JSON.stringify([policy, path, ...place]);
}

function commentsOf(
  { inCode, today, policies, asked }: Suppressing,
  told: Set<string>,
): {
  readonly valid: readonly ValidComment[];
  readonly problems: readonly Problem[];
} {
  const valid: ValidComment[] = [];
  const problems: Problem[] = [];
  for (const [path, found] of inCode) {
    for (const { kind, policy, firstLine, lastLine, until, reason, origin } of found) {
      if (policies.has(policy) ? !asked.has(policy) : asked.size === 0) continue;
      const refuse = (code: string, message: string): void => {
        const key = commentKey({ policy, path, origin });
        if (!told.has(key)) problems.push({ code, message, origin, severity: 'warning' });
        told.add(key);
      };
      const shown = printable(policy);
      if (!policies.has(policy)) {
        if (kind === 'comment') refuse('suppression-unknown', `the comment names no policy: \`${shown}\``);
      } else if (kind === 'comment' && reason === '') {
        refuse('suppression-without-reason', `the comment that allows \`${shown}\` gives no reason`);
      } else if (until !== undefined && !isDay(until)) {
        const day = printable(until);
        refuse(
          'suppression-date-invalid',
          `the comment that allows \`${shown}\` holds until \`${day}\`, which is no day`,
        );
      } else if (until !== undefined && until < today) {
        refuse('suppression-expired', `the comment that allows \`${shown}\` held until ${printable(until)}`);
      } else {
        const why = reason === '' ? 'disabled in the code' : reason;
        valid.push({ policy, path, firstLine, lastLine, reason: why, origin });
      }
    }
  }
  return { valid, problems };
}

function covers({ policy, path, firstLine, lastLine }: ValidComment, finding: Finding): boolean {
  if (policy !== finding.policy) return false;
  return [finding.location, finding.subject.origin].some(
    (origin) =>
      origin.kind === 'text' && origin.path === path && origin.line >= firstLine && origin.line <= lastLine,
  );
}

function isMeant(
  { policy, subject, path, until }: ConfiguredSuppression,
  finding: Finding,
  rootPath: string,
  today: string,
): boolean {
  if (policy !== finding.policy || (until !== undefined && until < today)) return false;
  if (subject !== undefined && subject !== finding.subject.name && subject !== finding.subject.address)
    return false;
  const { location } = finding;
  return path === undefined || path === rootPath || (location.kind !== 'platform' && location.path === path);
}
