import {
  definePolicy,
  type GuestEvidence,
  type GuestSubject,
  guestNames,
  guestSubjects,
  hasLoopbackSetup,
  isClusterListener,
  isFloating,
  isReadable,
  type Path,
  type Policy,
  pass,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'floating-ip-without-guest-loopback',
  title: 'Members behind a rule with floating IP own the address of its frontend',
  severity: 'warning',
  confidence: 'suspected',
  remedy: 'turn floating IP off, or add the address of the frontend to a loopback interface of the guest',
  references: [
    {
      title: 'Azure Load Balancer floating IP configuration',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-floating-ip',
    },
  ],
  messages: {
    missing: ({ path, guests }: { path: Path; guests: readonly GuestEvidence[] }) =>
      `\`${path.name}\` delivers packets to the address of its frontend (floating IP), and nothing gives ${guestNames(guests)} that address`,
  },

  subjects: (network) =>
    guestSubjects(network).filter(({ path }) => isFloating(path.rule) && !isClusterListener(path)),

  check({ path, guests }: GuestSubject) {
    const missing = guests.filter(
      (guest) => isReadable(guest) && guest.texts.length > 0 && !hasLoopbackSetup(guest),
    );
    // A machine that forwards packets takes them whatever their destination.
    const isForwarding = path.members.some(
      ({ member: { networkInterface } }) =>
        networkInterface !== undefined &&
        (networkInterface.ipForwarding.kind !== 'known' || networkInterface.ipForwarding.value),
    );
    const [first] = missing;
    if (first === undefined || missing.length < guests.length || isForwarding) return pass;
    return {
      status: 'violation',
      say: 'missing',
      with: { path, guests: missing },
      at: path.rule.floatingIp.origin,
      related: [
        {
          message: 'what the machine is given to run',
          origin: first.texts[0]?.origin ?? first.machine.origin,
        },
      ],
    };
  },
});
