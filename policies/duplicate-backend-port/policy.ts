import {
  collidingSubjects,
  definePolicy,
  isFloating,
  isHaPorts,
  type Policy,
  pass,
  type RuleSubject,
  sharesProtocol,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'duplicate-backend-port',
  title: 'Rules that reach the same backends use different backend ports',
  severity: 'error',
  confidence: 'proved',
  remedy: 'use another backend port, or floating IP on both rules',
  references: [
    {
      title: 'Multiple frontends for Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-multivip-overview',
    },
    {
      title: 'Troubleshoot common Azure deployment errors with Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors',
    },
  ],
  messages: {
    same: ({ name, other, port }: { name: string; other: string; port: number }) =>
      `Azure refuses \`${name}\`: \`${other}\` sends the same protocol to port ${port} of the same backends already`,
    mixed: ({ name, other, port }: { name: string; other: string; port: number }) =>
      `\`${name}\` and \`${other}\` send the same protocol to port ${port} of the same backends, and only one of them uses floating IP`,
  },

  subjects: collidingSubjects,

  check(own: RuleSubject) {
    for (const other of own.earlier) {
      const port = samePort(own, other);
      if (port === undefined) continue;
      const facts = { name: own.subject.name, other: other.subject.name, port };
      const related = [{ message: `\`${other.subject.name}\` is here`, origin: other.subject.origin }];
      const [floats, otherFloats] = [isFloating(own.rule), isFloating(other.rule)];
      if (floats === false && otherFloats === false) {
        return { status: 'violation', say: 'same', with: facts, at: own.rule.backendPort.origin, related };
      }
      if (floats !== undefined && otherFloats !== undefined && floats !== otherFloats) {
        return { status: 'violation', say: 'mixed', with: facts, severity: 'warning', related };
      }
    }
    return pass;
  },
});

/** The port on which both certainly reach the same backend. */
function samePort(own: RuleSubject, other: RuleSubject): number | undefined {
  const [port, otherPort] = [own.rule.backendPort, other.rule.backendPort];
  if (port.kind !== 'known' || otherPort.kind !== 'known' || port.value !== otherPort.value) return undefined;
  if (isHaPorts(own.rule) || isHaPorts(other.rule) || !sharesProtocol(own.rule, other.rule)) return undefined;
  return [...own.receivers].some((id) => other.receivers.has(id)) ? port.value : undefined;
}
