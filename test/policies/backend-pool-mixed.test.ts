import { policy } from '../../policies/backend-pool-mixed/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate } from '../support/estate.ts';

const INTERNAL: EstateOptions = { internal: true };

function said(options: EstateOptions): readonly string[] {
  return policy
    .run(buildNetwork(estate({ ...INTERNAL, ...options })))
    .findings.map(({ message }) => message.replace(/^.*?: /, ''));
}

/** An entry in the pool of the estate. */
function entry(properties: Record<string, unknown>, more: Record<string, unknown> = {}): ArmResource {
  return {
    type: 'loadBalancers/lb/backendAddressPools',
    name: 'pool',
    parent: sub('loadBalancers/lb').id,
    properties: { loadBalancerBackendAddresses: [{ name: 'entry', properties }], ...more },
  };
}

const NETWORK = { virtualNetwork: sub('virtualNetworks/vnet') };
const OTHER = { virtualNetwork: { id: '/elsewhere/virtualnetworks/other' } };

test('an address beside an interface is refused, an entry without an address is none', () => {
  expect(said({ more: [entry({ ipAddress: '10.0.1.9' })] })).toEqual([
    'it lists the IP address `10.0.1.9`, and `nic0/ip` is a network interface',
  ]);
  expect(said({ more: [entry({})] })).toEqual([]);
});

test('the network of a listed address is compared with that of the frontend', () => {
  const alone = { members: 0 };
  expect(said({ ...alone, more: [entry({ ipAddress: '10.0.1.9', ...NETWORK })] })).toEqual([]);
  expect(said({ ...alone, more: [entry({ ipAddress: '10.0.1.9' }, OTHER)] })).toEqual([
    '`front` and `10.0.1.9` are in different virtual networks',
  ]);
});

test('an address outside its network is found, as far as the network is known', () => {
  const at = (ipAddress: string, network: Record<string, unknown> = NETWORK) =>
    said({ members: 0, internal: false, more: [entry({ ipAddress, ...network })] });
  expect(at('10.0.255.4')).toEqual([]);
  expect(at('10.1.0.4')).toEqual(['it is outside the address space of `vnet`']);
  expect(at('10.1.0.4', OTHER)).toEqual([]);
  expect(at('10.1.0.4', {})).toEqual([]);
});

test('an address that is a secret is called by its name', () => {
  const origin = { kind: 'json', path: 'test.json', pointer: '' } as const;
  const secret = { kind: 'known', value: '10.1.0.4', origin, sensitive: true } as const;
  const more = [entry({ ipAddress: secret, ...NETWORK })];
  const [finding] = policy.run(buildNetwork(estate({ ...INTERNAL, members: 0, more }))).findings;
  expect(finding?.message).toContain('cannot reach `entry`');
});

test('a member that only may be one is left alone', () => {
  const origin = { kind: 'json', path: 'test.json', pointer: '' } as const;
  const open = unknown({ kind: 'parameter', name: 'pool' }, origin);
  const ipConfiguration = { loadBalancerBackendAddressPools: open };
  expect(said({ ipConfiguration, more: [entry({ ipAddress: '10.0.1.9', ...NETWORK })] })).toEqual([]);
});
