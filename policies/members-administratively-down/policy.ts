import {
  definePolicy,
  lowerOf,
  type Path,
  type PathSubject,
  type Policy,
  pass,
  ruleSubjects,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'members-administratively-down',
  title: 'Some member of every pool is not taken out by its administrative state',
  severity: 'error',
  confidence: 'proved',
  remedy: 'set the administrative state of a member to None or Up',
  references: [
    {
      title: 'Administrative state of Azure Load Balancer',
      url: 'https://learn.microsoft.com/azure/load-balancer/admin-state-overview',
    },
    {
      title: 'Backend pool management',
      url: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    },
  ],
  messages: {
    down: ({ path }: { path: Path }) =>
      `nobody receives new connections of \`${path.name}\`: the administrative state of every member is Down`,
  },

  subjects: (network) =>
    ruleSubjects(network).filter(({ path }) => path.members.length > 0 && path.probeLink.kind !== 'none'),

  check({ path }: PathSubject) {
    const states = path.members.map(({ member }) => member.adminState);
    const isDown = states.every((state) => state !== undefined && lowerOf(state) === 'down');
    const [first] = states;
    if (!isDown || !path.membersComplete || first === undefined) return pass;
    return { status: 'violation', say: 'down', with: { path }, at: first.origin };
  },
});
