import type { Subnet } from '../model/azure/virtual-network.ts';
import type { Network } from '../network/network.ts';
import type { Path } from '../network/path.ts';
import type { ReturnPath } from '../network/return-path.ts';
import { textOr } from '../value/shown.ts';
import type { Subject } from './finding.ts';
import { pathSubjects } from './subjects.ts';

/** A subnet, with the replies that its members send to the clients of load balancers. */
export interface ReturnSubject {
  readonly subject: Subject;
  readonly replies: readonly Reply[];
}

/** The replies of one path, from one of the places in the subnet that differ. */
export interface Reply {
  readonly path: Path;
  readonly returns: ReturnPath;
}

/** One subject for each subnet, because it is its routes that decide about all replies. */
export function returnSubjects(network: Network, fits: (path: Path) => boolean): readonly ReturnSubject[] {
  const bySubnet = new Map<Subnet, Reply[]>();
  for (const { path } of [...pathSubjects(network), ...pathSubjects(network, 'nat')]) {
    if (path.data === 'blocked' || !fits(path)) continue;
    for (const returns of network.returnPathsOf(path)) {
      const replies = bySubnet.get(returns.subnet);
      if (replies === undefined) bySubnet.set(returns.subnet, [{ path, returns }]);
      else replies.push({ path, returns });
    }
  }
  return [...bySubnet].map(([subnet, replies]) => {
    const { address, name, origin } = subnet;
    const type = 'microsoft.network/virtualnetworks/subnets';
    return { subject: { address, type, name: textOr(name, address), origin }, replies };
  });
}

/** The names of the paths of replies, each once: `a`, `b` and 2 others. */
export function pathNames(replies: readonly Reply[]): string {
  const names = [...new Set(replies.map(({ path }) => path.name))];
  const shown = names.length > 3 ? names.slice(0, 2) : names;
  const others = names.length > shown.length ? [`${names.length - shown.length} others`] : [];
  const texts = [...shown.map((name) => `\`${name}\``), ...others];
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}
