import {
  callNotes,
  definePolicy,
  firstLoopbackCalls,
  type LoopbackCall,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  ruleSubjects,
} from '../../src/policy/index.ts';

interface Facts {
  readonly path: Path;
  readonly call: LoopbackCall;
}

export const policy: Policy = definePolicy({
  id: 'internal-frontend-loopback',
  title: 'No member of an internal load balancer calls the frontend of its own pool',
  severity: 'warning',
  confidence: 'suspected',
  remedy:
    'call localhost or another pool, put a proxy such as Application Gateway in between, or give each application its own members',
  references: [
    {
      title:
        'Troubleshoot Azure Load Balancer: accessing the internal frontend from a participating backend VM',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
    {
      title: 'Azure Load Balancer components: limitations',
      url: 'https://learn.microsoft.com/azure/load-balancer/components#limitations',
    },
    {
      title: 'Backend pool management: limitations of IP-based pools',
      url: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management#limitations',
    },
  ],
  messages: {
    always: ({ path, call }: Facts) =>
      `\`${call.machine}\` calls the frontend of ${target({ path, call })} and is its only member, so every such connection loops back to its sender and times out`,
    sometimes: ({ path, call }: Facts) =>
      `\`${call.machine}\` calls the frontend of ${target({ path, call })} and is a member of its pool: ${share(call)} of such connections loop back to their sender and time out`,
    fixed: ({ path, call }: Facts) =>
      `\`${call.machine}\` calls the frontend of ${target({ path, call })} and is a member of its pool: with affinity by source, a machine that is sent to itself always fails, about ${share(call)} of them`,
    addresses: ({ path, call }: Facts) =>
      `\`${call.machine}\` calls the frontend of ${target({ path, call })} and is a member of its IP-based pool, which no machine can use from both sides`,
    controlPlane: ({ path, call }: Facts) =>
      `\`${call.machine}\` joins its control plane through the frontend of ${target({ path, call })} and is a member of its pool: ${share(call)} of such connections loop back to their sender and time out`,
    cluster: ({ path, call }: Facts) =>
      `\`${call.machine}\` and its peers look for each other at the frontend of ${target({ path, call })}, behind which they stand: ${share(call)} of such connections loop back to their sender and time out`,
  },

  subjects: (network) => ruleSubjects(network).filter(({ path }) => path.scheme === 'internal'),

  check({ path }: PathSubject, network) {
    // Where several applications share the machines, `apps-share-backend-vm` reports the very same call.
    const calls = firstLoopbackCalls(path, network).filter(({ neighbours }) => neighbours.length === 0);
    const [call, ...others] = calls;
    if (call === undefined) return pass;
    const common = {
      status: 'violation',
      with: { path, call },
      at: call.origin,
      related: [
        ...callNotes(call),
        { message: `\`${path.name}\` sends what it gets to the caller's own pool`, origin: path.origin },
        ...others.map((other) => ({
          message: `\`${other.machine}\` calls it too, in its ${other.carrier}`,
          origin: other.origin,
        })),
      ],
    } as const;
    if (call.members === 1) return { ...common, say: 'always', severity: 'error' };
    if (call.ipBased) return { ...common, say: 'addresses', severity: 'error' };
    if (call.isControlPlane) return { ...common, say: 'controlPlane', remedy: CONTROL_PLANE };
    if (call.isClusterJoin) return { ...common, say: 'cluster', remedy: CLUSTER };
    return { ...common, say: call.isFixed ? 'fixed' : 'sometimes' };
  },
});

const CONTROL_PLANE =
  'let the nodes of the control plane reach the API server through a proxy on localhost, such as HAProxy, or by their own address';

const CLUSTER =
  'give the members the addresses of their peers, by a list, by DNS or by cloud auto-join, and leave the frontend to the clients of the cluster';

function target({ path, call: { name } }: Facts): string {
  return name === undefined ? `\`${path.name}\`` : `\`${path.name}\` as \`${name}\``;
}

function share({ members }: LoopbackCall): string {
  return members === undefined ? 'one in every number of members' : `1/${members}`;
}
