import {
  definePolicy,
  type EgressMember,
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
    closed: ({ subnet, members, because }: { subnet: string; members: readonly string[]; because: Cause }) =>
      `${shown(members)} in \`${subnet}\` ${members.length === 1 ? 'has' : 'have'} no way out to the internet: ${CAUSES[because]}`,
  },

  subjects: egressSubjects,

  check({ subject, members }: EgressSubject) {
    const closed = members.flatMap(({ label, egress }) => {
      // A default route to nowhere is written on purpose; return-path-blackholed tells what it does to replies.
      if (egress.via !== 'none' || egress.because === 'black-hole') return [];
      return [{ label, because: egress.because, origin: egress.origin }];
    });
    const [first] = closed;
    if (first !== undefined) {
      const { because, origin } = first;
      const alike = closed.filter((each) => each.because === because);
      return {
        status: 'violation',
        say: 'closed',
        with: { subnet: subject.name, members: alike.map(({ label }) => label), because },
        remedy: REMEDIES[because](subject.name),
        related: origin === subject.origin ? [] : [{ message: HERE[because], origin }],
      };
    }
    const waitsFor = members.flatMap(openReasons);
    return waitsFor.length === 0
      ? pass
      : undecided(`whether the members in \`${subject.name}\` have a way out to the internet`, waitsFor);
  },
});

/**
 * Routes that are not known take the place of a way that is there, and what brings them is expected to lead out: a gateway
 * does, and a route table of another root does with few exceptions. With the same routes in doubt, return-path-asymmetric
 * asks about the replies of a public load balancer, and the policies about security groups about the tag VirtualNetwork.
 */
function openReasons({ egress, isPublic, askedElsewhere }: EgressMember): EgressReasons {
  if (egress.via !== 'unknown') return [];
  const { waitsFor, otherwise } = egress;
  if (otherwise === undefined) return waitsFor;
  const rest = otherwise.via === 'unknown' ? otherwise.waitsFor : [];
  const isDecided = otherwise.via !== 'none' && otherwise.via !== 'unknown';
  if (isDecided || isPublic || waitsFor.some(({ reason }) => askedElsewhere.has(reason.name))) return rest;
  return [...waitsFor, ...rest];
}

type EgressReasons = Extract<EgressMember['egress'], { via: 'unknown' }>['waitsFor'];

type Cause = Exclude<NoEgress, 'black-hole'>;

const CAUSES: Readonly<Record<Cause, string>> = {
  'private-subnet': 'their subnet is private, and nothing else gives them one',
  'internal-load-balancer':
    'behind an internal Standard load balancer there is no default outbound access, and nothing else gives them one',
  'snat-disabled': 'the rules of their load balancer turn outbound SNAT off, and no outbound rule stands in',
  'flexible-scale-set':
    'instances of a flexible scale set have no default outbound access, and nothing else gives them one',
};

/** What stands at the other place. */
const HERE: Readonly<Record<Cause, string>> = {
  'private-subnet': 'default outbound access is off here',
  'internal-load-balancer': 'this load balancer is internal',
  'snat-disabled': 'outbound SNAT is off here',
  'flexible-scale-set': 'the instances are described here',
};

const REMEDIES: Readonly<Record<Cause, (subnet: string) => string>> = {
  'private-subnet': natGateway,
  'internal-load-balancer': natGateway,
  'snat-disabled': (subnet) =>
    `add an outbound rule for the pool, or associate a NAT gateway with \`${subnet}\``,
  'flexible-scale-set': natGateway,
};

function natGateway(subnet: string): string {
  return `associate a NAT gateway with \`${subnet}\`, or route 0.0.0.0/0 to a firewall`;
}

function shown(members: readonly string[]): string {
  const names = members.length > 3 ? [...members.slice(0, 2), `${members.length - 2} others`] : members;
  return names.map((name) => `\`${name}\``).join(', ');
}
