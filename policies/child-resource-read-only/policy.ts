import { definePolicy, type Policy, type ReadOnlySubject, readOnlySubjects } from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'child-resource-read-only',
  title: 'Parts of a load balancer that Azure only shows are written inside it',
  severity: 'error',
  confidence: 'proved',
  remedy: 'write it inside its parent',
  references: [
    {
      title: 'Microsoft.Network/loadBalancers in templates',
      url: 'https://learn.microsoft.com/azure/templates/microsoft.network/loadbalancers',
    },
    {
      title: 'Azure Load Balancer components',
      url: 'https://learn.microsoft.com/azure/load-balancer/components',
    },
  ],
  messages: {
    readOnly: ({ name, type }: { name: string; type: string }) =>
      `Azure refuses \`${name}\`: ${type} can only be read; it is written inside its parent`,
  },

  subjects: readOnlySubjects,

  check({ subject }: ReadOnlySubject) {
    return { status: 'violation', say: 'readOnly', with: { name: subject.name, type: subject.type } };
  },
});
