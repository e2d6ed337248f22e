import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { KnownFinding } from './baseline.ts';
import {
  type ConfiguredSuppression,
  commentKey,
  type SuppressionUse,
  type ValidComment,
} from './suppress.ts';

const CONFIGURATION: Origin = {
  kind: 'platform',
  name: 'the configuration of the run',
  docs: 'https://learn.microsoft.com/azure/load-balancer/',
};

/** Suppressions of the configuration that took nothing away. */
export function unusedProblems(
  configured: readonly ConfiguredSuppression[],
  used: ReadonlySet<ConfiguredSuppression>,
  today: string,
): readonly Problem[] {
  return configured
    .filter((each) => !used.has(each))
    .map(({ policy, subject, until }) => {
      const what = `\`${printable(policy)}\`${subject === undefined ? '' : ` of \`${printable(subject)}\``}`;
      const isOver = until !== undefined && until < today;
      return {
        code: isOver ? 'suppression-expired' : 'suppression-unused',
        message: `the suppression of ${what} in the configuration ${isOver ? `held until ${printable(until)}` : 'takes nothing away'}`,
        remedy: isOver ? 'repair what it is about, or give it another day' : 'remove it',
        origin: CONFIGURATION,
        severity: 'warning',
      };
    });
}

/** Files of others, in which the user can remove nothing. */
const DOWNLOADED = /(?:^|\/)\.terraform\/|^~\/\.bicep\//;

/** Comments of one root that took nothing away in any root, each once for all roots. */
export function unusedComments(
  comments: readonly ValidComment[],
  { comments: used, told }: SuppressionUse,
): readonly Problem[] {
  return comments.flatMap((comment) => {
    const key = commentKey(comment);
    if (used.has(key) || told.has(key) || DOWNLOADED.test(comment.path)) return [];
    told.add(key);
    return [
      {
        code: 'suppression-unused',
        message: `nothing here needs to be allowed \`${printable(comment.policy)}\``,
        remedy: 'remove the comment',
        origin: comment.origin,
        severity: 'warning' as const,
      },
    ];
  });
}

/** Entries of the baseline that nothing matches any more. */
export function staleProblems(stale: readonly KnownFinding[]): readonly Problem[] {
  if (stale.length === 0) return [];
  const [first] = stale;
  const example =
    first === undefined ? '' : `, such as \`${printable(first.policy)}\` of \`${printable(first.subject)}\``;
  return [
    {
      code: 'baseline-stale',
      message: `${stale.length} ${stale.length === 1 ? 'entry' : 'entries'} of the baseline match nothing any more${example}`,
      remedy: 'run `portcullis baseline prune`',
      origin: CONFIGURATION,
      severity: 'warning',
    },
  ];
}
