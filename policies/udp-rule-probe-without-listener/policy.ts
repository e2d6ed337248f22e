import {
  type Claim,
  claimText,
  definePolicy,
  type GuestEvidence,
  type GuestSubject,
  guestNames,
  guestSubjects,
  isReadable,
  isServedByImage,
  numberText,
  type Path,
  type Policy,
  pass,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'udp-rule-probe-without-listener',
  title: 'Something answers the TCP probe of a UDP rule',
  severity: 'warning',
  confidence: 'suspected',
  remedy: 'add a health endpoint that answers TCP on the probe port, or probe a port that answers',
  references: [
    {
      title: 'Azure Load Balancer health probes: probe protocol',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-protocol',
    },
  ],
  messages: {
    silent: ({
      path,
      guests,
      claims,
    }: {
      path: Path;
      guests: readonly GuestEvidence[];
      claims: readonly Claim[];
    }) =>
      `the probe of the UDP rule \`${path.name}\` asks tcp/${probePort(path)}, and ${guestNames(guests)} ${guests.length === 1 ? 'answers' : 'answer'} on ${claims.map(claimText).join(' and ')} alone`,
  },

  subjects: (network) =>
    guestSubjects(network).filter(({ path }) => isUdp(path) && path.probeResource !== undefined),

  check({ path, guests }: GuestSubject) {
    const port = path.probeResource?.port;
    if (port?.kind !== 'known') return pass;
    const silent = guests.filter(
      (guest) =>
        isReadable(guest) &&
        guest.claims.length > 0 &&
        !isServedByImage(guest, port.value) &&
        !guest.claims.some((claim) => claim.protocol === 'tcp' && claim.port === port.value),
    );
    const [first] = silent;
    if (first === undefined) return pass;
    const claims = first.claims.filter(
      (claim, index) =>
        first.claims.findIndex(({ port, protocol }) => port === claim.port && protocol === claim.protocol) ===
        index,
    );
    return {
      status: 'violation',
      say: 'silent',
      with: { path, guests: silent, claims },
      at: path.probeResource?.origin ?? path.origin,
      related: claims.map((claim) => ({
        message: `${claimText(claim)} in the ${claim.carrier}`,
        origin: claim.origin,
      })),
    };
  },
});

function isUdp({ rule: { protocol } }: Path): boolean {
  return protocol.kind === 'known' && /^(udp|quic)$/i.test(protocol.value);
}

function probePort({ probeResource }: Path): string {
  return (probeResource === undefined ? undefined : numberText(probeResource.port)) ?? 'unknown';
}
