import {
  allowText,
  type Diagnosis,
  definePolicy,
  moveText,
  numberText,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  ruleSubjects,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'nsg-blocks-probe',
  title: 'Network security groups let the health probe reach the backend',
  severity: 'error',
  confidence: 'proved',
  remedy: 'allow the service tag AzureLoadBalancer to the probe port before any rule that denies it',
  references: [
    {
      title: 'Azure Load Balancer health probes: probe source IP address',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address',
    },
    {
      title: 'What is IP address 168.63.129.16?',
      url: 'https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16',
    },
  ],
  messages: {
    blocked: ({ path, diagnosis }: { path: Path; diagnosis: Diagnosis }) =>
      `the probe of \`${path.name}\` on ${probePort(path)} never gets an answer: ${cause(diagnosis)}`,
  },

  subjects: (network) => ruleSubjects(network),

  check({ path }: PathSubject) {
    if (path.probe === 'unknown' && (path.members.length > 0 || !path.membersComplete)) {
      return undecided(
        `whether the probe of \`${path.name}\` on ${probePort(path)} gets an answer`,
        path.waitsFor,
      );
    }
    if (path.probe !== 'blocked') return pass;
    const blocked = path.members.find(({ probe }) => probe?.diagnosis !== undefined)?.probe;
    if (blocked?.diagnosis === undefined) return pass;
    const { diagnosis } = blocked;
    const behaviour = path.probeResource?.noHealthyBackends;
    const staysUp = behaviour?.kind === 'known' && behaviour.value.toLowerCase() === 'allprobedup';
    return {
      status: 'violation',
      say: 'blocked',
      with: { path, diagnosis },
      at: diagnosis.decisive.origin.kind === 'platform' ? path.origin : diagnosis.decisive.origin,
      diagnosis: diagnosis.id,
      remedy: remedy(diagnosis, path),
      related: [{ message: `\`${path.name}\` uses the probe`, origin: path.origin }],
      ...(staysUp ? { severity: 'warning' } : {}),
      ...(blocked.evidence === undefined ? {} : { evidence: blocked.evidence() }),
    };
  },
});

function probePort(path: Path): string {
  const port = path.probeResource?.port;
  const text = port === undefined ? undefined : numberText(port);
  return text === undefined ? 'an unknown port' : `tcp/${text}`;
}

function cause({ decisive, intended }: Diagnosis): string {
  const decider = `\`${decisive.name}\`${decisive.group === undefined ? '' : ` of \`${decisive.group}\``}`;
  return intended === undefined
    ? `${decider} denies 168.63.129.16`
    : `${decider} denies 168.63.129.16 before \`${intended.name}\` can allow it`;
}

function remedy(diagnosis: Diagnosis, path: Path): string {
  if (diagnosis.id === 'shadowed-by-deny') return moveText(diagnosis);
  const port = path.probeResource === undefined ? undefined : numberText(path.probeResource.port);
  return allowText(diagnosis, { protocol: 'Tcp', source: 'AzureLoadBalancer', port: port ?? '*' });
}
