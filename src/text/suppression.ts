import { lineIndex } from './line-index.ts';
import type { Origin } from './origin.ts';

/**
 * A line of a file on which findings of one policy are not wanted. Lines are 1-based and inclusive; a directive without a
 * `#restore-diagnostics` covers the rest of the file.
 */
export interface Suppression {
  readonly kind: 'comment' | 'directive';
  /** As it is written; a directive may also name a code of the Bicep compiler. */
  readonly policy: string;
  readonly firstLine: number;
  readonly lastLine: number;
  /** `YYYY-MM-DD`, the last day on which it holds, as it is written. */
  readonly until?: string;
  /** Why; empty when nothing is written, and always for a directive. */
  readonly reason: string;
  readonly origin: Origin;
}

/** Where a comment stands: UTF-16 offsets with its marks, the end exclusive. */
export interface CommentSpan {
  readonly start: number;
  readonly end: number;
}

const MARK = 'portcullis:allow';
const COMMENT = /^(?:#|\/\/|\/\*+)\s*portcullis:allow(?![\w-])\s*(.*?)\s*(?:\*\/)?$/su;
const UNTIL = /(?:^|\s)until=(\S*)/u;

/**
 * What the text of a comment allows: `portcullis:allow POLICY until=YYYY-MM-DD reason`, with `until` anywhere behind the
 * policy. Undefined for a comment that is about something else.
 */
export function readAllow(comment: string): Pick<Suppression, 'policy' | 'until' | 'reason'> | undefined {
  const [, said] = COMMENT.exec(comment.replace(/\r$/, '')) ?? [];
  if (said === undefined) return undefined;
  const [policy = ''] = said.split(/\s/, 1);
  const rest = said.slice(policy.length);
  const until = UNTIL.exec(rest)?.[1];
  const reason = rest.replace(UNTIL, ' ').trim();
  return { policy, ...(until === undefined ? {} : { until }), reason };
}

/** The comments that allow something: each covers its own line where code stands on it, else the next line with code. */
export function allowComments(
  text: string,
  comments: readonly CommentSpan[],
  path: string,
): readonly Suppression[] {
  const allowing = comments.flatMap((span) => {
    const allowed = readAllow(text.slice(span.start, span.end));
    return allowed === undefined ? [] : [{ span, allowed }];
  });
  if (allowing.length === 0) return [];
  const { position } = lineIndex(text);
  const lines = withoutComments(text, comments).split('\n');
  return allowing.map(({ span, allowed }) => {
    const start = position(span.start);
    const end = position(span.end);
    const next = lines.findIndex((line, index) => index >= start.line - 1 && line.trim() !== '');
    const covered = next === -1 ? start.line : next + 1;
    const place = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
    const origin: Origin = { kind: 'text', path, ...place };
    return { kind: 'comment', ...allowed, firstLine: covered, lastLine: covered, origin };
  });
}

/** Whether a text can hold such a comment at all, which most texts do not. */
export function mayAllow(text: string): boolean {
  return text.includes(MARK);
}

function withoutComments(text: string, comments: readonly CommentSpan[]): string {
  let code = '';
  let done = text.startsWith('\ufeff') ? 1 : 0;
  for (const { start, end } of comments) {
    code += text.slice(done, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    done = end;
  }
  return code + text.slice(done);
}
