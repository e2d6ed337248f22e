import { policy } from '../../policies/child-resource-read-only/policy.ts';
import { createModel } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { modelOf } from '../support/arm-model.ts';

/** The remedies for a resource of this type, as a template or, without a version, as azurerm declares it. */
function remedies(type: string, apiVersion?: string): readonly string[] {
  const { resources } = modelOf({ type, name: 'x', parent: '/p' });
  const model = createModel(
    resources.map((each) => (apiVersion === undefined ? each : { ...each, apiVersion })),
  );
  return policy.run(buildNetwork(model)).findings.map(({ remedy }) => remedy);
}

// Semantics section 9.1.
test.each([
  ['loadBalancers/lb/frontendIPConfigurations', 'properties.frontendIPConfigurations'],
  ['loadBalancers/lb/loadBalancingRules', 'properties.loadBalancingRules'],
  ['loadBalancers/lb/outboundRules', 'properties.outboundRules'],
  ['loadBalancers/lb/probes', 'properties.probes'],
  ['networkInterfaces/nic/ipConfigurations', 'properties.ipConfigurations'],
  ['networkSecurityGroups/nsg/defaultSecurityRules', 'leave it out'],
])('%s cannot be declared in a template', (type, remedy) => {
  expect(remedies(type, '2024-05-01')).toEqual([expect.stringContaining(remedy)]);
  expect(remedies(type)).toEqual([]);
});

test.each([
  'loadBalancers/lb/backendAddressPools',
  'loadBalancers/lb/inboundNatRules',
  'networkSecurityGroups/nsg/securityRules',
])('%s can be declared in a template', (type) => expect(remedies(type, '2024-05-01')).toEqual([]));
