import { policy } from '../../policies/nsg-blocks-data-port/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { estate, rule } from '../support/estate.ts';

const HUB: ArmResource = {
  type: 'virtualNetworks',
  name: 'hub',
  properties: { addressSpace: { addressPrefixes: ['10.9.0.0/16'] } },
};

function peering(from: string, to: string): ArmResource {
  return {
    type: `virtualNetworks/${from}/virtualNetworkPeerings`,
    name: `to-${to}`,
    parent: sub(`virtualNetworks/${from}`).id,
    properties: { remoteVirtualNetwork: sub(`virtualNetworks/${to}`), allowVirtualNetworkAccess: true },
  };
}

/** What is said about an internal rule that is open to one source and to nobody else. */
function saidOf(sourceAddressPrefix: string, ...more: readonly ArmResource[]): readonly string[] {
  const allow = rule(100, 'Allow', { protocol: 'Tcp', destinationPortRange: '80', sourceAddressPrefix });
  const subnetRules = [allow, rule(4096, 'Deny')];
  const network = buildNetwork(estate({ internal: true, members: 2, subnetRules, more }));
  return policy
    .run(network)
    .findings.map(({ severity, confidence, message }) => `${severity} ${confidence} ${message}`);
}

const MESSAGE =
  'tcp/80 of `lb/r` is closed to the virtual network: `Allow100` does not allow the virtual network as a source';
const CLOSED = `error proved ${MESSAGE}`;
const OPEN_ELSEWHERE = `warning suspected ${MESSAGE}`;

// Semantics 0.2: the clients of an internal frontend are in the network, in a peered one, or on premises.
test('an internal rule that only a peered network reaches is open', () => {
  expect(saidOf('10.9.1.0/24', HUB, peering('vnet', 'hub'), peering('hub', 'vnet'))).toEqual([]);
  expect(saidOf('10.9.1.0/24', HUB)).toEqual([CLOSED]);
  // The other direction is not declared here, so it is not certain that they are peered.
  expect(saidOf('10.9.1.0/24', HUB, peering('vnet', 'hub'))).toEqual([OPEN_ELSEWHERE]);
});

test('an internal rule that only addresses beyond a peering or a gateway reach may be meant so', () => {
  const gateway: ArmResource = {
    type: 'virtualNetworkGateways',
    name: 'vpn',
    properties: {
      ipConfigurations: [{ name: 'ip', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } }],
    },
  };
  expect(saidOf('192.168.0.0/16', peering('vnet', 'elsewhere'))).toEqual([OPEN_ELSEWHERE]);
  expect(saidOf('192.168.0.0/16', gateway)).toEqual([OPEN_ELSEWHERE]);
  expect(saidOf('192.168.0.0/16')).toEqual([CLOSED]);
});

test('public sources are no clients of an internal rule', () => {
  expect(saidOf('203.0.113.0/24', peering('vnet', 'elsewhere'))).toEqual([CLOSED]);
});
