import type { Unknown } from '../../value/value.ts';
import { PROBE_SOURCE } from '../azure-addresses.ts';
import { type Egress, egressOf, type Way } from '../egress.ts';
import { parsePrefix } from '../packets/address.ts';
import { EMPTY, intersect, isEmpty } from '../packets/interval-set.ts';
import type { Protocol } from '../packets/packet.ts';
import { placementsOf } from '../placement.ts';
import { routesOf } from '../routes.ts';
import { lower } from '../rule-match.ts';
import type { Hop } from '../trace.ts';
import type { MachineEnd } from './ends.ts';
import {
  type Answer,
  answerOf,
  type Ground,
  hop,
  open,
  type SentPacket,
  settled,
  undecided,
} from './question.ts';
import { depart } from './sender.ts';

const WAYS: Readonly<Record<Exclude<Egress['via'], 'none' | 'unknown'>, string>> = {
  appliance: 'an appliance',
  gateway: 'the gateway',
  'nat-gateway': 'the NAT gateway',
  'public-ip': 'its own public IP',
  'outbound-rule': 'an outbound rule',
  'load-balancing-rule': 'SNAT of a load-balancing rule',
  'default-outbound-access': 'default outbound access',
};

/** An address for all of the internet in documentation: RFC 5737. */
export const SOMEWHERE = '203.0.113.7';

/** What machines reach on their own host past every route, and mostly past security groups: semantics 1.10. */
const PLATFORM: readonly string[] = [PROBE_SOURCE, '169.254.169.254'];

/** An address that nothing in the root has, on the internet or somewhere behind the routes; or one for the whole internet. */
export function toAddress(ground: Ground, question: SentPacket, text: string): Answer {
  const { from, to, protocol } = question;
  const destination = parsePrefix(text) ?? EMPTY;
  if (from.kind !== 'machine')
    return undecided(question, [], [open(`${text}, which is no address of this root`, 'outside')]);
  if (PLATFORM.includes(text))
    return undecided(question, [], [open(`what the platform does with packets to ${text}`)]);
  const departure = depart(ground, question, () => destination, {}, []);
  const { hops: before, packet } = departure;
  if (departure.verdict !== 'delivered') return answerOf(question, [], departure);
  const waitsAfter = (hops: readonly Hop[], reason: Unknown): Answer =>
    undecided(question, [...before, ...hops], [reason], packet);
  if (!isEmpty(intersect(destination, ground.book.privateAddresses)))
    return waitsAfter([], open(`what is behind the routes to ${text}`, 'outside'));
  if (text.includes(':') || lower(from.ipConfiguration.version) !== 'ipv4')
    return waitsAfter([], open(`the way of IPv6 packets out of ${from.label}`));
  const isOne = to.kind === 'ip';
  const inside = isOne ? mayBeInside(ground, from, text) : undefined;
  if (inside !== undefined) return waitsAfter([], inside);
  const { networkInterface, ipConfiguration } = from;
  const egress = egressOf(
    ground.topology,
    networkInterface,
    ipConfiguration,
    isOne ? destination : undefined,
  );
  if (egress.via === 'unknown') return undecided(question, before, egress.waitsFor, packet);
  if (egress.via === 'none') {
    const name = `no way out: ${egress.because.replaceAll('-', ' ')}`;
    const end = hop(from.label, 'outbound', { name, effect: 'deny', origin: egress.origin });
    return settled(question, [...before, end], 'dropped', packet);
  }
  const name = WAYS[egress.via];
  const way = hop(from.label, 'outbound', { name, effect: 'allow', origin: egress.origin });
  if (egress.via === 'appliance' || egress.via === 'gateway')
    return waitsAfter([way], open(`what happens behind the ${egress.via}`, 'outside'));
  if (!carries(ground, egress, protocol))
    return waitsAfter([way], open(`whether ${name} carries ${protocol}`));
  return settled(question, [...before, way], 'delivered', packet);
}

/** Why an address may belong to the network of a sender, which may use public ones. */
function mayBeInside({ topology }: Ground, from: MachineEnd, text: string): Unknown | undefined {
  const address = parsePrefix(text) ?? EMPTY;
  for (const { subnet, surroundings } of placementsOf(
    topology,
    from.networkInterface,
    from.ipConfiguration,
  )) {
    const regions = subnet === undefined ? [] : routesOf(topology, subnet).regions;
    const isInside = regions.some(
      ({ hop: next, addresses }) => next === 'virtual-network' && !isEmpty(intersect(addresses, address)),
    );
    if (isInside) return open(`what has ${text} in the virtual network`, 'outside');
    if (surroundings.morePrefixes !== undefined) return surroundings.morePrefixes;
  }
  return undefined;
}

/**
 * Whether a way out certainly takes packets of a protocol: a public IP takes all of them, a NAT gateway and default
 * outbound access TCP and UDP, a rule those it names: semantics 3.3.
 */
function carries(
  { topology }: Ground,
  { via, origin }: Extract<Egress, { readonly via: Way }>,
  protocol: Protocol,
): boolean {
  if (via === 'public-ip') return true;
  if (protocol !== 'tcp' && protocol !== 'udp') return false;
  if (via !== 'outbound-rule' && via !== 'load-balancing-rule') return true;
  return topology.loadBalancers
    .flatMap(({ rules, outboundRules }) => [...rules.items, ...outboundRules.items])
    .filter((rule) => rule.origin === origin)
    .some((rule) => lower(rule.protocol) === 'all' || lower(rule.protocol) === protocol);
}
