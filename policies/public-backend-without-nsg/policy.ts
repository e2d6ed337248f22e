import {
  definePolicy,
  type Path,
  type PathMember,
  type PathSubject,
  type Policy,
  pass,
  portText,
  ruleSubjects,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'public-backend-without-nsg',
  title: 'Backends of a Standard public load balancer have a network security group',
  severity: 'error',
  confidence: 'proved',
  remedy:
    'associate a network security group that allows the backend port with the subnet or the network interface',
  references: [
    {
      title: 'Azure Load Balancer: secure by default',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-overview#securebydefault',
    },
    {
      title: 'Azure Load Balancer SKUs',
      url: 'https://learn.microsoft.com/azure/load-balancer/skus',
    },
  ],
  messages: {
    missing: ({ path, members }: { path: Path; members: readonly string[] }) =>
      `${portText(path)} of \`${path.name}\` is closed to the internet: no network security group guards ${members.map((member) => `\`${member}\``).join(', ')}, and a Standard public frontend is closed without one`,
  },

  subjects: (network) =>
    [...ruleSubjects(network), ...ruleSubjects(network, 'nat')].filter(
      ({ path }) => path.scheme === 'public',
    ),

  check({ path }: PathSubject) {
    const missing = path.members.filter(({ data }) => data.diagnosis?.id === 'no-security-group');
    const [first] = missing;
    if (first === undefined) return mayLackGroup(path) ?? pass;
    const members = missing.map(({ member }) => member.label);
    const shown = members.length > 3 ? [...members.slice(0, 2), `${members.length - 2} others`] : members;
    return {
      status: 'violation',
      say: 'missing',
      with: { path, members: shown },
      diagnosis: 'no-security-group',
      related: missing
        .slice(0, 3)
        .map(({ member }) => ({ message: `\`${member.label}\` has none`, origin: member.origin })),
      ...(first.data.evidence === undefined ? {} : { evidence: first.data.evidence() }),
    };
  },
});

/** Undecided while no level of a member certainly has a group and one of them cannot be seen. */
function mayLackGroup(path: Path): ReturnType<typeof undecided> | undefined {
  const unseen = path.members.filter(isUnseen);
  if (unseen.length === 0) return undefined;
  const waitsFor = unseen.flatMap(({ data }) => data.waitsFor);
  return undecided(`whether a network security group guards the members of \`${path.name}\``, waitsFor);
}

function isUnseen({ member, data }: PathMember): boolean {
  if (data.verdict !== 'unknown' || member.isFrontend) return false;
  return member.placements.some(({ levels }) =>
    levels.every(({ group }) => group === 'none' || 'unreadable' in group),
  );
}
