import { policy } from '../../policies/rule-without-probe/policy.ts';
import { forwarding, internalBalancer, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

/** What is said of a rule whose probe has this id. */
function saidOf(id: unknown): readonly string[] {
  const rule = forwarding('web', { probe: { id } });
  return say(policy, internalBalancer({ loadBalancingRules: [rule] }));
}

function textOf(...parts: readonly unknown[]): unknown {
  return { ...(waiting('text') as object), parts };
}

const OPEN = ['unknown warning: cannot decide whether `lb/web` has a probe'];

test('an id of which a part is written is that of some probe; what may be empty is not', () => {
  expect(saidOf(textOf('/providers/probes/', waiting('name')))).toEqual([]);
  expect(saidOf(textOf(waiting('folder'), waiting('name')))).toEqual(OPEN);
  expect(saidOf(waiting('id'))).toEqual(OPEN);
});
