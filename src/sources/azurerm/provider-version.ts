/** A release of a provider: major, minor, patch. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The releases of a provider that a root admits: from the first, and below the second where there is one. */
export interface VersionRange {
  readonly from: Version;
  readonly below?: Version;
}

const ANY: VersionRange = { from: [0, 0, 0] };

/**
 * What Terraform version constraints (`~> 4.0`, `>= 3.2, < 5.0.0`, or the exact `4.79.0` of a lock file) admit together.
 * Exclusions and what cannot be read narrow nothing. Grammar:
 * https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function versionRange(constraints: readonly string[]): VersionRange {
  return constraints
    .flatMap((text) => text.split(','))
    .map(rangeOf)
    .reduce((first, second) => {
      const from = isBefore(first.from, second.from) ? second.from : first.from;
      const below = earlier(first.below, second.below);
      return below === undefined ? { from } : { from, below };
    }, ANY);
}

/** Whether every release of the range is `version` or later, or none is; undefined when only some are. */
export function isAtLeast(range: VersionRange | undefined, version: Version): boolean | undefined {
  if (range === undefined) return undefined;
  if (!isBefore(range.from, version)) return true;
  return range.below !== undefined && !isBefore(version, range.below) ? false : undefined;
}

function rangeOf(constraint: string): VersionRange {
  const match = /^\s*(=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?\s*$/.exec(constraint);
  if (match === null) return ANY;
  const [, operator = '=', major, minor, patch] = match;
  const version: Version = [Number(major), Number(minor ?? 0), Number(patch ?? 0)];
  switch (operator) {
    case '>=':
      return { from: version };
    case '>':
      return { from: after(version) };
    case '<':
      return { ...ANY, below: version };
    case '<=':
      return { ...ANY, below: after(version) };
    case '~>':
      if (minor === undefined) return { from: version };
      return {
        from: version,
        below: patch === undefined ? [version[0] + 1, 0, 0] : [version[0], version[1] + 1, 0],
      };
    default:
      return { from: version, below: after(version) };
  }
}

function after([major, minor, patch]: Version): Version {
  return [major, minor, patch + 1];
}

function isBefore(first: Version, second: Version): boolean {
  const different = first.findIndex((part, position) => part !== second[position]);
  return different !== -1 && (first[different] ?? 0) < (second[different] ?? 0);
}

function earlier(first: Version | undefined, second: Version | undefined): Version | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return isBefore(first, second) ? first : second;
}
