import { type Answer, conclude, type Ground, open, type Question } from './question.ts';
import { SOMEWHERE, toAddress } from './to-address.ts';
import { toFrontend } from './to-frontend.ts';
import { toMachine } from './to-machine.ts';

/** Follows a packet out of its sender, through the balancer or the routes, and into its receiver. */
export function answer(ground: Ground, question: Question): Answer {
  const { from, to } = question;
  if (from.kind === 'frontends')
    return conclude(question, [], 'unknown', [open(`a packet from ${from.label}: a frontend sends none`)]);
  if (from.kind === 'probe' && to.kind === 'frontends') {
    const waitsFor = [open(`a probe to ${to.label}: probes go to the members themselves`)];
    return conclude(question, [], 'unknown', waitsFor);
  }
  switch (to.kind) {
    case 'frontends':
      return toFrontend(ground, question, to);
    case 'machine':
      return toMachine(ground, question, to);
    case 'ip':
      return toAddress(ground, question, to.text);
    case 'internet':
      return toAddress(ground, { ...question, to: { kind: 'ip', text: SOMEWHERE } }, SOMEWHERE);
    default:
      return conclude(question, [], 'unknown', [open(`a packet to ${to.kind}, which is no single address`)]);
  }
}
