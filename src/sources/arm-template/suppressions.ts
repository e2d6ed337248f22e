import { allowComments, type CommentSpan, mayAllow, type Suppression } from '../../text/suppression.ts';

/**
 * `// portcullis:allow POLICY until=YYYY-MM-DD reason` in a template, or the same between `/*` and `*\/`: behind code it covers
 * its own line, else the next line with code. What only looks like a comment, in a text, does not count.
 */
export function templateSuppressionsOf(text: string, path: string): readonly Suppression[] {
  return mayAllow(text) ? allowComments(text, commentsIn(text), path) : [];
}

const TEXT_OR_COMMENT = /"(?:[^"\\]|\\.)*"?|\/\/[^\n]*|\/\*.*?(?:\*\/|$)/gsu;

function commentsIn(text: string): readonly CommentSpan[] {
  return [...text.matchAll(TEXT_OR_COMMENT)].flatMap(({ 0: found, index }) =>
    found.startsWith('"') ? [] : [{ start: index, end: index + found.length }],
  );
}
