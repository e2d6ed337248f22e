import { interfacesBeside, isOwner, ownersOf } from '../../src/network/own-address.ts';
import { buildTopology, type Topology } from '../../src/network/topology.ts';
import { known } from '../../src/value/value.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { waiting } from '../support/waiting.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;

function nic(name: string, ...configurations: readonly Record<string, unknown>[]): ArmResource {
  const ipConfigurations = configurations.map((properties, index) => ({ name: `ip${index}`, properties }));
  return { type: 'networkInterfaces', name, properties: { ipConfigurations } };
}

function machine(name: string, ...nics: readonly string[]): ArmResource {
  const networkInterfaces = nics.map((each) => sub(`networkInterfaces/${each}`));
  return { type: 'virtualMachines', name, properties: { networkProfile: { networkInterfaces } } };
}

function balancer(name: string, address: unknown, ...pools: readonly string[]): ArmResource {
  return {
    type: 'loadBalancers',
    name,
    properties: {
      frontendIPConfigurations: [
        { name: 'other', properties: {} },
        { name: 'front', properties: { privateIPAddress: address } },
      ],
      backendAddressPools: pools.map((pool) => ({ name: pool })),
    },
  };
}

const inPool = (pool: string) => ({ loadBalancerBackendAddressPools: [sub(pool)] });
const profile = { networkInterfaceConfigurations: ['a', 'b'].map((name) => ({ name, properties: {} })) };

const topology = buildTopology(
  modelOf(
    nic('lonely', { privateIPAddress: '10.0.1.4' }, { privateIPAddress: '10.0.1.5' }),
    nic('single', { privateIPAddress: waiting('address') }),
    nic('left', { privateIPAddress: '10.0.1.6' }),
    nic('right', {}, inPool('loadBalancers/lb/backendAddressPools/second')),
    machine('one', 'single'),
    machine('two', 'left', 'right'),
    { type: 'virtualMachines', name: 'inline', properties: { networkProfile: profile } },
    {
      type: 'virtualMachineScaleSets',
      name: 'set',
      properties: { virtualMachineProfile: { networkProfile: profile } },
    },
    balancer('lb', '10.0.1.100', 'first', 'second'),
    balancer('other', '10.0.1.101', 'third'),
  ),
);

const last = (id: string): string => id.slice(id.indexOf('/', 1) + 1);

function interfaceOf(name: string): Topology['interfaces'][number] {
  const found = topology.interfaces.find(({ id }) => last(id) === name.toLowerCase());
  if (found === undefined) throw new Error(topology.interfaces.map(({ id }) => id).join());
  return found;
}

const LEFT_AND_RIGHT = ['networkinterfaces/left', 'networkinterfaces/right'];
const OF_INLINE = ['a', 'b'].map((name) => `virtualmachines/inline/networkinterfaces/${name}`);
const OF_SET = ['a', 'b'].map((name) => `virtualmachinescalesets/set/networkinterfaces/${name}`);

test.each([
  ['networkInterfaces/lonely', ['networkinterfaces/lonely']],
  ['networkInterfaces/single', ['networkinterfaces/single']],
  ['networkInterfaces/right', LEFT_AND_RIGHT],
  ['virtualMachines/inline/networkInterfaces/a', OF_INLINE],
  ['virtualMachineScaleSets/set/networkInterfaces/b', OF_SET],
])('the machine of %s has the interfaces %j', (name, expected) => {
  const beside = interfacesBeside(topology, interfaceOf(name));
  expect(beside.map(({ id }) => last(id)).toSorted()).toEqual(expected);
});

const later = (...paths: readonly string[]) => ({
  ...waiting('hop'),
  references: paths.map((path) => ({ ...sub(path), property: 'privateIPAddress' })),
});
const FRONT = 'loadBalancers/lb/frontendIPConfigurations/front';

test.each([
  [known('10.0.1.5', ORIGIN), ['lonely']],
  [known('10.0.1.6', ORIGIN), ['left']],
  [known('10.0.1.100', ORIGIN), ['first', 'second']],
  [known('10.0.1.7', ORIGIN), []],
  [later('networkInterfaces/single/ipConfigurations/ip0'), ['single']],
  [later('networkInterfaces/single'), ['single']],
  [later(FRONT), ['first', 'second']],
  [later('loadBalancers/other'), ['third']],
  [later(FRONT, 'networkInterfaces/single'), []],
  [later('networkInterfaces/single', 'networkInterfaces/single'), []],
  [{ ...later('networkInterfaces/single'), open: true as const }, []],
  [waiting('hop'), []],
  [{ kind: 'absent' as const, origin: ORIGIN }, []],
])('%j is the address of %j', (address, expected) => {
  const { interfaces, pools } = ownersOf(topology, address);
  expect([...interfaces, ...pools].map((id) => id.slice(id.lastIndexOf('/') + 1))).toEqual(expected);
});

// Semantics 6.3: an appliance is the machine with the address, or one behind the frontend with it.
test.each([
  ['lonely', '10.0.1.4', true],
  ['single', '10.0.1.4', false],
  ['left', '10.0.1.6', true],
  ['right', '10.0.1.6', true],
  ['right', '10.0.1.100', true],
  ['left', '10.0.1.100', true],
  ['lonely', '10.0.1.100', false],
  ['right', '10.0.1.101', false],
  ['lonely', '10.0.1.7', false],
])('the machine of %s has or stands behind %s: %s', (name, address, expected) => {
  const owners = ownersOf(topology, known(address, ORIGIN));
  expect(isOwner(topology, interfaceOf(`networkInterfaces/${name}`), owners)).toBe(expected);
});
