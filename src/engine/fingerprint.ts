import { createHash } from 'node:crypto';
import type { Finding } from '../policy/finding.ts';

/**
 * Tells a finding from others across runs, however lines move: 16 hexadecimal digits from the policy, the root, the subject
 * with its client, the status and the diagnosis.
 */
export function fingerprintOf(root: string, { policy, subject, status, diagnosis }: Finding): string {
  return digestOf([
    policy,
    root,
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
