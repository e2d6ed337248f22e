import {
  collidingSubjects,
  definePolicy,
  isHaPorts,
  type Policy,
  pass,
  type RuleSubject,
  sharesProtocol,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'duplicate-frontend-port',
  title: 'No two rules of a frontend use the same protocol and port',
  severity: 'error',
  confidence: 'proved',
  remedy: 'use another frontend port or another frontend',
  references: [
    {
      title: 'Azure Load Balancer components',
      url: 'https://learn.microsoft.com/azure/load-balancer/components',
    },
    {
      title: 'Multiple frontends for Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-multivip-overview',
    },
  ],
  messages: {
    taken: ({ name, other, port }: { name: string; other: string; port: number }) =>
      `Azure refuses \`${name}\`: \`${other}\` has port ${port} of the same frontend and protocol already`,
  },

  subjects: collidingSubjects,

  check(own: RuleSubject) {
    for (const other of own.earlier) {
      const port = sharedPort(own, other);
      if (port === undefined) continue;
      return {
        status: 'violation',
        say: 'taken',
        with: { name: own.subject.name, other: other.subject.name, port },
        at: own.rule.frontendPort.origin,
        related: [{ message: `\`${other.subject.name}\` is here`, origin: other.subject.origin }],
      };
    }
    return pass;
  },
});

/** The first port that both certainly have on the same frontend. */
function sharedPort(own: RuleSubject, other: RuleSubject): number | undefined {
  const [frontend, otherFrontend] = [own.rule.frontend, other.rule.frontend];
  if (frontend.kind !== 'to' || otherFrontend.kind !== 'to' || frontend.id !== otherFrontend.id)
    return undefined;
  if (isHaPorts(own.rule) || isHaPorts(other.rule) || !sharesProtocol(own.rule, other.rule)) return undefined;
  const [ports, otherPorts] = [portsOf(own), portsOf(other)];
  if (ports === undefined || otherPorts === undefined) return undefined;
  const first = Math.max(ports[0], otherPorts[0]);
  return first <= Math.min(ports[1], otherPorts[1]) ? first : undefined;
}

function portsOf({
  rule: { frontendPort, frontendPortEnd },
}: RuleSubject): readonly [number, number] | undefined {
  if (frontendPort.kind !== 'known' || frontendPortEnd.kind === 'unknown') return undefined;
  return [frontendPort.value, frontendPortEnd.kind === 'known' ? frontendPortEnd.value : frontendPort.value];
}
