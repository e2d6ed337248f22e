import type { ForwardingRule, LoadBalancer, Probe } from '../model/azure/load-balancer.ts';
import type { Network } from '../network/network.ts';
import type { Path } from '../network/path.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** A probe of the root. */
export interface ProbeSubject {
  readonly subject: Subject;
  readonly probe: Probe;
  /** Its load balancer; nothing but the probe is known of one that is not in the root. */
  readonly balancer: LoadBalancer;
  /** The paths whose rule uses it, one for each rule. */
  readonly paths: readonly Path[];
  /** Why other rules may use it as well; empty when none can. */
  readonly others: readonly Unknown[];
  /** A rule of its load balancer names a probe that is not there, and may mean this one. */
  readonly isMissed: boolean;
  /** The scale sets that take it for the health of their instances. */
  readonly healthOf: readonly { readonly name: string; readonly origin: Origin }[];
}

export function probeSubjects(network: Network): readonly ProbeSubject[] {
  const { topology } = network;
  const users = usersOf(network);
  const takers = takersOf(network);
  return [...topology.loadBalancers, ...topology.unseenBalancers].flatMap((balancer) =>
    balancer.probes.items.map((probe): ProbeSubject => {
      const name = `${textOr(balancer.name, balancer.address)}/${textOr(probe.name, probe.address)}`;
      return {
        subject: { address: probe.address, type: LOAD_BALANCER, name, origin: probe.origin },
        probe,
        balancer,
        paths: users.certain.get(probe.id) ?? [],
        isMissed: namesMissingProbe(balancer),
        others: [...unseenRules(network, balancer), ...users.possible(probe.id, balancer)],
        healthOf: [...(takers.get(probe.id)?.values() ?? [])],
      };
    }),
  );
}

function namesMissingProbe({ rules, probes }: LoadBalancer): boolean {
  return rules.items.some(
    ({ probe: link }) => link.kind === 'to' && !probes.items.some(({ id }) => id === link.id),
  );
}

interface Users {
  /** One path for each rule that names the probe with this id. */
  readonly certain: ReadonlyMap<string, readonly Path[]>;
  /** Why a rule may name the one with this id on this load balancer. */
  possible(id: string, balancer: LoadBalancer): readonly Unknown[];
}

function usersOf({ paths, topology }: Network): Users {
  const certain = new Map<string, Path[]>();
  const open = new Map<string, Unknown[]>();
  const anywhere: { readonly of: LoadBalancer; readonly waitsFor: Unknown }[] = [];
  const seen = new Set<ForwardingRule>();
  for (const path of paths) {
    const { probeLink: link, rule, loadBalancer } = path;
    if (seen.has(rule)) continue;
    seen.add(rule);
    if (link.kind === 'to') append(certain, link.id, path);
    else if (link.kind === 'one-of') for (const id of link.ids) append(open, id, link.waitsFor);
    else if (link.kind === 'unknown') anywhere.push({ of: loadBalancer, waitsFor: link.waitsFor });
  }
  const isSeen = ({ id }: LoadBalancer): boolean => topology.model.byId(id) !== undefined;
  return {
    certain,
    // A rule can only name a probe of its own load balancer.
    possible: (id, balancer) => [
      ...(open.get(id) ?? []),
      ...anywhere
        .filter(({ of }) => of === balancer || !isSeen(of) || !isSeen(balancer))
        .map(({ waitsFor }) => waitsFor),
    ],
  };
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

type Taker = ProbeSubject['healthOf'][number];

/** The scale sets that take the probe with an id for the health of their instances, by their ids. */
function takersOf({ topology }: Network): ReadonlyMap<string, ReadonlyMap<string, Taker>> {
  const takers = new Map<string, Map<string, Taker>>();
  for (const { scaleSet } of topology.interfaces) {
    if (scaleSet?.healthProbe.kind !== 'to') continue;
    const { id, address, name, origin, healthProbe } = scaleSet;
    const known = takers.get(healthProbe.id) ?? new Map<string, Taker>();
    takers.set(healthProbe.id, known.set(id, { name: textOr(name, address), origin }));
  }
  return takers;
}

/** Why the load balancer may have rules that were not seen. */
function unseenRules({ topology }: Network, { id: own, rules }: LoadBalancer): readonly Unknown[] {
  const gaps = topology.model.gaps
    .filter(({ id }) => id === undefined || id === own)
    .map(({ reason, origin }) => unknown(reason, origin));
  return rules.unknown === undefined ? gaps : [rules.unknown, ...gaps];
}

/** Whether the probe has no effect, because no rule uses it. */
export function isIdle({ paths, others }: ProbeSubject): boolean {
  return paths.length === 0 && others.length === 0;
}

/** The protocol of a probe in lower case; undefined while it is not known. */
export function probeProtocol({ protocol }: Probe): string | undefined {
  return protocol.kind === 'known' ? protocol.value.toLowerCase() : undefined;
}

/** Whether nobody wrote a text, or wrote an empty one. */
export function isUnset(value: Evaluated<string>): boolean {
  return value.kind === 'absent' || (value.kind === 'known' && value.value === '');
}

/** The values among some that are not known. */
export function unknownsOf(...values: readonly Evaluated<string | number | boolean>[]): readonly Unknown[] {
  return values.flatMap((value) => (value.kind === 'unknown' ? [value] : []));
}
