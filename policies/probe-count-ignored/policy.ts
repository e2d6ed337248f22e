import { definePolicy, type Policy, type ProbeSubject, pass, probeSubjects } from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'probe-count-ignored',
  title: 'Probes say with probeThreshold how many answers count',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'set probeThreshold, with API version 2022-05-01 or later, and leave numberOfProbes out',
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
    ignored: ({ name, count }: { name: string; count: number }) =>
      `the probe \`${name}\` asks for ${count} failures, but Azure ignores numberOfProbes: one probe changes the state`,
  },

  subjects: probeSubjects,

  check({ subject, probe: { numberOfProbes: count, threshold } }: ProbeSubject) {
    const isWritten = count.kind === 'known' && count.assumed !== true && count.value > 1;
    // A threshold that a provider adds by itself is no wish of the author.
    const hasThreshold =
      threshold.kind === 'unknown' || (threshold.kind === 'known' && threshold.assumed !== true);
    if (!isWritten || hasThreshold) return pass;
    return {
      status: 'violation',
      say: 'ignored',
      with: { name: subject.name, count: count.value },
      at: count.origin,
    };
  },
});
