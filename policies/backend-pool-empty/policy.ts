import { definePolicy, type EmptyPool, emptyPools, type Policy, undecided } from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'backend-pool-empty',
  title: 'Every backend pool that a rule uses has a member',
  severity: 'error',
  confidence: 'proved',
  remedy: 'add a network interface, a scale set or an address to the pool',
  references: [
    {
      title: 'Azure Load Balancer backend pool management',
      url: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    },
  ],
  messages: {
    empty: ({ name, rules }: { name: string; rules: readonly string[] }) =>
      `pool \`${name}\` has no member, so ${rules.map((rule) => `\`${rule}\``).join(', ')} ${rules.length === 1 ? 'has' : 'have'} nowhere to send traffic`,
  },

  subjects: (network) => emptyPools(network),

  check({ subject, rules, mayHaveMembers }: EmptyPool) {
    if (mayHaveMembers.length > 0)
      return undecided(`whether pool \`${subject.name}\` has a member`, mayHaveMembers);
    return { status: 'violation', say: 'empty', with: { name: subject.name, rules } };
  },
});
