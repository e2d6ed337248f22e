import { shownText } from './flat-text.ts';

const LONGEST = 80;
const HIDDEN = '***';

/** Words of a text on one line of at most 80 characters, around `at` when it is longer. What looks like a secret is hidden. */
export function quoteText(text: string, at = ''): string {
  const line = withoutSecrets(shownText(text)).replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST) return line;
  const place = at === '' ? 0 : Math.max(0, line.indexOf(shownText(at)));
  if (place + at.length <= LONGEST - 3) return `${line.slice(0, LONGEST - 3)}...`;
  const start = Math.max(0, Math.min(place - 30, line.length - LONGEST + 3));
  const part = line.slice(start, start + LONGEST - 6);
  return `...${part}${start + part.length < line.length ? '...' : ''}`;
}

/** Passwords in URLs, after options and in assignments, and what is long and random. */
function withoutSecrets(text: string): string {
  return text
    .slice(0, 4000)
    .replace(/(:\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${HIDDEN}@`)
    .replace(
      /((?:[\w-]*(?:pass(?:word|wd|phrase)?|pwd|secret|token|credential|api_?key|access_?key|account_?key|private_?key|sig|sas)\w*)["']?\s*(?:=>|[=:])\s*["']?|--?[\w-]*(?:pass(?:word|wd)?|pwd|token|secret)[= ]["']?)[^\s"';&,]+/gi,
      `$1${HIDDEN}`,
    )
    .replace(/(\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic)?\s*)[^\s"']+/gi, `$1${HIDDEN}`)
    .replace(/((?:^|\s)(?:-u|--user)[= ]["']?[^\s:"']+:)[^\s"']+/g, `$1${HIDDEN}`)
    .replace(/(\bmysql\w*\s[^;|&\n]*\s-p)[^\s;|&]+/g, `$1${HIDDEN}`)
    .replace(/[A-Za-z0-9+_-]{32,}={0,2}/g, (word) => (isRandom(word) ? HIDDEN : word));
}

/** Names have one case, or no digits. */
function isRandom(word: string): boolean {
  return /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
}
