import type { RootReport } from '../engine/report.ts';
import type { Path } from '../policy/index.ts';

/** The paths whose verdict is open although no finding says so, because no policy asks about them. */
export function undecidedPaths({ paths, findings }: RootReport): readonly Path[] {
  const said = new Set(
    findings.filter(({ status }) => status === 'unknown').map(({ subject }) => keyOf(subject)),
  );
  return paths.filter(
    (path) => (path.data === 'unknown' || path.probe === 'unknown') && !said.has(keyOf(path)),
  );
}

function keyOf({ address, name }: { readonly address: string; readonly name: string }): string {
  return `${address} ${name}`;
}
