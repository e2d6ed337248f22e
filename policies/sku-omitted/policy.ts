import { definePolicy, type Policy, pass, type SkuSubject, skuSubjects } from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'sku-omitted',
  title: 'Load balancers and public IP addresses name their SKU',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'set the SKU to Standard',
  references: [
    {
      title: 'Azure Load Balancer SKUs',
      url: 'https://learn.microsoft.com/azure/load-balancer/skus',
    },
    {
      title: 'Azure Load Balancer: what is new, retirements',
      url: 'https://learn.microsoft.com/azure/load-balancer/whats-new',
    },
  ],
  messages: {
    balancer: ({ name }: { name: string }) =>
      `load balancer \`${name}\` names no SKU; the default was Basic, which cannot be created any more`,
    address: ({ name }: { name: string }) =>
      `public IP address \`${name}\` names no SKU; the default was Basic, which cannot be created any more`,
  },

  subjects: skuSubjects,

  check({ subject, sku, kind }: SkuSubject) {
    if (sku.kind !== 'absent') return pass;
    return { status: 'violation', say: kind, with: { name: subject.name } };
  },
});
