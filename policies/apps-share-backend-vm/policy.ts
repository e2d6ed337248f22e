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

export const policy: Policy = definePolicy({
  id: 'apps-share-backend-vm',
  title: 'Applications that call each other through an internal load balancer run on separate machines',
  severity: 'warning',
  confidence: 'suspected',
  remedy:
    'give each application its own backend pool with its own machines, have them call each other on localhost, or give each its own network interface',
  references: [
    {
      title: 'Troubleshoot Azure Load Balancer: access from the same backend VM and network interface',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
  ],
  messages: {
    shared: ({ path, call }: { path: Path; call: LoopbackCall }) =>
      `\`${path.name}\` and ${others(call)} lead to one network interface of \`${call.machine}\`, and one application there calls the other through the load balancer: ${share(call)}`,
  },

  subjects: (network) => ruleSubjects(network).filter(({ path }) => path.scheme === 'internal'),

  check({ path }: PathSubject, network) {
    const calls = firstLoopbackCalls(path, network).filter(({ neighbours }) => neighbours.length > 0);
    const [call, ...more] = calls;
    if (call === undefined) return pass;
    return {
      status: 'violation',
      say: 'shared',
      with: { path, call },
      at: call.origin,
      ...(call.members === 1 ? { severity: 'error' } : {}),
      related: [
        ...callNotes(call),
        { message: `\`${path.name}\` is what it calls`, origin: path.origin },
        ...call.neighbours.map((other) => ({
          message: `\`${other.name}\` leads to the same network interface`,
          origin: other.origin,
        })),
        ...more.map((other) => ({ message: `\`${other.machine}\` does the same`, origin: other.origin })),
      ],
    };
  },
});

function others({ neighbours }: LoopbackCall): string {
  const [first] = neighbours;
  const rest = neighbours.length - 1;
  return `\`${first?.name ?? ''}\`${rest > 0 ? ` and ${rest} more` : ''}`;
}

function share({ members, isFixed }: LoopbackCall): string {
  if (members === 1) return 'every such connection returns to its sender and times out';
  const part = members === undefined ? 'one in every number of members' : `1/${members}`;
  return isFixed
    ? `with affinity about ${part} of the machines never get through`
    : `${part} of such connections return to their sender and time out`;
}
