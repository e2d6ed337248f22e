import { linkOf } from '../../model/model.ts';
import { asItems, field, type Reference, type Unknown, type Value } from '../../value/value.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import {
  FIREWALL,
  FIREWALL_CONFIGURATION,
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

/** What azapi hands out of an answer of Azure starts with this. */
const AZAPI_OUTPUT = /^output\.properties\./;
const IN_BODY =
  /^(?:output\.properties\.)?(?:frontend)?ipConfigurations\[(\d+)\]\.properties\.privateIPAddress$/i;

/**
 * Addresses of load balancers, interfaces, firewalls and public IPs become `privateIPAddress` of a frontend or an IP configuration,
 * and `ipAddress`, `fqdn` and `ipPrefix`, which is how every source spells them. Where the path does not say which
 * block, there is one reference per block.
 */
export function createArmReferences(index: RootIndex, links: Links): ToArmReferences {
  function rewrite(value: Value): Value {
    if (value.kind === 'list') return { ...value, items: value.items.map(rewrite) };
    if (value.kind !== 'unknown') return value;
    return value.references === undefined && value.parts === undefined ? value : rewriteUnknown(value);
  }

  function rewriteUnknown(value: Unknown): Unknown {
    const { references, parts } = value;
    const unique = new Map<string, Reference>();
    for (const reference of (references ?? []).flatMap((reference) => translate(reference, 0))) {
      unique.set(`${reference.id}|${reference.property}`, reference);
    }
    return {
      ...value,
      ...(references === undefined ? {} : { references: [...unique.values()] }),
      ...(parts === undefined
        ? {}
        : { parts: parts.map((part) => (typeof part === 'string' ? part : rewriteUnknown(part))) }),
    };
  }

  function translate(reference: Reference, depth: number): readonly Reference[] {
    const instance = index.byId(reference.id);
    if (instance === undefined || reference.property === '' || depth === DEEPEST) return [reference];
    const type = index.typeOf(instance);
    if (instance.mode === 'data') return ofData(reference, instance, depth);
    const { id } = reference;
    const property = reference.property.replace(AZAPI_OUTPUT, '');
    if (LOAD_BALANCER.includes(type)) return ofBlocks(reference, instance, FRONTEND);
    if (NETWORK_INTERFACE.includes(type)) return ofBlocks(reference, instance, IP_CONFIGURATION);
    if (FIREWALL.includes(type)) return ofBlocks(reference, instance, FIREWALL_CONFIGURATION);
    if (PUBLIC_IP.includes(type)) return [{ id, property: rename(property, PUBLIC_IP_NAMES) }];
    if (PUBLIC_IP_PREFIX.includes(type)) return [{ id, property: rename(property, PREFIX_NAMES) }];
    if (VIRTUAL_MACHINE.includes(type)) return ofMachine(reference, instance, depth);
    return [reference];
  }

  /** What a data source reads is a property of the resource with the id that its arguments spell. */
  function ofData(reference: Reference, instance: TerraformInstance, depth: number): readonly Reference[] {
    const read = hasKnownId(instance) ? instance.id : links.idOfData(instance);
    const type = index.typeOf(instance);
    if (read === undefined || index.byId(read)?.mode === 'managed') {
      return read === undefined ? [reference] : translate({ ...reference, id: read }, depth + 1);
    }
    const names = PUBLIC_IP.includes(type)
      ? PUBLIC_IP_NAMES
      : PUBLIC_IP_PREFIX.includes(type)
        ? PREFIX_NAMES
        : {};
    return [{ id: read, property: rename(reference.property, names) }];
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
    const inBody = IN_BODY.exec(property);
    if (inBody !== null) {
      const part = items.find(({ index: position }) => String(position) === inBody[1]);
      return part === undefined ? [reference] : addressesOf([part]);
    }
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
