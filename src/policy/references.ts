import type { Collection, Element } from '../model/azure/element.ts';
import type { LoadBalancer, LoadBalancingRule } from '../model/azure/load-balancer.ts';
import type { Link } from '../model/model.ts';
import type { Network } from '../network/network.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { balancerSubjects, ruleName } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** A rule with the parts it names that its load balancer certainly does not have. */
export interface ReferenceSubject {
  readonly subject: Subject;
  readonly broken: readonly BrokenReference[];
}

export interface BrokenReference {
  /** It is nowhere, or in another load balancer of the root. */
  readonly kind: 'missing' | 'foreign';
  readonly what: 'frontend' | 'probe' | 'backend pool';
  readonly wanted: string;
  /** What the load balancer has instead. */
  readonly known: readonly string[];
  readonly at: Origin;
}

export function referenceSubjects(network: Network): readonly ReferenceSubject[] {
  return balancerSubjects(network).flatMap(({ balancer }) =>
    balancer.rules.items.map((rule) => {
      const name = ruleName(balancer, rule);
      const subject = { address: rule.address, type: LOAD_BALANCER, name, origin: rule.origin };
      return { subject, broken: brokenIn(network, balancer, rule) };
    }),
  );
}

function brokenIn(
  { topology }: Network,
  balancer: LoadBalancer,
  rule: LoadBalancingRule,
): readonly BrokenReference[] {
  const look = (
    what: BrokenReference['what'],
    link: Link,
    parts: Collection<Element>,
    isElsewhere: boolean,
  ): readonly BrokenReference[] => {
    if (link.kind !== 'to' || link.secret === true || parts.items.some(({ id }) => id === link.id)) return [];
    const wanted = link.id.slice(link.id.lastIndexOf('/') + 1);
    const known = parts.items.map(({ name, address }) => textOr(name, address));
    if (isElsewhere) return [{ kind: 'foreign', what, wanted, known, at: rule.origin }];
    // Only what would stand inside this very balancer is certain not to be anywhere.
    const belongsHere = link.id.startsWith(`${balancer.id}/`) && parts.unknown === undefined;
    return belongsHere ? [{ kind: 'missing', what, wanted, known, at: rule.origin }] : [];
  };
  const inOther = (id: string | undefined, parts: (other: LoadBalancer) => Collection<Element>): boolean =>
    id !== undefined &&
    topology.loadBalancers.some(
      (other) => other !== balancer && parts(other).items.some((each) => each.id === id),
    );
  const idOf = (link: Link): string | undefined => (link.kind === 'to' ? link.id : undefined);
  return [
    ...look(
      'frontend',
      rule.frontend,
      balancer.frontends,
      inOther(idOf(rule.frontend), (other) => other.frontends),
    ),
    ...look(
      'probe',
      rule.probe,
      balancer.probes,
      inOther(idOf(rule.probe), (other) => other.probes),
    ),
    ...rule.pools.items.flatMap((link) =>
      look(
        'backend pool',
        link,
        balancer.pools,
        inOther(idOf(link), (other) => other.pools),
      ),
    ),
  ];
}
