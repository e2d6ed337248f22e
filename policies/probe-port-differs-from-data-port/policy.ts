import {
  definePolicy,
  type Evaluated,
  isClusterListener,
  type Network,
  numberText,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  portsOfPools,
  ruleSubjects,
  undecided,
} from '../../src/policy/index.ts';

/** Where Kubernetes says how a node is: kube-proxy for its services, the nginx controller for its ingress. */
const KUBERNETES_HEALTH_PORTS: ReadonlySet<number> = new Set([10_256, 10_254]);

export const policy: Policy = definePolicy({
  id: 'probe-port-differs-from-data-port',
  title: 'The probe asks a port that carries data',
  severity: 'warning',
  confidence: 'suspected',
  remedy:
    'probe the backend port, or let the health endpoint on the probe port fail when the application does',
  references: [
    {
      title: 'Azure Load Balancer health probes: probe port',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-port',
    },
    {
      title:
        'Troubleshoot Azure Load Balancer backend traffic responses: the backend does not listen on the data port',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
  ],
  messages: {
    differs: ({ path, probePort }: { path: Path; probePort: string }) =>
      `\`${path.name}\` sends data to port ${numberText(path.rule.backendPort) ?? 'unknown'} and its probe asks port ${probePort}, so a green probe says nothing about the data port`,
  },

  subjects: (network) => ruleSubjects(network).filter(({ path }) => path.probeResource !== undefined),

  check({ path }: PathSubject, network) {
    const probe = path.probeResource;
    if (probe === undefined || isClusterListener(path) || isUdp(path)) return pass;
    const { port } = probe;
    const { backendPort } = path.rule;
    if (port.kind !== 'known' || backendPort.kind !== 'known') {
      const waitsFor = [port, backendPort].flatMap((value) => (value.kind === 'unknown' ? [value] : []));
      return undecided(`whether the probe of \`${path.name}\` asks a port that carries data`, waitsFor);
    }
    if (isHealthPort(port.value) || carriesData(port.value, path, network)) return pass;
    const forwarding = forwardingOf(path);
    if (forwarding !== undefined) {
      const doubts = forwarding.flatMap((value) => (value.kind === 'unknown' ? [value] : []));
      return doubts.length === 0
        ? pass
        : undecided(`whether the members of \`${path.name}\` pass its packets on`, doubts);
    }
    return {
      status: 'violation',
      say: 'differs',
      with: { path, probePort: numberText(port) ?? 'unknown' },
      at: probe.origin,
      related: [{ message: `\`${path.name}\` sends data elsewhere`, origin: path.origin }],
    };
  },
});

/** A UDP rule needs a probe of another protocol: semantics 2.4. */
function isUdp({ rule }: Path): boolean {
  return rule.protocol.kind === 'known' && ['udp', 'quic'].includes(rule.protocol.value.toLowerCase());
}

function isHealthPort(port: number): boolean {
  const isNodePort = port >= 30_000 && port <= 32_767;
  return KUBERNETES_HEALTH_PORTS.has(port) || isNodePort;
}

/** The port is a backend port of some rule to the same pool; port 0 stands for all of them. */
function carriesData(port: number, path: Path, network: Network): boolean {
  const ports = portsOfPools(path, network);
  return ports === 'any' || ports.has(port) || ports.has(0);
}

/** IP forwarding of all members, when each may be an appliance: nobody on one listens on the port of what it passes on. */
function forwardingOf({ members }: Path): readonly Evaluated<boolean>[] | undefined {
  const each = members.flatMap(({ member }) => member.networkInterface?.ipForwarding ?? []);
  const mayForward = each.every(
    (value) => value.kind === 'unknown' || (value.kind === 'known' && value.value),
  );
  return members.length > 0 && each.length === members.length && mayForward ? each : undefined;
}
