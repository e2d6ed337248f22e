import {
  collidingSubjects,
  definePolicy,
  isFloating,
  isHaPorts,
  lowerOf,
  type Network,
  type Policy,
  pass,
  type RuleSubject,
  schemeOf,
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
    protocol: ({ name }: Named) => `Azure refuses \`${name}\`: port 0 needs protocol All`,
    public: ({ name }: Named) => `Azure refuses \`${name}\`: HA ports need an internal frontend`,
    basic: ({ name }: Named) => `Azure refuses \`${name}\`: a Basic load balancer has no HA ports`,
    twice: ({ name, other }: Named & { other: string }) =>
      `Azure refuses \`${name}\`: \`${other}\` uses HA ports on the same frontend already`,
    beside: ({ name, other }: Named & { other: string }) =>
      `Azure refuses \`${name}\` beside \`${other}\`: HA ports take every port of the same backends, unless both use floating IP`,
  },

  subjects: (network) =>
    collidingSubjects(network).filter(
      ({ kind, balancer }) => kind === 'rule' && lowerOf(balancer.sku) !== 'gateway',
    ),

  check(own: RuleSubject, network: Network) {
    const { rule, balancer, subject } = own;
    const named = { name: subject.name };
    const violation = { status: 'violation', with: named } as const;
    const { frontendPort, backendPort } = rule;
    if (frontendPort.kind === 'known' && backendPort.kind === 'known') {
      const isAll = lowerOf(rule.protocol) === 'all';
      const zeros = [frontendPort, backendPort].filter(({ value }) => value === 0).length;
      if (isAll && zeros < 2) return { ...violation, say: 'ports', at: rule.protocol.origin };
      if (!isAll && zeros > 0 && rule.protocol.kind === 'known') {
        return { ...violation, say: 'protocol', at: rule.protocol.origin };
      }
    }
    if (isHaPorts(rule)) {
      const frontend =
        rule.frontend.kind === 'to' ? network.topology.frontends.get(rule.frontend.id)?.frontend : undefined;
      if (frontend !== undefined && schemeOf(frontend) === 'public') return { ...violation, say: 'public' };
      if (lowerOf(balancer.sku) === 'basic') return { ...violation, say: 'basic' };
    }
    for (const other of own.earlier) {
      const say = collision(own, other);
      if (say === undefined) continue;
      const related = [{ message: `\`${other.subject.name}\` is here`, origin: other.subject.origin }];
      return { status: 'violation', say, with: { ...named, other: other.subject.name }, related };
    }
    return pass;
  },
});

interface Named {
  readonly name: string;
}

function collision(own: RuleSubject, other: RuleSubject): 'twice' | 'beside' | undefined {
  if (other.kind !== 'rule' || (!isHaPorts(own.rule) && !isHaPorts(other.rule))) return undefined;
  const [frontend, otherFrontend] = [own.rule.frontend, other.rule.frontend];
  const isSameFrontend =
    frontend.kind === 'to' && otherFrontend.kind === 'to' && frontend.id === otherFrontend.id;
  if (isSameFrontend && isHaPorts(own.rule) && isHaPorts(other.rule)) return 'twice';
  const sharesBackends = [...own.receivers].some((id) => other.receivers.has(id));
  const [floats, otherFloats] = [isFloating(own.rule), isFloating(other.rule)];
  const bothFloat = floats !== false && otherFloats !== false;
  return (sharesBackends || isSameFrontend) && !bothFloat ? 'beside' : undefined;
}
