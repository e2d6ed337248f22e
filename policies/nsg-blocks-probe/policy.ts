import {
  type Diagnosis,
  definePolicy,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  probeCauseText,
  probePortText,
  probeRemedyText,
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
      `the probe of \`${path.name}\` on ${probePortText(path)} never gets an answer: ${probeCauseText(diagnosis, path)}`,
  },

  // What hangs on an undocumented point about a service tag alone is the question of nsg-endangers-probe.
  subjects: (network) =>
    ruleSubjects(network).filter(({ path }) => network.probeDependenceOf(path)?.settlesPath !== true),

  check({ path }: PathSubject) {
    if (path.probe === 'unknown' && (path.members.length > 0 || !path.membersComplete)) {
      return undecided(
        `whether the probe of \`${path.name}\` on ${probePortText(path)} gets an answer`,
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
      remedy: probeRemedyText(diagnosis, path),
      related: [{ message: `\`${path.name}\` uses the probe`, origin: path.origin }],
      ...(staysUp ? { severity: 'warning' } : {}),
      ...(blocked.evidence === undefined ? {} : { evidence: blocked.evidence() }),
    };
  },
});
