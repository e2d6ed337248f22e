import {
  definePolicy,
  namesText,
  type Policy,
  type ProbeSubject,
  pass,
  probeSubjects,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'probe-unused',
  title: 'Every probe is used by a rule',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'name the probe in a rule, or remove it',
  references: [
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
    {
      title: 'Troubleshoot common Azure deployment errors with Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors',
    },
  ],
  messages: {
    unused: ({ name }: { name: string }) => `no rule uses the probe \`${name}\`, so it has no effect`,
    inactive: ({ name, scaleSets }: { name: string; scaleSets: readonly string[] }) =>
      `Azure refuses ${namesText(scaleSets)}: no rule uses the health probe \`${name}\``,
  },

  subjects: probeSubjects,

  check({ subject, paths, isMissed, others, healthOf }: ProbeSubject) {
    // A name that no probe has is what load-balancer-reference-broken reports.
    if (paths.length > 0 || isMissed) return pass;
    if (others.length > 0) return undecided(`whether a rule uses the probe \`${subject.name}\``, others);
    const { name } = subject;
    if (healthOf.length === 0) return { status: 'violation', say: 'unused', with: { name } };
    return {
      status: 'violation',
      say: 'inactive',
      with: { name, scaleSets: healthOf.map((scaleSet) => scaleSet.name) },
      severity: 'error',
      related: healthOf.slice(0, 3).map((scaleSet) => ({
        message: `\`${scaleSet.name}\` takes it for the health of its instances`,
        origin: scaleSet.origin,
      })),
    };
  },
});
