import {
  definePolicy,
  isIdle,
  numberText,
  type Policy,
  type ProbeSubject,
  pass,
  probeProtocol,
  probeSubjects,
  undecided,
  unknownsOf,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'probe-on-refused-port',
  title: 'HTTP probes use a port that Azure probes',
  severity: 'error',
  confidence: 'proved',
  remedy: 'probe another port, or probe this one with TCP',
  references: [
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    refused: ({ name, port }: { name: string; port: string }) =>
      `the probe \`${name}\` never gets an answer: Azure sends no HTTP probes to port ${port}`,
  },

  subjects: (network) => probeSubjects(network).filter((asked) => mayBeHttp(asked) && !isIdle(asked)),

  check({ subject, probe: { protocol, port } }: ProbeSubject) {
    if (port.kind === 'absent' || (port.kind === 'known' && !REFUSED.has(port.value))) return pass;
    const waitsFor = unknownsOf(protocol, port);
    if (waitsFor.length > 0) return undecided(`whether Azure sends the probe \`${subject.name}\``, waitsFor);
    return {
      status: 'violation',
      say: 'refused',
      with: { name: subject.name, port: numberText(port) ?? 'of its own' },
      at: port.origin,
    };
  },
});

/** Azure's page names these ports for HTTP probes and is silent on HTTPS. */
function mayBeHttp({ probe }: ProbeSubject): boolean {
  return probe.protocol.kind === 'unknown' || probeProtocol(probe) === 'http';
}

/** https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#limitations */
const REFUSED: ReadonlySet<number> = new Set([19, 21, 25, 70, 110, 119, 143, 220, 993]);
