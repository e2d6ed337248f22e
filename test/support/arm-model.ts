import { createModel, type Model } from '../../src/model/model.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Origin } from '../../src/text/origin.ts';
import { absent, known, list, object, type Scalar, type Unknown, type Value } from '../../src/value/value.ts';

/** A resource as in an ARM template: `properties` and `sku` are plain data, in which a `Value` may stand anywhere. */
export interface ArmResource {
  readonly type: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

/** A model straight from ARM-shaped data, for tests of the network that need no source language. */
export function modelOf(...resources: readonly ArmResource[]): Model {
  return createModel(resources.map(toResource));
}

/** A list of which only some items are known. */
export interface PartialList {
  readonly partial: readonly unknown[];
  readonly more: Unknown;
}

/** The id `modelOf` gives a resource: `id('loadBalancers/lb/probes/http')`. */
function id(path: string): string {
  const provider = path.toLowerCase().startsWith('virtualmachine')
    ? 'microsoft.compute'
    : 'microsoft.network';
  return `/${provider}/${path}`.toLowerCase();
}

export function sub(path: string): { id: string } {
  return { id: id(path) };
}

/**
 * A child resource has the names of its parents in its type, `virtualNetworks/vnet/subnets`, and the parent's id as
 * `parent`, or what it waits for. `condition` is an unknown that decides whether the resource will exist.
 */
function toResource({ type: path, name, parent, condition, ...body }: ArmResource, index: number): Resource {
  const type = path
    .split('/')
    .filter((_, index) => parent === undefined || index % 2 === 0)
    .join('/');
  const origin: Origin = { kind: 'json', path: 'test.json', pointer: `/resources/${index}` };
  const fullType =
    (type.toLowerCase().startsWith('virtualmachine') ? 'microsoft.compute/' : 'microsoft.network/') + type;
  const value = toValue(body, origin);
  return {
    type: fullType.toLowerCase(),
    id: id(`${path}/${name}`),
    ...(parent === undefined ? {} : { parent: isUnknown(parent) ? parent : known(String(parent), origin) }),
    ...(isUnknown(condition) ? { condition } : {}),
    ...(typeof body.apiVersion === 'string' ? { apiVersion: body.apiVersion } : {}),
    address: name,
    name: known(name, origin),
    body: value.kind === 'object' ? value : object({}, origin),
    origin,
  };
}

function isUnknown(data: unknown): data is Unknown {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'unknown';
}

function isPartial(data: object): data is PartialList {
  return 'partial' in data && 'more' in data;
}

function toValue(data: unknown, origin: Origin): Value {
  if (data === undefined || data === null) return absent(origin);
  if (typeof data !== 'object') return known(data as Scalar, origin);
  const pointer = origin.kind === 'json' ? origin.pointer : '';
  const at = (key: string | number): Origin => ({
    kind: 'json',
    path: 'test.json',
    pointer: `${pointer}/${key}`,
  });
  if (Array.isArray(data))
    return list(
      data.map((item, index) => toValue(item, at(index))),
      origin,
    );
  if ('kind' in data && 'origin' in data) return data as unknown as Value;
  if (isPartial(data)) {
    return {
      ...list(
        data.partial.map((item, index) => toValue(item, at(index))),
        origin,
      ),
      more: data.more,
    };
  }
  return object(
    Object.fromEntries(Object.entries(data).map(([key, item]) => [key, toValue(item, at(key))])),
    origin,
  );
}
