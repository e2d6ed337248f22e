import { createHash } from 'node:crypto';
import type { Finding } from '../policy/finding.ts';
import type { Root } from './report.ts';

/**
 * Tells a finding from others across runs, working directories and clones, however lines move: 16 hexadecimal digits from
 * the policy, the key of the root, the subject with its client, the status and the diagnosis. Not always unique in a report.
 */
export function fingerprintOf(root: Pick<Root, 'id' | 'key'>, finding: Finding): string {
  return fingerprintIn(root.key ?? root.id, finding);
}

/** The same with a key of the root that the caller chose. */
export function fingerprintIn(key: string, { policy, subject, status, diagnosis }: Finding): string {
  return digestOf([
    policy,
    key,
    subject.address,
    subject.name,
    status,
    diagnosis ?? null,
    ...(subject.client === undefined ? [] : [subject.client]),
  ]);
}

/** 16 hexadecimal digits for what tells one thing from another. */
export function digestOf(identity: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
}
