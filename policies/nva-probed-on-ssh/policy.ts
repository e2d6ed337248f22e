import {
  definePolicy,
  isHaPorts,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  ruleSubjects,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'nva-probed-on-ssh',
  title: 'Network appliances are probed on a port of their data path',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'probe the port that the vendor documents for load balancers',
  references: [
    {
      title: 'Deploy highly available NVAs',
      url: 'https://learn.microsoft.com/azure/architecture/networking/guide/network-virtual-appliance-high-availability',
    },
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    ssh: ({ path }: { path: Path }) =>
      `\`${path.name}\` probes its appliances on port 22: the shell answers while nothing is forwarded`,
  },

  subjects: (network) => ruleSubjects(network).filter(({ path }) => isAppliance(path)),

  check({ path }: PathSubject) {
    const port = path.probeResource?.port;
    if (port?.kind !== 'known' || port.value !== 22) return pass;
    return {
      status: 'violation',
      say: 'ssh',
      with: { path },
      at: port.origin,
      related: [{ message: `\`${path.name}\` uses the probe`, origin: path.origin }],
    };
  },
});

/** HA ports are made for appliances, and a machine that forwards packets is one. */
function isAppliance({ rule, members }: Path): boolean {
  return (
    isHaPorts(rule) ||
    members.some(({ member: { networkInterface } }) => {
      const forwarding = networkInterface?.ipForwarding;
      return forwarding?.kind === 'known' && forwarding.value;
    })
  );
}
