import { asNumber, asText, field, type Reference, type Value } from '../../value/value.ts';
import { AZAPI_RESOURCE, AZAPI_UPDATE } from './azapi-instance.ts';
import { hasKnownId, type TerraformInstance } from './instance.ts';
import type { Kind, RootIndex } from './root-index.ts';

/** What an unknown value is looked for. */
export interface Goal {
  readonly kind: Kind;
  /** The attribute of the target that the value is a copy of. */
  readonly property: 'id' | 'name';
  /**
   * The value is hidden rather than unknown (a write-only attribute), so it can also be a copy of something known.
   */
  readonly hidden?: boolean;
}

/** What the references of a value lead to. */
export interface Trail {
  /** Ids of the things the value can be a copy of. */
  readonly found: ReadonlySet<string>;
  /** Ids of resources whose id or name the value is put together from. */
  readonly partsOf: ReadonlySet<string>;
  /** The references also lead to something that cannot be followed. */
  readonly open: boolean;
  /** The references lead to a computed attribute of an Azure resource, which can hold the id of something unlisted. */
  readonly unlisted: boolean;
  /**
   * The value also depends on something else that is not known, so that a condition may decide whether it is set. Ids of other
   * Azure resources do not count: they stand beside it in a list or a block far more often than in a condition.
   */
  readonly mixed: boolean;
}

const DEEPEST_ALIAS = 8;
const BORROWS_SUBNET_ID = /^azurerm_subnet_\w+_association$/;

/** Finds what references lead to. */
export type Follow = (references: readonly Reference[], goal: Goal) => Trail;

/**
 * Follows references to instances of the wanted kind: directly, to the blocks of an instance, and through attributes
 * that are themselves copies (`azurerm_linux_virtual_machine.web.network_interface_ids[0]`). What has a known id is left
 * out, because an unknown value is not a copy of it. The id of a data source is what `idOfData` makes of its arguments.
 */
export function createFollow(
  index: RootIndex,
  idOfData: (instance: TerraformInstance) => string | undefined,
): Follow {
  return (references, goal) => {
    const found = new Set<string>();
    const partsOf = new Set<string>();
    let open = false;
    let unlisted = false;
    let mixed = false;
    follow(references, 0);
    return { found, partsOf, open: open || unlisted, unlisted, mixed };

    function follow(next: readonly Reference[], depth: number): void {
      for (const { id, property } of next) {
        const instance = index.byId(id);
        if (instance === undefined) continue;
        if (instance.mode === 'data') stepIntoData(instance, property);
        else if (index.canMakeUnseenId(instance)) open = true;
        else step(instance, property, depth);
      }
    }

    function stepIntoData(instance: TerraformInstance, property: string): void {
      if (goal.property === 'id' && property === 'id' && goal.kind.includes(index.typeOf(instance))) {
        const id = hasKnownId(instance) ? undefined : idOfData(instance);
        if (id !== undefined) {
          found.add(id);
          return;
        }
      }
      if (index.canMakeUnseenId(instance)) open = true;
      else if (!hasKnownId(instance) && instance.attribute('id').kind !== 'known') mixed = true;
    }

    function step(instance: TerraformInstance, property: string, depth: number): void {
      const lost = property === '';
      if (goal.kind.includes(index.typeOf(instance)) && (lost || property === goal.property)) {
        if (goal.hidden === true || isPending(instance, goal.property)) found.add(instance.id);
        return;
      }
      if (goal.property === 'id') {
        if (addBlocks(instance, property)) return;
        if (lost || property === 'id' || property === 'name') partsOf.add(instance.id);
      }
      const isOutput = isAzapi(instance) && (lost || property.startsWith('output'));
      if (isOutput) open = true;
      const source = sourceOf(instance, property);
      if (lost || source === 'id' || isOutput || depth === DEEPEST_ALIAS) {
        if (!isAzure(instance)) mixed = true;
        return;
      }
      const alias = valueAt(instance, source);
      if (alias.kind === 'absent') {
        if (isAzure(instance)) unlisted = true;
        else mixed = true;
      }
      if (alias.kind !== 'unknown') return;
      if (alias.open === true) open = true;
      if (alias.references === undefined) mixed = true;
      follow(alias.references ?? [], depth + 1);
    }

    function addBlocks(instance: TerraformInstance, property: string): boolean {
      const parts = index.partsOfKind(instance, goal.kind);
      if (parts === undefined) return false;
      const selected = property === '' ? '' : selectorOf(property, parts.block);
      if (selected === undefined) return false;
      for (const { id, index: position, exists } of parts.items) {
        const fits = selected === '' || selected === String(position);
        if (fits && (goal.hidden === true || !exists)) found.add(id);
      }
      return true;
    }
  };
}

/** Where an id that is a copy comes from: an association has that of its subnet, an update that of its target. */
function sourceOf(instance: TerraformInstance, property: string): string {
  if (property !== 'id') return property;
  if (instance.type === AZAPI_UPDATE) return 'resource_id';
  return BORROWS_SUBNET_ID.test(instance.type) ? 'subnet_id' : property;
}

function isAzapi({ type }: TerraformInstance): boolean {
  return type === AZAPI_RESOURCE || type === AZAPI_UPDATE;
}

/**
 * The index in `block[3].id`, and of azapi in `output.properties.subnets[3].id`; empty when the path covers all blocks;
 * undefined when it is no id of the block.
 */
function selectorOf(property: string, block: string): string | undefined {
  const match = /^(?:output\.properties\.)?(\w+)(?:\[(\d+|\*)\]|\.(\d+|\*))?(?:\.id)?$/.exec(property);
  if (match === null || match[1]?.toLowerCase() !== block) return undefined;
  const selector = match[2] ?? match[3] ?? '';
  return selector === '*' ? '' : selector;
}

function isAzure(instance: TerraformInstance): boolean {
  return instance.type.startsWith('azurerm_') || isAzapi(instance);
}

function isPending(instance: TerraformInstance, property: 'id' | 'name'): boolean {
  return property === 'id' ? !hasKnownId(instance) : asText(instance.attribute('name')).kind !== 'known';
}

/** The value at a path such as `ip_configuration[0].subnet_id`. */
function valueAt(instance: TerraformInstance, path: string): Value {
  const [name = '', ...steps] = path.split(/[.[\]]+/).filter((step) => step !== '');
  let value = instance.attribute(name);
  for (const step of steps) {
    const position = asNumber({ kind: 'known', value: step, origin: value.origin });
    if (value.kind === 'list' && position.kind === 'known') {
      const item = value.items[position.value];
      if (item === undefined) return { kind: 'absent', origin: value.origin };
      value = item;
    } else {
      value = field(value, step);
    }
  }
  return value;
}
