import {
  type BrokenReference,
  definePolicy,
  type Policy,
  pass,
  type ReferenceSubject,
  referenceSubjects,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'load-balancer-reference-broken',
  title: 'Rules name frontends, pools and probes of their own load balancer',
  severity: 'error',
  confidence: 'proved',
  remedy: 'name one that the load balancer has',
  references: [
    {
      title: 'Azure Load Balancer components',
      url: 'https://learn.microsoft.com/azure/load-balancer/components',
    },
  ],
  messages: {
    missing: ({ name, what, wanted, known }: Facts) =>
      `Azure refuses \`${name}\`: its load balancer has no ${what} \`${wanted}\`${known.length === 0 ? '' : `; it has ${known.map((each) => `\`${each}\``).join(', ')}`}`,
    foreign: ({ name, what, wanted }: Facts) =>
      `Azure refuses \`${name}\`: the ${what} \`${wanted}\` belongs to another load balancer`,
  },

  subjects: referenceSubjects,

  check({ subject, broken }: ReferenceSubject) {
    const [first] = broken;
    if (first === undefined) return pass;
    return {
      status: 'violation',
      say: first.kind,
      with: { name: subject.name, ...first },
      at: first.at,
    };
  },
});

type Facts = { readonly name: string } & BrokenReference;
