import {
  definePolicy,
  type EgressSubject,
  egressSubjects,
  type NoEgress,
  type Policy,
  pass,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'members-without-egress',
  title: 'Members of backend pools have a way out to the internet',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'associate a NAT gateway with the subnet of the members',
  references: [
    {
      title: 'Default outbound access in Azure',
      url: 'https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access',
    },
    {
      title: 'Use Source Network Address Translation (SNAT) for outbound connections',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-outbound-connections',
    },
  ],
  messages: {
    closed: ({ pool, members, because }: { pool: string; members: readonly string[]; because: NoEgress }) =>
      `${shown(members)} of \`${pool}\` ${members.length === 1 ? 'has' : 'have'} no way out to the internet: ${CAUSES[because]}`,
  },

  subjects: egressSubjects,

  check({ subject, members }: EgressSubject) {
    const closed = members.flatMap(({ label, egress }) => (egress.via === 'none' ? [{ label, egress }] : []));
    const [first] = closed;
    if (first !== undefined) {
      const { because, origin } = first.egress;
      return {
        status: 'violation',
        say: 'closed',
        with: { pool: subject.name, members: closed.map(({ label }) => label), because },
        related: origin === subject.origin ? [] : [{ message: CAUSES[because], origin }],
      };
    }
    const waitsFor = members.flatMap(({ egress }) => (egress.via === 'unknown' ? egress.waitsFor : []));
    return waitsFor.length === 0
      ? pass
      : undecided(`whether the members of \`${subject.name}\` have a way out to the internet`, waitsFor);
  },
});

const CAUSES: Readonly<Record<NoEgress, string>> = {
  'black-hole': 'the default route of their subnet drops everything',
  'private-subnet': 'their subnet is private, and nothing else gives them one',
  'internal-load-balancer':
    'behind an internal Standard load balancer there is no default outbound access, and nothing else gives them one',
  'snat-disabled': 'the rules of their load balancer turn outbound SNAT off, and no outbound rule stands in',
  'flexible-scale-set':
    'instances of a flexible scale set have no default outbound access, and nothing else gives them one',
};

function shown(members: readonly string[]): string {
  const names = members.length > 3 ? [...members.slice(0, 2), `${members.length - 2} others`] : members;
  return names.map((name) => `\`${name}\``).join(', ');
}
