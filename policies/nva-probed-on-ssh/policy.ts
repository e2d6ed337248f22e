import {
  definePolicy,
  isHaPorts,
  type Path,
  type Policy,
  type ProbeSubject,
  pass,
  probeSubjects,
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
    ssh: ({ name }: { name: string }) =>
      `the probe \`${name}\` asks appliances on port 22, where SSH answers even while they forward nothing`,
  },

  subjects: (network) => probeSubjects(network).filter(({ paths }) => paths.some(isForwarded)),

  check({ subject, probe: { port }, paths }: ProbeSubject) {
    // A port that is not known is what nsg-blocks-probe and probe-port-differs-from-data-port wait for.
    if (port.kind !== 'known' || port.value !== SSH) return pass;
    return {
      status: 'violation',
      say: 'ssh',
      with: { name: subject.name },
      at: port.origin,
      related: paths
        .filter(isForwarded)
        .slice(0, 3)
        .map(({ name, origin }) => ({ message: `\`${name}\` sends traffic through them`, origin })),
    };
  },
});

const SSH = 22;

/**
 * The rule sends traffic through appliances: HA ports are made for them, and a machine that passes on packets is one. A
 * rule that delivers SSH is probed on its own data port.
 */
function isForwarded({ rule, members }: Path): boolean {
  if (isHaPorts(rule)) return true;
  const { backendPort } = rule;
  if (backendPort.kind !== 'known' || backendPort.value === SSH) return false;
  return members.some(({ member: { networkInterface } }) => {
    const forwarding = networkInterface?.ipForwarding;
    return forwarding?.kind === 'known' && forwarding.value;
  });
}
