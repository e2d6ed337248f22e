const ESCAPE_SEQUENCE = /\p{Cc}\[[\d;]*[A-Za-z]/gu;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text from outside, made fit for one line of a message: terminal colours are removed; control, format (also
 * bidirectional) and line-separator characters and lone surrogates become U+FFFD; more than `maxLength` UTF-16 units are
 * cut off and marked with `…`.
 */
export function printable(text: string, maxLength = 200): string {
  const plain = text.slice(0, maxLength * 4).replace(ESCAPE_SEQUENCE, '');
  const cut = plain.length > maxLength || text.length > maxLength * 4;
  return `${plain.slice(0, maxLength).replace(UNPRINTABLE, '\ufffd')}${cut ? '…' : ''}`;
}
