import type { RootReport } from '../engine/report.ts';
import type { Path } from '../policy/index.ts';

/** The paths whose verdict is open although no finding says so, because no policy asks about them. */
export function undecidedPaths({ paths, findings }: RootReport): readonly Path[] {
  const said = new Set(
    findings.filter(({ status }) => status === 'unknown').map(({ subject }) => keyOf(subject)),
  );
  return paths.filter(
    (path) =>
      (path.data === 'unknown' || path.probe === 'unknown') && !isEmpty(path) && !said.has(keyOf(path)),
  );
}

/** A rule to an empty pool: that is a finding of its own. */
function isEmpty({ kind, pools, members, membersComplete }: Path): boolean {
  return kind === 'rule' && pools.length > 0 && members.length === 0 && membersComplete;
}

function keyOf({ address, name }: { readonly address: string; readonly name: string }): string {
  return `${address} ${name}`;
}
