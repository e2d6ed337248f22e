import {
  definePolicy,
  type GuestEvidence,
  type GuestSubject,
  guestNames,
  guestSubjects,
  isClusterListener,
  isServedByImage,
  type Path,
  type Policy,
  pass,
  portText,
} from '../../src/policy/index.ts';

export const policy: Policy = definePolicy({
  id: 'nothing-starts-listener',
  title: 'Something starts a server on the members of a rule',
  severity: 'info',
  confidence: 'suspected',
  remedy:
    'start the server in custom data, an extension or a run command, use an image that holds it, or leave it to the tool that sets the machines up later',
  references: [
    {
      title:
        'Troubleshoot Azure Load Balancer: the backend VM is not listening on the appropriate port for the data traffic',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-troubleshoot-backend-traffic',
    },
    {
      title: 'Custom data and cloud-init on Azure virtual machines',
      url: 'https://learn.microsoft.com/azure/virtual-machines/custom-data',
    },
  ],
  messages: {
    nothing: ({ path, guests }: { path: Path; guests: readonly GuestEvidence[] }) =>
      `nothing in this code starts a server on ${guestNames(guests)}, and \`${path.name}\` sends data to ${portText(path)}`,
  },

  /**
   * The first rule of a pool speaks for the others: the machines behind it are the same. SSH and RDP come with the image.
   */
  subjects(network) {
    const asked = new Set<string>();
    return guestSubjects(network).filter(({ path, guests }) => {
      const key = guests.map(({ machine }) => machine.id).join(' ');
      const { backendPort } = path.rule;
      if (backendPort.kind === 'known' && guests.every((guest) => isServedByImage(guest, backendPort.value)))
        return false;
      const isNew = !asked.has(key);
      asked.add(key);
      return isNew && !isClusterListener(path);
    });
  },

  check({ path, guests }: GuestSubject) {
    const bare = guests.filter(
      ({ machine, isGenericImage, opacity }) =>
        isGenericImage && opacity.length === 0 && machine.carriers.length === 0,
    );
    const [first] = bare;
    if (first === undefined) return pass;
    return {
      status: 'violation',
      say: 'nothing',
      with: { path, guests: bare },
      at: first.machine.origin,
      related: [{ message: `\`${path.name}\` sends data to it`, origin: path.origin }],
    };
  },
});
