import {
  type Coupling,
  callNotes,
  couplingOf,
  definePolicy,
  isClusterListener,
  type LoopbackCall,
  loopbackCalls,
  loopbackMentions,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  ruleSubjects,
} from '../../src/policy/index.ts';

interface Facts {
  readonly path: Path;
  readonly coupling: Coupling;
}

export const policy: Policy = definePolicy({
  id: 'internal-frontend-loopback-possible',
  title: 'Nothing suggests that only members call the frontend of their own internal load balancer',
  severity: 'info',
  confidence: 'suspected',
  remedy:
    'make sure that the members do not call the frontend themselves; let other machines call it, or localhost be called',
  references: [
    {
      title:
        'Troubleshoot Azure Load Balancer: accessing the internal frontend from a participating backend VM',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
  ],
  messages: {
    rule: ({ path, coupling }: Facts) =>
      `\`${coupling.name}\` lets the members of \`${path.name}\` out to its own frontend, and connections that return to their sender time out`,
    name: ({ path, coupling }: Facts) =>
      `\`${coupling.name}\` leads to the frontend of \`${path.name}\`, and only its own members can look the name up: connections that return to their sender time out`,
    mention: ({ path, call }: { path: Path; call: LoopbackCall }) =>
      `\`${call.machine}\` is handed the address of \`${path.name}\`, behind which it stands: if it calls it, connections that return to their sender time out`,
  },

  /** The first rule of a frontend speaks for the others. */
  subjects(network) {
    const asked = new Set<string>();
    return ruleSubjects(network).filter(({ path: { scheme, frontend } }) => {
      if (scheme !== 'internal' || frontend === undefined || asked.has(frontend.id)) return false;
      asked.add(frontend.id);
      return true;
    });
  },

  check({ path }: PathSubject, network) {
    // A call that can be seen is reported by `internal-frontend-loopback` or `apps-share-backend-vm`.
    if (isClusterListener(path) || loopbackCalls(path, network).length > 0) return pass;
    const [call] = loopbackMentions(path, network);
    if (call !== undefined) {
      return {
        status: 'violation',
        say: 'mention',
        with: { path, call },
        at: call.origin,
        related: [
          ...callNotes(call),
          { message: `\`${path.name}\` sends what it gets to it`, origin: path.origin },
        ],
      };
    }
    const coupling = couplingOf(path, network.topology);
    if (coupling === undefined) return pass;
    return {
      status: 'violation',
      say: coupling.kind === 'security-rule' ? 'rule' : 'name',
      with: { path, coupling },
      at: coupling.origin,
      related: [{ message: `\`${path.name}\` sends what it gets to these members`, origin: path.origin }],
    };
  },
});
