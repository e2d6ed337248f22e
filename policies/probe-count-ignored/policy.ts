import {
  definePolicy,
  type Evaluated,
  isIdle,
  numberText,
  type Policy,
  type ProbeSubject,
  pass,
  probeSubjects,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'probe-count-ignored',
  title: 'Probes say with probeThreshold how many answers count',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'set probeThreshold (probe_threshold in Terraform) instead, with API version 2022-05-01 or later',
  references: [
    {
      title: 'Azure Load Balancer: what is new, retirements',
      url: 'https://learn.microsoft.com/azure/load-balancer/whats-new',
    },
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    ignored: ({ name, count }: { name: string; count: string }) =>
      `the probe \`${name}\` asks for ${count} failures, but Azure ignores numberOfProbes: one probe decides`,
  },

  subjects: probeSubjects,

  check(asked: ProbeSubject) {
    const { subject, probe } = asked;
    const { numberOfProbes: count, threshold } = probe;
    // Only what an author wrote is a wish. A count of 1 is what happens anyway, and probe-unused speaks of a probe that
    // has no effect.
    if (!isWritten(count) || (count.kind === 'known' && count.value <= 1)) return pass;
    if (isWritten(threshold) || isIdle(asked)) return pass;
    if (count.kind === 'unknown') {
      return undecided(`whether the probe \`${subject.name}\` asks for more failures than Azure waits for`, [
        count,
      ]);
    }
    return {
      status: 'violation',
      say: 'ignored',
      with: { name: subject.name, count: numberText(count) ?? 'several' },
      at: count.origin,
    };
  },
});

function isWritten(value: Evaluated<number>): value is Exclude<Evaluated<number>, { kind: 'absent' }> {
  return value.kind === 'unknown' || (value.kind === 'known' && value.assumed !== true);
}
