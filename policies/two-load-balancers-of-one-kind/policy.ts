import {
  definePolicy,
  type Policy,
  pass,
  type ShareSubject,
  shareSubjects,
  undecided,
} from '../../src/policy/index.ts';

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
    several: ({ subject, interfaces, scheme, balancers }: ShareSubject) =>
      `Azure refuses \`${subject.name}\`${interfaces === 1 ? '' : ` and ${interfaces - 1} more`}: behind ${balancers.length} ${scheme} load balancers, ${balancers.map(({ name }) => `\`${name}\``).join(' and ')}`,
  },

  subjects: shareSubjects,

  check(share: ShareSubject) {
    const { subject, scheme, balancers, waitsFor } = share;
    if (balancers.length < 2) return pass;
    if (waitsFor.length > 0) {
      return undecided(
        `whether \`${subject.name}\` is behind ${balancers.length} ${scheme} load balancers at once`,
        waitsFor,
      );
    }
    return {
      status: 'violation',
      say: 'several',
      with: share,
      related: balancers.map(({ name, origin }) => ({ message: `\`${name}\` is here`, origin })),
    };
  },
});
