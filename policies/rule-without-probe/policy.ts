import {
  definePolicy,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  ruleSubjects,
  type Unknown,
  undecided,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'rule-without-probe',
  title: 'Every load-balancing rule has a probe',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'add a probe on the backend port and name it in the rule',
  references: [
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    missing: ({ path }: { path: Path }) =>
      `\`${path.name}\` has no probe, so a member that fails keeps receiving traffic`,
  },

  subjects: (network) => ruleSubjects(network).filter(({ path }) => !isGlobal(path)),

  check({ path }: PathSubject) {
    const { probeLink: probe } = path;
    const mayBeNone = probe.kind === 'unknown' || (probe.kind === 'one-of' && probe.open);
    // An id of which a part is written names some probe, whichever it is; unknown parts alone may be nothing.
    if (mayBeNone && !isPartlyWritten(probe.waitsFor))
      return undecided(`whether \`${path.name}\` has a probe`, [probe.waitsFor]);
    return probe.kind === 'none' ? { status: 'violation', say: 'missing', with: { path } } : pass;
  },
});

function isPartlyWritten({ parts = [] }: Unknown): boolean {
  return parts.some((part) => typeof part === 'string' && part !== '');
}

/** A global load balancer probes its regional ones by itself: semantics 6.7. */
function isGlobal({ loadBalancer }: Path): boolean {
  return loadBalancer.tier.kind === 'known' && loadBalancer.tier.value.toLowerCase() === 'global';
}
