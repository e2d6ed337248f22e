/**
 * Whether a path matches one of the patterns: `*` stands for a part of a name, `?` for one character, `**` for any number of
 * folders. A pattern without `/` matches a name anywhere; what lies below a match is excluded with it.
 */
export function isExcluded(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => expressionOf(pattern).test(path));
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const trimmed = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  const anchored = trimmed.includes('/') ? trimmed : `**/${trimmed}`;
  const source = anchored
    .split('/')
    .map((part) => (part === '**' ? '(?:[^/]+/)*' : `${nameSource(part)}/`))
    .join('')
    .replace(/\/$/, '');
  const expression = new RegExp(`^${source}(?:/|$)`);
  expressions.set(pattern, expression);
  return expression;
}

function nameSource(part: string): string {
  return part
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]');
}
