import {
  allowedText,
  clientText,
  definePolicy,
  nameText,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  pathSubjects,
  portText,
  type TagDependence,
} from '../../src/policy/index.ts';

type TagRule = TagDependence['rules'][number];

interface Facts {
  readonly path: Path;
  readonly rule: TagRule;
  readonly route: NonNullable<TagDependence['route']>;
}

export const policy: Policy = definePolicy({
  id: 'vnet-tag-undefined',
  title: 'No rule relies on VirtualNetwork for load-balanced traffic beside a default route',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'write the address prefixes that are meant instead of VirtualNetwork',
  references: [
    {
      title: 'Virtual network service tags',
      url: 'https://learn.microsoft.com/azure/virtual-network/service-tags-overview#available-service-tags',
    },
    {
      title: 'Virtual network traffic routing',
      url: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview',
    },
  ],
  messages: {
    undefined: ({ path, rule, route }: Facts) =>
      `whether ${ruleName(rule)} ${effectText(rule, path)} is undefined: beside the default route \`${nameText(route)}\` its tag VirtualNetwork may hold every address`,
  },

  subjects: (network) =>
    [...pathSubjects(network), ...pathSubjects(network, 'nat')].filter(({ path }) => hasDefaultRoute(path)),

  check({ path }: PathSubject, network) {
    const dependence = network.dataDependenceOf(path);
    const rule = dependence?.rules.find(({ tags }) =>
      tags.some((tag) => tag.toLowerCase() === 'virtualnetwork'),
    );
    if (dependence?.route === undefined || rule === undefined) return pass;
    const { route } = dependence;
    return {
      status: 'violation',
      say: 'undefined',
      with: { path, rule, route },
      at: rule.origin,
      related: [
        { message: `\`${nameText(route)}\` may widen the tag`, origin: route.origin },
        { message: `\`${path.name}\` sends packets here`, origin: path.origin },
      ],
      remedy: remedyText(rule, path, dependence.worse.diagnosis.freePriority),
      leavesOpen: path.waitsFor,
    };
  },
});

function hasDefaultRoute({ members }: Path): boolean {
  return members.some(({ member }) =>
    member.placements.some(({ surroundings }) => surroundings.defaultRoute !== undefined),
  );
}

function ruleName({ name, group }: TagRule): string {
  return `\`${name}\` of \`${group}\``;
}

function effectText({ effect }: TagRule, path: Path): string {
  const what = `${portText(path)} of \`${path.name}\``;
  return effect === 'deny'
    ? `keeps ${clientText(path)} from ${what}`
    : `lets ${clientText(path)} reach ${what}`;
}

function remedyText(rule: TagRule, path: Path, freePriority: number | undefined): string {
  if (!rule.isDefault)
    return `write the address prefixes that are meant instead of VirtualNetwork in \`${rule.name}\``;
  const priority = freePriority === undefined ? '' : ` with a free priority such as ${freePriority}`;
  return `add an inbound allow or deny for ${clientText(path)} to \`${rule.group}\`${priority}: ${allowedText(path)}`;
}
