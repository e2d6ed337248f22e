import {
  type AdminStateSubject,
  adminStateSubjects,
  definePolicy,
  lowerOf,
  namesText,
  type Policy,
  pass,
  undecided,
  unknownsOf,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'members-administratively-down',
  title: 'Some member of every pool is not taken out by its administrative state',
  severity: 'error',
  confidence: 'proved',
  remedy: 'set the administrative state of a member to None or Up',
  references: [
    {
      title: 'Administrative state of Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/admin-state-overview',
    },
    {
      title: 'Backend pool management',
      url: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    },
  ],
  messages: {
    down: ({ name, rules }: { name: string; rules: readonly string[] }) =>
      `nobody takes new connections of ${namesText(rules)}: the administrative state of every member of \`${name}\` is Down`,
  },

  subjects: adminStateSubjects,

  check({ subject, members, more, paths }: AdminStateSubject) {
    const settled = members.flatMap(({ adminState: state }) => (state === undefined ? [] : [state]));
    const asked = settled.filter((state) => state.kind === 'unknown' || lowerOf(state) === 'down');
    const others = members.filter(({ adminState: state }) => state === undefined || !asked.includes(state));
    const [first] = asked;
    // Nobody asks where no state is Down, and one member that certainly is not suffices.
    if (first === undefined || others.some(({ uncertain }) => uncertain === undefined)) return pass;
    const waitsFor = [
      ...unknownsOf(...asked),
      ...others.flatMap(({ uncertain }) => uncertain ?? []),
      ...more,
    ];
    if (waitsFor.length > 0) {
      return undecided(`whether the administrative state leaves \`${subject.name}\` a member`, waitsFor);
    }
    return {
      status: 'violation',
      say: 'down',
      with: { name: subject.name, rules: paths.map((path) => path.name) },
      at: first.origin,
      related: paths
        .slice(0, 3)
        .map(({ name, origin }) => ({ message: `\`${name}\` sends traffic to the pool`, origin })),
    };
  },
});
