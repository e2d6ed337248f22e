import type { RootReport } from '../engine/report.ts';
import type { Path, Subject } from '../policy/index.ts';

/** Finds the path that a subject is about: the same rule and, where it is not one that every rule has, the same client. */
export function createPathOf({
  paths,
}: Pick<RootReport, 'paths'>): (subject: Pick<Subject, 'address' | 'name' | 'client'>) => Path | undefined {
  const byKey = new Map(
    paths.map((path) => [`${path.address} ${path.name} ${isOwn(path) ? '' : path.client}`, path]),
  );
  return ({ address, name, client }) => byKey.get(`${address} ${name} ${client ?? ''}`);
}

/** The clients that every rule of its kind has. */
function isOwn({ clientKind }: Path): boolean {
  return clientKind !== 'declared' && clientKind !== 'private-link';
}
