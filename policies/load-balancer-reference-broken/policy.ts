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
    missing: ({ name, what, wanted, known }: Facts<'missing'>) =>
      `Azure refuses \`${name}\`: its load balancer has no ${what} \`${wanted}\`${listOf(known)}`,
    foreign: ({ name, what, wanted, owner }: Facts<'foreign'>) =>
      `Azure refuses \`${name}\`: its ${what} \`${wanted}\` is that of another load balancer, \`${owner}\``,
  },

  subjects: referenceSubjects,

  check({ subject, broken }: ReferenceSubject) {
    const [first, ...others] = broken;
    if (first === undefined) return pass;
    const related = others.map(({ what, wanted, at }) => ({
      message: `nor does it have the ${what} \`${wanted}\``,
      origin: at,
    }));
    const common = { status: 'violation', at: first.at, related } as const;
    const { name } = subject;
    return first.kind === 'missing'
      ? { ...common, say: 'missing', with: { ...first, name } }
      : { ...common, say: 'foreign', with: { ...first, name } };
  },
});

type Facts<K extends BrokenReference['kind']> = { readonly name: string } & Extract<
  BrokenReference,
  { readonly kind: K }
>;

function listOf(names: readonly string[]): string {
  if (names.length === 0) return ', and no other';
  const shown = names.slice(0, 3).map((each) => `\`${each}\``);
  const rest = names.length - shown.length;
  return `; it has ${shown.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}
