import {
  definePolicy,
  type MixedPoolSubject,
  mixedPoolSubjects,
  type Policy,
  pass,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'backend-pool-mixed',
  title: 'A backend pool has members of one kind in one virtual network',
  severity: 'error',
  confidence: 'proved',
  remedy: 'use one pool for network interfaces and another for IP addresses, all in one virtual network',
  references: [
    {
      title: 'Backend pool management',
      url: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    },
  ],
  messages: {
    kinds: ({ name, address, member }: { name: string; address: string; member: string }) =>
      `Azure refuses pool \`${name}\`: it lists the IP address \`${address}\`, and \`${member}\` is a network interface`,
    networks: ({ name, member, other }: { name: string; member: string; other: string }) =>
      `Azure refuses pool \`${name}\`: \`${member}\` and \`${other}\` are in different virtual networks`,
  },

  subjects: mixedPoolSubjects,

  check({ subject, kinds, networks }: MixedPoolSubject) {
    const { name } = subject;
    if (kinds !== undefined) {
      return {
        status: 'violation',
        say: 'kinds',
        with: { name, address: kinds.address.label, member: kinds.member.label },
        at: kinds.address.origin,
        related: [
          { message: `\`${kinds.member.label}\` is a network interface`, origin: kinds.member.origin },
        ],
      };
    }
    if (networks === undefined) return pass;
    return {
      status: 'violation',
      say: 'networks',
      with: { name, member: networks[0].label, other: networks[1].label },
      related: networks.map(({ label, origin }) => ({ message: `\`${label}\` is here`, origin })),
    };
  },
});
