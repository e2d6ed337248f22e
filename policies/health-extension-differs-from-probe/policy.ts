import {
  definePolicy,
  type GuestEvidence,
  type GuestSubject,
  guestName,
  guestSubjects,
  type HealthCheck,
  numberText,
  type Path,
  type Policy,
  pass,
  probeProtocol,
  probesOfMachine,
  textOr,
} from '../../src/policy/index.ts';

interface Facts {
  readonly path: Path;
  readonly guest: GuestEvidence;
  readonly check: HealthCheck;
}

export const policy: Policy = definePolicy({
  id: 'health-extension-differs-from-probe',
  title: 'The application health extension and the load balancer ask the same question',
  severity: 'warning',
  confidence: 'suspected',
  remedy: 'give the extension and the probe the same protocol, port and path',
  references: [
    {
      title: 'Using Application Health extension with Virtual Machine Scale Sets',
      url: 'https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-health-extension',
    },
    {
      title: 'Azure Load Balancer health probes',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    },
  ],
  messages: {
    both: ({ guest }: Facts) =>
      `\`${guestName(guest)}\` takes its health from the application health extension and from a probe of the load balancer, and only one of them can count`,
    port: ({ path, guest, check }: Facts) =>
      `the application health extension of \`${guestName(guest)}\` asks port ${check.port ?? 'unknown'}, and the probe of \`${path.name}\` asks port ${shownPort(path)}`,
    path: ({ path, guest, check }: Facts) =>
      `the application health extension of \`${guestName(guest)}\` asks \`${check.path ?? ''}\`, and the probe of \`${path.name}\` asks \`${shownPath(path)}\` on the same port`,
  },

  /** Each machine once: with the rules that share a pool the answer is the same. */
  subjects(network) {
    const asked = new Set<string>();
    return guestSubjects(network).filter(({ path, guests }) => {
      const isNew = guests.some(
        ({ machine, healthChecks }) => healthChecks.length > 0 && !asked.has(machine.id),
      );
      for (const { machine } of guests) asked.add(machine.id);
      return isNew && path.probeResource !== undefined;
    });
  },

  check({ path, guests }: GuestSubject, network) {
    for (const guest of guests) {
      const [check] = guest.healthChecks;
      if (check === undefined) continue;
      const facts = { path, guest, check };
      const related = [
        { message: `the probe of \`${path.name}\``, origin: path.probeResource?.origin ?? path.origin },
      ];
      const common = { status: 'violation', with: facts, at: check.origin, related } as const;
      if (guest.machine.healthProbe.kind === 'to')
        return {
          ...common,
          say: 'both',
          severity: 'error',
          confidence: 'proved',
          remedy: 'keep either the extension or the health probe of the scale set',
        };
      const probes = [
        ...probesOfMachine(network, guest.machine),
        ...(path.probeResource === undefined ? [] : [path.probeResource]),
      ];
      if (check.port === undefined || probes.some(({ port }) => port.kind !== 'known')) continue;
      const alike = probes.filter(({ port }) => port.kind === 'known' && port.value === check.port);
      if (alike.length === 0) return { ...common, say: 'port' };
      if (!/^https?$/.test(check.protocol ?? '') || check.path === undefined) continue;
      const paths = alike
        .filter((probe) => /^https?$/.test(probeProtocol(probe) ?? ''))
        .map((probe) => probe.requestPath);
      if (
        paths.length === 0 ||
        paths.some((own) => own.kind !== 'known' || isSame(own.value, check.path ?? ''))
      )
        continue;
      return { ...common, say: 'path' };
    }
    return pass;
  },
});

function shownPort({ probeResource }: Path): string {
  return (probeResource === undefined ? undefined : numberText(probeResource.port)) ?? 'unknown';
}

function shownPath({ probeResource }: Path): string {
  return probeResource === undefined ? 'another path' : textOr(probeResource.requestPath, 'another path');
}

/** With or without the leading slash, and nothing written is the root. */
function isSame(a: string, b: string): boolean {
  return a.replace(/^\/+/, '') === b.replace(/^\/+/, '');
}
