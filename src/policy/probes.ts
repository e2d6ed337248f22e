import type { LoadBalancer, Probe } from '../model/azure/load-balancer.ts';
import type { Network } from '../network/network.ts';
import type { Path } from '../network/path.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** A probe of a load balancer. */
export interface ProbeSubject {
  readonly subject: Subject;
  readonly probe: Probe;
  readonly balancer: LoadBalancer;
  /** The paths whose rule uses it, one for each rule. */
  readonly paths: readonly Path[];
  /** Why other rules may use it as well; empty when none can. */
  readonly others: readonly Unknown[];
  /** The addresses of the scale sets that take it for the health of their instances. */
  readonly healthOf: readonly string[];
}

export function probeSubjects(network: Network): readonly ProbeSubject[] {
  const { topology } = network;
  return topology.loadBalancers.flatMap((balancer) =>
    balancer.probes.items.map((probe): ProbeSubject => {
      const name = `${textOr(balancer.name, balancer.address)}/${textOr(probe.name, probe.address)}`;
      const paths = network.paths.filter(
        ({ probeLink }) => probeLink.kind === 'to' && probeLink.id === probe.id,
      );
      const scaleSets = topology.interfaces.flatMap(({ scaleSet }) => scaleSet ?? []);
      const health = scaleSets.filter(
        ({ healthProbe }) => healthProbe.kind === 'to' && healthProbe.id === probe.id,
      );
      return {
        subject: { address: probe.address, type: LOAD_BALANCER, name, origin: probe.origin },
        probe,
        balancer,
        paths: paths.filter((path, index) => paths.findIndex(({ rule }) => rule === path.rule) === index),
        others: othersOf(network, balancer, probe),
        healthOf: [...new Set(health.map(({ address }) => address))],
      };
    }),
  );
}

/** Rules that may name the probe, and rules or declarations that were not seen. */
function othersOf({ topology, paths }: Network, balancer: LoadBalancer, probe: Probe): readonly Unknown[] {
  const unseen = balancer.rules.unknown === undefined ? [] : [balancer.rules.unknown];
  const possible = paths.flatMap(({ probeLink }) => {
    if (probeLink.kind === 'unknown') return [probeLink.waitsFor];
    return probeLink.kind === 'one-of' && probeLink.ids.includes(probe.id) ? [probeLink.waitsFor] : [];
  });
  const gaps = topology.model.gaps
    .filter(({ id }) => id === undefined || id === balancer.id)
    .map(({ reason, origin }) => unknown(reason, origin));
  return [...unseen, ...possible, ...gaps];
}

/** The protocol of a probe in lower case; undefined while it is not known. */
export function probeProtocol({ protocol }: Probe): string | undefined {
  return protocol.kind === 'known' ? protocol.value.toLowerCase() : undefined;
}

/** Whether nobody wrote a text, or wrote an empty one. */
export function isUnset(value: Evaluated<string>): boolean {
  return value.kind === 'absent' || (value.kind === 'known' && value.value === '');
}
