import type { Collection, Element } from '../model/azure/element.ts';
import type { LoadBalancer } from '../model/azure/load-balancer.ts';
import type { Link } from '../model/model.ts';
import type { Network } from '../network/network.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { field } from '../value/value.ts';
import { balancerSubjects, ruleName } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** A rule of any kind, with the parts it names that its load balancer does not have. */
export interface ReferenceSubject {
  readonly subject: Subject;
  readonly broken: readonly BrokenReference[];
}

type Part = 'frontend' | 'probe' | 'backend pool';

/** A link that leads to nothing: `missing` names what the balancer has, `foreign` the balancer that is named instead. */
export type BrokenReference = { readonly what: Part; readonly wanted: string; readonly at: Origin } & (
  | { readonly kind: 'missing'; readonly known: readonly string[] }
  | { readonly kind: 'foreign'; readonly owner: string }
);

/** A link that a rule holds, and where it is written. */
interface Named {
  readonly what: Part;
  readonly link: Link;
  readonly at: Origin;
}

/** Each rule of the balancers that the root declares, with those of its links that are broken. */
export function referenceSubjects(network: Network): readonly ReferenceSubject[] {
  return balancerSubjects(network).flatMap(({ balancer }) => {
    const subjectOf = (rule: Element, kind: 'rule' | 'nat', named: readonly Named[]): ReferenceSubject => {
      const name = ruleName(balancer, rule, kind);
      const subject = { address: rule.address, type: LOAD_BALANCER, name, origin: rule.origin };
      return { subject, broken: named.flatMap((each) => resolve(network, balancer, each) ?? []) };
    };
    const rules = balancer.rules.items.map((rule) =>
      subjectOf(rule, 'rule', [
        { what: 'frontend', link: rule.frontend, at: placeOf(rule, 'frontendIPConfiguration') },
        { what: 'probe', link: rule.probe, at: placeOf(rule, 'probe') },
        ...poolsOf(rule, rule.pools.items),
      ]),
    );
    const outbound = balancer.outboundRules.items.map((rule) =>
      subjectOf(rule, 'rule', [
        ...rule.frontends.items.map(
          (link): Named => ({ what: 'frontend', link, at: placeOf(rule, 'frontendIPConfigurations') }),
        ),
        ...poolsOf(rule, [rule.pool]),
      ]),
    );
    const nat = balancer.natRules.items.map((rule) =>
      subjectOf(rule, 'nat', [
        { what: 'frontend', link: rule.frontend, at: placeOf(rule, 'frontendIPConfiguration') },
        ...poolsOf(rule, [rule.pool]),
      ]),
    );
    const natPools = balancer.natPools.items.map((rule) =>
      subjectOf(rule, 'nat', [
        { what: 'frontend', link: rule.frontend, at: placeOf(rule, 'frontendIPConfiguration') },
      ]),
    );
    return [...rules, ...outbound, ...nat, ...natPools];
  });
}

function poolsOf(rule: Element, links: readonly Link[]): readonly Named[] {
  const single = field(rule.properties, 'backendAddressPool');
  const at = single.kind === 'absent' ? placeOf(rule, 'backendAddressPools') : single.origin;
  return links.map((link) => ({ what: 'backend pool', link, at }));
}

function placeOf(rule: Element, property: string): Origin {
  const value = field(rule.properties, property);
  return value.kind === 'absent' ? rule.origin : value.origin;
}

const COLLECTIONS = { frontend: 'frontends', probe: 'probes', 'backend pool': 'pools' } as const;

/**
 * Undefined where the balancer has it, or may have it: in a list that is open, or in a declaration that cannot be looked
 * into. What the rule does is open then as well, and the policies of paths say for what it waits.
 */
function resolve(
  { topology }: Network,
  balancer: LoadBalancer,
  { what, link, at }: Named,
): BrokenReference | undefined {
  if (link.kind !== 'to' || link.secret === true) return undefined;
  const partsOf = (each: LoadBalancer): Collection<Element> => each[COLLECTIONS[what]];
  const own = partsOf(balancer);
  if (own.items.some(({ id }) => id === link.id)) return undefined;
  for (const other of topology.loadBalancers) {
    const part = partsOf(other).items.find(({ id }) => id === link.id);
    if (part === undefined) continue;
    const [name, owner] = [textOr(part.name, part.address), textOr(other.name, other.address)];
    return { kind: 'foreign', what, wanted: name, owner, at };
  }
  const wanted = shownName(link.id);
  const owner = parentOf(parentOf(link.id));
  if (owner === balancer.id) {
    // A part of this very id, of which it is not certain that it belongs to this balancer.
    const isSomewhere =
      (what === 'backend pool' && topology.pools.has(link.id)) ||
      (what === 'probe' && topology.probes.has(link.id));
    if (isSomewhere) return undefined;
    const mayBeSomewhere =
      own.unknown !== undefined ||
      topology.model.gaps.some(({ id }) => id === undefined || id === balancer.id);
    if (mayBeSomewhere) return undefined;
    const known = own.items.map(({ name, address }) => textOr(name, address));
    return { kind: 'missing', what, wanted, known, at };
  }
  // An id below the same scope that is put together with the name of another balancer.
  const isNeighbour =
    owner.includes('/loadbalancers/') &&
    parentOf(owner) === parentOf(balancer.id) &&
    [owner, balancer.id].every((id) => !shownName(id).includes('{'));
  return isNeighbour ? { kind: 'foreign', what, wanted, owner: shownName(owner), at } : undefined;
}

function parentOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}

/** The last name of an id, in which unknown parts may stand. */
function shownName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
