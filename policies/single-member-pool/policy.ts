import {
  definePolicy,
  type Policy,
  pass,
  type SinglePoolSubject,
  singlePoolSubjects,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'single-member-pool',
  title: 'Backend pools have more than one member',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'add a second member in another availability zone',
  references: [
    {
      title: 'Azure Load Balancer best practices',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-best-practices',
    },
    {
      title: 'Backend pool management',
      url: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    },
  ],
  messages: {
    single: ({ name, member }: { name: string; member: string }) =>
      `\`${member}\` is the only member of pool \`${name}\`: when it fails, nobody answers`,
  },

  subjects: singlePoolSubjects,

  check({ subject, only }: SinglePoolSubject) {
    if (only === undefined) return pass;
    return {
      status: 'violation',
      say: 'single',
      with: { name: subject.name, member: only.label },
      related: [{ message: `\`${only.label}\` is here`, origin: only.origin }],
    };
  },
});
