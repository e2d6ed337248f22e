import {
  definePolicy,
  isUnset,
  type Policy,
  type ProbeSubject,
  pass,
  probeProtocol,
  probeSubjects,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'http-probe-without-path',
  title: 'HTTP and HTTPS probes name the path they ask for',
  severity: 'error',
  confidence: 'proved',
  remedy: 'name the path of a health page that answers 200',
  references: [
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    missing: ({ name, protocol }: { name: string; protocol: string }) =>
      `Azure refuses the probe \`${name}\`: an ${protocol} probe needs a request path`,
  },

  subjects: probeSubjects,

  check({ subject, probe }: ProbeSubject) {
    const protocol = probeProtocol(probe);
    if (protocol === 'tcp' || !isUnset(probe.requestPath)) return pass;
    if (probe.protocol.kind === 'unknown') {
      return undecided(`whether the probe \`${subject.name}\` needs a request path`, [probe.protocol]);
    }
    if (protocol !== 'http' && protocol !== 'https') return pass;
    return {
      status: 'violation',
      say: 'missing',
      with: { name: subject.name, protocol: protocol.toUpperCase() },
    };
  },
});
