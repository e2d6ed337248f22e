import {
  definePolicy,
  type Policy,
  type PoolSubject,
  pass,
  poolSubjects,
  rulesWithoutPool,
  type Subject,
  undecided,
} from '../../src/policy/index.ts';

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
    'no-pool': ({ name }: { name: string }) =>
      `\`${name}\` names no backend pool, so it has nowhere to send traffic`,
  },

  subjects: (network): readonly (PoolSubject | PoollessRule)[] => [
    ...poolSubjects(network),
    ...rulesWithoutPool(network).map((subject) => ({ subject })),
  ],

  check(asked: PoolSubject | PoollessRule) {
    const { subject } = asked;
    if (!('rules' in asked)) {
      const remedy = 'name a backend pool in the rule';
      return { status: 'violation', say: 'no-pool', with: { name: subject.name }, remedy };
    }
    const { rules, hasMember } = asked;
    if (hasMember.is === 'true') return pass;
    if (hasMember.is === 'unknown')
      return undecided(`whether pool \`${subject.name}\` has a member`, hasMember.waitsFor);
    return { status: 'violation', say: 'empty', with: { name: subject.name, rules } };
  },
});

interface PoollessRule {
  readonly subject: Subject;
}
