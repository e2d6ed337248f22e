import type { Origin } from '../text/origin.ts';
import { known, type ObjectValue, type Reference, type Unknown, type Value } from '../value/value.ts';
import { DEEPEST_ELEMENTS } from './declared-ids.ts';
import type { Call } from './functions/call.ts';
import { canonicalText, childPattern, type IdPattern, readIdPattern } from './id-pattern.ts';
import { joinText } from './partial-text.ts';

/** What `reference(id, ..., 'full')` or a Bicep resource symbol stands for. */
export interface Target {
  readonly type: string;
  readonly id: Value;
  /** The declared body, without `id`, `name`, `type`, `apiVersion`. Left out for resources that are not declared here. */
  readonly body?: ObjectValue;
}

interface Element {
  readonly id: Value;
  readonly pattern: IdPattern;
}

/** Elements that Azure gives a private address. */
const ADDRESSED = ['frontendipconfigurations', 'ipconfigurations'];
const DEEPEST = 32;
/** Values can share parts, so that a small body is a large tree. */
const MOST_STEPS = 20_000;

/**
 * The resource as Azure will return it: what is declared, the ids of its elements, and for everything else unknowns with
 * the expression `reference('<id>').<property>` (inside `properties`) or `reference('<id>', 'full').<property>`.
 * `properties.frontendIPConfigurations[0].properties.privateIPAddress` and `properties.ipAddress` are references.
 * `call` is the expression that asks.
 */
export function runtimeView(target: Target, call: Call): ObjectValue {
  const { origin } = call;
  const type = target.type.toLowerCase();
  const id = canonicalText(target.id);
  const pattern = readIdPattern(target.id);
  const isNetwork = type.startsWith('microsoft.network/');
  const label = labelOf(pattern) ?? type;

  function runtime(expression: string, path: string, references?: readonly Reference[]): Unknown {
    const base = { kind: 'unknown', reason: { kind: 'runtime', name: `${label}${path}` }, origin } as const;
    return references === undefined ? { ...base, expression } : { ...base, expression, references };
  }

  let steps = MOST_STEPS;
  function open(value: Value, expression: string, path: string, depth: number): Value {
    steps -= 1;
    if (depth > DEEPEST || steps < 0) return runtime(expression, path);
    if (value.kind === 'list') {
      const items = value.items.map((item, index) =>
        open(item, `${expression}[${index}]`, `${path}[${index}]`, depth + 1),
      );
      return { ...value, items };
    }
    if (value.kind !== 'object') return value;
    const fields = new Map<string, Value>();
    for (const [name, item] of value.fields) {
      if (item.kind !== 'absent')
        fields.set(name, open(item, `${expression}.${name}`, `${path}.${name}`, depth + 1));
    }
    return { ...value, fields, more: value.more ?? runtime(expression, path) };
  }

  function withElements(properties: ObjectValue, parent: Element, depth: number): ObjectValue {
    const fields = new Map(properties.fields);
    for (const [collection, value] of fields) {
      if (value.kind !== 'list' || depth === DEEPEST_ELEMENTS) continue;
      const items = value.items.map((item) => asElement(item, parent, collection, depth));
      fields.set(collection, { ...value, items });
    }
    return { ...properties, fields };
  }

  function asElement(item: Value, parent: Element, collection: string, depth: number): Value {
    const name = item.kind === 'object' ? item.fields.get('name') : undefined;
    if (item.kind !== 'object' || name === undefined || name.kind === 'absent') return item;
    const pattern = childPattern(parent.pattern, collection, name);
    const fields = new Map(item.fields);
    const id = fields.get('id') ?? joinText([parent.id, known(`/${collection}/`, origin), name], call);
    fields.set('id', id);
    const inside = fields.get('properties');
    if (inside?.kind === 'object') {
      const nested = withElements(inside, { id, pattern }, depth + 1);
      fields.set('properties', ADDRESSED.includes(collection) ? withPrivateAddress(nested, pattern) : nested);
    }
    return { ...item, fields };
  }

  /** Azure decides an address unless it is static. */
  function withPrivateAddress(properties: ObjectValue, pattern: IdPattern): ObjectValue {
    const method = properties.fields.get('privateipallocationmethod');
    const isStatic = method?.kind === 'known' && String(method.value).toLowerCase() === 'static';
    if (isStatic && properties.fields.get('privateipaddress')?.kind === 'known') return properties;
    const address = runtime(`reference('${pattern.text}').privateipaddress`, '.privateIPAddress', [
      { id: pattern.text, property: 'privateIPAddress' },
    ]);
    return { ...properties, fields: new Map(properties.fields).set('privateipaddress', address) };
  }

  const full = `reference('${id}', 'full')`;
  const body: ObjectValue = target.body ?? { kind: 'object', fields: new Map(), origin };
  const fields = new Map<string, Value>();
  for (const [name, value] of body.fields) {
    if (name !== 'properties' && value.kind !== 'absent')
      fields.set(name, open(value, `${full}.${name}`, `.${name}`, 0));
  }
  const declared = body.fields.get('properties');
  const source: Value = declared === undefined || declared.kind === 'absent' ? emptyObject(origin) : declared;
  let properties = open(source, `reference('${id}')`, '.properties', 0);
  if (properties.kind === 'object' && isNetwork) {
    if (pattern !== undefined) properties = withElements(properties, { id: target.id, pattern }, 0);
    if (type === 'microsoft.network/publicipaddresses') {
      const address = runtime(`reference('${id}').ipaddress`, '.properties.ipAddress', [
        { id, property: 'ipAddress' },
      ]);
      properties = { ...properties, fields: new Map(properties.fields).set('ipaddress', address) };
    }
  }
  fields.set('properties', properties);
  return { ...body, fields, more: runtime(full, '') };
}

/** What a person knows the resource by: type and names, without the scope. */
function labelOf(pattern: IdPattern | undefined): string | undefined {
  const segments = pattern?.segments.map(({ text }) => text) ?? [];
  const provider = segments.lastIndexOf('providers');
  return provider === -1 ? undefined : segments.slice(provider + 1).join('/');
}

function emptyObject(origin: Origin): ObjectValue {
  return { kind: 'object', fields: new Map(), origin };
}
