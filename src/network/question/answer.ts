import { type Answer, conclude, type Ground, open, type Question } from './question.ts';
import { toAddress } from './to-address.ts';
import { toFrontend } from './to-frontend.ts';
import { toMachine } from './to-machine.ts';

/** An address for all of the internet in documentation: RFC 5737. */
const SOMEWHERE = '203.0.113.7';

/** Follows a packet out of its sender, through the balancer or the routes, and into its receiver. */
export function answer(ground: Ground, question: Question): Answer {
  const { to } = question;
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
