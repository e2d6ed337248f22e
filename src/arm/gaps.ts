import { linkOf } from '../model/model.ts';
import type { Gap, Resource } from '../model/resource.ts';
import type { Value } from '../value/value.ts';
import type { Output } from './declaration.ts';

/** What a network interface or scale set can be attached to. */
const ATTACHABLE =
  /\/providers\/microsoft\.network\/loadbalancers\/[^/]+(\/(backendaddresspools|inboundnatrules|inboundnatpools)\/[^/]+)?$/;

/** Types that bring network interfaces or scale sets of their own. */
const BRINGS_MEMBERS =
  /^microsoft\.(containerservice\/managedclusters|servicefabric\/managedclusters|databricks\/workspaces|hdinsight\/clusters|batch\/batchaccounts\/pools|redhatopenshift\/openshiftclusters|apimanagement\/service)(\/agentpools|\/nodetypes)?$/;

/** Types whose attachments the views read, or that cannot attach anything to a pool. */
const IS_READ =
  /^microsoft\.(network\/(networkinterfaces|loadbalancers(\/\w+)*)|compute\/virtualmachinescalesets)$/;

/** Pools, NAT rules and load balancers that leave the root, so that other roots can attach members to them. */
export function gapsOfOutputs(outputs: readonly Output[]): readonly Gap[] {
  return outputs.flatMap(({ name, value, origin }) => {
    const reason = { kind: 'outside', name: `output ${name}` } as const;
    return [...attachableIn(value)].map((id): Gap => ({ id, reason, origin }));
  });
}

/** What resources of types without a view may add to the network unseen. */
export function gapsOfUnread(resources: readonly Resource[]): readonly Gap[] {
  return resources.flatMap(({ type, address, body, origin }): readonly Gap[] => {
    const reason = { kind: 'unsupported', name: address } as const;
    if (BRINGS_MEMBERS.test(type)) return [{ reason, origin }];
    if (IS_READ.test(type)) return [];
    return [...attachableIn(body)].map((id): Gap => ({ id, reason, origin }));
  });
}

/** The ids of load balancers, pools and NAT rules in a value. */
function attachableIn(value: Value): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<Value>();
  const pending: Value[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.kind === 'list') pending.push(...next.items);
    else if (next.kind === 'object') pending.push(...next.fields.values());
    else {
      const link = linkOf(next);
      const ids = link.kind === 'to' ? [link.id] : link.kind === 'one-of' ? link.ids : [];
      for (const id of ids) if (ATTACHABLE.test(id)) found.add(id);
    }
  }
  return found;
}
