import {
  definePolicy,
  type Policy,
  pass,
  type SkuPairSubject,
  skuPairSubjects,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'sku-mismatch',
  title: 'Resources that work together have the same SKU',
  severity: 'error',
  confidence: 'proved',
  remedy: 'use the Standard SKU for all of them',
  references: [
    {
      title: 'Azure Load Balancer SKUs',
      url: 'https://learn.microsoft.com/azure/load-balancer/skus',
    },
    {
      title: 'Troubleshoot common Azure deployment errors with Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors',
    },
  ],
  messages: {
    differ: ({ subject, other }: SkuPairSubject) =>
      `Azure refuses \`${subject.name}\`: it is ${subject.sku}, and \`${other.name}\`, ${other.what}, is ${other.sku}`,
  },

  subjects: skuPairSubjects,

  check(pair: SkuPairSubject) {
    if (pair.waitsFor.length > 0) {
      return undecided(
        `whether \`${pair.subject.name}\` and \`${pair.other.name}\` have the same SKU`,
        pair.waitsFor,
      );
    }
    if (pair.subject.sku === pair.other.sku) return pass;
    return {
      status: 'violation',
      say: 'differ',
      with: pair,
      at: pair.at,
      related: [{ message: `\`${pair.other.name}\` is ${pair.other.sku}`, origin: pair.other.origin }],
    };
  },
});
