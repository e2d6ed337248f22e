import {
  clientText,
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
  id: 'return-path-blackholed',
  title: 'No route of a backend subnet drops the replies to its clients',
  severity: 'error',
  confidence: 'proved',
  remedy: 'remove the route with next hop None, or narrow it to addresses that are no clients',
  references: [
    {
      title: 'Virtual network traffic routing: next hop types',
      url: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#custom-routes',
    },
    {
      title: 'Troubleshoot Azure Load Balancer backend traffic responses',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
  ],
  messages: {
    dropped: ({ replies, region, subnet, to }: Facts) =>
      `replies of ${pathNames(replies)} to ${to} are dropped: ${routeText(region.route)} in \`${subnet}\` has the next hop None`,
    'partly-dropped': ({ replies, region, subnet, to }: Facts) =>
      `replies of ${pathNames(replies)} to a part of ${to} are dropped: ${routeText(region.route)} in \`${subnet}\` has the next hop None`,
  },

  subjects: (network) => returnSubjects(network, () => true),

  check({ subject, replies }: ReturnSubject) {
    const settled = replies.filter(({ returns }) => returns.waitsFor.length === 0);
    const all = settled.filter(({ returns }) => returns.regions.some(isAllDropped));
    const [first] = all.flatMap(({ returns }) => returns.regions.filter(isAllDropped));
    if (first !== undefined) return { say: 'dropped', ...violation(subject.name, all, first) };
    // Routes that are not known are asked about where they may divert replies, which is what most of them are for.
    const open = replies.filter(
      ({ returns }) => returns.waitsFor.length > 0 && returns.regions.some(isAllDropped),
    );
    if (open.length > 0) {
      return undecided(
        `whether replies of ${pathNames(open)} are dropped in \`${subject.name}\``,
        open.flatMap(({ returns }) => returns.waitsFor),
      );
    }
    // Where it is open who gets in, nobody may wait for these replies.
    const some = settled.filter(
      ({ path, returns }) => path.data !== 'unknown' && returns.regions.some(isDropped),
    );
    const [part] = some.flatMap(({ returns }) => returns.regions.filter(isDropped));
    if (part === undefined) return pass;
    // A part of the internet or of the network may be dropped on purpose.
    return { say: 'partly-dropped', ...violation(subject.name, some, part), severity: 'warning' };
  },
});

interface Facts {
  readonly replies: readonly Reply[];
  readonly region: ReturnRegion;
  readonly subnet: string;
  readonly to: string;
}

function violation(subnet: string, replies: readonly Reply[], region: ReturnRegion) {
  const paths = [...new Set(replies.map(({ path }) => path))];
  const clients = new Set(paths.map(clientText));
  const [to = 'its clients'] = clients;
  return {
    status: 'violation',
    with: { replies, region, subnet, to: clients.size > 1 ? 'their clients' : to },
    ...(region.route === undefined ? {} : { at: region.route.origin }),
    related: paths
      .slice(0, 3)
      .map(({ name, origin }) => ({ message: `\`${name}\` sends the requests here`, origin })),
  } as const;
}

/** Only routes of the user: what no route leads to lies outside the network. */
function isDropped({ hop, route }: ReturnRegion): boolean {
  return hop === 'none' && route !== undefined;
}

function isAllDropped(region: ReturnRegion): boolean {
  return isDropped(region) && (region.takesAll || region.isWide);
}
