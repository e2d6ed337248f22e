import type { Finding } from '../policy/finding.ts';
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
  /** The ids of all policies: a directive may also name a code of another linter. */
  readonly policies: ReadonlySet<string>;
}

/**
 * Takes away the findings that are accepted. A comment without a reason and one that has expired take nothing away and are
 * problems, as are comments that nothing needs any more. `used` collects the suppressions of the configuration that did.
 */
export function suppress(
  findings: readonly Finding[],
  rootPath: string,
  suppressing: Suppressing,
  used: Set<ConfiguredSuppression>,
): {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly problems: readonly Problem[];
} {
  const { configured, today } = suppressing;
  const comments = commentsOf(suppressing);
  const needed = new Set<Comment>();
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const comment = comments.valid.find((candidate) => covers(candidate, finding));
    const entry = configured.find((each) => isMeant(each, finding, rootPath, today));
    if (comment !== undefined) needed.add(comment);
    if (entry !== undefined) used.add(entry);
    const reason = comment?.reason ?? entry?.reason;
    if (reason === undefined) kept.push(finding);
    else suppressed.push({ finding, reason });
  }
  const unused = comments.valid.filter((comment) => !needed.has(comment)).map(unusedProblem);
  return { findings: kept, suppressed, problems: [...comments.problems, ...unused] };
}

interface Comment {
  readonly policy: string;
  readonly path: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly reason: string;
  readonly origin: Origin;
}

function commentsOf({ inCode, today, policies }: Suppressing): {
  readonly valid: readonly Comment[];
  readonly problems: readonly Problem[];
} {
  const valid: Comment[] = [];
  const problems: Problem[] = [];
  for (const [path, found] of inCode) {
    for (const { kind, policy, firstLine, lastLine, until, reason, origin } of found) {
      const refuse = (code: string, message: string): void => {
        problems.push({ code, message, origin, severity: 'warning' });
      };
      const shown = printable(policy);
      if (!policies.has(policy)) {
        if (kind === 'comment') refuse('suppression-unknown', `the comment names no policy: \`${shown}\``);
      } else if (kind === 'comment' && reason === '') {
        refuse('suppression-without-reason', `the comment that allows \`${shown}\` gives no reason`);
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

function covers({ policy, path, firstLine, lastLine }: Comment, finding: Finding): boolean {
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

function unusedProblem({ policy, origin }: Comment): Problem {
  return {
    code: 'suppression-unused',
    message: `nothing here needs to be allowed \`${printable(policy)}\``,
    remedy: 'remove the comment',
    origin,
    severity: 'warning',
  };
}
