import { digestOf } from '../engine/fingerprint.ts';
import type { Report } from '../engine/report.ts';
import { printable } from '../text/printable.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { FormatOptions } from './format-options.ts';
import { jsonText } from './json-text.ts';
import { markdownText } from './markdown-text.ts';
import { repositoryPath } from './repository-path.ts';

/** One line of a merge request's widget. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
interface GitlabIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const SEVERITIES = { error: 'critical', warning: 'major', info: 'minor' } as const;

/**
 * The report as a Code Quality report of GitLab. Undecided answers are of severity `info`; an input that could not be read
 * is a `blocker`. GitLab wants a fingerprint to be unique, so those of equal findings are counted on. Descriptions stay text where Markdown is rendered.
 */
export function toGitlab(report: Report, options: FormatOptions): string {
  const seen = new Map<string, number>();
  const issues = entriesOf(report, options).map((entry): GitlabIssue => {
    const { code, message, notes, origin, fingerprint, place } = entry;
    const count = seen.get(fingerprint) ?? 0;
    seen.set(fingerprint, count + 1);
    const help = notes.filter(([name]) => name === 'help' || name === 'waits for');
    const where = origin.kind === 'text' ? [] : [`at ${place}`];
    return {
      description: [message, ...where, ...help.map(([name, text]) => `${name}: ${text}`)]
        .map((text) => markdownText(text))
        .join('; '),
      check_name: code,
      fingerprint: count === 0 ? fingerprint : digestOf([fingerprint, count]),
      severity: severityOf(entry),
      location: {
        path: printable(repositoryPath(options.folder, origin.path) ?? 'stdin', 1000),
        lines: { begin: origin.kind === 'text' ? origin.line : 1 },
      },
    };
  });
  return jsonText(issues);
}

function severityOf({ kind, severity }: Entry): GitlabIssue['severity'] {
  if (kind === 'unknown') return 'info';
  if (kind === 'problem') return severity === 'error' ? 'blocker' : 'minor';
  return SEVERITIES[severity];
}
