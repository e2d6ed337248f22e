import { buildTopology, lookUp, type Topology } from '../../src/network/topology.ts';
import { type Unknown, unknown } from '../../src/value/value.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { oneOf, perhaps, reasonsOf, waiting } from '../support/waiting.ts';

const SNET = sub('virtualNetworks/vnet/subnets/snet');
const POOL = 'loadBalancers/lb/backendAddressPools/pool';
const OTHER = 'loadBalancers/lb/backendAddressPools/other';

/** An interface whose one IP configuration has these properties. */
function nic(
  name: string,
  properties: Record<string, unknown>,
  more: Record<string, unknown> = {},
): ArmResource {
  return {
    type: 'networkInterfaces',
    name,
    properties: { ipConfigurations: [{ name: 'ip', properties: { subnet: SNET, ...properties } }] },
    ...more,
  };
}

function topologyOf(...resources: readonly ArmResource[]): Topology {
  return buildTopology(modelOf(...resources));
}

/** Who names something, and what each waits for. */
function attached({ attachedTo }: Topology, path: string): readonly string[] {
  return attachedTo(sub(path).id).map(({ networkInterface, uncertain }) =>
    [networkInterface.address, ...reasonsOf(uncertain ? [uncertain] : [])].join(', '),
  );
}

const inPools = (...ids: readonly unknown[]) => ({
  loadBalancerBackendAddressPools: ids.map((id) => ({ id })),
});

test.each<
  [
    what: string,
    properties: Record<string, unknown>,
    pool: readonly string[],
    other: readonly string[],
    open: readonly string[],
  ]
>([
  ['one pool', inPools(sub(POOL).id), ['nic'], [], []],
  ['two pools', inPools(sub(POOL).id, sub(OTHER).id), ['nic'], ['nic'], []],
  ['no pool', inPools(undefined), [], [], []],
  ['a pool that is not known', inPools(waiting('which')), [], [], ['parameter which']],
  [
    'one of two pools',
    inPools(oneOf('which', POOL, OTHER)),
    ['nic, parameter which'],
    ['nic, parameter which'],
    [],
  ],
  ['a pool or another', inPools(perhaps('which', POOL)), ['nic, parameter which'], [], ['parameter which']],
  [
    'a pool, and others that are not known',
    { loadBalancerBackendAddressPools: { partial: [sub(POOL)], more: waiting('more') } },
    ['nic'],
    [],
    ['parameter more'],
  ],
  [
    'pools that are not known',
    { loadBalancerBackendAddressPools: waiting('pools') },
    [],
    [],
    ['parameter pools'],
  ],
  [
    'NAT rules that are not known',
    { loadBalancerInboundNatRules: waiting('rules') },
    [],
    [],
    ['parameter rules'],
  ],
  [
    'NAT pools that are not known',
    { loadBalancerInboundNatPools: waiting('ranges') },
    [],
    [],
    ['parameter ranges'],
  ],
])('an interface that names %s', (_, properties, pool, other, open) => {
  const topology = topologyOf(nic('nic', properties));
  expect([attached(topology, POOL), attached(topology, OTHER)]).toEqual([pool, other]);
  expect(reasonsOf(topology.unresolvedAttachments)).toEqual(open);
});

test('whoever names a pool, a NAT rule or a NAT pool is attached to it, as far as it exists', () => {
  const [rule, range] = ['loadBalancers/lb/inboundNatRules/ssh', 'loadBalancers/lb/inboundNatPools/range'];
  const topology = topologyOf(
    nic('first', { ...inPools(sub(POOL).id), loadBalancerInboundNatRules: [sub(rule)] }),
    nic('second', { ...inPools(sub(POOL).id), loadBalancerInboundNatPools: [sub(range)] }),
    nic('third', inPools(sub(POOL).id), { condition: waiting('third') }),
    nic('fourth', inPools(oneOf('which', POOL, OTHER)), { condition: waiting('fourth') }),
  );
  expect(attached(topology, POOL)).toEqual([
    'first',
    'second',
    'third, parameter third',
    'fourth, parameter which',
  ]);
  expect([attached(topology, rule), attached(topology, range)]).toEqual([['first'], ['second']]);
  expect(topology.unresolvedAttachments).toEqual([]);
});

test('IP configurations that are not known may name anything', () => {
  const topology = topologyOf({
    type: 'networkInterfaces',
    name: 'nic',
    properties: { ipConfigurations: waiting('configurations') },
  });
  expect(reasonsOf(topology.unresolvedAttachments)).toEqual(['parameter configurations']);
});

const scaleSet: ArmResource = {
  type: 'virtualMachineScaleSets',
  name: 'set',
  properties: {
    virtualMachineProfile: {
      networkProfile: {
        networkInterfaceConfigurations: ['a', 'b'].map((name) => ({
          name,
          properties: {
            ipConfigurations: [{ name: 'ip', properties: { subnet: SNET, privateIPAddress: '10.0.1.30' } }],
          },
        })),
      },
    },
  },
};
const maker: ArmResource = {
  type: 'virtualMachines',
  name: 'maker',
  properties: {
    networkProfile: { networkInterfaceConfigurations: [{ name: 'made', properties: {} }] },
  },
};
const machine = (name: string, ...links: readonly unknown[]): ArmResource => ({
  type: 'virtualMachines',
  name,
  properties: { networkProfile: { networkInterfaces: links.map((id) => ({ id })) } },
});

test('an interface belongs to the machine that names it, makes it, or is the scale set of it', () => {
  const topology = topologyOf(
    nic('own', {}),
    nic('second', {}),
    nic('alone', {}),
    nic('perhaps', {}),
    machine('vm', sub('networkInterfaces/own').id, sub('networkInterfaces/second').id),
    machine('other', oneOf('which', 'networkInterfaces/perhaps', 'networkInterfaces/alone')),
    maker,
    scaleSet,
  );
  const owners = topology.interfaces.map(
    ({ id, scaleSet: set }) => topology.machineOf(set?.id ?? id)?.address,
  );
  expect(owners).toEqual(['vm', 'vm', undefined, undefined, 'maker', 'set', 'set']);
  const found = [
    'virtualMachines/vm',
    'virtualMachines/other',
    'virtualMachines/maker',
    'virtualMachineScaleSets/set',
  ].map((path) => {
    const owner = topology.machineOf(sub(path).id);
    return (
      owner &&
      topology.interfacesOf(owner).map(({ address, name }) => (name.kind === 'known' ? name.value : address))
    );
  });
  expect(found).toEqual([['own', 'second'], [], ['made'], ['set/a', 'set/b']]);
});

const secret = {
  kind: 'known',
  value: '10.0.1.9',
  sensitive: true,
  origin: { kind: 'json', path: 'test.json', pointer: '' },
};
const frontends = (...addresses: readonly unknown[]) => ({
  sku: { name: 'Standard' },
  properties: {
    frontendIPConfigurations: addresses.map((privateIPAddress, index) => ({
      name: `front${index}`,
      properties: { subnet: SNET, privateIPAddress },
    })),
  },
});

test('taken are the static addresses that are known, of what certainly exists', () => {
  const topology = topologyOf(
    { type: 'loadBalancers', name: 'lb', ...frontends('10.0.1.4', waiting('ip'), undefined, '') },
    { type: 'loadBalancers', name: 'perhaps', ...frontends('10.0.1.5'), condition: waiting('perhaps') },
    nic('own', { privateIPAddress: '10.0.1.6' }),
    nic('hidden', { privateIPAddress: secret }),
    nic('perhaps', { privateIPAddress: '10.0.1.7' }, { condition: waiting('perhaps') }),
    nic('dynamic', {}),
    nic('elsewhere', { privateIPAddress: '10.0.2.4', subnet: sub('virtualNetworks/vnet/subnets/second') }),
    nic('anywhere', { privateIPAddress: '10.0.1.8', subnet: { id: waiting('where') } }),
    scaleSet,
  );
  expect(topology.takenIn(SNET.id)).toEqual(['10.0.1.4', '10.0.1.6']);
  expect(topology.takenIn(sub('virtualNetworks/vnet/subnets/second').id)).toEqual(['10.0.2.4']);
  expect(topology.takenIn(sub('virtualNetworks/vnet/subnets/third').id)).toEqual([]);
});

const inNetwork = (name: string, parent: unknown): ArmResource => ({
  type: 'virtualNetworks/vnet/subnets',
  name,
  parent,
  properties: { addressPrefix: '10.0.2.0/24' },
});

test('the subnets of a network are known, also when the network is not part of the root', () => {
  const topology = topologyOf(
    inNetwork('first', sub('virtualNetworks/vnet').id),
    inNetwork('second', sub('virtualNetworks/vnet').id),
    inNetwork('third', oneOf('which', 'virtualNetworks/vnet', 'virtualNetworks/other')),
  );
  const names = (path: string) => topology.subnetsIn(sub(path).id).map(({ address }) => address);
  expect([names('virtualNetworks/vnet'), names('virtualNetworks/other')]).toEqual([['first', 'second'], []]);
});

const part = (kind: string, name: string, parent: unknown): ArmResource => ({
  type: `loadBalancers/lb/${kind}`,
  name,
  parent,
  properties: {},
});

test('parts of load balancers are found by their ids, also of those that are not part of the root', () => {
  const far = sub('loadBalancers/far').id;
  const model = [
    part('backendAddressPools', 'stray', far),
    part('probes', 'stray', far),
    part('loadBalancingRules', 'stray', far),
    {
      type: 'loadBalancers',
      name: 'lb',
      properties: {
        frontendIPConfigurations: [{ name: 'front', properties: {} }],
        backendAddressPools: [{ name: 'pool' }],
        probes: [{ name: 'probe', properties: {} }],
      },
    },
  ];
  const topology = topologyOf(...model);
  const short = (ids: Iterable<string>) =>
    [...ids].map((id) => id.replace('/microsoft.network/loadbalancers/lb/', ''));
  expect(short(topology.pools.keys())).toEqual(['backendaddresspools/pool', 'backendaddresspools/stray']);
  expect(short(topology.probes.keys())).toEqual(['probes/probe', 'probes/stray']);
  expect(short(topology.frontends.keys())).toEqual(['frontendipconfigurations/front']);
  expect([...topology.frontends.values()].map(({ loadBalancer }) => loadBalancer.address)).toEqual(['lb']);
  expect(topology.loadBalancers.map(({ address }) => address)).toEqual(['lb', 'stray']);
  expect(topology.unseenBalancers.map(({ address }) => address)).toEqual(['stray']);
});

test('what may not exist is only read from where something exists under the same condition', () => {
  const origin = { kind: 'json', path: 'test.json', pointer: '' } as const;
  const nameless = (name: string): Unknown => unknown({ kind: 'parameter', name }, origin);
  const own = nameless('own');
  const find = (condition: Unknown | undefined, given: Unknown | undefined): unknown => {
    const things = new Map([['a', condition === undefined ? {} : { condition }]]);
    const found = lookUp(things, { kind: 'to', id: 'a' }, { name: 'a thing', origin, given });
    return 'unreadable' in found ? reasonsOf([found.unreadable]) : 'found';
  };
  expect(find(undefined, undefined)).toBe('found');
  expect(find(undefined, waiting('b'))).toBe('found');
  expect(find(waiting('a'), undefined)).toEqual(['parameter a']);
  expect(find(waiting('a'), waiting('b'))).toEqual(['parameter a']);
  expect(find(waiting('a'), waiting('a'))).toBe('found');
  expect(find(own, own)).toBe('found');
  expect(find(own, nameless('own'))).toEqual(['parameter own']);
});
