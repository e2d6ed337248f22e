import type { Origin } from '../../text/origin.ts';
import { absent, type Known, type Unknown, type Value } from '../../value/value.ts';
import { type ConfigurationReader, isArgumentAsBlocks, UNSEEN, type Written } from './configuration.ts';
import { isFilledIn } from './filled-in.ts';
import { own, type PlanInstance } from './instances.ts';
import type { ConfigurationResource, Json, JsonObject } from './plan-format.ts';
import type { Candidate } from './resolution.ts';
import type { Place, Resolver } from './resolve-references.ts';

/** What reading the attributes of one instance needs. */
export interface AttributeSource {
  readonly instance: PlanInstance;
  /** Path of the plan file, for origins. */
  readonly path: string;
  /** The resource block, when the configuration has it. */
  readonly block: ConfigurationResource | undefined;
  readonly place: Place;
  readonly resolver: Resolver;
  readonly configuration: ConfigurationReader;
}

/** A part of an attribute: its planned value, what is unknown and secret in it, and how it is written. */
interface Part {
  readonly value: Json | undefined;
  readonly unknown: Json | undefined;
  readonly sensitive: Json | undefined;
  readonly written: Written;
  /** The planned values of the object the part is in. */
  readonly siblings: JsonObject;
  /** Argument or block type the part belongs to. */
  readonly name: string;
  /** As a person writes it: `ip_configuration[0].subnet_id`. */
  readonly label: string;
  readonly pointer: string;
}

/** Placeholders of services that hand out plans without their secrets. */
const REDACTED = /^(\*{3,}|\**redacted\**|[<([{][<([{*\s]*(sensitive|redacted)([ _-]?value)?[\s*>)\]}]+)$/i;

/**
 * The planned value of an attribute or of the blocks of a type.
 *
 * A scalar that the block of a managed resource does not write is assumed: the provider filled it in.
 *
 * What is null is absent, and so is an unknown attribute of a managed resource that its block does not write: the provider
 * computes it. That includes `security_rule`, `subnet` and `route` of resources that write none, because a plan does not
 * show `dynamic` blocks; other blocks that azurerm never computes are unknown instead. An unknown list of blocks that stands
 * for any number of them is unknown as a whole or as an item.
 *
 * An unknown that is written has the references of its expression. It is open where a plan does not say all: local values,
 * dynamic blocks, arguments written as blocks, and, where the expression depends on more than one thing, lists that are
 * unknown as a whole and arguments that the provider fills in when they are null. Where such an argument can only be
 * null it is absent.
 */
export function readAttribute(source: AttributeSource, name: string): Value {
  const { instance, block, configuration } = source;
  const { values, unknown, sensitive, valuesPointer } = instance;
  const written =
    block === undefined ? UNSEEN : configuration.argument(block.expressions ?? NOTHING_WRITTEN, name);
  const part: Part = {
    value: own<Json>(values, name),
    unknown: fieldOf(unknown, name),
    sensitive: sensitive === undefined ? undefined : fieldOf(sensitive, name),
    written,
    siblings: values,
    name,
    label: name,
    pointer: pointerBelow(valuesPointer, name),
  };
  const found = WRITE_ONLY.test(name) ? readHidden(source, part) : readPart(source, part);
  const isDefault = written.by === 'nowhere' && instance.mode === 'managed';
  return isDefault && found.kind === 'known' ? { ...found, assumed: true } : found;
}

const NOTHING_WRITTEN: JsonObject = {};

/** Write-only attributes, of azurerm 5 and later and of azapi: null in every plan, whatever they are set to. */
const WRITE_ONLY = /_wo$|^sensitive_body$/;

/** What the configuration says of an attribute that a plan never shows; it can be a copy of something known. */
function readHidden(source: AttributeSource, part: Part): Value {
  const { instance, resolver, place } = source;
  const { written, label } = part;
  const origin = originOf(source, part);
  if (written.by === 'nowhere') return absent(origin);
  if (written.by === 'constant') {
    const [constant] = written.values;
    if (typeof constant === 'string') return { kind: 'known', value: constant, origin };
  }
  const reason = { kind: 'known-after-apply', name: `${instance.address}.${label}` } as const;
  if (written.by !== 'expression') return { kind: 'unknown', reason, origin, open: true };
  const { references, open, single } = resolver.anyValue(written.expression, place);
  const isSettled = references.length > 0 && !open && single && !written.partly;
  return { kind: 'unknown', reason, origin, references, ...(isSettled ? {} : { open: true }) };
}

function readPart(source: AttributeSource, part: Part): Value {
  const { value, unknown, sensitive } = part;
  if (unknown === true) return unknownPart(source, part, undefined);
  if (Array.isArray(value) || Array.isArray(unknown)) return readList(source, part);
  if (isObject(value) || (isObject(unknown) && Object.keys(unknown).length > 0))
    return readObject(source, part);
  const origin = originOf(source, part);
  if (value === undefined || value === null || typeof value === 'object') return absent(origin);
  if (typeof value === 'string' && REDACTED.test(value)) {
    return {
      kind: 'unknown',
      reason: { kind: 'unsupported', name: 'a value the plan has redacted' },
      origin,
    };
  }
  const known: Known = { kind: 'known', value, origin };
  return sensitive === true ? { ...known, sensitive } : known;
}

function readObject(source: AttributeSource, part: Part): Value {
  const value = isObject(part.value) ? part.value : {};
  const unknown = isObject(part.unknown) ? part.unknown : {};
  const fields = new Map<string, Value>();
  for (const name of new Set([...Object.keys(value), ...Object.keys(unknown)])) {
    const field = readPart(source, {
      value: own<Json>(value, name),
      unknown: own<Json>(unknown, name),
      sensitive: fieldOf(part.sensitive, name),
      written: source.configuration.field(part.written, name),
      siblings: value,
      name,
      label: `${part.label}.${name}`,
      pointer: pointerBelow(part.pointer, name),
    });
    if (field.kind !== 'absent') fields.set(name.toLowerCase(), field);
  }
  return { kind: 'object', fields, origin: originOf(source, part) };
}

function readList(source: AttributeSource, part: Part): Value {
  const value = Array.isArray(part.value) ? part.value : [];
  const unknown = Array.isArray(part.unknown) ? part.unknown : [];
  if (part.value === null && unknown.length === 0) return absent(originOf(source, part));
  const length = Math.max(value.length, unknown.length);
  const planned: readonly Json[] = Array.from({ length }, (_, index) => value[index] ?? null);
  const written = source.configuration.items(part.written, part.name, planned);
  const copies = copiesByItem(source, part.written, unknown);
  const items = planned.map((item, index) => {
    const itemPart: Part = {
      value: item,
      unknown: unknown[index],
      sensitive: Array.isArray(part.sensitive) ? part.sensitive[index] : part.sensitive,
      written: written[index] ?? UNSEEN,
      siblings: part.siblings,
      name: part.name,
      label: `${part.label}[${index}]`,
      pointer: `${part.pointer}/${index}`,
    };
    if (isAnyNumber(itemPart)) return unknownPart(source, { ...itemPart, written: UNSEEN }, undefined);
    return itemPart.unknown === true
      ? unknownPart(source, itemPart, copies?.[index])
      : readPart(source, itemPart);
  });
  return { kind: 'list', items, origin: originOf(source, part) };
}

/**
 * Which unknown item of a list is a copy of what, when the expression of the list mentions exactly as many unknown things as
 * the list has unknown items: `[azurerm_lb_backend_address_pool.a.id, azurerm_lb_backend_address_pool.b.id]`.
 */
function copiesByItem(
  source: AttributeSource,
  written: Written,
  unknown: readonly Json[],
): readonly (Candidate | undefined)[] | undefined {
  const count = unknown.filter((flag) => flag === true).length;
  if (written.by !== 'expression' || written.partly || count < 2) return undefined;
  const { candidates, open } = source.resolver.unknownValue(written.expression, source.place);
  if (open || candidates.length !== count || candidates.some(({ known }) => known)) return undefined;
  let next = 0;
  return unknown.map((flag) => {
    if (flag !== true) return undefined;
    next += 1;
    return candidates[next - 1];
  });
}

/**
 * A dynamic block whose `for_each` is unknown, of a type that is an argument as well: the plan has a single item for any
 * number of blocks, in which all that the block writes is unknown and the rest is empty.
 */
function isAnyNumber({ name, value, unknown }: Part): boolean {
  if (!isArgumentAsBlocks(name) || !isObject(unknown) || own<Json>(unknown, 'name') !== true) return false;
  return Object.values(isObject(value) ? value : {}).every((field) => {
    return !field || (Array.isArray(field) && field.length === 0);
  });
}

function unknownPart(source: AttributeSource, part: Part, copy: Candidate | undefined): Value {
  const { instance, resolver, place } = source;
  const { written, label, siblings } = part;
  const origin = originOf(source, part);
  const unknownFor = (waitsFor: string | undefined): Unknown => {
    const name = waitsFor ?? `${instance.address}.${label}`;
    return { kind: 'unknown', reason: { kind: 'known-after-apply', name }, origin };
  };
  if (copy !== undefined) return { ...unknownFor(copy.text), references: [copy.reference] };
  if (written.by !== 'expression') {
    if (instance.mode === 'data') return unknownFor(undefined);
    return written.by === 'nowhere' ? absent(origin) : { ...unknownFor(undefined), open: true };
  }
  const { expression, partly } = written;
  const isMany = isList(source, part);
  const resolution = isMany ? resolver.anyValue(expression, place) : resolver.unknownValue(expression, place);
  const { references, single, waitsFor } = resolution;
  const fillsIn = isFilledIn(instance.type, label, siblings);
  if (references.length === 0) {
    const dependsOnKnown = !resolution.open && (expression.references?.length ?? 0) > 0;
    return fillsIn && dependsOnKnown ? absent(origin) : { ...unknownFor(waitsFor), open: true };
  }
  const open = resolution.open || partly || ((isMany || fillsIn) && !single);
  return { ...unknownFor(waitsFor), references, ...(open ? { open } : {}) };
}

/** Whether an unknown part is a list or a map: then a plan has an empty one in its place among what is secret. */
function isList({ instance }: AttributeSource, { sensitive, name, label }: Part): boolean {
  if (instance.sensitive === undefined) return label.endsWith(name) && name.endsWith('s');
  return typeof sensitive === 'object' && sensitive !== null;
}

function originOf({ path }: AttributeSource, { pointer }: Part): Origin {
  return { kind: 'json', path, pointer };
}

/** The JSON pointer one step further. */
export function pointerBelow(pointer: string, name: string): string {
  const isPlain = !name.includes('~') && !name.includes('/');
  return `${pointer}/${isPlain ? name : name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function fieldOf(flags: Json | undefined, name: string): Json | undefined {
  return flags === true ? true : own<Json>(flags, name);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
