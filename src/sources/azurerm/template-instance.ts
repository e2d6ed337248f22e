import type { Resource } from '../../model/resource.ts';
import type { Origin } from '../../text/origin.ts';
import { absent, known, type Reference, type Unknown, type Value } from '../../value/value.ts';
import { AZAPI_RESOURCE, AZAPI_UPDATE } from './azapi-instance.ts';
import { OWN_SUBSCRIPTION } from './deployed-scope.ts';
import type { TerraformInstance } from './instance.ts';

/**
 * A resource of a deployed template as an instance of `azapi_resource`, which declares the same in Terraform. `relocate` gives
 * the place in the code for one in the text of the template, which is no file. Ids in the subscription of the default provider
 * configuration are written as for anything outside the root: `/resourcegroups/...`.
 */
export function toInstance(
  resource: Resource,
  deployment: TerraformInstance,
  relocate: (origin: Origin) => Origin,
): TerraformInstance {
  const place = relocate(resource.origin);
  const moved = (value: Value): Value => move(value, relocate);
  const { type, apiVersion, condition, address } = resource;
  const id = ownId(resource.id);
  const attributes = new Map<string, Value>([
    ['type', known(apiVersion === undefined ? type : `${type}@${apiVersion}`, place)],
    ['name', lastName(moved(resource.name))],
    ['parent_id', resource.parent === undefined ? scopeOf(id, place) : moved(resource.parent)],
    ['body', moved(resource.body)],
  ]);
  return {
    address,
    type: AZAPI_RESOURCE,
    mode: 'managed',
    id,
    created: true,
    ...(deployment.provider === undefined ? {} : { provider: deployment.provider }),
    ...(condition === undefined ? {} : { condition: moveUnknown(condition, relocate) }),
    origin: place,
    attribute: (name) => attributes.get(name) ?? absent(place),
    names: () => [...attributes.keys()],
  };
}

/**
 * What a template declares although the root declares it as well: an update of that, in doubt, because nothing says which of
 * the two comes last.
 */
export function toUpdate(instance: TerraformInstance, target: Value): TerraformInstance {
  const { address, origin } = instance;
  const doubt: Unknown = { kind: 'unknown', reason: { kind: 'unsupported', name: address }, origin };
  return {
    ...instance,
    type: AZAPI_UPDATE,
    id: `{${address.toLowerCase()}}`,
    condition: instance.condition ?? doubt,
    attribute: (name) => (name === 'resource_id' ? target : instance.attribute(name)),
  };
}

const OWN_PREFIX = `/subscriptions/{${OWN_SUBSCRIPTION}}/`;

function ownId(id: string): string {
  return id.startsWith(OWN_PREFIX) ? id.slice(OWN_PREFIX.length - 1) : id;
}

/** The resource group or other scope that an id begins with. */
function scopeOf(id: string, place: Origin): Value {
  const scope = id.slice(0, Math.max(id.lastIndexOf('/providers/'), 0));
  const group = scope.slice(scope.lastIndexOf('/') + 1);
  if (!group.includes('{')) return known(scope, place);
  return {
    kind: 'unknown',
    reason: { kind: 'runtime', name: 'the resource group' },
    origin: place,
    expression: scope,
  };
}

function lastName(name: Value): Value {
  if (name.kind !== 'known' || typeof name.value !== 'string') return name;
  return { ...name, value: name.value.slice(name.value.lastIndexOf('/') + 1) };
}

type Relocate = (origin: Origin) => Origin;

function move(value: Value, relocate: Relocate): Value {
  const origin = relocate(value.origin);
  switch (value.kind) {
    case 'known': {
      const data = typeof value.value === 'string' ? ownId(value.value) : value.value;
      return { ...value, value: data, origin };
    }
    case 'unknown':
      return writtenOut(value, origin) ?? moveUnknown(value, relocate);
    case 'list':
      return {
        ...value,
        items: value.items.map((item) => move(item, relocate)),
        origin,
        ...(value.more === undefined ? {} : { more: moveUnknown(value.more, relocate) }),
      };
    case 'object':
      return {
        ...value,
        fields: new Map([...value.fields].map(([name, item]) => [name, move(item, relocate)] as const)),
        origin,
        ...(value.more === undefined ? {} : { more: moveUnknown(value.more, relocate) }),
      };
    default:
      return absent(origin);
  }
}

/** A link to one thing that templates declare is its id, whatever of that is not known. */
function writtenOut({ references, open }: Unknown, origin: Origin): Value | undefined {
  const [reference, ...others] = references ?? [];
  const isSettled = others.length === 0 && open !== true && reference?.property === 'id';
  return isSettled && reference.id.startsWith('/') ? known(ownId(reference.id), origin) : undefined;
}

function moveUnknown(value: Unknown, relocate: Relocate): Unknown {
  const references = value.references?.map(({ id, property }): Reference => ({ id: ownId(id), property }));
  const parts = value.parts?.map((part) => (typeof part === 'string' ? part : moveUnknown(part, relocate)));
  return {
    ...value,
    origin: relocate(value.origin),
    ...(references === undefined ? {} : { references }),
    ...(parts === undefined ? {} : { parts }),
  };
}
