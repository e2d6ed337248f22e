import {
  definePolicy,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  probePortText,
  probeRemedyText,
  probeSourceText,
  ruleSubjects,
  ruleText,
  type TagDependence,
} from '../../src/policy/index.ts';

interface Facts {
  readonly path: Path;
  readonly dependence: TagDependence;
}

export const policy: Policy = definePolicy({
  id: 'nsg-endangers-probe',
  title: 'Whether the health probe gets in does not hang on what a service tag may hold',
  severity: 'warning',
  confidence: 'suspected',
  remedy:
    'allow the service tag AzureLoadBalancer to the probe port before any rule whose tag may hold the probe',
  references: [
    {
      title: 'Azure Load Balancer health probes: probe source IP address',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-source-ip-address',
    },
    {
      title: 'Virtual network service tags',
      url: 'https://learn.microsoft.com/azure/virtual-network/service-tags-overview',
    },
  ],
  messages: {
    ifInside: ({ path, dependence }: Facts) =>
      `the probe of \`${path.name}\` on ${probePortText(path)} hangs on an undocumented point: ${deniedBy(dependence)} it if ${tagText(dependence)} holds ${probeSourceText(path)}`,
    unlessInside: ({ path, dependence }: Facts) =>
      `the probe of \`${path.name}\` on ${probePortText(path)} hangs on an undocumented point: ${deniedBy(dependence)} it unless ${tagText(dependence)} holds ${probeSourceText(path)}`,
  },

  subjects: (network) => ruleSubjects(network).filter(({ path }) => path.probe !== 'none'),

  check({ path }: PathSubject, network) {
    const dependence = network.probeDependenceOf(path);
    if (dependence === undefined) return pass;
    const { worse } = dependence;
    return {
      status: 'violation',
      say: worse.inside ? 'ifInside' : 'unlessInside',
      with: { path, dependence },
      at: worse.origin,
      remedy: probeRemedyText(worse.diagnosis, path),
      related: [{ message: `\`${path.name}\` uses the probe`, origin: path.origin }],
      leavesOpen: path.waitsFor,
    };
  },
});

function deniedBy({ worse }: TagDependence): string {
  return `${ruleText(worse.diagnosis.decisive)} drops`;
}

function tagText({ rules }: TagDependence): string {
  const tags = [...new Set(rules.flatMap((rule) => rule.tags))];
  const [last = 'a service tag', ...others] = tags.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} or ${last}`;
}
