import { assumed, type Value } from '../../value/value.ts';
import { type Attributes, fieldsOf, mapBlocks, read, subResource } from './attributes.ts';
import * as kinds from './kinds.ts';
import type { Context } from './translator.ts';

/** What the provider makes of an IP configuration that leaves it out. */
export interface Defaults {
  readonly name?: string;
  readonly privateIPAllocationMethod?: string;
}

/** The IP configurations of a gateway, a firewall or another appliance that Azure runs: blocks with a subnet and an address. */
export function ipConfigurations(blocks: Value, context: Context, defaults: Defaults = {}): Value {
  return mapBlocks(blocks, (block, { origin }) =>
    fieldsOf(
      {
        name: orElse(read(block, 'name'), defaults.name),
        properties: fieldsOf(placement(block, context, defaults), origin),
      },
      origin,
    ),
  );
}

/** The subnet and the addresses of an IP configuration. */
export function placement(
  block: Attributes,
  { links, toArmReferences }: Context,
  defaults: Defaults = {},
): Record<string, Value | undefined> {
  const address = links.optionalLink(read(block, 'public_ip_address_id'), kinds.PUBLIC_IP);
  const method = read(block, 'private_ip_address_allocation', 'private_ip_allocation_method');
  return {
    subnet: subResource(links.optionalLink(read(block, 'subnet_id'), kinds.SUBNET)),
    publicIPAddress: subResource(address),
    privateIPAddress: toArmReferences(read(block, 'private_ip_address')),
    privateIPAllocationMethod: orElse(method, defaults.privateIPAllocationMethod),
  };
}

function orElse(value: Value, fallback: string | undefined): Value {
  return value.kind === 'absent' && fallback !== undefined ? assumed(fallback, value.origin) : value;
}
