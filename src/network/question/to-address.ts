import { type Egress, egressOf } from '../egress.ts';
import { parsePrefix } from '../packets/address.ts';
import { EMPTY, intersect, isEmpty } from '../packets/interval-set.ts';
import type { DecidingRule } from '../trace.ts';
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
  const egress = egressOf(ground.topology, from.networkInterface, from.ipConfiguration);
  if (egress.via === 'unknown') return conclude(question, before, 'unknown', egress.waitsFor, packet);
  if (egress.via === 'none') {
    const name = `no way out: ${egress.because.replaceAll('-', ' ')}`;
    const decided: DecidingRule = { name, effect: 'deny', origin: egress.origin };
    return conclude(question, [...before, hop(from.label, 'outbound', decided)], 'dropped', [], packet);
  }
  const way = hop(from.label, 'outbound', { name: WAYS[egress.via], effect: 'allow', origin: egress.origin });
  const isOut = egress.via !== 'appliance' && egress.via !== 'gateway';
  const waitsFor = [open(`what happens behind the ${egress.via}`, 'outside')];
  return conclude(question, [...before, way], isOut ? 'delivered' : 'unknown', waitsFor, packet);
}
