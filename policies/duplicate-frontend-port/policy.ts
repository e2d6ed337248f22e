import {
  collidingSubjects,
  definePolicy,
  existenceDoubts,
  type Policy,
  pass,
  type RuleSubject,
  sharedFrontendPort,
  undecided,
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
    taken: ({ name, other, port }: { name: string; other: string; port: string }) =>
      `Azure refuses \`${name}\`: \`${other}\` has ${port} of the same frontend and protocol already`,
  },

  subjects: collidingSubjects,

  check(own: RuleSubject) {
    const doubtful: { readonly other: RuleSubject; readonly port: string }[] = [];
    for (const other of own.earlier) {
      const port = sharedFrontendPort(own, other);
      if (port === undefined) continue;
      if (existenceDoubts(own, other).length > 0) {
        doubtful.push({ other, port });
        continue;
      }
      return {
        status: 'violation',
        say: 'taken',
        with: { name: own.subject.name, other: other.subject.name, port },
        at: own.rule.frontendPort.origin,
        related: [{ message: `\`${other.subject.name}\` is here`, origin: other.subject.origin }],
      };
    }
    const [first] = doubtful;
    if (first === undefined) return pass;
    return undecided(
      `whether Azure accepts \`${own.subject.name}\` beside \`${first.other.subject.name}\`, which has ${first.port} of the same frontend and protocol`,
      existenceDoubts(own, first.other),
    );
  },
});
