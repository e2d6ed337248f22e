import {
  type Claim,
  claimText,
  definePolicy,
  type GuestEvidence,
  type GuestSubject,
  guestName,
  guestSubjects,
  type Path,
  type Policy,
  pass,
  portText,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'listener-on-loopback-only',
  title: 'The server on a backend port listens on an address that packets can reach',
  severity: 'error',
  confidence: 'suspected',
  remedy:
    'bind the server to 0.0.0.0, or to the address of the network interface, instead of the loopback address',
  references: [
    {
      title:
        'Troubleshoot Azure Load Balancer: the backend VM is not listening on the appropriate port for the data traffic',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
  ],
  messages: {
    loopback: ({ path, guest, claim }: { path: Path; guest: GuestEvidence; claim: Claim }) =>
      `\`${guestName(guest)}\` listens on ${claimText(claim)} on the loopback address alone, and \`${path.name}\` sends data to ${portText(path)} of the network interface`,
  },

  subjects: guestSubjects,

  check({ path, guests }: GuestSubject) {
    const { backendPort, floatingIp } = path.rule;
    // With floating IP the address of the frontend may be on the loopback interface of the guest.
    if (backendPort.kind !== 'known' || floatingIp.kind !== 'known' || floatingIp.value) return pass;
    const found = guests.flatMap((guest) => {
      const claim = loopbackOnly(guest, backendPort.value);
      return claim === undefined ? [] : [{ guest, claim }];
    });
    const [first, ...others] = found;
    if (first === undefined) return pass;
    return {
      status: 'violation',
      say: 'loopback',
      with: { path, ...first },
      at: first.claim.origin,
      related: [
        { message: `\`${path.name}\` sends data to the network interface`, origin: path.origin },
        ...others.map(({ guest, claim }) => ({
          message: `so does \`${guestName(guest)}\`, in its ${claim.carrier}`,
          origin: claim.origin,
        })),
      ],
    };
  },
});

/**
 * The claim on the port when every explicit one is on loopback. What a package listens on as installed is what the text
 * changes. Content that cannot be read may hold another listener; a program that is started is the one that binds.
 */
function loopbackOnly({ claims, opacity }: GuestEvidence, port: number): Claim | undefined {
  if (opacity.some(({ kind }) => kind === 'hidden')) return undefined;
  const binds = claims.filter(
    (claim) => claim.source === 'bind' && claim.port === port && claim.protocol === 'tcp',
  );
  return binds.every(({ scope }) => scope === 'loopback') ? binds[0] : undefined;
}
