import { type Egress, egressOf, type Way } from '../egress.ts';
import { parsePrefix } from '../packets/address.ts';
import { type AddressSet, EMPTY, intersect, isEmpty } from '../packets/interval-set.ts';
import type { Protocol } from '../packets/packet.ts';
import { placementsOf } from '../placement.ts';
import { routesOf } from '../routes.ts';
import { lower } from '../rule-match.ts';
import type { DecidingRule } from '../trace.ts';
import type { MachineEnd } from './ends.ts';
import { type Answer, conclude, type Ground, hop, open, type Question } from './question.ts';
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

/** An address that nothing in the root has: on the internet, or somewhere behind the routes. */
export function toAddress(ground: Ground, question: Question, text: string): Answer {
  const { from } = question;
  const destination = parsePrefix(text) ?? EMPTY;
  if (from.kind !== 'machine') {
    return conclude(question, [], 'unknown', [open(`${text}, which is no address of this root`, 'outside')]);
  }
  const departure = depart(ground, question, () => destination, {});
  const before = departure?.hops ?? [];
  if (departure !== undefined && departure.verdict !== 'delivered') {
    return conclude(question, before, departure.verdict, departure.waitsFor, departure.packet);
  }
  const packet = departure?.packet;
  if (!isEmpty(intersect(destination, ground.book.privateAddresses))) {
    const waitsFor = [open(`what is behind the routes to ${text}`, 'outside')];
    return conclude(question, before, 'unknown', waitsFor, packet);
  }
  if (text.includes(':') || lower(from.ipConfiguration.version) !== 'ipv4')
    return conclude(
      question,
      before,
      'unknown',
      [open(`the way of IPv6 packets out of ${from.label}`)],
      packet,
    );
  const isOne = text !== SOMEWHERE;
  if (isOne && isInside(ground, from, destination)) {
    const waitsFor = [open(`what has ${text} in the virtual network`, 'outside')];
    return conclude(question, before, 'unknown', waitsFor, packet);
  }
  const egress = egressOf(
    ground.topology,
    from.networkInterface,
    from.ipConfiguration,
    ...(isOne ? [destination] : []),
  );
  if (egress.via === 'unknown') return conclude(question, before, 'unknown', egress.waitsFor, packet);
  if (egress.via === 'none') {
    const name = `no way out: ${egress.because.replaceAll('-', ' ')}`;
    const decided: DecidingRule = { name, effect: 'deny', origin: egress.origin };
    return conclude(question, [...before, hop(from.label, 'outbound', decided)], 'dropped', [], packet);
  }
  const way = hop(from.label, 'outbound', { name: WAYS[egress.via], effect: 'allow', origin: egress.origin });
  if (egress.via === 'appliance' || egress.via === 'gateway') {
    const waitsFor = [open(`what happens behind the ${egress.via}`, 'outside')];
    return conclude(question, [...before, way], 'unknown', waitsFor, packet);
  }
  if (!carries(ground, egress, question.protocol)) {
    const waitsFor = [open(`whether ${WAYS[egress.via]} carries ${question.protocol}`)];
    return conclude(question, [...before, way], 'unknown', waitsFor, packet);
  }
  return conclude(question, [...before, way], 'delivered', [], packet);
}

/** Whether an address belongs to the network of a sender, which may use public ones. */
function isInside({ topology }: Ground, from: MachineEnd, address: AddressSet): boolean {
  const [place] = placementsOf(topology, from.networkInterface, from.ipConfiguration);
  if (place?.subnet === undefined) return false;
  return routesOf(topology, place.subnet).regions.some(
    ({ hop: next, addresses }) => next === 'virtual-network' && !isEmpty(intersect(addresses, address)),
  );
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
    .some((rule) => rule.origin === origin && ['all', protocol].includes(lower(rule.protocol) ?? ''));
}
