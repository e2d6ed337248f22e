import {
  clientText,
  definePolicy,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  pathSubjects,
  type ReturnRegion,
  routeText,
  textOr,
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
    dropped: ({ path, region, subnet }: { path: Path; region: ReturnRegion; subnet: string }) =>
      `replies of \`${path.name}\` to ${region.takesAll ? '' : 'a part of '}${clientText(path)} are dropped: ${routeText(region.route)} of \`${subnet}\` has the next hop None`,
  },

  subjects: (network) => pathSubjects(network).filter(({ path }) => path.data !== 'blocked'),

  check({ path }: PathSubject, network) {
    const returns = network
      .returnPathsOf(path)
      .flatMap(({ regions, subnet }) =>
        regions.flatMap((region) =>
          region.hop === 'none' && region.route !== undefined ? [{ region, subnet }] : [],
        ),
      );
    const worst = returns.find(({ region }) => region.takesAll) ?? returns[0];
    if (worst === undefined) return pass;
    const { region, subnet } = worst;
    return {
      status: 'violation',
      say: 'dropped',
      with: { path, region, subnet: textOr(subnet.name, subnet.address) },
      ...(region.route === undefined ? {} : { at: region.route.origin }),
      // A part of the internet or of the network may be dropped on purpose.
      ...(region.takesAll ? {} : { severity: 'warning' as const }),
      related: [{ message: `\`${path.name}\` sends packets here`, origin: path.origin }],
    };
  },
});
