import { linkOf, type Model } from '../model/model.ts';
import type { Resource } from '../model/resource.ts';
import type { Network } from '../network/network.ts';
import { textOr } from '../value/shown.ts';
import { asText } from '../value/value.ts';
import type { Subject } from './finding.ts';

/** A resource of a type that Azure shows and nobody may write. */
export interface ReadOnlySubject {
  readonly subject: Subject;
  /** As Azure spells it: `Microsoft.Network/loadBalancers/probes`. */
  readonly type: string;
  /** The property of the parent that holds such parts; undefined for parts that Azure alone makes. */
  readonly property?: string;
}

/** Types that templates may only refer to, as Azure spells them: semantics 9.1. */
const READ_ONLY: ReadonlyMap<string, string> = new Map(
  [
    'Microsoft.Network/loadBalancers/frontendIPConfigurations',
    'Microsoft.Network/loadBalancers/loadBalancingRules',
    'Microsoft.Network/loadBalancers/outboundRules',
    'Microsoft.Network/loadBalancers/probes',
    'Microsoft.Network/networkInterfaces/ipConfigurations',
    'Microsoft.Network/networkSecurityGroups/defaultSecurityRules',
  ].map((type) => [type.toLowerCase(), type]),
);

/** Resources of such a type that are declared in the shape of ARM; azurerm has resources of its own for them. */
export function readOnlySubjects({ topology }: Network): readonly ReadOnlySubject[] {
  return topology.model.resources.flatMap((resource): ReadOnlySubject[] => {
    const { type, apiVersion, address, origin } = resource;
    const spelled = READ_ONLY.get(type);
    if (spelled === undefined || apiVersion === undefined) return [];
    const subject = { address, type, name: fullName(topology.model, resource), origin };
    const property = spelled.slice(spelled.lastIndexOf('/') + 1);
    return [{ subject, type: spelled, ...(property === 'defaultSecurityRules' ? {} : { property }) }];
  });
}

/** With the name of the parent before it, which only some languages write there. */
function fullName(model: Model, { name, address, parent }: Resource): string {
  const own = textOr(asText(name), address);
  const link = parent === undefined ? undefined : linkOf(parent);
  const owner = link?.kind === 'to' ? model.byId(link.id) : undefined;
  return owner === undefined || own.includes('/')
    ? own
    : `${textOr(asText(owner.name), owner.address)}/${own}`;
}
