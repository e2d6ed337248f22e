import {
  definePolicy,
  type Policy,
  type ProbeSubject,
  pass,
  probeProtocol,
  probeSubjects,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'http-probe-on-root-path',
  title: 'HTTP probes ask for a page that is made for them',
  severity: 'info',
  confidence: 'suspected',
  remedy: 'probe a health page that answers 200 without a host name and without a redirect',
  references: [
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    root: ({ name }: { name: string }) =>
      `the probe \`${name}\` asks for \`/\`, and any answer but 200 marks the member down: a redirect, a login page, a missing host name`,
  },

  subjects: probeSubjects,

  check({ subject, probe }: ProbeSubject) {
    const { requestPath } = probe;
    const protocol = probeProtocol(probe);
    const asksRoot = requestPath.kind === 'known' && requestPath.value === '/';
    if (!asksRoot || (protocol !== 'http' && protocol !== 'https')) return pass;
    return { status: 'violation', say: 'root', with: { name: subject.name }, at: requestPath.origin };
  },
});
