import {
  causeText,
  clientText,
  type Diagnosis,
  definePolicy,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  pathSubjects,
  portText,
  remedyText,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'nsg-blocks-data-port',
  title: 'Network security groups let clients reach the backend port of every rule',
  severity: 'error',
  confidence: 'proved',
  remedy: 'allow the clients to the backend port on both the subnet and the network interface',
  references: [
    {
      title: 'Troubleshoot Azure Load Balancer backend traffic responses',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
    {
      title: 'How network security groups filter network traffic',
      url: 'https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works',
    },
  ],
  messages: {
    blocked: ({ path, diagnosis }: { path: Path; diagnosis: Diagnosis }) =>
      `${portText(path)} of \`${path.name}\` is closed to ${clientText(path)}: ${causeText(diagnosis, path)}`,
  },

  subjects: (network) => pathSubjects(network),

  check({ path }: PathSubject) {
    if (path.members.length === 0 && path.membersComplete) return pass;
    if (path.data === 'unknown') {
      return undecided(
        `whether ${clientText(path)} reaches ${portText(path)} of \`${path.name}\``,
        path.waitsFor,
      );
    }
    if (path.data !== 'blocked') return pass;
    const blocked = path.members.map(({ data }) => data);
    const decisive = blocked.find(({ diagnosis }) => diagnosis?.id !== 'no-security-group');
    if (decisive?.diagnosis === undefined) return pass;
    const { diagnosis } = decisive;
    return {
      status: 'violation',
      say: 'blocked',
      with: { path, diagnosis },
      at: locationOf(diagnosis, path),
      diagnosis: diagnosis.id,
      remedy: remedyText(diagnosis, path),
      related: [{ message: `\`${path.name}\` sends packets here`, origin: path.origin }],
      ...(decisive.evidence === undefined ? {} : { evidence: decisive.evidence() }),
    };
  },
});

/** The rule to change: the one that was meant to allow, else the one that denies, else the load-balancing rule. */
function locationOf(diagnosis: Diagnosis, path: Path): Path['origin'] {
  if (diagnosis.intended !== undefined) return diagnosis.intended.origin;
  return diagnosis.decisive.origin.kind === 'platform' ? path.origin : diagnosis.decisive.origin;
}
