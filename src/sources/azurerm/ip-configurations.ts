import type { Value } from '../../value/value.ts';
import { type Attributes, fieldsOf, mapBlocks, read, subResource } from './attributes.ts';
import * as kinds from './kinds.ts';
import type { Context } from './translator.ts';

/** The IP configurations of a gateway, a firewall or another appliance that Azure runs: blocks with a subnet and an address. */
export function ipConfigurations(blocks: Value, context: Context): Value {
  return mapBlocks(blocks, (block, { origin }) =>
    fieldsOf({ name: read(block, 'name'), properties: fieldsOf(placement(block, context), origin) }, origin),
  );
}

/** The subnet and the addresses of an IP configuration. */
export function placement(
  block: Attributes,
  { links, toArmReferences }: Context,
): Record<string, Value | undefined> {
  const address = links.optionalLink(read(block, 'public_ip_address_id'), kinds.PUBLIC_IP);
  return {
    subnet: subResource(links.optionalLink(read(block, 'subnet_id'), kinds.SUBNET)),
    publicIPAddress: subResource(address),
    privateIPAddress: toArmReferences(read(block, 'private_ip_address')),
    privateIPAllocationMethod: read(block, 'private_ip_address_allocation', 'private_ip_allocation_method'),
  };
}
