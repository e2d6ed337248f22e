import {
  definePolicy,
  type Egress,
  type GuestEvidence,
  type GuestSubject,
  guestNames,
  guestSubjects,
  type InternetNeed,
  noEgressText,
  type Policy,
  pass,
  withoutEgress,
} from '../../src/policy/index.ts';

type Closed = Extract<Egress, { via: 'none' }>;

interface Stuck {
  readonly guest: GuestEvidence;
  readonly need: InternetNeed;
  readonly egress: Closed;
}

export const policy: Policy = definePolicy({
  id: 'bootstrap-without-egress',
  title: 'Members whose set-up needs the internet have a way out to it',
  severity: 'warning',
  confidence: 'suspected',
  remedy:
    'associate a NAT gateway with the subnet of the members, use an image that holds what the set-up fetches, or fetch it from a place inside the network',
  references: [
    {
      title: 'Default outbound access in Azure',
      url: 'https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access',
    },
    {
      title:
        'Troubleshoot Azure Load Balancer: the backend VM is not listening on the appropriate port for the data traffic',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
  ],
  messages: {
    stuck: ({
      guests,
      need,
      egress,
    }: {
      guests: readonly GuestEvidence[];
      need: InternetNeed;
      egress: Closed;
    }) =>
      `the set-up of ${guestNames(guests)} ${need.what} and has no way out to the internet: ${noEgressText(egress)}`,
  },

  /** The first rule of a pool speaks for the others: the machines behind it are the same. */
  subjects(network) {
    const asked = new Set<string>();
    return guestSubjects(network).filter(({ guests }) => {
      const isNew = guests.some(({ machine }) => !asked.has(machine.id));
      for (const { machine } of guests) asked.add(machine.id);
      return isNew;
    });
  },

  check({ path, guests }: GuestSubject, network) {
    const stuck = guests.flatMap((guest): readonly Stuck[] => {
      const [need] = guest.needs;
      const egress = need === undefined ? undefined : withoutEgress(network, guest.machine);
      return need === undefined || egress === undefined ? [] : [{ guest, need, egress }];
    });
    const [first] = stuck;
    if (first === undefined) return pass;
    const { need, egress } = first;
    return {
      status: 'violation',
      say: 'stuck',
      with: { guests: stuck.map(({ guest }) => guest), need, egress },
      at: need.origin,
      related: [
        { message: noEgressText(egress), origin: egress.origin },
        { message: `until the set-up is through, nothing answers \`${path.name}\``, origin: path.origin },
      ],
    };
  },
});
