import { absent, asItems, asText, type Evaluated, field, type Value } from '../../value/value.ts';
import { bodyOf } from './azapi-instance.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';

/** A block that has an id of its own, such as a frontend of a load balancer. */
export interface Part {
  /** Lower case: `<id of the instance>/<segment>/<name>`, as Azure composes it. */
  readonly id: string;
  readonly index: number;
  readonly name: Evaluated<string>;
  readonly block: Value;
  readonly owner: TerraformInstance;
  /** Whether its id was known when the plan was made. azapi composes ids itself, as soon as that of the owner is known. */
  readonly exists: boolean;
}

/** The parts of an instance; `complete` is false when there may be others. */
export interface Parts {
  /** The name of the blocks. */
  readonly block: string;
  /** The blocks as the source hands them over. */
  readonly blocks: Value;
  readonly items: readonly Part[];
  readonly complete: boolean;
}

/** Where the ids of parts come from: blocks of an azurerm type, or a collection in the body of an azapi resource. */
export interface PartSource {
  /** The type of the owner: a Terraform type, or an ARM type for azapi. */
  readonly type: string;
  readonly block: string;
  readonly segment: string;
}

/** By kind: `type.block` for azurerm, the ARM type of the part for azapi. */
export const PARTS: Readonly<Record<string, PartSource>> = {
  'azurerm_lb.frontend_ip_configuration': {
    type: 'azurerm_lb',
    block: 'frontend_ip_configuration',
    segment: 'frontendipconfigurations',
  },
  'azurerm_virtual_network.subnet': {
    type: 'azurerm_virtual_network',
    block: 'subnet',
    segment: 'subnets',
  },
  'azurerm_network_interface.ip_configuration': {
    type: 'azurerm_network_interface',
    block: 'ip_configuration',
    segment: 'ipconfigurations',
  },
  'azurerm_firewall.ip_configuration': {
    type: 'azurerm_firewall',
    block: 'ip_configuration',
    segment: 'azurefirewallipconfigurations',
  },
  ...inBody('microsoft.network/loadbalancers', 'frontendipconfigurations'),
  ...inBody('microsoft.network/loadbalancers', 'backendaddresspools'),
  ...inBody('microsoft.network/loadbalancers', 'probes'),
  ...inBody('microsoft.network/loadbalancers', 'inboundnatrules'),
  ...inBody('microsoft.network/loadbalancers', 'inboundnatpools'),
  ...inBody('microsoft.network/virtualnetworks', 'subnets'),
  ...inBody('microsoft.network/networkinterfaces', 'ipconfigurations'),
};

/** The kinds of parts that instances of a type have. */
export function partKindsOf(type: string): readonly string[] {
  return KINDS_BY_OWNER.get(type) ?? [];
}

const KINDS_BY_OWNER: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(PARTS).map(({ type }) => [
    type,
    Object.keys(PARTS).filter((kind) => PARTS[kind]?.type === type),
  ]),
);

/** The parts of one kind that an instance has. */
export function partsOf(owner: TerraformInstance, kind: string): Parts {
  const source = PARTS[kind];
  if (source === undefined) return { block: '', blocks: absent(owner.origin), items: [], complete: true };
  const isInBody = source.type.includes('/');
  const blocks = isInBody ? field(bodyOf(owner), 'properties', source.block) : owner.attribute(source.block);
  const { items, unknown } = blocks.kind === 'object' ? { items: [blocks] } : asItems(blocks);
  return {
    block: source.block,
    blocks,
    items: items.map((item, index): Part => {
      const name = asText(field(item, 'name'));
      const given = isInBody || item.kind !== 'object' ? undefined : item.fields.get('id');
      const hasId = given?.kind === 'known' && given.value !== '';
      const segment = name.kind === 'known' ? name.value.toLowerCase() : `#${index}`;
      const id = hasId ? String(given.value).toLowerCase() : `${owner.id}/${source.segment}/${segment}`;
      return { id, index, name, block: item, owner, exists: hasId || (isInBody && hasKnownId(owner)) };
    }),
    complete: unknown === undefined && items.every((item) => item.kind === 'object'),
  };
}

function inBody(type: string, segment: string): Record<string, PartSource> {
  return { [`${type}/${segment}`]: { type, block: segment, segment } };
}
