import { printable } from '../text/printable.ts';

/**
 * A word that Markdown takes as it is, wherever it stands behind other text: no markup, no HTML, no address that GitHub
 * would make a link of, no mention of a user or an issue.
 */
const PLAIN_WORD = /^[\p{L}\p{N}.,;:/()"'=%?…–-]+$/u;
const LINKED = /:\/\/|www\.|\/\//i;
const CODE = /`([^`]+)`|`/g;

/**
 * Text from outside for the middle of a line of Markdown. What stands between backticks stays code; every other word
 * that could mean something to a renderer becomes code too, so that it is shown as it is and does nothing.
 */
export function markdownText(text: string, maxLength = 2000): string {
  const plain = printable(text, maxLength);
  const parts: string[] = [];
  let done = 0;
  for (const match of plain.matchAll(CODE)) {
    parts.push(wordsOf(plain.slice(done, match.index)), match[1] === undefined ? '' : codeText(match[1]));
    done = match.index + match[0].length;
  }
  parts.push(wordsOf(plain.slice(done)));
  return parts.join('');
}

/** A note as an item of a list. What is no prose is code as a whole. */
export function markdownNote([name, text]: readonly [name: string, text: string]): string {
  const isProse = name !== 'packet' && name !== 'path';
  return `- ${name}: ${isProse ? markdownText(text) : codeText(text)}`;
}

/** Text from outside as code in a line. Line breaks and backticks are replaced, which nothing else can end. */
export function codeText(text: string, maxLength = 2000): string {
  const plain = printable(text, maxLength).replaceAll('`', "'").trim();
  return plain === '' ? '' : `\`${plain}\``;
}

/** The same for a cell of a table. A bar ends a cell even inside code, and its escape depends on what stands before. */
export function cellText(markdown: string): string {
  return markdown.replaceAll('|', '\u00a6');
}

function wordsOf(text: string): string {
  return text
    .split(/(\s+)/)
    .map((word) => (/^\s*$/.test(word) || isPlain(word) ? word : codeText(word)))
    .join('');
}

function isPlain(word: string): boolean {
  return word === '->' || (PLAIN_WORD.test(word) && !LINKED.test(word));
}
