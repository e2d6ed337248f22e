import {
  collidingSubjects,
  definePolicy,
  existenceDoubts,
  floatingDoubts,
  isFloating,
  isHaPorts,
  lowerOf,
  type Network,
  type Policy,
  pass,
  type RuleSubject,
  schemeOf,
  sharesBackends,
  sharesFrontend,
  type Unknown,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'ha-ports-invalid',
  title: 'HA ports stand alone on an internal Standard load balancer',
  severity: 'error',
  confidence: 'proved',
  remedy:
    'set protocol All with both ports 0 on an internal Standard frontend, and no other rule for the same backends',
  references: [
    {
      title: 'High availability ports overview',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-ha-ports-overview',
    },
  ],
  messages: {
    ports: ({ name }: Named) => `Azure refuses \`${name}\`: protocol All needs port 0 on both sides`,
    protocol: ({ name }: Named) =>
      `\`${name}\` has port 0, which stands for every port and goes with protocol All alone`,
    public: ({ name }: Named) => `Azure refuses \`${name}\`: HA ports need an internal frontend`,
    basic: ({ name }: Named) => `Azure refuses \`${name}\`: a Basic load balancer has no HA ports`,
    twice: ({ name, other }: Named & { other: string }) =>
      `Azure refuses \`${name}\`: \`${other}\` uses HA ports on the same frontend already`,
    beside: ({ name, other, shared }: Named & { other: string; shared: string }) =>
      `Azure refuses \`${name}\` beside \`${other}\`: HA ports take every port of the same ${shared}, unless both rules use floating IP`,
  },

  // A gateway load balancer has rules of HA ports alone, and rules of its own for them.
  subjects: (network) =>
    collidingSubjects(network).filter(
      ({ kind, balancer }) => kind === 'rule' && lowerOf(balancer.sku) !== 'gateway',
    ),

  check(own: RuleSubject, network: Network) {
    const { rule, balancer, subject } = own;
    const violation = { status: 'violation', with: { name: subject.name } } as const;
    const { frontendPort, backendPort, protocol } = rule;
    if (frontendPort.kind === 'known' && backendPort.kind === 'known' && protocol.kind === 'known') {
      const zeros = [frontendPort, backendPort].filter(({ value }) => value === 0);
      if (lowerOf(protocol) === 'all') {
        if (zeros.length < 2) return { ...violation, say: 'ports', at: protocol.origin, remedy: PORTS };
      } else if (zeros[0] !== undefined) {
        // No page says that Azure refuses it.
        return { ...violation, say: 'protocol', at: zeros[0].origin, confidence: 'suspected', remedy: PORTS };
      }
    }
    if (isHaPorts(rule)) {
      const frontend =
        rule.frontend.kind === 'to' ? network.topology.frontends.get(rule.frontend.id)?.frontend : undefined;
      if (frontend !== undefined && schemeOf(frontend) === 'public') {
        const related = [{ message: 'its frontend is public', origin: frontend.origin }];
        return { ...violation, say: 'public', related, remedy: SCHEME };
      }
      if (lowerOf(balancer.sku) === 'basic') {
        return { ...violation, say: 'basic', at: balancer.sku.origin, remedy: 'use the Standard SKU' };
      }
    }
    const collisions = own.earlier.flatMap((other) => collisionOf(own, other) ?? []);
    const certain = collisions.find(({ waitsFor }) => waitsFor.length === 0);
    if (certain !== undefined) {
      const { say, other, shared } = certain;
      return {
        status: 'violation',
        say,
        with: { name: subject.name, other: other.subject.name, shared },
        related: [{ message: `\`${other.subject.name}\` is here`, origin: other.subject.origin }],
        remedy:
          say === 'twice'
            ? `give \`${subject.name}\` a frontend of its own, with floating IP on both rules if they share backends`
            : `remove one of the two rules, or use floating IP on \`${subject.name}\` and \`${other.subject.name}\``,
      };
    }
    const [first] = collisions;
    if (first === undefined) return pass;
    return undecided(
      `whether Azure accepts \`${subject.name}\` beside \`${first.other.subject.name}\`, one of which uses HA ports`,
      first.waitsFor,
    );
  },
});

const PORTS = 'use protocol All with port 0 on both sides, or a single protocol with ports other than 0';
const SCHEME = 'use an internal frontend, or a rule for each port that clients use';

interface Named {
  readonly name: string;
}

interface Collision {
  readonly say: 'twice' | 'beside';
  readonly other: RuleSubject;
  readonly shared: 'frontend' | 'backends';
  /** Empty when it is certain. */
  readonly waitsFor: readonly Unknown[];
}

function collisionOf(own: RuleSubject, other: RuleSubject): Collision | undefined {
  const isHa = [own, other].map(({ rule }) => isHaPorts(rule));
  const ofFrontend = sharesFrontend(own, other);
  if (other.kind !== 'rule' || !isHa.includes(true) || !(ofFrontend || sharesBackends(own, other)))
    return undefined;
  const floats = [own, other].map(({ rule }) => isFloating(rule));
  const isTwice = ofFrontend && !isHa.includes(false);
  if (!isTwice && !floats.includes(false) && !floats.includes(undefined)) return undefined;
  const { sku } = own.balancer;
  const waitsFor = [
    ...existenceDoubts(own, other),
    ...(isTwice || floats.includes(false) ? [] : floatingDoubts(own.rule, other.rule)),
    // It may be a gateway load balancer.
    ...(sku.kind === 'unknown' ? [sku] : []),
  ];
  return { say: isTwice ? 'twice' : 'beside', other, shared: ofFrontend ? 'frontend' : 'backends', waitsFor };
}
