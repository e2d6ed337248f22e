import {
  definePolicy,
  isUnset,
  type Policy,
  type ProbeSubject,
  pass,
  probeProtocol,
  probeSubjects,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'tcp-probe-with-path',
  title: 'TCP probes name no request path',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'remove the path, or probe with HTTP',
  references: [
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    useless: ({ name }: { name: string }) =>
      `the probe \`${name}\` names a request path, but a TCP probe asks for nothing: it only opens a connection`,
  },

  subjects: probeSubjects,

  check({ subject, probe }: ProbeSubject) {
    const { requestPath } = probe;
    if (probeProtocol(probe) !== 'tcp' || requestPath.kind !== 'known' || isUnset(requestPath)) return pass;
    return { status: 'violation', say: 'useless', with: { name: subject.name }, at: requestPath.origin };
  },
});
