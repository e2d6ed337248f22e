import {
  definePolicy,
  type LoopbackCall,
  loopbackCalls,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  ruleSubjects,
} from '../../src/policy/index.ts';

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
  ],
  messages: {
    always: ({ path, call }: { path: Path; call: LoopbackCall }) =>
      `\`${call.machine}\` calls the frontend of \`${path.name}\` and is its only member, so every such connection loops back to its sender and times out`,
    sometimes: ({ path, call }: { path: Path; call: LoopbackCall }) =>
      `\`${call.machine}\` calls the frontend of \`${path.name}\` and is a member of its pool: ${share(call)} of such connections loop back to their sender and time out`,
  },

  subjects: (network) => ruleSubjects(network).filter(({ path }) => path.scheme === 'internal'),

  check({ path }: PathSubject, network) {
    const calls = loopbackCalls(path, network);
    const [call, ...others] = calls;
    if (call === undefined) return pass;
    const common = {
      status: 'violation',
      with: { path, call },
      at: call.origin,
      related: [
        { message: `\`${path.name}\` sends what it gets to the caller's own pool`, origin: path.origin },
        ...others.map((other) => ({
          message: `\`${other.machine}\` calls it too, in its ${other.carrier}`,
          origin: other.origin,
        })),
      ],
    } as const;
    return call.members === 1
      ? { ...common, say: 'always', severity: 'error' }
      : { ...common, say: 'sometimes' };
  },
});

function share({ members }: LoopbackCall): string {
  return members === undefined ? 'one in every number of members' : `1/${members}`;
}
