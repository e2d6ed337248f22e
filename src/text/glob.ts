/**
 * Whether a path matches a pattern: `*` and `?` inside a step, `**` for any number of steps, `[a-z]` and `[^a-z]`, and
 * `{one,other}`, as Terraform's `fileset` has them (github.com/bmatcuk/doublestar). The work is bounded by the product of the
 * lengths, where `picomatch` and `minimatch`, which match by backtracking, take seconds for six stars in one name.
 */
export function matchGlob(pattern: string, path: string): boolean {
  return alternatives(pattern).some((one) => matchSteps(stepsOf(one), path.split('/')));
}

/** A path without empty steps and those that stay where they are. */
function stepsOf(pattern: string): readonly string[] {
  return pattern.split('/').filter((step) => step !== '' && step !== '.');
}

const MOST_ALTERNATIVES = 256;

/** The patterns that `{one,other}` stands for. */
function alternatives(pattern: string): readonly string[] {
  let patterns: readonly string[] = [pattern];
  while (patterns.length <= MOST_ALTERNATIVES) {
    const next = patterns.flatMap((one) => {
      const match = /\{([^{}]*)\}/.exec(one);
      if (match === null) return [one];
      const before = one.slice(0, match.index);
      const after = one.slice(match.index + match[0].length);
      return (match[1] ?? '').split(',').map((choice) => before + choice + after);
    });
    if (next.length === patterns.length && next.every((one, index) => one === patterns[index])) break;
    patterns = next;
  }
  return patterns.slice(0, MOST_ALTERNATIVES);
}

/** Which suffixes of the path the rest of the pattern matches, step by step from the end. */
function matchSteps(pattern: readonly string[], path: readonly string[]): boolean {
  let matched = Array.from({ length: path.length + 1 }, (_, at) => at === path.length);
  for (let index = pattern.length - 1; index >= 0; index -= 1) {
    const step = pattern[index] ?? '';
    const next = matched.map(() => false);
    for (let at = path.length; at >= 0; at -= 1) {
      if (step === '**') next[at] = matched[at] === true || next[at + 1] === true;
      else next[at] = at < path.length && matched[at + 1] === true && matchStep(step, path[at] ?? '');
    }
    matched = next;
  }
  return matched[0] === true;
}

function matchStep(pattern: string, text: string): boolean {
  const tokens = pattern.match(/\\.|\*+|\?|\[[^\]]+\]|[^\\*?[]|\[/gu) ?? [];
  const points = [...text];
  let matched = Array.from({ length: points.length + 1 }, (_, at) => at === points.length);
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    const token = tokens[index] ?? '';
    const next = matched.map(() => false);
    for (let at = points.length; at >= 0; at -= 1) {
      if (token.startsWith('*')) next[at] = matched[at] === true || next[at + 1] === true;
      else next[at] = at < points.length && matched[at + 1] === true && matchPoint(token, points[at] ?? '');
    }
    matched = next;
  }
  return matched[0] === true;
}

function matchPoint(token: string, point: string): boolean {
  if (token === '?') return true;
  if (token.length > 1 && token.startsWith('\\')) return token.slice(1) === point;
  if (!token.startsWith('[') || token.length === 1) return token === point;
  const isNegated = /^\[\^/.test(token);
  const ranges = [...token.slice(isNegated ? 2 : 1, -1).matchAll(/(.)(?:-(.))?/gsu)];
  const isListed = ranges.some(([, low = '', high = low]) => point >= low && point <= high);
  return isListed !== isNegated;
}
