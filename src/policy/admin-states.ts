import type { Member } from '../network/members.ts';
import type { Network } from '../network/network.ts';
import type { Path } from '../network/path.ts';
import type { Unknown } from '../value/value.ts';
import { balancerSubjects } from './balancers.ts';
import type { Subject } from './finding.ts';
import { gapsOfPool, partSubject } from './subjects.ts';

/** A pool whose members heed their administrative state: semantics 2.4. */
export interface AdminStateSubject {
  readonly subject: Subject;
  readonly members: readonly Member[];
  /** Why there may be other members. */
  readonly more: readonly Unknown[];
  /** The rules that depend on the pool, each once. */
  readonly paths: readonly Path[];
}

/**
 * The pools of the root that have members and rules with a probe: Azure does not heed the state in rules without one.
 * A rule with two pools depends on neither.
 */
export function adminStateSubjects(network: Network): readonly AdminStateSubject[] {
  return balancerSubjects(network).flatMap(({ balancer }) =>
    balancer.pools.items.flatMap((pool): readonly AdminStateSubject[] => {
      const dependent = network
        .pathsOfPool(pool.id)
        .filter((path) => path.kind === 'rule' && path.pools.length === 1 && isProbed(path));
      const paths = [...new Map(dependent.map((path) => [path.rule, path])).values()];
      const { members, more } = network.membersOfPool(pool.id);
      if (paths.length === 0 || members.length === 0) return [];
      const subject = partSubject(balancer, pool);
      return [{ subject, members, more: [...more, ...gapsOfPool(network, balancer, pool)], paths }];
    }),
  );
}

/** A rule of which it is not known whether it has a probe is left to the policy that asks for one. */
function isProbed({ probeLink }: Path): boolean {
  return probeLink.kind === 'to' || (probeLink.kind === 'one-of' && !probeLink.open);
}
