import { definePolicy, type Policy, pass, type ShareSubject, shareSubjects } from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'two-load-balancers-of-one-kind',
  title: 'A network interface stands behind at most one public and one internal load balancer',
  severity: 'error',
  confidence: 'proved',
  remedy: 'put the rules into one load balancer with several frontends',
  references: [
    {
      title: 'Azure Load Balancer components',
      url: 'https://learn.microsoft.com/azure/load-balancer/components',
    },
    {
      title: 'Troubleshoot common Azure deployment errors with Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors',
    },
  ],
  messages: {
    several: ({ name, scheme, balancers }: { name: string; scheme: string; balancers: readonly string[] }) =>
      `Azure refuses \`${name}\`: it is behind ${balancers.length} ${scheme} load balancers, ${balancers.map((each) => `\`${each}\``).join(' and ')}`,
  },

  subjects: shareSubjects,

  check({ subject, scheme, balancers }: ShareSubject) {
    if (balancers.length < 2) return pass;
    return {
      status: 'violation',
      say: 'several',
      with: { name: subject.name, scheme, balancers: balancers.map(({ name }) => name) },
      related: balancers.map(({ name, origin }) => ({ message: `\`${name}\` is here`, origin })),
    };
  },
});
