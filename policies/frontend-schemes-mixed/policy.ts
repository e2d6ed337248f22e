import {
  type BalancerSubject,
  balancerSubjects,
  definePolicy,
  type Policy,
  pass,
  schemeDoubts,
  schemeOf,
  textOr,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'frontend-schemes-mixed',
  title: 'The frontends of a load balancer are all public or all internal',
  severity: 'error',
  confidence: 'proved',
  remedy: 'use one load balancer for the public frontends and another for the internal ones',
  references: [
    {
      title: 'Azure Load Balancer components',
      url: 'https://learn.microsoft.com/azure/load-balancer/components',
    },
  ],
  messages: {
    mixed: ({ name, publicOne, internalOne }: { name: string; publicOne: string; internalOne: string }) =>
      `Azure refuses \`${name}\`: frontend \`${publicOne}\` is public and \`${internalOne}\` is internal`,
  },

  subjects: balancerSubjects,

  check({ subject, balancer }: BalancerSubject) {
    const { items } = balancer.frontends;
    const open = items.find((frontend) => schemeOf(frontend) === 'public');
    const inner = items.find((frontend) => schemeOf(frontend) === 'internal');
    if (open !== undefined && inner !== undefined) {
      const [publicOne, internalOne] = [textOr(open.name, open.address), textOr(inner.name, inner.address)];
      return {
        status: 'violation',
        say: 'mixed',
        with: { name: subject.name, publicOne, internalOne },
        at: inner.origin,
        related: [{ message: `\`${publicOne}\` is public`, origin: open.origin }],
      };
    }
    // Frontends that are open together are mostly open in the same way.
    if (open === undefined && inner === undefined) return pass;
    const waitsFor = items.flatMap(schemeDoubts);
    if (waitsFor.length === 0) return pass;
    return undecided(`whether the frontends of \`${subject.name}\` are all public or all internal`, waitsFor);
  },
});
