import { buildNetwork } from '../../src/network/network.ts';
import type { Policy } from '../../src/policy/index.ts';
import { type ArmResource, modelOf, sub } from './arm-model.ts';

/** What a policy says about resources: `violation error: ...`, `unknown error: ...`. */
export function say(policy: Policy, ...resources: readonly ArmResource[]): readonly string[] {
  return policy
    .run(buildNetwork(modelOf(...resources)))
    .findings.map(({ status, severity, message }) => `${status} ${severity}: ${message}`);
}

/** An internal Standard load balancer `lb` with a frontend `front`; `properties` come on top. */
export function internalBalancer(
  properties: Record<string, unknown>,
  more: Record<string, unknown> = {},
): ArmResource {
  return {
    type: 'loadBalancers',
    name: 'lb',
    sku: { name: 'Standard' },
    ...more,
    properties: {
      frontendIPConfigurations: [internalFrontend('front')],
      backendAddressPools: [{ name: 'pool' }],
      ...properties,
    },
  };
}

export function internalFrontend(name: string, properties: Record<string, unknown> = {}): unknown {
  return { name, properties: { subnet: sub('virtualNetworks/vnet/subnets/snet'), ...properties } };
}

/** A rule tcp 80 -> 8080 from `front` to `pool`; `properties` come on top. */
export function forwarding(name: string, properties: Record<string, unknown> = {}): unknown {
  return {
    name,
    properties: {
      protocol: 'Tcp',
      frontendPort: 80,
      backendPort: 8080,
      frontendIPConfiguration: part('frontendIPConfigurations', 'front'),
      backendAddressPool: part('backendAddressPools', 'pool'),
      ...properties,
    },
  };
}

/** A reference to a part of `lb`. */
export function part(kind: string, name: string): { id: string } {
  return sub(`loadBalancers/lb/${kind}/${name}`);
}
