import type { Origin } from '../../text/origin.ts';
import type { Reference } from '../../value/value.ts';
import { type Attribute, attributeNamed, type Block, type Body } from './body.ts';
import {
  type Data,
  isFailure,
  isLater,
  isPrimitive,
  isSequence,
  type Later,
  type More,
  mapping,
  reveal,
  type Thing,
} from './data.ts';
import { bind, type Environment, evaluateAttribute } from './environment.ts';
import { isTurns, turnsOf } from './evaluate-for.ts';
import type { Expression } from './expression.ts';
import { nestedType } from './load-module.ts';
import { createMemo } from './memo.ts';
import { oneOf, unsupported } from './unknown.ts';

/** A resource, or a block in one, as it is written. Its attributes can be read as data and, with their places, as parts. */
export interface Written extends Thing {
  /** What is written under a name; undefined when nothing is. */
  part(name: string): Part | undefined;
  readonly origin: Origin;
}

/** An attribute, or all blocks of a type. */
export type Part =
  | {
      readonly kind: 'attribute';
      readonly data: Data;
      readonly origin: Origin;
      readonly value: Expression;
      readonly locate: (expression: Expression) => Origin;
    }
  | {
      readonly kind: 'blocks';
      readonly items: readonly Written[];
      readonly more?: Later;
      readonly origin: Origin;
    };

export function isWritten(data: Data): data is Written {
  return !isPrimitive(data) && data.kind === 'thing' && 'part' in data;
}

/** What all bodies of one instance share. */
export interface Owner {
  /** The address of the instance. */
  readonly name: string;
  readonly id: string;
  /** The value of an attribute that nobody writes, by its path in the instance. */
  computed(path: string): Data;
  /** What becomes of a value that is written, such as a location in the spelling of the provider. */
  adapt(name: string, data: Data): Data;
  /** Attributes and blocks that belong to the language. */
  readonly hidden: ReadonlySet<string>;
  /** Told about what Terraform would refuse; gives what stands for it. */
  refuse(failure: Data, origin: Origin): Later;
}

/** The body of a resource or a block. `path` is where it is in the instance: empty, or `ip_configuration[0]`. */
export function createWritten(
  body: Body,
  environment: Environment,
  owner: Owner,
  path: string,
  origin: Origin,
): Written {
  const isTop = path === '';
  const reference: Reference = { id: owner.id, property: path };
  const inside = (name: string): string => (isTop ? name : `${path}.${name}`);
  const cycle = (name: string): Part => {
    const data = unsupported(`a cycle at ${owner.name}.${inside(name)}`);
    const value: Expression = { kind: 'literal', value: null, start: 0, end: 0 };
    return { kind: 'attribute', data, origin, value, locate: () => origin };
  };
  const remember = createMemo<string, Part | undefined>(cycle);

  function part(name: string): Part | undefined {
    if (isTop && owner.hidden.has(name)) return undefined;
    return remember(name, () => {
      const attribute = attributeNamed(body, name);
      return attribute === undefined ? blocksPart(name) : attributePart(attribute);
    });
  }

  function attributePart(attribute: Attribute): Part {
    const { name, value, file, start, end } = attribute;
    const data = evaluateAttribute(attribute, environment);
    const adapted = isFailure(data) ? data : owner.adapt(name, data);
    return {
      kind: 'attribute',
      data: adapted,
      origin: file.origin({ start, end }),
      value,
      locate: file.origin,
    };
  }

  function blocksPart(name: string): Part | undefined {
    const blocks = body.blocks.filter((block) => nestedType(block) === name);
    const [first] = blocks;
    if (first === undefined) return undefined;
    const items: Written[] = [];
    const mores: Later[] = [];
    const add = (block: Block, inner: Environment, at: Origin): Written => {
      const written = createWritten(block.body, inner, owner, inside(`${name}[${items.length}]`), at);
      items.push(written);
      return written;
    };
    for (const block of blocks) {
      const at = block.file.origin(block);
      if (block.type === name && !isDynamic(block, name)) add(block, environment, at);
      else addDynamic(block, name, at, add, mores);
    }
    const [cause] = mores;
    const at = first.file.origin(first);
    return cause === undefined
      ? { kind: 'blocks', items, origin: at }
      : { kind: 'blocks', items, more: cause, origin: at };
  }

  function addDynamic(
    block: Block,
    name: string,
    at: Origin,
    add: (block: Block, inner: Environment, at: Origin) => Written,
    mores: Later[],
  ): void {
    const content = block.body.blocks.find(({ type }) => type === 'content');
    const each = attributeNamed(block.body, 'for_each');
    if (content === undefined || each === undefined) return;
    const named = attributeNamed(block.body, 'iterator')?.value;
    const iterator = named?.kind === 'name' ? named.name : name;
    const { data } = reveal(evaluateAttribute(each, environment));
    const isChoice = isLater(data) && data.choices !== undefined;
    const collection = isChoice ? (commonItems(data.choices, data) ?? data) : data;
    const turns = turnsOf(collection);
    if (!isTurns(turns)) {
      mores.push(owner.refuse(turns, each.file.origin(each)));
      return;
    }
    for (const { key, value: item } of turns.certain) {
      if (!environment.run.spend(1)) break;
      add(
        content,
        bind(environment, {
          [iterator]: mapping([
            ['key', key],
            ['value', item],
          ]),
        }),
        at,
      );
    }
    if (turns.more !== undefined) mores.push(turns.more.why);
  }

  /** What reads an attribute that is not known has a copy of it, unless the attribute itself is a copy of another one. */
  function asCopy(data: Data, inner: string): Data {
    if (!isLater(data) || (data.references.length > 0 && !data.open)) return data;
    const expression = data.expression ?? `${owner.name}.${inner}`;
    return { ...data, references: [{ id: owner.id, property: inner }], open: false, expression };
  }

  function asData(name: string): Data {
    const found = part(name);
    if (found === undefined) return owner.computed(inside(name));
    if (found.kind === 'attribute') {
      return found.data === null ? owner.computed(inside(name)) : asCopy(found.data, inside(name));
    }
    const { items, more } = found;
    const further: More | undefined =
      more === undefined ? undefined : { sample: owner.computed(inside(`${name}[*]`)), why: more };
    return further === undefined ? { kind: 'list', items } : { kind: 'list', items, more: further };
  }

  return {
    kind: 'thing',
    name: isTop ? owner.name : `${owner.name}.${path}`,
    reference,
    origin,
    part,
    attribute: asData,
    names() {
      const names = [...body.attributes.map(({ name }) => name), ...body.blocks.map(nestedType)];
      return [...new Set(names)].filter((name) => !(isTop && owner.hidden.has(name)));
    },
    closed: false,
  };
}

function isDynamic(block: Block, name: string): boolean {
  return block.type === 'dynamic' && block.labels[0] === name;
}

/** What is in all of several known collections, with the rest as further items. */
function commonItems(choices: readonly Data[], why: Later): Data | undefined {
  const lists = choices.map((choice) =>
    choice === null ? [] : isSequence(choice) ? choice.items : undefined,
  );
  const known = lists.flatMap((items) => (items === undefined ? [] : [items]));
  if (known.length < lists.length) return undefined;
  const shortest = Math.min(...known.map((items) => items.length));
  const [first = []] = known;
  const items = first.slice(0, shortest).map((_, index) =>
    oneOf(
      known.map((list) => list[index] ?? null),
      why,
    ),
  );
  const rest = known.flatMap((list) => list.slice(shortest));
  const kind = 'tuple' as const;
  return rest.length === 0 ? { kind, items } : { kind, items, more: { sample: oneOf(rest, why), why } };
}
