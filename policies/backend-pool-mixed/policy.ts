import {
  definePolicy,
  type MixedPoolSubject,
  mixedPoolSubjects,
  type Policy,
  type PoolClash,
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
    networks: ({ name, first, second }: { name: string; first: string; second: string }) =>
      `Azure refuses pool \`${name}\`: \`${first}\` and \`${second}\` are in different virtual networks`,
    outside: ({ name, address, network }: { name: string; address: string; network: string }) =>
      `pool \`${name}\` cannot reach \`${address}\`: it is outside the address space of \`${network}\``,
  },

  subjects: mixedPoolSubjects,

  check({ subject, clash }: MixedPoolSubject) {
    return clash === undefined ? pass : { ...said(subject.name, clash), status: 'violation' };
  },
});

function said(name: string, clash: PoolClash) {
  switch (clash.kind) {
    case 'kinds': {
      const { address, member } = clash;
      return {
        say: clash.kind,
        with: { name, address: address.label, member: member.label },
        at: address.origin,
        related: [{ message: `\`${member.label}\` is a network interface`, origin: member.origin }],
        remedy: 'use one pool for network interfaces and another for IP addresses',
      } as const;
    }
    case 'networks': {
      const { first, second } = clash;
      return {
        say: clash.kind,
        with: { name, first: first.label, second: second.label },
        at: second.origin,
        related: [{ message: `\`${first.label}\` is in another virtual network`, origin: first.origin }],
        remedy:
          'keep frontend and members in one virtual network, or give each network a load balancer of its own',
      } as const;
    }
    case 'outside': {
      const { address, network } = clash;
      return {
        say: clash.kind,
        with: { name, address: address.label, network },
        at: address.origin,
        related: [],
        remedy: `use an address of \`${network}\``,
      } as const;
    }
  }
}
