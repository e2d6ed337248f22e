import type { RootReport } from '../engine/report.ts';

/** Why there is nothing to check in a root, for people; undefined when it has a path or a policy had something to ask. */
export function nothingToCheck(
  root: Pick<RootReport, 'kind' | 'paths' | 'findings' | 'passed' | 'problems'>,
): string | undefined {
  const { kind, paths, findings, passed, problems } = root;
  if (paths.length > 0 || findings.length > 0 || passed > 0 || problems.length > 0) return undefined;
  switch (kind) {
    case 'destroy':
      return 'nothing to check: the plan destroys everything';
    case 'empty':
      return 'nothing to check: the plan is empty';
    case 'refresh-only':
      return 'nothing to check: the plan only refreshes the state';
    default:
      return 'nothing to check: no load balancer with rules';
  }
}
