import type { Origin } from '../../text/origin.ts';
import type { ObjectValue, Value } from '../../value/value.ts';
import type { BodyFault, FaultDetail } from './body-fault.ts';
import { isNear, nearestProperty } from './nearest-property.ts';
import { belongsBelow, type Place, pathOf, samePlaceIn, type Way } from './place.ts';
import type { AzureTypes, ObjectShape, PropertyShape, ResourceShape, Shape, VariantShape } from './shape.ts';
import { isConverted, kindOf } from './value-kind.ts';

/** What is checked: a resource that is written in the shape of Azure Resource Manager. */
export interface DeclaredResource {
  /** In any case. */
  readonly type: string;
  /** As it is written, `2024-05-01` or `2024-05-01-preview`; left out when it is not known. */
  readonly apiVersion?: string;
  readonly body: ObjectValue;
  readonly origin: Origin;
}

/**
 * What a declaration may hold whatever its type is. Azure Resource Manager takes a location and tags for every resource,
 * also for children that have none.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#resources
 */
const DECLARATION: ReadonlySet<string> = new Set([
  'apiversion',
  'asserts',
  'comments',
  'condition',
  'dependson',
  'existing',
  'extension',
  'id',
  'import',
  'location',
  'metadata',
  'name',
  'parent',
  'resources',
  'scope',
  'tags',
  'type',
]);

/**
 * Everything in the body of a resource that its type does not allow; empty when nothing is known about the type. Names
 * are compared without regard to case, as Azure does. Only what the code settles counts: nothing is said about values that
 * are not known or not set, and nothing is missing where there may be further properties. Numbers and truth values
 * written as text are accepted, because Azure converts them, and so are numbers and truth values for text.
 */
export function checkBody(resource: DeclaredResource, types: AzureTypes): readonly BodyFault[] {
  const found = types.find(resource.type, resource.apiVersion);
  if (found === undefined) return [];
  if (found.isWritable) return createCheck(found, resource.apiVersion)(resource.body);
  const property = found.name.slice(found.name.lastIndexOf('/') + 1);
  return [{ kind: 'read-only-type', path: '', property, origin: resource.origin, isCertain: true }];
}

/** A template may repeat a resource, and any list inside it. */
const COPY = 'copy';

const DATE_LENGTH = 'YYYY-MM-DD'.length;

function createCheck(
  resource: ResourceShape,
  apiVersion: string | undefined,
): (body: ObjectValue) => readonly BodyFault[] {
  const faults: BodyFault[] = [];
  const { latest } = resource;
  const version = apiVersion?.slice(0, DATE_LENGTH);
  // A preview has properties that no stable version has yet.
  const isPreview = latest !== undefined && apiVersion !== undefined && apiVersion.length > DATE_LENGTH;
  const isSettled = version !== undefined && !isPreview && (latest === undefined || version <= latest);

  function report(
    place: Place,
    property: string,
    value: Value,
    isCertain: boolean,
    detail: FaultDetail,
  ): void {
    faults.push({ path: pathOf(place, property), property, origin: value.origin, isCertain, ...detail });
  }

  /** `placed`: lower-case names of properties of this object that are written beside it. */
  function checkValue(value: Value, shape: Shape, way: Way, placed?: readonly string[]): void {
    const found = kindOf(value);
    if (found === undefined || shape.kind === 'any') return;
    const expected = shape.kind === 'variants' ? 'object' : shape.kind;
    if (found !== expected) {
      if (isConverted(value, expected)) return;
      const { origin } = value;
      const place = { path: pathOf(way), property: way.step, origin, isCertain: true };
      faults.push({ kind: 'wrong-kind', ...place, expected, found });
    } else if (shape.kind === 'list' && value.kind === 'list') {
      const step = way.item === undefined ? way.step : `${way.step}[${way.item}]`;
      for (const [item, held] of value.items.entries())
        checkValue(held, shape.item(), { ...way, step, item });
    } else if (value.kind === 'object' && (shape.kind === 'object' || shape.kind === 'variants')) {
      const object = shape.kind === 'object' ? shape : variantOf(shape, value);
      checkObject(value, { ...way, shape: object, excused: new Set(placed) });
    }
  }

  function checkObject(value: ObjectValue, place: Place): void {
    const { properties, rest } = place.shape;
    const isRoot = place.within === undefined;
    const placedHere = new Map<string, string[]>();
    for (const [key, held] of value.fields) {
      if (held.kind === 'absent' || properties.has(key) || rest !== undefined) continue;
      if (key === COPY || (isRoot && DECLARATION.has(key))) continue;
      const below = checkStranger(key, writtenName(value, key), held, place);
      if (below !== undefined) placedHere.set(below, [...(placedHere.get(below) ?? []), key]);
    }
    for (const [key, held] of value.fields) {
      if (held.kind === 'absent') continue;
      const property = properties.get(key);
      const step = property?.name ?? writtenName(value, key);
      const way = { within: place, step };
      if (property === undefined) {
        if (rest !== undefined) checkValue(held, rest(), way);
      } else if (!property.isDeclared && !isNested(key, place) && isUsable(property, step, held, place)) {
        checkValue(held, property.shape(), way, placedHere.get(key));
      }
    }
    if (value.more === undefined) checkRequired(value, place);
  }

  function checkRequired(value: ObjectValue, place: Place): void {
    for (const { name } of place.shape.required) {
      const key = name.toLowerCase();
      const isWritten = (value.fields.get(key)?.kind ?? 'absent') !== 'absent';
      if (isWritten || place.excused.has(key)) continue;
      const path = pathOf(place);
      faults.push({ kind: 'missing', path, property: name, origin: value.origin, isCertain: true });
    }
  }

  /** Whether a property that exists may be written in this API version; otherwise it is reported. */
  function isUsable(
    { isReadOnly, history = {} }: PropertyShape,
    name: string,
    value: Value,
    place: Place,
  ): boolean {
    const isCertain = value.kind !== 'unknown';
    if (version !== undefined && apiVersion !== undefined) {
      if (history.since !== undefined && history.since > version && !isPreview) {
        report(place, name, value, isCertain, { kind: 'newer', apiVersion, has: history.since });
        return false;
      }
      if (history.until !== undefined && history.until < version) {
        report(place, name, value, isCertain, { kind: 'retired', apiVersion, last: history.until });
        return false;
      }
      if (history.readOnlySince !== undefined && history.readOnlySince > version) return true;
    }
    if (isReadOnly) report(place, name, value, isCertain, { kind: 'read-only' });
    return !isReadOnly;
  }

  /**
   * A property that does not exist where it is written. Required properties that it was probably meant to be are excused;
   * when it belongs in an object beside it, the result is the lower-case name of that.
   */
  function checkStranger(key: string, name: string, value: Value, place: Place): string | undefined {
    const isCertain = isSettled && value.kind !== 'unknown';
    const newest = resource.newest?.();
    const later = newest === undefined ? undefined : samePlaceIn(newest.body, place);
    const young = later?.properties.get(key);
    if (newest !== undefined && apiVersion !== undefined && young !== undefined) {
      report(place, young.name, value, isCertain, { kind: 'newer', apiVersion, has: newest.apiVersion });
      return undefined;
    }
    const below = belongsBelow(place.shape, key);
    if (below?.isUsual) {
      report(place, name, value, isCertain, { kind: 'misplaced', belongsIn: pathOf(place, below.name) });
      return below.name.toLowerCase();
    }
    const above = place.within?.shape.properties.get(key);
    if (place.within !== undefined && above !== undefined && !above.isReadOnly) {
      place.within.excused.add(key);
      report(place, name, value, isCertain, { kind: 'misplaced', belongsIn: pathOf(place.within) });
      return undefined;
    }
    if (below !== undefined) {
      report(place, name, value, isCertain, { kind: 'misplaced', belongsIn: pathOf(place, below.name) });
      return below.name.toLowerCase();
    }
    for (const required of place.shape.required) {
      if (isNear(name, required.name)) place.excused.add(required.name.toLowerCase());
    }
    const suggestion = nearestProperty(name, writableNames(place.shape));
    if (suggestion !== undefined) report(place, name, value, isCertain, { kind: 'unknown', suggestion });
    else if (isSettled) report(place, name, value, isCertain, { kind: 'unknown' });
    return undefined;
  }

  return (body) => {
    checkValue(body, resource.body, { step: '' });
    return faults;
  };
}

function variantOf({ discriminator, variants, common }: VariantShape, value: ObjectValue): ObjectShape {
  const chosen = value.fields.get(discriminator);
  return (chosen?.kind === 'known' && variants.get(String(chosen.value).toLowerCase())) || common;
}

/** The `resources` of a template are the children it declares; those of a machine are its extensions, which Azure lists. */
function isNested(key: string, place: Place): boolean {
  return key === 'resources' && place.within === undefined;
}

function writtenName(value: ObjectValue, key: string): string {
  return value.names?.get(key) ?? key;
}

function* writableNames({ properties }: ObjectShape): Generator<string> {
  for (const { name, isReadOnly, isDeclared } of properties.values()) {
    if (!isReadOnly && !isDeclared) yield name;
  }
}
