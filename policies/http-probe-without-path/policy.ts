import {
  definePolicy,
  isUnset,
  type Policy,
  type ProbeSubject,
  pass,
  probeProtocol,
  probeSubjects,
  undecided,
  unknownsOf,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'http-probe-without-path',
  title: 'HTTP and HTTPS probes name the path they ask for',
  severity: 'error',
  confidence: 'proved',
  remedy: 'set the request path to a health page that answers 200',
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
    const { requestPath: path } = probe;
    const protocol = probeProtocol(probe);
    const needsPath = protocol === 'http' || protocol === 'https';
    const mayNeedPath = needsPath || probe.protocol.kind === 'unknown';
    const mayLackPath = isUnset(path) || path.kind === 'unknown';
    if (!mayNeedPath || !mayLackPath) return pass;
    if (!needsPath || !isUnset(path)) {
      const waitsFor = unknownsOf(probe.protocol, path);
      return undecided(`whether the probe \`${subject.name}\` has the request path it needs`, waitsFor);
    }
    return {
      status: 'violation',
      say: 'missing',
      with: { name: subject.name, protocol: protocol.toUpperCase() },
    };
  },
});
