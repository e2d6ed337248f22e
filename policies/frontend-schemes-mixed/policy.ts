import {
  type BalancerSubject,
  balancerSubjects,
  definePolicy,
  type Policy,
  pass,
  schemeOf,
  textOr,
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
    const named = balancer.frontends.items.map((frontend) => ({ frontend, scheme: schemeOf(frontend) }));
    const open = named.find(({ scheme }) => scheme === 'public')?.frontend;
    const inner = named.find(({ scheme }) => scheme === 'internal')?.frontend;
    if (open === undefined || inner === undefined) return pass;
    const [publicOne, internalOne] = [open, inner].map(({ name, address }) => textOr(name, address));
    return {
      status: 'violation',
      say: 'mixed',
      with: { name: subject.name, publicOne: publicOne ?? '', internalOne: internalOne ?? '' },
      at: inner.origin,
      related: [{ message: 'the public frontend', origin: open.origin }],
    };
  },
});
