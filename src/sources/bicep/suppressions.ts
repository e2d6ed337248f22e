import { lineIndex } from '../../text/line-index.ts';
import type { Origin } from '../../text/origin.ts';
import { readAllow, type Suppression } from '../../text/suppression.ts';
import { isTrivia, type Token } from './token.ts';

/**
 * The comments and directives of a file that take findings away:
 *
 * - `// portcullis:allow POLICY until=YYYY-MM-DD reason` behind code covers its own line, else the next line with code, and
 *   where that is a decorator, all up to the first line of what is declared;
 * - `#disable-next-line POLICY …` covers the next line;
 * - `#disable-diagnostics POLICY …` covers all lines up to `#restore-diagnostics POLICY …`.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-config-linter#silencing-false-positives
 */
export function readSuppressions(
  text: string,
  tokens: readonly Token[],
  path: string,
): readonly Suppression[] {
  const { position } = lineIndex(text);
  const found: Suppression[] = [];
  const open = new Map<string, Suppression>();
  const waiting: Suppression[] = [];
  const lastLine = position(text.length).line;
  let lineWithCode = 0;

  for (const [index, token] of tokens.entries()) {
    const from = position(token.start);
    if (!isTrivia(token)) {
      if (token.kind === 'newline') continue;
      for (const suppression of waiting.splice(0)) {
        const head = token.kind === '@' ? declarationAfter(tokens, index) : token;
        found.push({ ...suppression, firstLine: from.line, lastLine: position(head.start).line });
      }
      lineWithCode = position(token.end).line;
      continue;
    }
    if (token.kind === 'space') continue;
    const to = position(token.end);
    const written = text.slice(token.start, token.end);
    const span = { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    const origin: Origin = { kind: 'text', path, ...span };

    if (token.kind === 'comment') {
      const allowed = readAllow(written);
      if (allowed === undefined) continue;
      const suppression: Suppression = {
        kind: 'comment',
        ...allowed,
        firstLine: from.line,
        lastLine: from.line,
        origin,
      };
      if (lineWithCode === from.line) found.push(suppression);
      else waiting.push(suppression);
      continue;
    }
    const [directive, ...policies] = written.split(/\s+/);
    for (const policy of policies) {
      const base = { kind: 'directive', policy, reason: '', origin } as const;
      if (directive === '#disable-next-line') {
        found.push({ ...base, firstLine: from.line + 1, lastLine: from.line + 1 });
      } else if (directive === '#disable-diagnostics') {
        if (!open.has(policy)) open.set(policy, { ...base, firstLine: from.line, lastLine });
      } else {
        const opened = open.get(policy);
        if (opened !== undefined) found.push({ ...opened, lastLine: from.line });
        open.delete(policy);
      }
    }
  }
  return [...found, ...open.values()].sort((a, b) => a.firstLine - b.firstLine);
}

const OPENING: ReadonlySet<string> = new Set(['(', '[', '{']);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}']);

/** The first token of the declaration that the decorators from `at` on belong to. */
function declarationAfter(tokens: readonly Token[], at: number): Token {
  let depth = 0;
  let isLineStart = false;
  let last: Token = tokens[at] ?? { kind: 'end', start: 0, end: 0 };
  for (const token of tokens.slice(at)) {
    if (isTrivia(token) || token.kind === 'end') continue;
    if (token.kind === 'newline') {
      isLineStart = depth === 0;
      continue;
    }
    if (isLineStart && token.kind !== '@') return token;
    isLineStart = false;
    if (OPENING.has(token.kind)) depth += 1;
    if (CLOSING.has(token.kind)) depth -= 1;
    last = token;
  }
  return last;
}
