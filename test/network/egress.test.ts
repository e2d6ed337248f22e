import type { Egress } from '../../src/network/egress.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate } from '../support/estate.ts';

function egress(options: EstateOptions): Egress | undefined {
  const network = buildNetwork(estate(options));
  const [nic] = network.topology.interfaces;
  const [configuration] = nic?.ipConfigurations.items ?? [];
  return nic && configuration ? network.egressOf(nic, configuration) : undefined;
}

function via(options: EstateOptions): string | undefined {
  const found = egress(options);
  return found?.via === 'none' ? `none: ${found.because}` : found?.via;
}

const TABLE = (nextHopType: string) => ({
  type: 'routeTables',
  name: 'rt',
  properties: { routes: [{ name: 'all', properties: { addressPrefix: '0.0.0.0/0', nextHopType } }] },
});
const ROUTED = { routeTable: sub('routeTables/rt') };
const NAT = (publicIpAddresses: readonly unknown[]) => ({
  type: 'natGateways',
  name: 'nat',
  properties: { publicIpAddresses },
});
const INTERNAL = { internal: true };
const OUTSIDE_POOLS = { ipConfiguration: { loadBalancerBackendAddressPools: [] } };

// Semantics 3.3, in its order.
test('a default route of the user comes first', () => {
  const nat = { natGateway: sub('natGateways/nat') };
  const more = [NAT([sub('publicIPAddresses/pip')])];
  expect(via({ subnet: { ...ROUTED, ...nat }, more: [...more, TABLE('VirtualAppliance')] })).toBe(
    'appliance',
  );
  expect(via({ subnet: ROUTED, more: [TABLE('VirtualNetworkGateway')] })).toBe('gateway');
  expect(via({ subnet: ROUTED, more: [TABLE('None')] })).toBe('none: black-hole');
  expect(via({ subnet: ROUTED, more: [TABLE('Internet')] })).toBe('load-balancing-rule');
});

test('then the NAT gateway of the subnet, if it has an address', () => {
  const subnet = { natGateway: sub('natGateways/nat') };
  expect(via({ subnet, more: [NAT([sub('publicIPAddresses/pip')])] })).toBe('nat-gateway');
  expect(via({ subnet, more: [NAT([])] })).toBe('unknown');
});

test('then a public IP of its own', () => {
  expect(via({ ...INTERNAL, ipConfiguration: { publicIPAddress: sub('publicIPAddresses/pip') } })).toBe(
    'public-ip',
  );
});

test('then the rules of its public load balancer', () => {
  expect(via({})).toBe('load-balancing-rule');
  expect(via({ rule: { disableOutboundSnat: true } })).toBe('none: snat-disabled');
});

test('an internal Standard load balancer alone takes the way out away, a Basic one does not', () => {
  expect(via(INTERNAL)).toBe('none: internal-load-balancer');
  expect(via({ ...INTERNAL, sku: 'Basic' })).toBe('default-outbound-access');
});

test('without any of these, default outbound access holds unless the subnet is private', () => {
  expect(via(OUTSIDE_POOLS)).toBe('default-outbound-access');
  expect(via({ ...OUTSIDE_POOLS, subnet: { defaultOutboundAccess: false } })).toBe('none: private-subnet');
  expect(via({ ...OUTSIDE_POOLS, subnet: { defaultOutboundAccess: true } })).toBe('default-outbound-access');
});

test('a pool of another root leaves the way out open', () => {
  const elsewhere = { id: '/elsewhere/loadbalancers/lb/backendaddresspools/pool' };
  expect(via({ ipConfiguration: { loadBalancerBackendAddressPools: [elsewhere] } })).toBe('unknown');
});
