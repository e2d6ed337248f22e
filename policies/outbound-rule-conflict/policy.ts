import {
  definePolicy,
  type OutboundFault,
  type OutboundSubject,
  outboundSubjects,
  type Policy,
  pass,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'outbound-rule-conflict',
  title: 'Outbound rules fit the rules, frontends and pools of their load balancer',
  severity: 'error',
  confidence: 'proved',
  remedy: 'set disableOutboundSnat on the rules that share a frontend with an outbound rule',
  references: [
    {
      title: 'Outbound rules of Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/outbound-rules',
    },
    {
      title: 'Troubleshoot common outbound and deployment errors of Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors',
    },
  ],
  messages: {
    'shared-frontend': ({ name, rules }: Named & { rules: readonly string[] }) =>
      `Azure refuses \`${name}\`: ${named(rules)} ${rules.length === 1 ? 'uses the same frontend and leaves' : 'use the same frontend and leave'} outbound SNAT on`,
    'internal-frontend': ({ name, frontend }: Named & { frontend: string }) =>
      `Azure refuses \`${name}\`: its frontend \`${frontend}\` has no public address`,
    'ports-not-in-eights': ({ name, ports }: Named & { ports: number }) =>
      `Azure refuses \`${name}\`: ${ports} SNAT ports are no multiple of 8`,
    'too-many-ports': ({ name, ports }: Named & { ports: number }) =>
      `Azure refuses \`${name}\`: ${ports} SNAT ports are more than the 64000 an address has`,
    'too-few-frontends': ({ name, ports, members, frontends }: Named & Ports) =>
      `Azure refuses \`${name}\`: ${ports} SNAT ports for each of ${members} members are more than the ${frontends * 64_000} of ${frontends === 1 ? 'its frontend' : `its ${frontends} frontends`}`,
    'secondary-address': ({ name, member }: Named & { member: string }) =>
      `Azure refuses \`${name}\`: \`${member}\` of its pool is a secondary IPv4 configuration`,
  },

  subjects: outboundSubjects,

  check({ subject, faults, waitsFor }: OutboundSubject) {
    const [fault] = faults;
    if (fault === undefined) {
      return waitsFor.length === 0
        ? pass
        : undecided(`whether Azure accepts the outbound rule \`${subject.name}\``, waitsFor);
    }
    return { ...said(subject.name, fault), status: 'violation', at: fault.at, related: fault.related };
  },
});

interface Named {
  readonly name: string;
}

interface Ports {
  readonly ports: number;
  readonly members: number;
  readonly frontends: number;
}

function said(name: string, fault: OutboundFault) {
  switch (fault.kind) {
    case 'shared-frontend':
      return {
        say: fault.kind,
        with: { name, rules: fault.rules },
        remedy: `set disableOutboundSnat to true on ${named(fault.rules)}`,
      } as const;
    case 'internal-frontend':
      return {
        say: fault.kind,
        with: { name, frontend: fault.frontend },
        remedy: 'use a public frontend, or a NAT gateway on the subnet instead of the outbound rule',
      } as const;
    case 'ports-not-in-eights':
      return {
        say: fault.kind,
        with: { name, ports: fault.ports },
        remedy: `allocate ${Math.max(8, Math.floor(fault.ports / 8) * 8)} ports`,
      } as const;
    case 'too-many-ports':
      return {
        say: fault.kind,
        with: { name, ports: fault.ports },
        remedy: 'allocate at most 64000 ports, divided by the number of members',
      } as const;
    case 'too-few-frontends':
      return {
        say: fault.kind,
        with: { name, ...fault.limits },
        remedy: `allocate ${fewer(fault.limits)} ports, or add frontend addresses`,
      } as const;
    case 'secondary-address':
      return {
        say: fault.kind,
        with: { name, member: fault.member },
        remedy: 'put the primary IP configuration into the pool',
      } as const;
  }
}

/** The greatest multiple of 8 that all members can have. */
function fewer({ members, frontends }: Ports): number {
  return Math.floor((frontends * 64_000) / members / 8) * 8;
}

function named(rules: readonly string[]): string {
  return rules.map((rule) => `\`${rule}\``).join(' and ');
}
