import type { Diagnosis } from '../network/diagnose.ts';
import type { Network } from '../network/network.ts';
import type { Path } from '../network/path.ts';
import type { Trace } from '../network/trace.ts';
import type { Origin } from '../text/origin.ts';
import type { Related } from './finding.ts';
import { type Undecided, undecided } from './outcome.ts';
import { clientText, portText, remedyText } from './wording.ts';

/** A path on which no packet of the clients gets in, as a policy reports it. */
export interface ClosedPath {
  readonly status: 'closed';
  readonly diagnosis: Diagnosis;
  /** The rule to change: the one that was meant to allow, else the one that denies, else the rule of the balancer. */
  readonly at: Origin;
  readonly remedy: string;
  readonly related: readonly Related[];
  readonly evidence?: Trace;
  /** Left out unless clients outside the virtual network get in, who may be the only ones there are. */
  readonly severity?: 'warning';
  readonly confidence?: 'suspected';
}

/**
 * Whether the clients of a path are kept out by security rules. Open is also what is partly open, what peered networks
 * reach, what has no member, and what is closed for lack of a security group.
 */
export function closedPath(
  path: Path,
  network: Network,
): ClosedPath | Undecided | { readonly status: 'open' } {
  if (path.members.length === 0 && path.membersComplete) return { status: 'open' };
  if (path.data === 'unknown') {
    const about = `whether ${portText(path)} of \`${path.name}\` is open to ${clientText(path)}`;
    return undecided(about, path.waitsFor);
  }
  const decisive = path.members.find(
    ({ data }) => data.verdict === 'blocked' && data.diagnosis?.id !== 'no-security-group',
  )?.data;
  if (path.data !== 'blocked' || decisive?.diagnosis === undefined) return { status: 'open' };
  const others = network.otherClientsOf(path);
  if (others === 'peered') return { status: 'open' };
  const { diagnosis, evidence } = decisive;
  const written = diagnosis.decisive.origin.kind === 'platform' ? path.origin : diagnosis.decisive.origin;
  return {
    status: 'closed',
    diagnosis,
    at: diagnosis.intended?.origin ?? written,
    remedy: remedyText(diagnosis, path),
    ...(others === 'elsewhere' ? { severity: 'warning', confidence: 'suspected' } : {}),
    related: [
      { message: `\`${path.name}\` sends packets here`, origin: path.origin },
      ...(others === 'elsewhere'
        ? [{ message: OPEN_ELSEWHERE, origin: diagnosis.intended?.origin ?? written }]
        : []),
    ],
    ...(evidence === undefined ? {} : { evidence: evidence() }),
  };
}

const OPEN_ELSEWHERE =
  'only private addresses outside the virtual network get in, which may be all the clients';
