import { policy } from '../../policies/rule-without-probe/policy.ts';
import { forwarding, internalBalancer, parameter, say } from '../support/say.ts';

/** What is said of a rule whose probe has this id. */
function saidOf(id: unknown): readonly string[] {
  const rule = forwarding('web', { probe: { id } });
  return say(policy, internalBalancer({ loadBalancingRules: [rule] }));
}

function textOf(...parts: readonly unknown[]): unknown {
  return { ...(parameter('text') as object), parts };
}

const OPEN = ['unknown warning: cannot decide whether `lb/web` has a probe'];

test('an id of which a part is written is that of some probe; what may be empty is not', () => {
  expect(saidOf(textOf('/providers/probes/', parameter('name')))).toEqual([]);
  expect(saidOf(textOf(parameter('folder'), parameter('name')))).toEqual(OPEN);
  expect(saidOf(parameter('id'))).toEqual(OPEN);
});
