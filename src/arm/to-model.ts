import { createModel, type Model } from '../model/model.ts';
import type { Gap, Resource } from '../model/resource.ts';
import type { Problem } from '../text/problem.ts';
import { asBoolean, known, type ObjectValue, type Unknown, type Value } from '../value/value.ts';
import type { Declaration, Declared } from './declaration.ts';
import { DEEPEST_ELEMENTS, type DeclaredId, declaredIdsOf, indexDeclaredIds } from './declared-ids.ts';
import { createLinkFinaliser, type LinkFinaliser } from './finalise-links.ts';
import { gapsOfOutputs, gapsOfUnread } from './gaps.ts';
import { childPattern, type IdPattern, parentPattern, readIdPattern } from './id-pattern.ts';
import { type Identified, mergeDuplicates } from './merge-duplicates.ts';

/**
 * The resources of a root as a model: ids in canonical spelling, children with their parents, every text that is a
 * resource id settled against what is declared. What exists already, and what is not deployed, gives no resource.
 * Problems are warnings: an id that is declared twice, a resource without a name.
 */
export function toModel({ declarations, gaps, outputs = [] }: Declared): {
  readonly model: Model;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const identified: Identified[] = [];
  for (const declaration of declarations) {
    const condition = conditionOf(declaration.condition);
    if (declaration.existing === true || condition === 'never') continue;
    const pattern = readIdPattern(declaration.id);
    if (pattern === undefined) {
      problems.push(withoutId(declaration));
      continue;
    }
    identified.push(condition === 'always' ? { declaration, pattern } : { declaration, pattern, condition });
  }
  const merged = mergeDuplicates(identified);
  const ids = indexDeclaredIds(merged.declared.flatMap(idsOf));
  const links = createLinkFinaliser(ids);
  const resources = merged.declared.map((declared) => toResource(declared, links));
  const found: Gap[] = [
    ...gaps,
    ...gapsOfUnread(resources),
    ...gapsOfOutputs(outputs.map(({ value, ...output }) => ({ ...output, value: links.finalise(value) }))),
  ];
  return { model: createModel(resources, found), problems: [...problems, ...merged.problems] };
}

function conditionOf(value: Value | undefined): Unknown | 'always' | 'never' {
  if (value === undefined) return 'always';
  const condition = asBoolean(value);
  if (condition.kind === 'unknown') return condition;
  return condition.kind === 'known' && condition.value ? 'always' : 'never';
}

function withoutId({ address, origin }: Declaration): Problem {
  return {
    code: 'resource-without-id',
    message: `the name of \`${address}\` cannot be read, so it is left out`,
    origin,
    severity: 'warning',
  };
}

function idsOf({ declaration, pattern }: Identified): readonly DeclaredId[] {
  if (!HAS_ELEMENTS.test(declaration.type)) return [{ pattern }];
  const { fields, more } = declaration.body;
  return declaredIdsOf(pattern, fields.get('properties') ?? more);
}

const HAS_ELEMENTS = /^microsoft\.(network|compute)\//i;

function toResource(
  { declaration, pattern, condition }: Identified,
  { finalise, linkTo }: LinkFinaliser,
): Resource {
  const { type, id, address, origin } = declaration;
  const parent = parentPattern(pattern);
  const body = finalise(declaration.body);
  return {
    type: type.toLowerCase(),
    ...(declaration.apiVersion === undefined ? {} : { apiVersion: declaration.apiVersion }),
    id: pattern.text,
    address,
    name: shortestName(declaration.name),
    ...(parent === undefined ? {} : { parent: linkTo(parent, id) }),
    ...(condition === undefined ? {} : { condition }),
    body: withElementIds(body.kind === 'object' ? body : declaration.body, pattern, type),
    origin,
  };
}

/** The whole name, or of a child whose parent's name is not known, its own: views take what follows the last slash. */
function shortestName(name: Value): Value {
  const last = name.kind === 'unknown' ? name.parts?.at(-1) : undefined;
  if (typeof last !== 'string' || !last.includes('/')) return name;
  return known(last.slice(last.lastIndexOf('/') + 1), name.origin);
}

/** Elements whose names are not known get their id written out, because a name is what views make ids of. */
function withElementIds(body: ObjectValue, pattern: IdPattern, type: string): ObjectValue {
  const properties = body.fields.get('properties');
  if (properties === undefined || !HAS_ELEMENTS.test(type)) return body;
  const named = withIds(properties, pattern);
  return named === properties ? body : { ...body, fields: new Map(body.fields).set('properties', named) };
}

function withIds(properties: Value, parent: IdPattern, depth = 0): Value {
  if (properties.kind !== 'object' || depth === DEEPEST_ELEMENTS) return properties;
  const changed = new Map<string, Value>();
  for (const [collection, value] of properties.fields) {
    if (value.kind !== 'list') continue;
    const items = value.items.map((item) => withId(item, parent, collection, depth));
    if (items.some((item, index) => item !== value.items[index]))
      changed.set(collection, { ...value, items });
  }
  return changed.size === 0
    ? properties
    : { ...properties, fields: new Map([...properties.fields, ...changed]) };
}

function withId(item: Value, parent: IdPattern, collection: string, depth: number): Value {
  const name = item.kind === 'object' ? item.fields.get('name') : undefined;
  if (item.kind !== 'object' || name === undefined || name.kind === 'absent') return item;
  const pattern = childPattern(parent, collection, name);
  const inside = item.fields.get('properties');
  const properties = inside === undefined ? undefined : withIds(inside, pattern, depth + 1);
  const isNamed = name.kind === 'known' || item.fields.get('id')?.kind === 'known';
  if (isNamed && properties === inside) return item;
  const fields = new Map(item.fields);
  if (!isNamed) fields.set('id', known(pattern.text, name.origin));
  if (properties !== undefined) fields.set('properties', properties);
  return { ...item, fields };
}
