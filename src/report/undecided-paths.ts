import type { RootReport } from '../engine/report.ts';
import type { Finding, Path } from '../policy/index.ts';
import { printable } from '../text/printable.ts';

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

/** What is open about such a path, as the message of a finding would say it. */
export function undecidedText({ name, data, probe }: Path): string {
  const part = data !== 'unknown' ? 'the probe' : probe === 'unknown' ? 'the data and the probe' : 'the data';
  return `cannot decide whether ${part} of \`${printable(name)}\` arrives`;
}

/** A rule to an empty pool: that is a finding of its own. */
function isEmpty({ kind, pools, members, membersComplete }: Path): boolean {
  return kind === 'rule' && pools.length > 0 && members.length === 0 && membersComplete;
}

function keyOf({ address, name }: { readonly address: string; readonly name: string }): string {
  return `${address} ${name}`;
}
