import {
  definePolicy,
  type Policy,
  pass,
  type SkuSubject,
  skuSubjects,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'basic-sku-retired',
  title: 'Load balancers and public IP addresses do not use the Basic SKU',
  severity: 'error',
  confidence: 'proved',
  remedy:
    'use the Standard SKU for the load balancer and its public IP addresses, with a network security group on the backends',
  references: [
    {
      title: 'Azure Load Balancer: Basic SKU retirement',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-basic-upgrade-guidance',
    },
    {
      title: 'Azure Load Balancer: what is new, retirements',
      url: 'https://learn.microsoft.com/azure/load-balancer/whats-new',
    },
  ],
  messages: {
    balancer: ({ name }: { name: string }) =>
      `load balancer \`${name}\` uses the Basic SKU, which was retired on 30 September 2025 and cannot be created any more`,
    address: ({ name }: { name: string }) =>
      `public IP address \`${name}\` uses the Basic SKU, which was retired on 30 September 2025 and cannot be created any more`,
  },

  subjects: (network) => skuSubjects(network),

  check({ subject, sku, kind }: SkuSubject) {
    if (sku.kind === 'unknown') return undecided(`which SKU \`${subject.name}\` uses`, [sku]);
    if (sku.kind === 'absent' || sku.value.toLowerCase() !== 'basic') return pass;
    return { status: 'violation', say: kind, with: { name: subject.name }, at: sku.origin };
  },
});
