import type { Link } from '../model/model.ts';
import type { Network } from '../network/network.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import type { Evaluated, Unknown } from '../value/value.ts';
import { lowerOf } from './balancers.ts';
import type { Subject } from './finding.ts';
import { LOAD_BALANCER } from './subjects.ts';

/** Two resources whose SKUs Azure compares: semantics 3.2. A SKU that nobody wrote is left to another policy. */
export interface SkuPairSubject {
  readonly subject: Subject & { readonly sku: string };
  readonly other: {
    readonly what: string;
    readonly name: string;
    readonly sku: string;
    readonly origin: Origin;
  };
  readonly at: Origin;
  readonly waitsFor: readonly Unknown[];
}

interface Holder {
  readonly name: Evaluated<string>;
  readonly address: string;
  readonly origin: Origin;
  readonly sku: Evaluated<string>;
}

/** Each frontend with its public IP, each interface with its public IP, and a NAT gateway with what is Basic behind it. */
export function skuPairSubjects({ topology }: Network): readonly SkuPairSubject[] {
  const publicIp = (link: Link): Holder | undefined =>
    link.kind === 'to' ? topology.publicIps.get(link.id) : undefined;
  const pairs: SkuPairSubject[] = [];
  const add = (holder: Holder, type: string, other: Holder | undefined, what: string): void => {
    const pair = other === undefined ? undefined : pairOf(holder, type, other, what);
    if (pair !== undefined) pairs.push(pair);
  };
  for (const balancer of topology.loadBalancers) {
    const seen = new Set<string>();
    for (const { publicIp: link } of balancer.frontends.items) {
      if (link.kind !== 'to' || seen.has(link.id)) continue;
      seen.add(link.id);
      add(balancer, LOAD_BALANCER, publicIp(link), 'its public IP');
    }
  }
  for (const networkInterface of topology.interfaces) {
    for (const { publicIp: link, pools } of networkInterface.ipConfigurations.items) {
      const own = publicIp(link);
      if (own === undefined) continue;
      for (const pool of pools.items) {
        const id = pool.kind === 'to' ? pool.id : undefined;
        const balancer = topology.loadBalancers.find(({ pools: all }) =>
          all.items.some((each) => each.id === id),
        );
        add(own, 'microsoft.network/publicipaddresses', balancer, 'the load balancer of its machine,');
      }
    }
  }
  return pairs;
}

function pairOf(holder: Holder, type: string, other: Holder, what: string): SkuPairSubject | undefined {
  const [own, theirs] = [holder.sku, other.sku];
  if (own.kind === 'absent' || theirs.kind === 'absent') return undefined;
  const [mine, others] = [lowerOf(own) ?? 'unknown', lowerOf(theirs) ?? 'unknown'];
  if (![mine, others].every((sku) => ['basic', 'standard', 'unknown'].includes(sku))) return undefined;
  const name = textOr(holder.name, holder.address);
  return {
    subject: { address: holder.address, type, name, origin: holder.origin, sku: capitalised(mine) },
    other: {
      what,
      name: textOr(other.name, other.address),
      sku: capitalised(others),
      origin: theirs.origin.kind === 'platform' ? other.origin : theirs.origin,
    },
    at: own.origin.kind === 'platform' ? holder.origin : own.origin,
    waitsFor: [own, theirs].flatMap((sku) => (sku.kind === 'unknown' ? [sku] : [])),
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
