import {
  callNotes,
  definePolicy,
  type Egress,
  firstLoopbackCalls,
  type LoopbackCall,
  noEgressText,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  ruleSubjects,
  withoutEgress,
} from '../../src/policy/index.ts';

type Closed = Extract<Egress, { via: 'none' }>;

export const policy: Policy = definePolicy({
  id: 'public-frontend-loopback-without-egress',
  title: 'Members that call the public frontend of their own load balancer have a way out to the internet',
  severity: 'warning',
  confidence: 'suspected',
  remedy: 'call localhost or a private address instead, or give the members a NAT gateway',
  references: [
    {
      title: 'Troubleshoot Azure Load Balancer: accessing the frontend from a participating backend VM',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
    {
      title: 'Default outbound access in Azure',
      url: 'https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access',
    },
  ],
  messages: {
    closed: ({ path, call, egress }: { path: Path; call: LoopbackCall; egress: Closed }) =>
      `\`${call.machine}\` calls the public frontend of \`${path.name}\` behind which it stands, and has no way out to the internet: ${noEgressText(egress)}`,
  },

  subjects: (network) => ruleSubjects(network).filter(({ path }) => path.scheme === 'public'),

  check({ path }: PathSubject, network) {
    for (const call of firstLoopbackCalls(path, network)) {
      const egress = withoutEgress(network, call.caller);
      if (egress === undefined) continue;
      return {
        status: 'violation',
        say: 'closed',
        with: { path, call, egress },
        at: call.origin,
        related: [
          ...callNotes(call),
          { message: `\`${path.name}\` is what it calls`, origin: path.origin },
          { message: noEgressText(egress), origin: egress.origin },
        ],
      };
    }
    return pass;
  },
});
