import { inNameOrder } from '../../text/name-order.ts';
import type { Origin } from '../../text/origin.ts';
import { textOr } from '../../value/shown.ts';
import { asItems, asText, type Evaluated, field, type Unknown, type Value } from '../../value/value.ts';
import { type Link, linkOf, type Model } from '../model.ts';
import type { Resource } from '../resource.ts';

/** Things of one kind; `unknown` says that there may be others than the listed ones. */
export interface Collection<T> {
  readonly items: readonly T[];
  readonly unknown?: Unknown;
}

/** A part of a resource that has a name of its own, whether written inside it or declared as a child resource. */
export interface Element {
  /** Lower case. */
  readonly id: string;
  readonly address: string;
  readonly name: Evaluated<string>;
  readonly properties: Value;
  readonly origin: Origin;
  /** False when it is not certain that it belongs to this parent. */
  readonly certain: boolean;
  /** Why it is not certain that it will exist. */
  readonly condition?: Unknown;
}

/**
 * The elements of `properties.<collection>` and the child resources of that kind. What is declared as both is what the
 * child resource says: it is deployed after its parent. They come in the order of their names: which of two that collide
 * is the later one must not hang on the order of the code.
 */
export function elementsOf(model: Model, parent: Resource, collection: string): Collection<Element> {
  const inline = inlineElements(
    field(parent.body, 'properties', collection),
    parent.id,
    parent.address,
    collection,
  );
  const children = model
    .childrenOf(parent, `${parent.type}/${collection}`)
    .map(({ resource, certain }) => elementOfResource(resource, certain));
  const settled = new Set(
    children.flatMap(({ id, certain, condition }) => (certain && condition === undefined ? [id] : [])),
  );
  const items = [...inline.items.filter(({ id }) => !settled.has(id)), ...children];
  return { ...inline, items: inNameOrder(items, ({ name, address }) => textOr(name, address)) };
}

/** The elements of a list of `{ id?, name, properties }` objects that stands inside something with this id. */
export function inlineElements(
  value: Value,
  parentId: string,
  address: string,
  collection: string,
): Collection<Element> {
  const { items, unknown } = asItems(value);
  const elements = items.map((item, index): Element => {
    const name = asText(field(item, 'name'));
    const id = asText(field(item, 'id'));
    const segment = name.kind === 'known' ? name.value : `#${index}`;
    return {
      id: (id.kind === 'known' ? id.value : `${parentId}/${collection}/${segment}`).toLowerCase(),
      address,
      name,
      properties: field(item, 'properties'),
      origin: placeOf(item.origin, name),
      certain: true,
    };
  });
  return unknown === undefined ? { items: elements } : { items: elements, unknown };
}

/** A name that is written inside an element is the smallest place that stands for it. */
function placeOf(whole: Origin, { origin }: Evaluated<string>): Origin {
  if (whole.kind !== 'text' || origin.kind !== 'text' || whole.path !== origin.path) return whole;
  const isInside =
    (origin.line > whole.line || (origin.line === whole.line && origin.column > whole.column)) &&
    (origin.endLine < whole.endLine ||
      (origin.endLine === whole.endLine && origin.endColumn < whole.endColumn));
  return isInside ? origin : whole;
}

/** A child resource as an element. In ARM its name is `parent/child`. */
export function elementOfResource(resource: Resource, certain = true): Element {
  const name = asText(resource.name);
  return {
    id: resource.id,
    address: resource.address,
    name:
      name.kind === 'known' ? { ...name, value: name.value.slice(name.value.lastIndexOf('/') + 1) } : name,
    properties: field(resource.body, 'properties'),
    origin: resource.origin,
    certain,
    ...(resource.condition === undefined ? {} : { condition: resource.condition }),
  };
}

/** The link in `<property>.id`. */
export function subResource(properties: Value, property: string): Link {
  return linkOf(field(properties, property, 'id'));
}

/** The links in a list of `{ id }` objects. */
export function subResources(properties: Value, property: string): Collection<Link> {
  const { items, unknown } = asItems(field(properties, property));
  const links = items.map((item) => linkOf(field(item, 'id')));
  return unknown === undefined ? { items: links } : { items: links, unknown };
}

/** The items of a list of texts, such as address prefixes. */
export function textItems(value: Value): Collection<Evaluated<string>> {
  const { items, unknown: rest } = asItems(value);
  const texts = items.map(asText);
  return rest === undefined ? { items: texts } : { items: texts, unknown: rest };
}
