import type { Network } from '../network/network.ts';
import { textOr } from '../value/shown.ts';
import { asText } from '../value/value.ts';
import type { Subject } from './finding.ts';

export interface ReadOnlySubject {
  readonly subject: Subject;
}

/** Types that templates may only refer to: semantics 9.1. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'microsoft.network/loadbalancers/frontendipconfigurations',
  'microsoft.network/loadbalancers/loadbalancingrules',
  'microsoft.network/loadbalancers/outboundrules',
  'microsoft.network/loadbalancers/probes',
  'microsoft.network/networkinterfaces/ipconfigurations',
  'microsoft.network/networksecuritygroups/defaultsecurityrules',
]);

/** Resources of such a type that are declared in the shape of ARM; azurerm has resources of its own for them. */
export function readOnlySubjects({ topology }: Network): readonly ReadOnlySubject[] {
  return topology.model.resources
    .filter(({ type, apiVersion }) => apiVersion !== undefined && READ_ONLY.has(type))
    .map(({ address, type, origin, name }) => ({
      subject: { address, type, name: textOr(asText(name), address), origin },
    }));
}
