import { linkOf } from '../../model/model.ts';
import { asItems, field, type Reference, type Value } from '../../value/value.ts';
import type { TerraformInstance } from './instance.ts';
import {
  FRONTEND,
  IP_CONFIGURATION,
  LOAD_BALANCER,
  NETWORK_INTERFACE,
  PUBLIC_IP,
  PUBLIC_IP_PREFIX,
  VIRTUAL_MACHINE,
} from './kinds.ts';
import type { Links } from './links.ts';
import type { Part } from './parts.ts';
import type { Kind, RootIndex } from './root-index.ts';

/** Rewrites what an unknown value refers to from Terraform attributes to ARM properties. Other values stay. */
export type ToArmReferences = (value: Value) => Value;

const DEEPEST = 4;

/**
 * Addresses of load balancers, interfaces and public IPs become `privateIPAddress` of a frontend or an IP configuration,
 * and `ipAddress`, `fqdn` and `ipPrefix`, which is how every source spells them. Where the path does not say which
 * block, there is one reference per block.
 */
export function createArmReferences(index: RootIndex, links: Links): ToArmReferences {
  function rewrite(value: Value): Value {
    if (value.kind === 'list') return { ...value, items: value.items.map(rewrite) };
    if (value.kind !== 'unknown' || value.references === undefined) return value;
    const unique = new Map<string, Reference>();
    for (const reference of value.references.flatMap((reference) => translate(reference, 0))) {
      unique.set(`${reference.id}|${reference.property}`, reference);
    }
    return { ...value, references: [...unique.values()] };
  }

  function translate(reference: Reference, depth: number): readonly Reference[] {
    const { id, property } = reference;
    const instance = index.byId(id);
    if (instance === undefined || property === '' || depth === DEEPEST) return [reference];
    const type = index.typeOf(instance);
    if (LOAD_BALANCER.includes(type)) return ofBlocks(reference, instance, FRONTEND);
    if (NETWORK_INTERFACE.includes(type)) return ofBlocks(reference, instance, IP_CONFIGURATION);
    if (PUBLIC_IP.includes(type)) return [{ id, property: rename(property, PUBLIC_IP_NAMES) }];
    if (PUBLIC_IP_PREFIX.includes(type)) return [{ id, property: rename(property, PREFIX_NAMES) }];
    if (VIRTUAL_MACHINE.includes(type)) return ofMachine(reference, instance, depth);
    return [reference];
  }

  /** `private_ip_address` of the whole is that of the first block that has one. */
  function ofBlocks(reference: Reference, owner: TerraformInstance, kind: Kind): readonly Reference[] {
    const { property } = reference;
    const items = index.partsOfKind(owner, kind)?.items ?? [];
    if (property === 'private_ip_address') {
      const internal = items.find((part) => field(part.block, 'subnet_id').kind !== 'absent') ?? items[0];
      return internal === undefined ? [reference] : addressesOf([internal]);
    }
    if (/^private_ip_addresses\b/.test(property))
      return items.length === 0 ? [reference] : addressesOf(items);
    const match = /^(?:frontend_ip|ip)_configuration(?:\[(\d+|\*)\]|\.(\d+|\*))?(?:\.(\w+))?$/.exec(property);
    const attribute = match?.[3] ?? 'private_ip_address';
    if (match === null || !['private_ip_address', 'id'].includes(attribute)) return [reference];
    const position = match[1] ?? match[2] ?? '*';
    const selected = position === '*' ? items : items.filter((part) => String(part.index) === position);
    if (selected.length === 0) return [reference];
    return attribute === 'id' ? selected.map(({ id }) => ({ id, property: 'id' })) : addressesOf(selected);
  }

  /** The private address of a machine is that of its first interface. */
  function ofMachine(reference: Reference, machine: TerraformInstance, depth: number): readonly Reference[] {
    if (!/^private_ip_address(es)?\b/.test(reference.property)) return [reference];
    const [first] = asItems(machine.attribute('network_interface_ids')).items;
    const link = first === undefined ? undefined : linkOf(links.link(first, NETWORK_INTERFACE));
    if (link?.kind !== 'to') return [reference];
    return translate({ id: link.id, property: 'private_ip_address' }, depth + 1);
  }

  return rewrite;
}

const PUBLIC_IP_NAMES: Readonly<Record<string, string>> = { ip_address: 'ipAddress' };
const PREFIX_NAMES: Readonly<Record<string, string>> = { ip_prefix: 'ipPrefix' };

function rename(property: string, names: Readonly<Record<string, string>>): string {
  return names[property] ?? property;
}

function addressesOf(parts: readonly Part[]): readonly Reference[] {
  return parts.map(({ id }) => ({ id, property: 'privateIPAddress' }));
}
