import {
  definePolicy,
  type Policy,
  type ProbeSubject,
  pass,
  probeProtocol,
  probeSubjects,
  undecided,
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
    refused: ({ name, port }: { name: string; port: number }) =>
      `the probe \`${name}\` never gets an answer: Azure sends no HTTP probes to port ${port}`,
  },

  subjects: (network) => probeSubjects(network).filter(({ probe }) => probeProtocol(probe) === 'http'),

  check({ subject, probe: { port } }: ProbeSubject) {
    if (port.kind === 'unknown') {
      return undecided(`whether Azure probes the port of \`${subject.name}\``, [port]);
    }
    if (port.kind === 'absent' || !REFUSED.has(port.value)) return pass;
    return {
      status: 'violation',
      say: 'refused',
      with: { name: subject.name, port: port.value },
      at: port.origin,
    };
  },
});

/** https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#limitations */
const REFUSED: ReadonlySet<number> = new Set([19, 21, 25, 70, 110, 119, 143, 220, 993]);
