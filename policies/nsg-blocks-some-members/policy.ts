import {
  type ConflictPart,
  causeText,
  clientText,
  type Diagnosis,
  definePolicy,
  type Network,
  namesText,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  pathSubjects,
  portText,
  probeCauseText,
  probePortText,
  probeRemedyText,
  remedyText,
  ruleText,
  type UnevenMember,
  undecided,
} from '../../src/policy/index.ts';

interface Closed {
  readonly path: Path;
  /** In backticks. */
  readonly members: string;
  readonly diagnosis: Diagnosis;
}

export const policy: Policy = definePolicy({
  id: 'nsg-blocks-some-members',
  title: 'Network security groups treat all members of a rule alike',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'give all members of the pool the same security rules, best in one group on the subnet',
  references: [
    {
      title: 'How network security groups filter network traffic',
      url: 'https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works',
    },
    {
      title: 'Troubleshoot Azure Load Balancer backend traffic responses',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
  ],
  messages: {
    closed: ({ path, members, diagnosis }: Closed) =>
      `${portText(path)} of \`${path.name}\` is closed to ${clientText(path)} at ${members}: ${causeText(diagnosis, path)}`,
    narrower: ({ path, members, diagnosis }: Closed) =>
      `packets of \`${path.name}\` that other members let in are dropped at ${members}: ${ruleText(diagnosis.decisive)} denies them`,
    unprobed: ({ path, members, diagnosis }: Closed) =>
      `the probe of \`${path.name}\` on ${probePortText(path)} never gets an answer from ${members}: ${probeCauseText(diagnosis, path)}`,
    crossed: ({ path, parts }: { path: Path; parts: readonly ConflictPart[] }) =>
      `${portText(path)} of \`${path.name}\` is open only to clients that two groups name: ${parts.map(partText).join(', and ')}`,
  },

  subjects: (network) => [...pathSubjects(network), ...pathSubjects(network, 'nat')],

  check({ path }: PathSubject, network) {
    const data = unevenIn(path, 'data', network);
    const [first] = data;
    if (first !== undefined) {
      const { verdict } = first;
      const { diagnosis, evidence } = first.explain();
      return {
        status: 'violation',
        say: verdict === 'blocked' ? 'closed' : 'narrower',
        with: { path, members: membersText(data), diagnosis },
        ...placed(first, diagnosis, path),
        evidence,
        ...(verdict === 'blocked' ? { remedy: remedyText(diagnosis, path) } : {}),
      };
    }
    const unprobed = isOfRule(path) ? unevenIn(path, 'probe', network) : [];
    const [down] = unprobed;
    if (down !== undefined) {
      const { diagnosis, evidence } = down.explain();
      return {
        status: 'violation',
        say: 'unprobed',
        with: { path, members: membersText(unprobed), diagnosis },
        ...placed(down, diagnosis, path),
        evidence,
        remedy: probeRemedyText(diagnosis, path),
      };
    }
    const conflict = network.levelConflictOf(path);
    if (conflict !== undefined) {
      const [outer, inner] = conflict.parts;
      return {
        status: 'violation',
        say: 'crossed',
        with: { path, parts: conflict.parts },
        at: outer.allow.origin,
        evidence: outer.trace,
        related: [
          { message: `\`${inner.allow.name}\` names other clients`, origin: inner.allow.origin },
          { message: `\`${path.name}\` sends packets here`, origin: path.origin },
        ],
        remedy: `allow the clients of ${ruleText(outer.allow)} in \`${inner.allow.group}\` too and those of ${ruleText(inner.allow)} in \`${outer.allow.group}\`, or keep one group`,
      };
    }
    return undecidedMembers(path, network) ?? pass;
  },
});

/** A member without any group is what public-backend-without-nsg reports. */
function unevenIn(path: Path, what: 'data' | 'probe', network: Network): readonly UnevenMember[] {
  return network.unevenMembersOf(path, what).filter(({ isWithoutGroup }) => !isWithoutGroup);
}

/** Probes do not depend on clients, so they are asked about once for each rule. */
function isOfRule({ clientKind }: Path): boolean {
  return clientKind !== 'declared' && clientKind !== 'private-link';
}

function membersText(uneven: readonly UnevenMember[]): string {
  return namesText(uneven.map(({ member }) => member.label));
}

function placed({ member }: UnevenMember, diagnosis: Diagnosis, path: Path) {
  const { decisive, intended } = diagnosis;
  const isMemberAmiss = diagnosis.id === 'member-outside-asg' || decisive.origin.kind === 'platform';
  const rule = intended ?? decisive;
  return {
    at: isMemberAmiss ? member.origin : rule.origin,
    diagnosis: diagnosis.id,
    related: [
      ...(isMemberAmiss && intended !== undefined
        ? [{ message: `\`${intended.name}\` lets others in`, origin: intended.origin }]
        : []),
      { message: `\`${path.name}\` sends packets here`, origin: path.origin },
    ],
  };
}

function partText({ allow, deny }: ConflictPart): string {
  return `\`${deny.group}\` drops what ${ruleText(allow)} lets in`;
}

/** Of a rule that is partly open the policies about closed paths and probes ask no more, unless it hangs on a tag. */
function undecidedMembers(path: Path, network: Network): ReturnType<typeof undecided> | undefined {
  const isDataAsked = path.data === 'partial' && network.dataDependenceOf(path)?.settlesPath !== true;
  const isProbeAsked =
    isOfRule(path) && path.probe === 'partial' && network.probeDependenceOf(path)?.settlesPath !== true;
  const open = path.members.flatMap(({ member, data, probe }) => {
    const dataWaits = isDataAsked && data.verdict === 'unknown' ? data.waitsFor : [];
    const probeWaits = isProbeAsked && probe?.verdict === 'unknown' ? probe.waitsFor : [];
    const waitsFor = [...dataWaits, ...probeWaits];
    return waitsFor.length === 0 || member.uncertain !== undefined ? [] : [{ member, waitsFor }];
  });
  if (open.length === 0) return undefined;
  return undecided(
    `whether \`${path.name}\` reaches ${namesText(open.map(({ member }) => member.label))}`,
    open.flatMap(({ waitsFor }) => waitsFor),
  );
}
