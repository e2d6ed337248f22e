import {
  definePolicy,
  faultsOf,
  nameText,
  numberText,
  type Policy,
  pass,
  type RuleFault,
  type SecurityRuleSubject,
  securityRuleSubjects,
  undecided,
} from '../../src/policy/index.ts';

type SecurityRule = SecurityRuleSubject['rule'];

interface Facts {
  readonly asked: SecurityRuleSubject;
}

export const policy: Policy = definePolicy({
  id: 'security-rule-conflict',
  title: 'Azure accepts every security rule beside the others of its group',
  severity: 'error',
  confidence: 'proved',
  remedy: 'give every rule of a direction its own priority from 100 to 4096, and values that Azure accepts',
  references: [
    {
      title: 'Azure network security groups: security rules',
      url: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules',
    },
    {
      title: 'Security rules in Azure Resource Manager templates',
      url: 'https://learn.microsoft.com/azure/templates/microsoft.network/networksecuritygroups/securityrules',
    },
  ],
  messages: {
    samePriority: ({ asked, other }: Facts & { other: SecurityRule }) =>
      `${ruleName(asked)} has priority ${numberText(asked.rule.priority) ?? '(secret)'} ${directionOf(asked.rule)} like \`${nameText(other)}\`, and Azure accepts one rule for each priority and direction`,
    refused: ({ asked, faults }: Facts & { faults: readonly RuleFault[] }) =>
      `Azure refuses ${ruleName(asked)}: ${faults.map(faultText).join(', and ')}`,
  },

  subjects: (network) => securityRuleSubjects(network),

  check(asked: SecurityRuleSubject) {
    const { rule, twin: other } = asked;
    const faults = faultsOf(rule);
    const [first] = faults;
    if (first !== undefined) {
      return {
        status: 'violation',
        say: 'refused',
        with: { asked, faults: faults.slice(0, 3) },
        at: first.origin,
        remedy: remedyText(first, rule),
      };
    }
    if (other === undefined) return pass;
    // Two rules that take turns are written with one priority on purpose.
    if (mayTakeTurns(rule, other)) return pass;
    const doubt = rule.condition ?? other.condition;
    if (doubt !== undefined) {
      return undecided(`whether ${ruleName(asked)} and \`${nameText(other)}\` meet in one group`, [doubt]);
    }
    const free = freePriority(asked);
    return {
      status: 'violation',
      say: 'samePriority',
      with: { asked, other },
      related: [{ message: `\`${nameText(other)}\` has it already`, origin: other.origin }],
      ...(free === undefined
        ? {}
        : {
            remedy: `give \`${nameText(rule)}\` a priority of its own, such as ${free}`,
          }),
    };
  },
});

function ruleName({ rule, group }: SecurityRuleSubject): string {
  return `\`${nameText(rule)}\`${group === undefined ? '' : ` of \`${nameText(group)}\``}`;
}

function directionOf({ direction }: SecurityRule): string {
  return direction.kind === 'known' ? direction.value.toLowerCase() : '';
}

function mayTakeTurns({ condition: a }: SecurityRule, { condition: b }: SecurityRule): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  return a.expression === undefined || a.expression !== b.expression;
}

/** The next priority that no rule of the direction has. */
function freePriority({ rule, group }: SecurityRuleSubject): number | undefined {
  const used = new Set(
    (group?.rules.items ?? [])
      .filter((other) => directionOf(other) === directionOf(rule))
      .flatMap(({ priority }) => (priority.kind === 'known' ? [priority.value] : [])),
  );
  const from = rule.priority.kind === 'known' ? rule.priority.value : 100;
  for (let candidate = from + 1; candidate <= 4096; candidate += 1)
    if (!used.has(candidate)) return candidate;
  return undefined;
}

function faultText({ kind, of, text }: RuleFault): string {
  const value = text === undefined ? '' : ` \`${text}\``;
  switch (kind) {
    case 'priority':
      return `its priority${value} is not between 100 and 4096`;
    case 'word':
      return `its ${of}${value} is not one that Azure knows`;
    case 'port':
      return `its ${of} port${value} is no port and no range of ports from 0 to 65535`;
    case 'port-missing':
      return `it has no ${of} port`;
    case 'address':
      return `its ${of}${value} is no address, prefix or service tag`;
    case 'address-missing':
      return `it has no ${of}`;
    case 'word-in-list':
      return `its list of ${of} addresses holds${value}, and a list takes addresses and prefixes only`;
  }
}

function remedyText({ kind, of, text }: RuleFault, rule: SecurityRule): string {
  const name = `\`${nameText(rule)}\``;
  switch (kind) {
    case 'priority':
      return `give ${name} a priority from 100 to 4096 that is free in its direction`;
    case 'word':
      return `set the ${of} of ${name} to one of ${wordsFor(of)}`;
    case 'port':
      return `write a port, a range such as 8000-8080, or * as the ${of} port of ${name}, and several in the list of port ranges`;
    case 'port-missing':
      return `set the ${of} port of ${name}, to * for every port`;
    case 'address':
      return `write an address, a prefix such as 10.0.1.0/24, a service tag, or * as the ${of} of ${name}`;
    case 'address-missing':
      return `set the ${of} of ${name}, to * for any address`;
    case 'word-in-list':
      return `write ${text === undefined ? 'the word' : text} in the single ${of} address prefix of ${name} instead of the list, in a rule of its own if the list has more`;
  }
}

const SPELLING: Readonly<Record<string, string>> = {
  protocol: '*, Ah, Esp, Icmp, Tcp and Udp',
  access: 'Allow and Deny',
  direction: 'Inbound and Outbound',
};

function wordsFor(of: string): string {
  return SPELLING[of] ?? '';
}
