import {
  definePolicy,
  isIdle,
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
      `the probe \`${name}\` asks for \`/\`, and any answer but 200 takes the member out: a redirect, a login page, a site that needs its host name`,
  },

  subjects: probeSubjects,

  check(asked: ProbeSubject) {
    const { subject, probe } = asked;
    const { requestPath: path } = probe;
    const protocol = probeProtocol(probe);
    // A path or a protocol that is not known is what http-probe-without-path and tcp-probe-with-path wait for, and
    // probe-unused speaks of a probe without effect.
    const asksRoot = path.kind === 'known' && path.value === '/';
    if (!asksRoot || (protocol !== 'http' && protocol !== 'https') || isIdle(asked)) return pass;
    return { status: 'violation', say: 'root', with: { name: subject.name }, at: path.origin };
  },
});
