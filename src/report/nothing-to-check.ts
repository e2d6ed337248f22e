/** What a root holds. `kind` is what its plan is about, where the source tells. */
export interface Extent {
  readonly kind?: 'normal' | 'destroy' | 'empty' | 'refresh-only';
  readonly paths: readonly unknown[];
  readonly findings: readonly unknown[];
  readonly passed: number;
}

/** Why there is nothing to check in a root, for people; undefined when it has a path or a policy had something to ask. */
export function nothingToCheck({ kind, paths, findings, passed }: Extent): string | undefined {
  if (paths.length > 0 || findings.length > 0 || passed > 0) return undefined;
  switch (kind) {
    case 'destroy':
      return 'nothing to check: the plan destroys everything';
    case 'empty':
      return 'nothing to check: the plan is empty';
    case 'refresh-only':
      return 'nothing to check: the plan only refreshes the state';
    default:
      return 'nothing to check: no load balancer with rules in this plan';
  }
}
