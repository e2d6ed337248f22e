import {
  causeText,
  clientText,
  closedPath,
  type Diagnosis,
  definePolicy,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  pathSubjects,
  portText,
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

  // What hangs on the tag VirtualNetwork beside a default route alone is the question of vnet-tag-undefined.
  subjects: (network) =>
    pathSubjects(network).filter(({ path }) => network.dataDependenceOf(path)?.settlesPath !== true),

  check({ path }: PathSubject, network) {
    const closed = closedPath(path, network);
    if (closed.status === 'open') return pass;
    if (closed.status === 'unknown') return closed;
    const { diagnosis } = closed;
    return {
      ...closed,
      status: 'violation',
      say: 'blocked',
      with: { path, diagnosis },
      diagnosis: diagnosis.id,
    };
  },
});
