import { definePolicy, type Policy, type ReadOnlySubject, readOnlySubjects } from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'child-resource-read-only',
  title: 'Parts that Azure offers for reading alone are written inside their parent',
  severity: 'error',
  confidence: 'proved',
  remedy: 'write it as an element of its parent',
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
      `Azure refuses \`${name}\`: ${type} can be read, and not declared`,
  },

  subjects: readOnlySubjects,

  check({ subject, type, property }: ReadOnlySubject) {
    return {
      status: 'violation',
      say: 'readOnly',
      with: { name: subject.name, type },
      remedy:
        property === undefined
          ? 'leave it out, as Azure makes the default rules of every security group itself'
          : `write it as an element of \`properties.${property}\` of its parent`,
    };
  },
});
