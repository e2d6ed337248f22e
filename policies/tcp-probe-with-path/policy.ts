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
  id: 'tcp-probe-with-path',
  title: 'TCP probes name no request path',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'remove the request path, or probe with HTTP',
  references: [
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    refused: ({ name }: { name: string }) =>
      `Azure refuses the probe \`${name}\`: a TCP probe takes no request path, it only opens a connection`,
  },

  subjects: probeSubjects,

  check({ subject, probe }: ProbeSubject) {
    const { requestPath: path } = probe;
    const protocol = probeProtocol(probe);
    const mayBeTcp = protocol === 'tcp' || probe.protocol.kind === 'unknown';
    // Where neither is known, http-probe-without-path waits for both.
    if (!mayBeTcp || isUnset(path) || (protocol !== 'tcp' && path.kind === 'unknown')) return pass;
    const waitsFor = unknownsOf(probe.protocol, path);
    if (waitsFor.length > 0) {
      return undecided(`whether \`${subject.name}\` is a TCP probe with a request path`, waitsFor);
    }
    return { status: 'violation', say: 'refused', with: { name: subject.name }, at: path.origin };
  },
});
