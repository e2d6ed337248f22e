import type { ObjectValue, Unknown, Value } from '../../value/value.ts';
import { isAroundUnknown } from './json-text.ts';

/** A template as text, with an additional parameter in place of each value that is not known. */
export interface TemplateText {
  readonly text: string;
  /** The values of the additional parameters, by lower-case name. */
  readonly parameters: ReadonlyMap<string, Value>;
}

/**
 * The text of a template of which parts may not be known. Undefined when something is not known that says which resources it
 * declares, or when the whole template is secret: then nobody may see what is in it.
 */
export function templateText(template: Value): TemplateText | undefined {
  if (template.kind === 'known') {
    const isText = typeof template.value === 'string' && template.sensitive !== true;
    return isText ? { text: String(template.value), parameters: new Map() } : undefined;
  }
  if (template.kind !== 'object' || !declaresKnownResources(template)) return undefined;
  const writer = createWriter();
  const written = writer.write(template);
  if (written === undefined || !isRecord(written)) return undefined;
  const declared = isRecord(written.parameters) ? written.parameters : {};
  const added = [...writer.parameters.keys()].map((name) => [name, { type: 'object' }] as const);
  const parameters = { ...declared, ...Object.fromEntries(added) };
  return { text: JSON.stringify({ ...written, parameters }), parameters: writer.parameters };
}

/** Whether it is settled which resources there are: nothing unknown stands where a template has its structure. */
function declaresKnownResources(template: ObjectValue): boolean {
  const resources = template.fields.get('resources');
  if (resources === undefined || template.more !== undefined) return false;
  if (resources.kind === 'list')
    return resources.more === undefined && resources.items.every(isKnownResource);
  return resources.kind === 'object' && [...resources.fields.values()].every(isKnownResource);
}

function isKnownResource(resource: Value): boolean {
  if (resource.kind !== 'object' || resource.more !== undefined) return false;
  const { fields } = resource;
  if (fields.get('type')?.kind !== 'known' || fields.get('copy')?.kind === 'unknown') return false;
  const children = fields.get('resources');
  if (children?.kind === 'unknown') return false;
  if (children?.kind === 'list' && !children.items.every(isKnownResource)) return false;
  const properties = fields.get('properties');
  const inner = properties?.kind === 'object' ? properties.fields.get('template') : undefined;
  return inner === undefined || (inner.kind === 'object' && declaresKnownResources(inner));
}

type Data = string | number | boolean | null | readonly Data[] | { readonly [name: string]: Data };

/** Undefined where a part is not known that has to be. */
function createWriter(): {
  readonly write: (value: Value) => Data | undefined;
  readonly parameters: ReadonlyMap<string, Value>;
} {
  const parameters = new Map<string, Value>();

  function parameter(value: Value): Data {
    const name = `terraform ${parameters.size}`;
    parameters.set(name, value);
    return `[parameters('${name}')]`;
  }

  function write(value: Value): Data | undefined {
    switch (value.kind) {
      case 'absent':
        return null;
      case 'known':
        if (value.sensitive !== true) return value.value;
        return isExpression(value.value) ? undefined : parameter(value);
      case 'unknown':
        return parameter(isExpression(value.parts?.[0]) ? opaque(value) : value);
      case 'list': {
        const items = value.items.map(write);
        const isWhole = value.more === undefined && items.every((item) => item !== undefined);
        return isWhole ? items : undefined;
      }
      default:
        return writeObject(value);
    }
  }

  function writeObject({ fields, names, more }: ObjectValue): Data | undefined {
    if (more !== undefined) return undefined;
    const entries: [string, Data][] = [];
    for (const [lower, value] of fields) {
      const name = names?.get(lower) ?? lower;
      const written = write(value);
      if (written === undefined || isAroundUnknown(name)) return undefined;
      entries.push([name, written]);
    }
    return Object.fromEntries(entries);
  }

  return { write, parameters };
}

/** An expression around something unknown can be anything. */
function opaque({ reason, origin }: Unknown): Unknown {
  return { kind: 'unknown', reason, origin };
}

function isExpression(text: unknown): boolean {
  return typeof text === 'string' && text.startsWith('[') && !text.startsWith('[[');
}

function isRecord(data: Data | undefined): data is { readonly [name: string]: Data } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
