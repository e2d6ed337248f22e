import {
  definePolicy,
  type Policy,
  pass,
  pathNames,
  type Reply,
  type ReturnRegion,
  type ReturnSubject,
  returnSubjects,
  routeText,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'return-path-asymmetric',
  title: 'Replies to clients of a public load balancer leave the way their packets came',
  severity: 'error',
  confidence: 'proved',
  remedy:
    'put the firewall in front of an internal load balancer, or let it translate to the public one and route its own public address straight to the internet',
  references: [
    {
      title: 'Integrate Azure Firewall with Azure Standard Load Balancer',
      url: 'https://learn.microsoft.com/azure/firewall/integrate-lb',
    },
    {
      title: 'Virtual network traffic routing',
      url: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview',
    },
  ],
  messages: {
    diverted: ({ replies, region, subnet }: Facts) =>
      `replies of ${pathNames(replies)} leave through ${WAYS[region.hop]}, which never saw the requests: ${routeText(region.route)} takes them away in \`${subnet}\``,
    'partly-diverted': ({ replies, region, subnet }: Facts) =>
      `replies of ${pathNames(replies)} to a part of the internet leave through ${WAYS[region.hop]}, which never saw the requests: ${routeText(region.route)} takes them away in \`${subnet}\``,
  },

  subjects: (network) => returnSubjects(network, ({ scheme }) => scheme === 'public'),

  check({ subject, replies }: ReturnSubject) {
    const settled = replies.filter(({ returns }) => returns.waitsFor.length === 0);
    const all = settled.filter(({ returns }) => returns.regions.some(isDivertedAll));
    const [first] = all.flatMap(({ returns }) => returns.regions.filter(isDivertedAll));
    if (first !== undefined) {
      const remedy =
        first.hop === 'gateway' ? { remedy: 'narrow the route to the ranges behind the gateway' } : {};
      return { say: 'diverted', ...violation(subject.name, all, first), ...remedy };
    }
    const open = replies.filter(
      ({ returns }) => returns.waitsFor.length > 0 && returns.regions.some(mayDivert),
    );
    if (open.length > 0) {
      return undecided(
        `which way replies of ${pathNames(open)} leave \`${subject.name}\``,
        open.flatMap(({ returns }) => returns.waitsFor),
      );
    }
    const some = settled.filter(({ returns }) => returns.regions.some(isDiverted));
    const [part] = some.flatMap(({ returns }) => returns.regions.filter(isDiverted));
    if (part === undefined) return pass;
    // The clients behind such a route often come that way as well, and not through the load balancer.
    return {
      say: 'partly-diverted',
      ...violation(subject.name, some, part),
      severity: 'warning',
      remedy: 'remove the route if clients from this range come through the load balancer',
    };
  },
});

interface Facts {
  readonly replies: readonly Reply[];
  readonly region: ReturnRegion;
  readonly subnet: string;
}

const WAYS: Readonly<Record<ReturnRegion['hop'], string>> = {
  appliance: 'an appliance',
  gateway: 'the virtual network gateway',
  internet: 'the internet',
  'virtual-network': 'the virtual network',
  none: 'nowhere',
  unknown: 'a next hop that is not known',
};

function violation(subnet: string, replies: readonly Reply[], region: ReturnRegion) {
  const paths = [...new Set(replies.map(({ path }) => path))].slice(0, 3);
  return {
    status: 'violation',
    with: { replies, region, subnet },
    ...(region.route === undefined ? {} : { at: region.route.origin }),
    related: paths.map(({ name, origin }) => ({ message: `\`${name}\` sends the requests here`, origin })),
  } as const;
}

function isDiverted({ hop }: ReturnRegion): boolean {
  return hop === 'appliance' || hop === 'gateway';
}

/** All replies of the path, but perhaps those that a narrow exception takes another way. */
function isDivertedAll(region: ReturnRegion): boolean {
  return isDiverted(region) && (region.takesAll || region.isWide);
}

/** Only what may divert replies leaves the answer open. */
function mayDivert(region: ReturnRegion): boolean {
  return isDiverted(region) || region.hop === 'unknown';
}
