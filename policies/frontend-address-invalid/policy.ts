import {
  type AddressFault,
  definePolicy,
  type FrontendAddressSubject,
  frontendAddressSubjects,
  type Policy,
  pass,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'frontend-address-invalid',
  title: 'The private address of every frontend is a free address of its subnet',
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
      `Azure refuses \`${name}\`: it keeps ${text} of \`${subnet}\` for itself`,
    taken: ({ name, text, owner }: Facts & { owner: string }) =>
      `Azure refuses \`${name}\`: ${text} belongs to \`${owner}\``,
    missing: ({ name }: Facts) =>
      `Azure refuses \`${name}\`: its allocation is Static, and it names no address`,
    'probe-source': ({ name, text }: Facts) =>
      `the address space ${text} of \`${name}\` holds 168.63.129.16, which the probes come from, so no probe is answered`,
  },

  subjects: frontendAddressSubjects,

  check({ fault }: FrontendAddressSubject) {
    if (fault === undefined) return pass;
    return { ...fault.said, status: 'violation', at: fault.at, related: fault.related };
  },
});

type Facts = AddressFault['facts'];
