import {
  collidingSubjects,
  definePolicy,
  existenceDoubts,
  floatingDoubts,
  isFloating,
  isHaPorts,
  lowerOf,
  type Policy,
  pass,
  type RuleSubject,
  sharedFrontendPort,
  sharedPort,
  sharesBackends,
  sharesFrontend,
  sharesProtocol,
  undecided,
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
    same: ({ name, other, port }: Facts) =>
      `Azure refuses \`${name}\`: \`${other}\` sends the same protocol to ${port} of the same backends already`,
    floating: ({ name, other, port }: Facts) =>
      `Azure refuses \`${name}\`: \`${other}\` has floating IP on the same frontend and sends the same protocol to ${port} of the same backends already`,
    mixed: ({ name, other, port }: Facts) =>
      `\`${name}\` and \`${other}\` send the same protocol to ${port} of the same backends, and only one of them uses floating IP`,
  },

  // What a global load balancer has behind it are load balancers; the pages say nothing about their ports.
  subjects: (network) =>
    collidingSubjects(network).filter(({ balancer }) => lowerOf(balancer.tier) !== 'global'),

  check(own: RuleSubject) {
    const doubtful: { readonly other: RuleSubject; readonly port: string }[] = [];
    for (const other of own.earlier) {
      const port = samePort(own, other);
      const [floats, otherFloats] = [isFloating(own.rule), isFloating(other.rule)];
      const isApart = floats === true && otherFloats === true && !sharesFrontend(own, other);
      if (port === undefined || isApart) continue;
      if (floats === undefined || otherFloats === undefined || existenceDoubts(own, other).length > 0) {
        doubtful.push({ other, port });
        continue;
      }
      const isMixed = floats !== otherFloats;
      return {
        status: 'violation',
        say: isMixed ? 'mixed' : floats ? 'floating' : 'same',
        with: { name: own.subject.name, other: other.subject.name, port },
        at: own.rule.backendPort.origin,
        related: [{ message: `\`${other.subject.name}\` is here`, origin: other.subject.origin }],
        remedy: sharesFrontend(own, other)
          ? `give \`${own.subject.name}\` another backend port`
          : `give \`${own.subject.name}\` another backend port, or use floating IP on both rules`,
        // Whether Azure accepts it is not documented.
        ...(isMixed ? ({ severity: 'warning', confidence: 'suspected' } as const) : {}),
      };
    }
    const [first] = doubtful;
    if (first === undefined) return pass;
    return undecided(
      `whether Azure accepts \`${own.subject.name}\` beside \`${first.other.subject.name}\`, which sends the same protocol to ${first.port} of the same backends`,
      [...floatingDoubts(own.rule, first.other.rule), ...existenceDoubts(own, first.other)],
    );
  },
});

interface Facts {
  readonly name: string;
  readonly other: string;
  readonly port: string;
}

/** The port on which both certainly reach the same backend, where no other policy names what is wrong with the pair. */
function samePort(own: RuleSubject, other: RuleSubject): string | undefined {
  if (!sharesBackends(own, other) || !sharesProtocol(own.rule, other.rule)) return undefined;
  if (isHaPorts(own.rule) || isHaPorts(other.rule) || sharedFrontendPort(own, other) !== undefined)
    return undefined;
  return sharedPort(own.rule.backendPort, other.rule.backendPort);
}
