import { policy } from '../../policies/probe-port-differs-from-data-port/policy.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { forwarding, internalBalancer, part, say } from '../support/say.ts';
import { waiting } from '../support/waiting.ts';

const BALANCER = internalBalancer({
  probes: [{ name: 'health', properties: { protocol: 'Tcp', port: 8117 } }],
  loadBalancingRules: [forwarding('data', { probe: part('probes', 'health') })],
});

const DIFFERS =
  'violation warning: `lb/data` sends data to port 8080 and its probe asks port 8117, so a green probe says nothing about the data port';

function member(name: string, enableIPForwarding: unknown): ArmResource {
  const properties = { loadBalancerBackendAddressPools: [part('backendAddressPools', 'pool')] };
  const configuration = { subnet: sub('virtualNetworks/vnet/subnets/snet'), ...properties };
  return {
    type: 'networkInterfaces',
    name,
    properties: { enableIPForwarding, ipConfigurations: [{ name: 'ip', properties: configuration }] },
  };
}

test.each<readonly [string, readonly unknown[], readonly string[]]>([
  ['none is there', [], [DIFFERS]],
  ['all do', [true, true], []],
  ['one does not', [true, undefined], [DIFFERS]],
  ['one does not and another may', [false, waiting('forwards')], [DIFFERS]],
  [
    'one may not',
    [true, waiting('forwards')],
    ['unknown warning: cannot decide whether the members of `lb/data` pass its packets on'],
  ],
])('members that pass packets on are probed on a port of their own: %s', (_, forwarding, expected) => {
  const members = forwarding.map((value, index) => member(`nic${index}`, value));
  expect(say(policy, BALANCER, ...members)).toEqual(expected);
});
