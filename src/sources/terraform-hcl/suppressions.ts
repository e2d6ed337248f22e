import { allowComments, type CommentSpan, mayAllow, type Suppression } from '../../text/suppression.ts';
import { scanBody } from './scan-body.ts';

/**
 * `# portcullis:allow POLICY until=YYYY-MM-DD reason` behind code covers its own line, else the next line with code. All
 * three kinds of comments count; what only looks like one, in a string or a heredoc, does not.
 */
export function hclSuppressionsOf(text: string, path: string): readonly Suppression[] {
  if (!mayAllow(text)) return [];
  const comments: CommentSpan[] = [];
  scanBody(text, (comment) => comments.push(comment));
  return allowComments(text, comments, path);
}
