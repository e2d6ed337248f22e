import type { Access } from './instance-keys.ts';
import { own, type Scope } from './instances.ts';
import { type Expression, isExpression, type Json, type Plan } from './plan-format.ts';
import type { Key, Mention } from './references.ts';

/** What `each` and `count` stand for in one instance of a resource or of a module. */
export interface Repetition {
  readonly key: Key | undefined;
  readonly forEach: Expression | undefined;
  /** All instances by their keys, this one included. */
  readonly peers: ReadonlyMap<Key | undefined, unknown>;
}

/** Answers which index an expression computes. */
export interface Constants {
  /** The index, if it is nothing but this mention and the plan says what that is. */
  indexOf(mention: Mention, scope: Scope, repetition: Repetition | undefined): Access | undefined;
}

const MAX_DEPTH = 12;

/**
 * Follows keys, `each.value`, variables and their defaults to constants of the configuration and to the values of the
 * root module's variables. What an expression makes of the only thing it mentions cannot be seen: it is taken to be that
 * thing, so the answer is a guess that the caller has to compare with the keys that exist.
 */
export function createConstants(
  plan: Plan,
  mentionsIn: (expression: Expression) => readonly Mention[],
): Constants {
  const peersOf = new Map<Mention, Map<Scope, readonly Key[]>>();
  const itemsOf = new Map<readonly Json[], ReadonlyMap<string, Json | undefined>>();

  const expressionValue = (
    expression: Expression | undefined,
    scope: Scope,
    repetition: Repetition | undefined,
    depth: number,
  ): Json | undefined => {
    if (expression === undefined) return undefined;
    if (expression.constant_value !== undefined) return expression.constant_value;
    const [only, ...others] = mentionsIn(expression);
    if (only === undefined || others.length > 0) return undefined;
    return constantOf(only, scope, repetition, depth + 1);
  };

  const variableValue = (name: string, scope: Scope, depth: number): Json | undefined => {
    if (scope.call === undefined) return own(plan.variables, name)?.value;
    const { parent, block } = scope.call;
    const passed = own(block.expressions, name);
    if (passed === undefined) return own(scope.module?.variables, name)?.default;
    return isExpression(passed) ? expressionValue(passed, parent, callRepetition(scope), depth) : undefined;
  };

  const itemFor = (list: readonly Json[], key: string): Json | undefined => {
    const existing = itemsOf.get(list) ?? itemsByName(list);
    itemsOf.set(list, existing);
    return existing.get(key);
  };

  const eachValue = (
    path: readonly Key[],
    scope: Scope,
    repetition: Repetition | undefined,
    depth: number,
  ): Json | undefined => {
    const key = repetition?.key;
    if (repetition === undefined || typeof key !== 'string') return undefined;
    // Without mentions and no constant, `for_each` is a function of constants, which in practice is `toset`.
    if (repetition.forEach === undefined) return path.length === 0 ? key : undefined;
    const all = expressionValue(repetition.forEach, scope, undefined, depth);
    return valueAt(Array.isArray(all) ? itemFor(all, key) : own<Json>(all, key), path);
  };

  const constantOf = (
    mention: Mention,
    scope: Scope,
    repetition: Repetition | undefined,
    depth: number,
  ): Json | undefined => {
    if (depth > MAX_DEPTH) return undefined;
    switch (mention.to) {
      case 'each-key':
      case 'count-index':
        return repetition?.key;
      case 'each-value':
        return eachValue(mention.path, scope, repetition, depth);
      case 'variable':
        return valueAt(variableValue(mention.name, scope, depth), mention.path);
      default:
        return undefined;
    }
  };

  const peersFor = (mention: Mention, scope: Scope, repetition: Repetition | undefined): readonly Key[] => {
    const byScope = peersOf.get(mention) ?? new Map<Scope, readonly Key[]>();
    peersOf.set(mention, byScope);
    const existing = byScope.get(scope);
    if (existing !== undefined) return existing;
    const peers: Key[] = [];
    for (const key of repetition?.peers.keys() ?? [undefined]) {
      const value = constantOf(mention, scope, repetition && { ...repetition, key }, 0);
      if (isKey(value)) peers.push(value);
    }
    byScope.set(scope, peers);
    return peers;
  };

  return {
    indexOf(mention, scope, repetition) {
      const value = constantOf(mention, scope, repetition, 0);
      if (!isKey(value)) return undefined;
      const by = mention.to === 'count-index' ? 'count' : 'text';
      return { path: [value], computed: { by, peers: peersFor(mention, scope, repetition) } };
    },
  };
}

/** What `each` and `count` mean in the block that calls a module. */
export function callRepetition({ call }: Scope): Repetition | undefined {
  if (call === undefined) return undefined;
  const { parent, name, key, block } = call;
  return {
    key,
    forEach: block.for_each_expression,
    peers: parent.children.get(name) ?? new Map([[key, undefined]]),
  };
}

function isKey(value: Json | undefined): value is Key {
  return typeof value === 'string' || typeof value === 'number';
}

/** Items of a list as the keys that `toset(list)` and `{ for item in list : item.name => item }` give them. */
function itemsByName(list: readonly Json[]): ReadonlyMap<string, Json | undefined> {
  const items = new Map<string, Json | undefined>();
  for (const item of list) {
    const name = typeof item === 'string' ? item : own<Json>(item, 'name');
    if (typeof name === 'string') items.set(name, items.has(name) ? undefined : item);
  }
  return items;
}

function valueAt(value: Json | undefined, path: readonly Key[]): Json | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) current = typeof step === 'number' ? current[step] : undefined;
    else current = own<Json>(current, String(step));
  }
  return current;
}
