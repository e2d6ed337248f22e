import { createHash } from 'node:crypto';
import type { Finding } from '../policy/finding.ts';

/**
 * Tells a finding from others across runs, however lines move: 16 hexadecimal digits from the policy, the root, the subject
 * with its client, the status and the diagnosis.
 */
export function fingerprintOf(root: string, { policy, subject, status, diagnosis }: Finding): string {
  const identity = JSON.stringify([
    policy,
    root,
    subject.address,
    subject.name,
    status,
    diagnosis ?? null,
    ...(subject.client === undefined ? [] : [subject.client]),
  ]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}
