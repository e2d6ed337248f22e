import { evaluateTemplate } from '../../src/sources/arm-template/evaluate-template.ts';
import type { TerraformInstance, TerraformRoot } from '../../src/sources/azurerm/instance.ts';
import { toModel } from '../../src/sources/azurerm/to-model.ts';
import type { Origin } from '../../src/text/origin.ts';
import {
  absent,
  known,
  list,
  object,
  type Reference,
  type Unknown,
  type Value,
} from '../../src/value/value.ts';

/** What an attribute is given as: plain data, or a value made by the functions below. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | undefined
  | Value
  | readonly Plain[]
  | { readonly [name: string]: Plain };

export interface InstanceOptions {
  /** The id Azure gave it. Without one it is created and its id is symbolic. */
  readonly id?: string;
}

/** An instance as a Terraform source hands it over. `data.` in front of the type makes it a data source. */
export function instance(
  address: string,
  attributes: Readonly<Record<string, Plain>> = {},
  { id }: InstanceOptions = {},
): TerraformInstance {
  const [, data, type = ''] = /^(?:module\.[^.]+\.)*(data\.)?(\w+)\./.exec(address) ?? [];
  const origin = originOf(address);
  return {
    address,
    type,
    mode: data === undefined ? 'managed' : 'data',
    id: (id ?? symbol(address)).toLowerCase(),
    created: id === undefined,
    origin,
    attribute: (name) => toValue(attributes[name], { ...origin, pointer: `/${address}/${name}` }),
    names: () => Object.keys(attributes),
  };
}

/** A root of these instances. */
export function root(
  instances: readonly TerraformInstance[],
  outputs: TerraformRoot['outputs'] = [],
  deleted: readonly TerraformInstance[] = [],
): TerraformRoot {
  return { instances, deleted, outputs };
}

/** The translation of a root, by address, as `show` shows values. */
export interface Translation extends ReturnType<typeof toModel> {
  /** `properties` of the resource, or what is at a path below them: `ipConfigurations.0.subnet.id`. */
  properties(address: string, path?: string): unknown;
  /** The body of the resource. */
  body(address: string): unknown;
  parent(address: string): unknown;
}

/** Translates a root that consists of these instances. */
export function translate(...instances: readonly TerraformInstance[]): Translation {
  return translateRoot(root(instances));
}

/** As `translate`, for a root that is put together otherwise. */
export function translateRoot(terraform: TerraformRoot): Translation {
  const result = toModel(terraform, evaluateTemplate);
  const byAddress = new Map(result.model.resources.map((resource) => [resource.address, resource]));
  const body = (address: string): unknown => show(byAddress.get(address)?.body);
  return {
    ...result,
    body,
    properties: (address, path = '') =>
      ['properties', ...path.split('.').filter((step) => step !== '')].reduce<unknown>(
        (value, step) => (isRecord(value) ? value[step.toLowerCase()] : undefined),
        body(address),
      ),
    parent: (address) => show(byAddress.get(address)?.parent),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The symbolic id of an instance that does not exist yet. */
function symbol(address: string): string {
  return `{${address.toLowerCase()}}`;
}

/**
 * A value known after apply that may be a copy of one of these: `azurerm_lb.web.id` refers to the attribute `id`,
 * `azurerm_lb.web.` to the instance without saying which attribute.
 */
export function ref(...paths: readonly string[]): Unknown {
  return unresolved(paths.map(toReference));
}

/** As `ref`, and it may also come from somewhere the source could not follow. */
export function openRef(...paths: readonly string[]): Unknown {
  return { ...unresolved(paths.map(toReference)), open: true };
}

/** A text put together around values that are not known. */
export function textAround(...parts: readonly (string | Unknown)[]): Unknown {
  const [first] = parts.filter((part) => typeof part !== 'string');
  const { reason, origin } = first ?? ref();
  return { kind: 'unknown', reason, origin, parts };
}

/** A list that may have further items than these. */
export function partly(...items: readonly Plain[]): Value {
  const origin = originOf('list');
  return { kind: 'list', items: items.map((item) => toValue(item, origin)), origin, more: openRef() };
}

/** A value of a Terraform variable that has no value. */
export function unsetVariable(name: string): Unknown {
  return { kind: 'unknown', reason: { kind: 'parameter', name: `var.${name}` }, origin: originOf(name) };
}

/** Marks plain data as secret. */
export function secret(text: string): Value {
  return { ...known(text, originOf('secret')), sensitive: true };
}

/**
 * A value as plain data. Unknown values show what they refer to: `-> a.id` is one target, `-> a.id | b.id` are
 * candidates, a final `| ?` means open, `?` alone is unknown. Assumed values show as `~value`, and a list that may have
 * further items ends with `...`.
 */
export function show(value: Value | undefined): unknown {
  switch (value?.kind) {
    case 'known':
      return value.assumed === true ? `~${String(value.value)}` : value.value;
    case 'list':
      return [...value.items.map(show), ...(value.more === undefined ? [] : ['...'])];
    case 'object':
      return Object.fromEntries([...value.fields].map(([name, item]) => [name, show(item)]));
    case 'unknown': {
      const targets = (value.references ?? []).map(({ id, property }) => `${id}.${property}`);
      if (targets.length === 0) return '?';
      return `-> ${[...targets, ...(value.open === true ? ['?'] : [])].join(' | ')}`;
    }
    default:
      return undefined;
  }
}

function toReference(path: string): Reference {
  const [, address = '', property = ''] =
    /^((?:module\.[^.]+\.)*(?:data\.)?\w+\.\w+(?:\[[^\]]*\])?)\.(.*)$/.exec(path) ?? [];
  return { id: symbol(address), property };
}

function unresolved(references: readonly Reference[]): Unknown {
  const name = references.map(({ id, property }) => `${id}.${property}`).join();
  return {
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name },
    origin: originOf(name),
    ...(references.length === 0 ? {} : { references }),
  };
}

function toValue(data: Plain, origin: Origin): Value {
  if (data === null || data === undefined) return absent(origin);
  if (typeof data !== 'object') return known(data, origin);
  if (isValue(data)) return data;
  if (isList(data))
    return list(
      data.map((item) => toValue(item, origin)),
      origin,
    );
  const fields = Object.entries(data).map(([name, item]) => [name, toValue(item, origin)] as const);
  return object(Object.fromEntries(fields), origin);
}

function isList(data: object): data is readonly Plain[] {
  return Array.isArray(data);
}

function isValue(data: object): data is Value {
  return 'kind' in data && 'origin' in data;
}

function originOf(address: string): { kind: 'json'; path: string; pointer: string } {
  return { kind: 'json', path: 'plan.json', pointer: `/${address}` };
}
