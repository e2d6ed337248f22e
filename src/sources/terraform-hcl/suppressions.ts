import type { Origin } from '../../text/origin.ts';

/** A comment that takes findings of one policy away from one line. Lines are 1-based. */
export interface HclSuppression {
  readonly kind: 'comment';
  /** As it is written. */
  readonly policy: string;
  readonly firstLine: number;
  readonly lastLine: number;
  /** `YYYY-MM-DD`, the last day on which it holds, as it is written. */
  readonly until?: string;
  /** Why; empty when nothing is written. */
  readonly reason: string;
  readonly origin: Origin;
}

const COMMENT = /(?:#|\/\/)\s*portcullis:allow(?:\s+(\S+))?(?:\s+until=(\S+))?\s*(.*?)\s*$/u;
const ONLY_COMMENT = /^\s*(?:#|\/\/)/;

/** `# portcullis:allow POLICY until=YYYY-MM-DD reason` behind code covers its own line, else the next line with code. */
export function hclSuppressionsOf(text: string, path: string): readonly HclSuppression[] {
  if (!text.includes('portcullis:allow')) return [];
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index): readonly HclSuppression[] => {
    const match = COMMENT.exec(line);
    if (match === null) return [];
    const [, policy = '', until, reason = ''] = match;
    const covered = ONLY_COMMENT.test(line) ? nextCode(lines, index) : index;
    const start = { line: index + 1, column: match.index + 1 };
    const origin: Origin = { kind: 'text', path, ...start, endLine: index + 1, endColumn: line.length + 1 };
    const common = {
      kind: 'comment',
      policy,
      firstLine: covered + 1,
      lastLine: covered + 1,
      reason,
      origin,
    } as const;
    return [until === undefined ? common : { ...common, until }];
  });
}

function nextCode(lines: readonly string[], from: number): number {
  const next = lines.findIndex(
    (line, index) => index > from && line.trim() !== '' && !ONLY_COMMENT.test(line),
  );
  return next === -1 ? from : next;
}
