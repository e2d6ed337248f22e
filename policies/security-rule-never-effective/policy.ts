import {
  clientText,
  definePolicy,
  type GuardingRule,
  type IdleReason,
  nameText,
  type Path,
  type Policy,
  pass,
  portsText,
  portText,
  type Subject,
  securityRuleSubject,
} from '../../src/policy/index.ts';

interface Question {
  readonly subject: Subject;
  readonly guarding: GuardingRule;
}

interface Facts {
  readonly guarding: GuardingRule;
  readonly path: Path;
}

type Shadow = Extract<IdleReason, { kind: 'shadowed' }>;

export const policy: Policy = definePolicy({
  id: 'security-rule-never-effective',
  title: 'Security rules before the members of a load balancer do what they say',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'delete the rule, or change it so that it matches the traffic it is meant for',
  references: [
    {
      title: 'Azure network security groups: security rules',
      url: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules',
    },
    {
      title: 'Virtual network service tags',
      url: 'https://learn.microsoft.com/azure/virtual-network/service-tags-overview',
    },
  ],
  messages: {
    neverMatches: ({ guarding }: { guarding: GuardingRule }) =>
      `${nameOf(guarding)} never matches: its destination is where health probes come from, and no packet to a machine goes there`,
    shadowed: ({ guarding, shadow }: { guarding: GuardingRule; shadow: Shadow }) =>
      `${nameOf(guarding)} never has an effect: earlier rules take all its packets, and \`${nameText(shadow.by)}\` denies those of \`${shadow.path.name}\``,
    fewPorts: ({ guarding, path }: Facts) =>
      `${nameOf(guarding)} lets ${clientText(path)} reach ${portText(path)} of \`${path.name}\` only from source port ${portsText(guarding.rule.source)}, and clients send from any port above 1023`,
  },

  subjects: (network): readonly Question[] =>
    network.guardingRules().map((guarding) => ({
      guarding,
      subject: securityRuleSubject(guarding.group, guarding.rule),
    })),

  check({ guarding }: Question) {
    const { idle, rule } = guarding;
    switch (idle?.kind) {
      case undefined:
        return pass;
      case 'probe-as-destination':
        return {
          status: 'violation',
          say: 'neverMatches',
          with: { guarding },
          remedy: `delete ${nameOf(guarding)}, or set its destination to the subnet of the backend or to *`,
        };
      case 'shadowed':
        return {
          status: 'violation',
          say: 'shadowed',
          with: { guarding, shadow: idle },
          related: [
            { message: `\`${nameText(idle.by)}\` comes first`, origin: idle.by.origin },
            { message: `\`${idle.path.name}\` sends packets here`, origin: idle.path.origin },
          ],
          remedy: moveText(guarding, idle),
        };
      case 'source-ports':
        return {
          status: 'violation',
          say: 'fewPorts',
          with: { guarding, path: idle.path },
          evidence: idle.trace,
          related: [{ message: `\`${idle.path.name}\` sends packets here`, origin: idle.path.origin }],
          remedy: `set the source port of \`${nameText(rule)}\` to *`,
        };
    }
  },
});

function nameOf({ rule, group }: GuardingRule): string {
  return `\`${nameText(rule)}\` of \`${nameText(group)}\``;
}

function moveText({ rule }: GuardingRule, { by, freePriority }: Shadow): string {
  const name = `\`${nameText(rule)}\``;
  const deny = `\`${nameText(by)}\``;
  if (freePriority === undefined) return `give ${deny} a priority after that of ${name}, or delete ${name}`;
  return `give ${name} a priority before that of ${deny}, such as ${freePriority}, or delete it`;
}
