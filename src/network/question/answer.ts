import { type Answer, type Ground, open, type Question, undecided } from './question.ts';
import { SOMEWHERE, toAddress } from './to-address.ts';
import { toFrontend } from './to-frontend.ts';
import { toMachine } from './to-machine.ts';

/** Follows a packet out of its sender, through the balancer or the routes, and into its receiver. */
export function answer(ground: Ground, question: Question): Answer {
  const { from, to } = question;
  const refuse = (name: string): Answer => undecided(question, [], [open(name)]);
  if (from.kind === 'frontends') return refuse(`a packet from ${from.label}: a frontend sends none`);
  const sent = { ...question, from };
  switch (to.kind) {
    case 'frontends':
      return from.kind === 'probe'
        ? refuse(`a probe to ${to.label}: probes go to the members themselves`)
        : toFrontend(ground, sent, to);
    case 'machine':
      return toMachine(ground, sent, to);
    case 'ip':
      return toAddress(ground, sent, to.text);
    case 'internet':
      return toAddress(ground, sent, SOMEWHERE);
    default:
      return refuse(`a packet to ${to.kind}, which is no single address`);
  }
}
