import {
  definePolicy,
  type NatSubject,
  natSubjects,
  type Policy,
  pass,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'inbound-nat-v1-retiring',
  title: 'Inbound NAT rules reach their machines through a backend pool',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'use an inbound NAT rule with a backend pool and a range of frontend ports',
  references: [
    {
      title: 'Inbound NAT rules',
      url: 'https://learn.microsoft.com/azure/load-balancer/inbound-nat-rules',
    },
    {
      title: 'Azure Load Balancer: what is new, retirements',
      url: 'https://learn.microsoft.com/azure/load-balancer/whats-new',
    },
  ],
  messages: {
    rule: ({ name }: { name: string }) =>
      `\`${name}\` is an inbound NAT rule for a single machine, which Azure retires on 30 September 2027`,
    pool: ({ name }: { name: string }) =>
      `\`${name}\` is an inbound NAT pool, which Azure retires on 30 September 2027`,
  },

  subjects: natSubjects,

  check({ subject, version, kind }: NatSubject) {
    if (version === 2) return pass;
    if (version !== 1)
      return undecided(`whether \`${subject.name}\` is for a single machine or for a pool`, version.waitsFor);
    return { status: 'violation', say: kind, with: { name: subject.name } };
  },
});
