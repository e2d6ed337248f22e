import {
  type AddressFault,
  definePolicy,
  type FrontendAddressSubject,
  frontendAddressSubjects,
  type Policy,
  pass,
  type Severity,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'frontend-address-invalid',
  title: 'Private frontends have a free address of their subnet, and networks leave 168.63.129.16 alone',
  severity: 'error',
  confidence: 'proved',
  remedy: 'choose a free address inside the subnet, not one of the first four or the last',
  references: [
    {
      title: 'Virtual network FAQ: reserved addresses',
      url: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#are-there-any-restrictions-on-using-ip-addresses-within-these-subnets',
    },
    {
      title: 'Azure Load Balancer components',
      url: 'https://learn.microsoft.com/azure/load-balancer/components',
    },
  ],
  messages: {
    outside: ({ name, text, subnet, prefixes }: Facts & { prefixes: readonly string[] }) =>
      `Azure refuses \`${name}\`: ${text} is not in ${prefixes.join(', ')} of \`${subnet}\``,
    reserved: ({ name, text, subnet }: Facts) =>
      `Azure refuses \`${name}\`: ${text} is one of the five addresses it keeps in \`${subnet}\``,
    taken: ({ name, text, owner }: Facts & { owner: string }) =>
      `Azure refuses \`${name}\`: ${text} belongs to \`${owner}\``,
    missing: ({ name }: Facts) => `the address of \`${name}\` is Static, and none is named`,
    'probe-source': ({ name, text }: Facts) =>
      `the address space ${text} of \`${name}\` holds 168.63.129.16, the address that health probes come from`,
  },

  subjects: frontendAddressSubjects,

  check({ subject, fault, doubt }: FrontendAddressSubject) {
    if (fault !== undefined) {
      const { said, at, related } = fault;
      const { severity, remedy } = SPECIAL[said.say] ?? {};
      return {
        ...said,
        status: 'violation',
        at,
        related,
        ...(severity === undefined ? {} : { severity }),
        ...(remedy === undefined ? {} : { remedy }),
      };
    }
    if (doubt === undefined) return pass;
    const about = `whether ${doubt.text} of \`${subject.name}\` is an address of \`${doubt.subnet}\``;
    return undecided(about, doubt.waitsFor);
  },
});

type Facts = AddressFault['said']['with'];

const SPECIAL: Readonly<Record<string, { readonly severity?: Severity; readonly remedy: string }>> = {
  taken: { remedy: 'choose an address of the subnet that nothing else has' },
  // No page says that Azure refuses it.
  missing: { severity: 'warning', remedy: 'name an address of the subnet, or use Dynamic allocation' },
  'probe-source': { remedy: 'use an address space without 168.63.129.16' },
};
