import type { RootReport } from '../engine/report.ts';
import type { Finding, Path } from '../policy/index.ts';

/** The paths whose verdict is open although no finding says so, because no policy asks about them. */
export function undecidedPaths({ paths, findings }: RootReport): readonly Path[] {
  const said = new Set(findings.filter(leavesOpen).map(({ subject }) => keyOf(subject)));
  return paths.filter(
    (path) =>
      (path.data === 'unknown' || path.probe === 'unknown') && !isEmpty(path) && !said.has(keyOf(path)),
  );
}

/** Whether a finding says that something stays open: an undecided one, and a violation that is that very fact. */
export function leavesOpen({ status, waitsFor }: Finding): boolean {
  return status === 'unknown' || waitsFor.length > 0;
}

/** A rule to an empty pool: that is a finding of its own. */
function isEmpty({ kind, pools, members, membersComplete }: Path): boolean {
  return kind === 'rule' && pools.length > 0 && members.length === 0 && membersComplete;
}

function keyOf({ address, name }: { readonly address: string; readonly name: string }): string {
  return `${address} ${name}`;
}
