import {
  definePolicy,
  lowerOf,
  type Network,
  type Policy,
  type ProbeSubject,
  pass,
  probeProtocol,
  probeSubjects,
  undecided,
  unknownsOf,
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

  subjects: (network) =>
    probeSubjects(network).filter((asked) => mayBeHttps(asked) && isSeen(asked, network)),

  check({ subject, probe: { protocol }, balancer: { sku } }: ProbeSubject) {
    // A SKU that is left out is what sku-omitted reports.
    if (sku.kind === 'absent' || (sku.kind === 'known' && lowerOf(sku) !== 'basic')) return pass;
    const waitsFor = unknownsOf(protocol, sku);
    if (waitsFor.length > 0) {
      return undecided(`whether \`${subject.name}\` is an HTTPS probe of a Basic load balancer`, waitsFor);
    }
    return {
      status: 'violation',
      say: 'basic',
      with: { name: subject.name },
      at: protocol.origin,
      related: [{ message: 'the SKU is Basic', origin: sku.origin }],
    };
  },
});

function mayBeHttps({ probe }: ProbeSubject): boolean {
  return probe.protocol.kind === 'unknown' || probeProtocol(probe) === 'https';
}

/** The SKU of a load balancer elsewhere was settled there. */
function isSeen({ balancer }: ProbeSubject, { topology }: Network): boolean {
  return topology.loadBalancers.includes(balancer);
}
