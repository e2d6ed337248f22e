import { type ArmResource, sub } from '../support/arm-model.ts';
import { ask, later, said, secret, story } from '../support/ask.ts';
import { type EstateOptions, otherMember, rule, VIP } from '../support/estate.ts';

const POOL = sub('loadBalancers/lb/backendAddressPools/pool');
const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const OUTSIDE = { loadBalancerBackendAddressPools: [] };
const DELIVERED = 'delivered: no security group';
const FLOATING = { enableFloatingIP: true };

/** Lets in probes and one kind of data, and nothing else. */
const onlyTo = (match: Record<string, unknown>): EstateOptions => ({
  nicRules: [
    rule(100, 'Allow', { sourceAddressPrefix: 'AzureLoadBalancer' }),
    rule(110, 'Allow', match),
    rule(120, 'Deny'),
  ],
});

function inside(estate: EstateOptions, from = 'vnet'): string {
  return said({ estate: { internal: true, ...estate }, from, to: 'lb' });
}

/** A scale set in the pool, with the interface `vmss/nic`. */
function scaleSet(capacity: unknown): ArmResource {
  const subnet = sub('virtualNetworks/vnet/subnets/snet');
  const ipConfigurations = [{ name: 'ip', properties: { subnet, loadBalancerBackendAddressPools: [POOL] } }];
  const networkInterfaceConfigurations = [{ name: 'nic', properties: { ipConfigurations } }];
  return {
    type: 'virtualMachineScaleSets',
    name: 'vmss',
    sku: { capacity },
    properties: { virtualMachineProfile: { networkProfile: { networkInterfaceConfigurations } } },
  };
}

// Semantics 5.1: a flow that comes back to the interface that sent it fails, and one to another member does not.
test('a machine that is the only member gets its own packets back', () => {
  expect(story({ estate: { internal: true }, from: 'vm0', to: 'lb' })).toEqual([
    'nic0: allow by no security group (security-group)',
    'snet: allow by no security group (security-group)',
    'lb: allow by lb/r (load-balancer)',
    'nic0/ip: deny by loops back to its sender (load-balancer)',
    'dropped by loops back to its sender',
  ]);
  expect(inside({ members: 2 }, 'vm0')).toBe('unknown: which member of lb/r the load balancer picks');
  expect(inside({ rule: FLOATING }, 'vm0')).toBe(
    'unknown: whether nic0/ip has the address of the frontend itself',
  );
  const nic = {
    type: 'networkInterfaces',
    name: 'dual',
    properties: {
      ipConfigurations: ['a', 'b'].map((name, index) => ({
        name,
        properties: {
          subnet: sub('virtualNetworks/vnet/subnets/snet'),
          primary: index === 0,
          loadBalancerBackendAddressPools: index === 0 ? [POOL] : [],
        },
      })),
    },
  };
  expect(inside({ ipConfiguration: OUTSIDE, more: [nic] }, 'dual/b')).toBe(
    'dropped: loops back to its sender',
  );
  expect(inside({ ipConfiguration: OUTSIDE, more: [nic] }, 'vm0')).toBe(DELIVERED);
});

test.each<[capacity: unknown, answer: string]>([
  [1, 'dropped: loops back to its sender'],
  [2, 'unknown: which instance of vmss/nic/ip the load balancer picks'],
  [later(), 'unknown: which instance of vmss/nic/ip the load balancer picks'],
])('of a scale set with the capacity %j another instance may get the packet', (capacity, answer) => {
  expect(inside({ ipConfiguration: OUTSIDE, more: [scaleSet(capacity)] }, 'vmss')).toBe(answer);
});

/** Ports 500 to `end` for SSH to the pool. */
const range = (end: number): EstateOptions => ({
  ...onlyTo({ destinationPortRange: '22' }),
  natRules: [
    {
      name: 'ssh',
      properties: {
        protocol: 'Tcp',
        frontendPortRangeStart: 500,
        frontendPortRangeEnd: end,
        backendPort: 22,
        frontendIPConfiguration: FRONT,
        backendAddressPool: POOL,
      },
    },
  ],
});
const OPEN_PORT = 'unknown: whether port 500 of lb/nat:ssh leads to an instance';

// Semantics 4.4: each instance has a port of the range; with more ports than instances some lead nowhere.
test.each<[what: string, estate: EstateOptions, answer: string]>([
  ['one for one', range(500), 'delivered: Allow110'],
  ['two for one', range(501), OPEN_PORT],
  ['two for two', { ...range(501), members: 2 }, 'delivered: Allow110'],
  ['three for two', { ...range(502), members: 2 }, OPEN_PORT],
  [
    'two for two instances',
    {
      ...range(501),

      ipConfiguration: OUTSIDE,
      more: [scaleSet(2)],
      subnetRules: [rule(100, 'Allow')],
    },
    DELIVERED,
  ],
  [
    'two for who knows',
    {
      ...range(501),

      ipConfiguration: OUTSIDE,
      more: [scaleSet(later())],
      subnetRules: [rule(100, 'Allow')],
    },
    OPEN_PORT,
  ],
  ['closed to all', { ...range(501), nicRules: [] }, 'dropped: DenyAllInBound'],
])('ports of an inbound NAT rule: %s', (_, estate, answer) => {
  expect(said({ estate, from: 'internet', to: 'lb', port: 500 })).toBe(answer);
});

const AMBIGUOUS = rule(100, 'Allow', { sourceAddressPrefix: later() });
const probes = rule(90, 'Allow', { sourceAddressPrefix: 'AzureLoadBalancer' });

test('members that fare differently leave the answer open, and the worst of them is shown', () => {
  const estate = {
    internal: true,
    nicRules: [],
    more: [
      ...otherMember('closed', { rules: [probes, rule(100, 'Deny')] }),
      ...otherMember('open', { rules: [probes, AMBIGUOUS, rule(110, 'Deny')] }),
    ],
  };
  expect(story({ estate, from: 'vnet', to: 'lb' })).toEqual([
    'lb: allow by lb/r (load-balancer)',
    'snet: allow by no security group (security-group)',
    'closed: deny by Deny100 (security-group)',
    'unknown: runtime which member of lb/r the load balancer picks: unsupported which of Allow100, Deny110 matches first: parameter later',
  ]);
  const { more } = estate;
  const milder = { internal: true, nicRules: [], more: more.slice(2) };
  expect(story({ estate: milder, from: 'vnet', to: 'lb' }).slice(0, -1)).toEqual([
    'lb: allow by lb/r (load-balancer)',
    'snet: allow by no security group (security-group)',
    'open: undecided (security-group)',
  ]);
});

test('what all members wait for is named once', () => {
  const second = rule(100, 'Allow', {
    sourceAddressPrefix: { ...later(), reason: { kind: 'parameter', name: 'other' } },
  });
  const estate = {
    nicRules: [probes, AMBIGUOUS, rule(110, 'Deny')],
    members: 2,
    more: otherMember('open', { rules: [probes, second, rule(110, 'Deny')] }),
  };
  expect(inside(estate)).toBe('unknown: which of Allow100, Deny110 matches first, later, other');
});

test('a frontend with a secret address shows it nowhere', () => {
  const { packet } = ask({
    estate: { internal: true, frontend: { privateIPAddress: secret(VIP) }, rule: FLOATING },
    from: 'vnet',
    to: 'lb',
  });
  expect(packet.secrets).toEqual(['destination']);
});
