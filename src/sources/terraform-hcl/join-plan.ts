import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import {
  absent,
  asText,
  field,
  type ListValue,
  type ObjectValue,
  type Unknown,
  type Value,
} from '../../value/value.ts';
import type { TerraformInstance, TerraformRoot } from '../azurerm/instance.ts';

/** Addresses that a message lists. */
const MOST_LISTED = 5;

/**
 * A plan with its configuration: which instances there are and their values come from the plan, what they refer to and
 * where they are written from the configuration. The configuration is best read with the variables of the plan, because a plan
 * knows them all. Instances that only one of the two has are a problem: then they do not belong together.
 */
export function joinPlan(
  plan: TerraformRoot,
  configuration: TerraformRoot,
): { readonly root: TerraformRoot; readonly problems: readonly Problem[] } {
  const declared = new Map(configuration.instances.map((instance) => [instance.address, instance]));
  const patterns = configuration.instances
    .filter(({ address }) => address.includes('[*]'))
    .map((instance) => ({ instance, pattern: patternOf(instance.address) }));
  const declarationOf = (address: string): TerraformInstance | undefined =>
    declared.get(address) ?? patterns.find(({ pattern }) => pattern.test(address))?.instance;

  const ids = new Map<string, string>();
  const planned = new Set<string>();
  for (const { address, id } of plan.instances) {
    planned.add(address);
    const own = declared.get(address);
    if (own !== undefined) ids.set(own.id, id);
  }
  const instances = plan.instances.map((instance) => {
    const declaration = declarationOf(instance.address);
    return declaration === undefined ? instance : joined(instance, declaration, ids);
  });
  const problems = [
    differenceOf(
      plan.instances.filter(
        ({ address, mode }) => mode === 'managed' && declarationOf(address) === undefined,
      ),
      'the plan has',
      'that the configuration does not declare',
    ),
    differenceOf(
      configuration.instances.filter(
        ({ address, mode, condition }) =>
          mode === 'managed' && condition === undefined && !planned.has(address),
      ),
      'the configuration declares',
      'that the plan does not have',
    ),
  ];
  const outputs = plan.outputs.map((output) => {
    const written = configuration.outputs.find(({ name }) => name === output.name);
    const references = written?.references.map(({ id, property }) => ({ id: ids.get(id) ?? id, property }));
    const isFollowed = references !== undefined && !references.some(({ id }) => id.includes('[*]'));
    return isFollowed
      ? {
          ...written,
          name: output.name,
          origin: written?.origin ?? output.origin,
          references,
          open: written?.open ?? true,
        }
      : output;
  });
  return {
    root: {
      ...(configuration.providers === undefined ? plan : { ...plan, providers: configuration.providers }),
      instances,
      outputs,
    },
    problems: problems.flatMap((problem) => problem ?? []),
  };
}

/** The addresses that an address with unknown keys stands for. */
function patternOf(address: string): RegExp {
  const parts = address.split('[*]').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join(String.raw`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`)}$`);
}

function differenceOf(
  instances: readonly TerraformInstance[],
  who: string,
  what: string,
): Problem | undefined {
  const [first] = instances;
  if (first === undefined) return undefined;
  const names = instances.slice(0, MOST_LISTED).map(({ address }) => `\`${printable(address)}\``);
  const more = instances.length > MOST_LISTED ? ` and ${instances.length - MOST_LISTED} more` : '';
  return {
    code: 'plan-differs-from-configuration',
    message: `${who} ${names.join(', ')}${more} ${what}`,
    remedy: 'make the plan from this configuration and with the same variables',
    origin: first.origin,
    severity: 'warning',
  };
}

function joined(
  planned: TerraformInstance,
  declaration: TerraformInstance,
  ids: ReadonlyMap<string, string>,
): TerraformInstance {
  const values = new Map<string, Value>();
  return {
    ...planned,
    origin: declaration.origin,
    attribute(name) {
      const known = values.get(name);
      if (known !== undefined) return known;
      const value = joinValue(
        planned.attribute(name),
        declaration.attribute(name),
        ids,
        name.endsWith('_wo'),
      );
      values.set(name, value);
      return value;
    },
  };
}

/** `isHidden`: the plan never shows the value, whatever it is. */
function joinValue(
  planned: Value,
  written: Value,
  ids: ReadonlyMap<string, string>,
  isHidden = false,
): Value {
  if (isHidden && written.kind !== 'absent') return translated(written, ids) ?? planned;
  switch (planned.kind) {
    case 'known':
      return written.kind === 'absent' ? planned : { ...planned, origin: placeOf(written) };
    case 'absent':
      return absent(placeOf(written));
    case 'unknown':
      return joinUnknown(planned, written, ids);
    case 'list':
      return joinList(planned, written, ids);
    default:
      return joinObject(planned, written, ids);
  }
}

/** An unknown waits for what its cause is; it is written where it is written. */
function placeOf(value: Value): Value['origin'] {
  return value.origin;
}

/** What nobody writes, or writes as null, the provider computes. */
function joinUnknown(planned: Unknown, written: Value, ids: ReadonlyMap<string, string>): Value {
  if (written.kind === 'absent') return written;
  if (written.kind === 'known') return { ...planned, origin: written.origin };
  return translated(written, ids, planned) ?? { ...planned, origin: written.origin };
}

/**
 * A value of the configuration with the ids of the plan. Undefined when it refers to an instance that stands for several, or
 * to nothing at all: then the plan knows more.
 */
function translated(value: Value, ids: ReadonlyMap<string, string>, planned?: Unknown): Value | undefined {
  if (value.kind === 'list') {
    const items = value.items.map((item) => translated(item, ids, planned));
    return items.every((item) => item !== undefined) ? { ...value, items } : undefined;
  }
  if (value.kind === 'object') {
    const fields = new Map<string, Value>();
    for (const [name, item] of value.fields) {
      const inner = translated(item, ids, planned);
      if (inner === undefined) return undefined;
      fields.set(name, inner);
    }
    return { ...value, fields };
  }
  if (value.kind !== 'unknown') return value;
  const references: { id: string; property: string }[] = [];
  for (const { id, property } of value.references ?? []) {
    const own = ids.get(id);
    if (own === undefined) return undefined;
    references.push({ id: own, property });
  }
  if (references.length === 0 && value.parts === undefined && planned !== undefined) return undefined;
  const parts = value.parts?.map((part) => {
    if (typeof part === 'string') return part;
    const inner = translated(part, ids);
    return inner?.kind === 'unknown' ? inner : part;
  });
  return {
    ...value,
    ...(references.length === 0 ? {} : { references }),
    ...(parts === undefined ? {} : { parts }),
  };
}

/** Items belong together by their name, else by their value, else by their position among those that are left. */
function joinList(planned: ListValue, written: Value, ids: ReadonlyMap<string, string>): Value {
  const list: Value =
    written.kind === 'object' ? { kind: 'list', items: [written], origin: written.origin } : written;
  if (list.kind !== 'list') return list.kind === 'absent' ? planned : { ...planned, origin: list.origin };
  const left = new Set(list.items);
  const take = (found: Value | undefined): Value | undefined => {
    if (found !== undefined) left.delete(found);
    return found;
  };
  const matches = planned.items.map((item) => take([...left].find((other) => isSame(item, other))));
  const items = planned.items.map((item, index) => {
    const match = matches[index] ?? take([...left].find((other) => mayBe(item, other)));
    return match === undefined ? item : joinValue(item, match, ids);
  });
  return { ...planned, items, origin: list.origin };
}

function isSame(planned: Value, written: Value): boolean {
  if (planned.kind === 'known')
    return written.kind === 'known' && String(written.value) === String(planned.value);
  if (planned.kind !== 'object' || written.kind !== 'object') return false;
  const name = asText(field(planned, 'name'));
  const other = asText(field(written, 'name'));
  return name.kind === 'known' && other.kind === 'known' && name.value === other.value;
}

/** Whether nothing known speaks against it. */
function mayBe(planned: Value, written: Value): boolean {
  if (planned.kind === 'object' && written.kind === 'object') {
    const name = asText(field(planned, 'name'));
    const other = asText(field(written, 'name'));
    return name.kind !== 'known' || other.kind !== 'known';
  }
  return planned.kind === 'unknown' ? written.kind !== 'known' : written.kind === 'unknown';
}

function joinObject(planned: ObjectValue, written: Value, ids: ReadonlyMap<string, string>): Value {
  const object =
    written.kind === 'list' && written.items.length === 1 ? (written.items[0] ?? written) : written;
  if (object.kind !== 'object')
    return object.kind === 'absent' ? planned : { ...planned, origin: object.origin };
  const fields = new Map<string, Value>();
  for (const [name, value] of planned.fields) {
    const own = object.fields.get(name) ?? absent(object.origin);
    const result = joinValue(value, own, ids, name.endsWith('_wo'));
    if (result.kind !== 'absent') fields.set(name, result);
  }
  for (const [name, value] of object.fields) {
    if (!fields.has(name) && name.endsWith('_wo')) fields.set(name, translated(value, ids) ?? value);
  }
  return { ...planned, fields, origin: object.origin };
}
