import {
  definePolicy,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  pathSubjects,
  type ReturnPath,
  type ReturnRegion,
  routeText,
  textOr,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'return-path-asymmetric',
  title: 'Replies to clients of a public load balancer leave the way their packets came',
  severity: 'error',
  confidence: 'proved',
  remedy:
    'put the firewall in front and an internal load balancer behind it, or route the addresses of the clients straight to the internet',
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
    diverted: ({ path, region, subnet }: { path: Path; region: ReturnRegion; subnet: string }) =>
      `replies of \`${path.name}\` to ${region.takesAll ? 'the internet' : 'a part of the internet'} leave through ${WAYS[region.hop]}, which never saw their packets come in: ${routeText(region.route)} of \`${subnet}\` takes them`,
  },

  subjects: (network) =>
    pathSubjects(network).filter(({ path }) => path.scheme === 'public' && path.data !== 'blocked'),

  check({ path }: PathSubject, network) {
    const returns = network.returnPathsOf(path);
    const diverted = returns.filter(({ regions }) => regions.some(isDiverted));
    const settled = diverted.find(({ waitsFor }) => waitsFor.length === 0);
    const region = settled?.regions.find(isDiverted);
    if (settled !== undefined && region !== undefined) return violation(path, settled, region);
    const open = returns.filter(({ regions, waitsFor }) => waitsFor.length > 0 && regions.some(mayDivert));
    if (open.length === 0) return pass;
    return undecided(
      `which way replies of \`${path.name}\` leave`,
      open.flatMap(({ waitsFor }) => waitsFor),
    );
  },
});

const WAYS: Readonly<Record<ReturnRegion['hop'], string>> = {
  appliance: 'an appliance',
  gateway: 'the virtual network gateway',
  internet: 'the internet',
  'virtual-network': 'the virtual network',
  none: 'nowhere',
  unknown: 'a next hop that is not known',
};

function violation(path: Path, { subnet }: ReturnPath, region: ReturnRegion) {
  return {
    status: 'violation',
    say: 'diverted',
    with: { path, region, subnet: textOr(subnet.name, subnet.address) },
    ...(region.route === undefined ? {} : { at: region.route.origin }),
    related: [{ message: `\`${path.name}\` sends packets here`, origin: path.origin }],
  } as const;
}

function isDiverted({ hop }: ReturnRegion): boolean {
  return hop === 'appliance' || hop === 'gateway';
}

/** Only what may divert replies leaves the answer open. */
function mayDivert(region: ReturnRegion): boolean {
  return isDiverted(region) || region.hop === 'unknown';
}
