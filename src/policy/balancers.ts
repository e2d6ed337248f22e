import type { Element } from '../model/azure/element.ts';
import type { Frontend, LoadBalancer } from '../model/azure/load-balancer.ts';
import { doubtsOf } from '../model/model.ts';
import type { Network } from '../network/network.ts';
import { textOr } from '../value/shown.ts';
import type { Evaluated, Unknown } from '../value/value.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** A load balancer that is declared in the root. */
export interface BalancerSubject {
  readonly subject: Subject;
  readonly balancer: LoadBalancer;
}

/** Each load balancer that the root declares. Those it only refers to are left out. */
export function balancerSubjects({ topology }: Network): readonly BalancerSubject[] {
  return topology.loadBalancers
    .filter(({ id }) => topology.model.byId(id) !== undefined)
    .map((balancer) => {
      const name = textOr(balancer.name, balancer.address);
      const { address, origin } = balancer;
      return { balancer, subject: { address, type: LOAD_BALANCER, name, origin } };
    });
}

/** `lb-web/http`, `lb-web/nat:ssh` */
export function ruleName(balancer: LoadBalancer, rule: Element, kind: 'rule' | 'nat' = 'rule'): string {
  const own = textOr(rule.name, rule.address);
  return `${textOr(balancer.name, balancer.address)}/${kind === 'nat' ? 'nat:' : ''}${own}`;
}

/** A known text in lower case. */
export function lowerOf(value: Evaluated<string>): string | undefined {
  return value.kind === 'known' ? value.value.toLowerCase() : undefined;
}

/** Public, internal, or undefined while it is not known or nothing is written. */
export function schemeOf({ publicIp, publicIpPrefix, subnet }: Frontend): 'public' | 'internal' | undefined {
  const isPublic = publicIp.kind !== 'none' || publicIpPrefix.kind !== 'none';
  const isInternal = subnet.kind !== 'none';
  if (isPublic === isInternal) return undefined;
  return isPublic ? 'public' : 'internal';
}

/** What the scheme of a frontend waits for; empty when it is known, or nothing is written. */
export function schemeDoubts(frontend: Frontend): readonly Unknown[] {
  if (schemeOf(frontend) !== undefined) return [];
  return doubtsOf([frontend.publicIp, frontend.publicIpPrefix, frontend.subnet]);
}
