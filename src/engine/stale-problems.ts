import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { KnownFinding } from './baseline.ts';
import type { ConfiguredSuppression } from './suppress.ts';

const CONFIGURATION: Origin = {
  kind: 'platform',
  name: 'the configuration of the run',
  docs: 'https://learn.microsoft.com/azure/load-balancer/',
};

/** Suppressions of the configuration that took nothing away. */
export function unusedProblems(
  configured: readonly ConfiguredSuppression[],
  used: ReadonlySet<ConfiguredSuppression>,
): readonly Problem[] {
  return configured
    .filter((each) => !used.has(each))
    .map(({ policy, subject, until }) => {
      const what = `\`${printable(policy)}\`${subject === undefined ? '' : ` of \`${printable(subject)}\``}`;
      const why =
        until === undefined ? 'takes nothing away' : `takes nothing away; it holds until ${printable(until)}`;
      return {
        code: 'suppression-unused',
        message: `the suppression of ${what} in the configuration ${why}`,
        origin: CONFIGURATION,
        severity: 'warning',
      };
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
