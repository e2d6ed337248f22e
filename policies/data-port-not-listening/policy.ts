import {
  type Claim,
  claimText,
  definePolicy,
  type GuestEvidence,
  type GuestSubject,
  guestNames,
  guestSubjects,
  isClusterListener,
  isReadable,
  isServedByImage,
  type Path,
  type Policy,
  pass,
  portText,
  servedPorts,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'data-port-not-listening',
  title: 'A server listens on the backend port of every rule',
  severity: 'warning',
  confidence: 'suspected',
  remedy: 'set the backend port of the rule to the port of the server, or have the server listen on it',
  references: [
    {
      title:
        'Troubleshoot Azure Load Balancer: the backend VM is not listening on the appropriate port for the data traffic',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
  ],
  messages: {
    contradicts: ({
      path,
      guests,
      claims,
    }: {
      path: Path;
      guests: readonly GuestEvidence[];
      claims: string;
    }) =>
      `${guestNames(guests)} ${guests.length === 1 ? 'listens' : 'listen'} on ${claims}, and \`${path.name}\` sends data to ${portText(path)}`,
  },

  subjects: (network) =>
    guestSubjects(network).filter(({ path }) => isOnePort(path) && !isClusterListener(path)),

  check({ path, guests }: GuestSubject) {
    const { backendPort } = path.rule;
    const probePort = path.probeResource?.port;
    if (backendPort.kind !== 'known' || (probePort !== undefined && probePort.kind !== 'known')) return pass;
    // Any sign that a port is meant, such as an opening of the guest's firewall, is the benefit of the doubt. Where the port
    // of the probe answers, the server is there, and may serve the data by settings that nobody sees.
    const meant = [backendPort.value, ...(probePort === undefined ? [] : [probePort.value])];
    const contradicting = guests.filter(
      (guest) =>
        isReadable(guest) &&
        servedPorts(guest).length > 0 &&
        !meant.some(
          (port) => isServedByImage(guest, port) || guest.claims.some((claim) => claim.port === port),
        ),
    );
    const [first] = contradicting;
    if (first === undefined) return pass;
    const claims = unique(servedPorts(first));
    return {
      status: 'violation',
      say: 'contradicts',
      with: { path, guests: contradicting, claims: claims.map(claimText).join(' and ') },
      at: backendPort.origin,
      related: claims.map((claim) => ({
        message: `${claimText(claim)} in the ${claim.carrier}`,
        origin: claim.origin,
      })),
    };
  },
});

/** A TCP rule of one port: what serves UDP is rarely to be seen. */
function isOnePort({ rule }: Path): boolean {
  const { protocol, backendPort } = rule;
  const isTcp = protocol.kind === 'known' && protocol.value.toLowerCase() === 'tcp';
  return isTcp && backendPort.kind === 'known' && backendPort.value !== 0;
}

function unique(claims: readonly Claim[]): readonly Claim[] {
  return claims.filter(({ port }, index) => claims.findIndex((other) => other.port === port) === index);
}
