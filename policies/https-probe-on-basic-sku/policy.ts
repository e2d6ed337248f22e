import {
  definePolicy,
  lowerOf,
  type Policy,
  type ProbeSubject,
  pass,
  probeProtocol,
  probeSubjects,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'https-probe-on-basic-sku',
  title: 'HTTPS probes belong to a Standard load balancer',
  severity: 'error',
  confidence: 'proved',
  remedy: 'use the Standard SKU, or probe with HTTP or TCP',
  references: [
    {
      title: 'Azure Load Balancer SKUs',
      url: 'https://learn.microsoft.com/azure/load-balancer/skus',
    },
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    basic: ({ name }: { name: string }) =>
      `Azure refuses the probe \`${name}\`: a Basic load balancer has no HTTPS probes`,
  },

  subjects: (network) => probeSubjects(network).filter(({ probe }) => probeProtocol(probe) === 'https'),

  check({ subject, probe, balancer: { sku } }: ProbeSubject) {
    if (sku.kind === 'unknown') return undecided(`whether \`${subject.name}\` may probe with HTTPS`, [sku]);
    if (lowerOf(sku) !== 'basic') return pass;
    return {
      status: 'violation',
      say: 'basic',
      with: { name: subject.name },
      at: probe.protocol.origin,
      related: sku.origin.kind === 'platform' ? [] : [{ message: 'the SKU is Basic', origin: sku.origin }],
    };
  },
});
