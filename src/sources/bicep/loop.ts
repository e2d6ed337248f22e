import { bounded, expressionOf } from '../../arm/expression-text.ts';
import { access } from '../../arm/functions/access.ts';
import { known, type Unknown, type Value } from '../../value/value.ts';
import { type Collection, callAt, type Environment, originOf, withLocal } from './environment.ts';
import type { Expression, ForLoop, Span } from './expression-syntax.ts';
import { MOST_ITERATIONS } from './limits.ts';

export type Evaluate = (expression: Expression, env: Environment) => Value;

/** The iterations of a loop: the place each is evaluated in. */
export interface Iterations {
  readonly environments: readonly Environment[];
  /** When there may be others: why, and the place of one that stands for all of them. */
  readonly open?: { readonly waitsFor: Unknown; readonly env: Environment };
  /** The place of one iteration; undefined when there is certainly none. */
  at(index: Value): Environment | undefined;
}

/**
 * The iterations of a loop. Where their number is not known, the index of the representative is named after what is looped
 * over, so that loops over one list speak of the same item. More than Azure's 800 are a problem.
 */
function iterationsOf<Body>(loop: ForLoop<Body>, env: Environment, evaluate: Evaluate): Iterations {
  const source = evaluate(loop.source, env);
  const origin = originOf(loop.source, env);
  const place = (item: Value, index: Value): Environment => {
    const inner = withLocal(env, loop.item.text, item);
    return loop.index === undefined ? inner : withLocal(inner, loop.index.text, index);
  };
  const open = openness(source, loop.source, env);
  const items = source.kind === 'list' && source.items.length <= MOST_ITERATIONS ? source.items : [];
  const environments = items.map((item, index) => place(item, known(index, origin)));
  if (open === undefined) {
    const at = (index: Value): Environment | undefined =>
      index.kind === 'known' ? environments[Number(index.value)] : undefined;
    return { environments, at };
  }
  const named = expressionOf(source) ?? open.expression ?? open.reason.name;
  const anyIndex: Unknown = {
    kind: 'unknown',
    reason: open.reason,
    origin: open.origin,
    expression: bounded(`copyindex(${named})`),
  };
  const itemAt = (index: Value): Value => {
    if (source.kind === 'unknown') return access(source, index, callAt(loop.source, env));
    return access({ ...open, expression: named }, index, callAt(loop.source, env));
  };
  return {
    environments,
    open: { waitsFor: open, env: place(itemAt(anyIndex), anyIndex) },
    at: (index) =>
      (index.kind === 'known' ? environments[Number(index.value)] : undefined) ?? place(itemAt(index), index),
  };
}

/** Why there may be other iterations than those that are listed. */
function openness(source: Value, span: Span, env: Environment): Unknown | undefined {
  const fail = callAt(span, env).fail;
  if (source.kind === 'unknown') return source;
  if (source.kind !== 'list') return fail('a loop goes over a list');
  if (source.items.length > MOST_ITERATIONS) {
    return fail(`a loop has ${source.items.length} iterations; Azure takes up to ${MOST_ITERATIONS}`);
  }
  return source.more;
}

/** The list that a loop of values gives. */
export function evaluateLoop(loop: ForLoop, env: Environment, evaluate: Evaluate): Value {
  const { environments, open } = iterationsOf(loop, env, evaluate);
  const items = environments.map((inner) => evaluate(loop.body, inner));
  const list = { kind: 'list', items, origin: originOf(loop, env) } as const;
  return open === undefined ? list : { ...list, more: open.waitsFor };
}

/** The instances of a declaration without a loop: the one. */
export function single<T>(instance: T): Collection<T> {
  return { isLoop: false, items: () => [instance], open: () => undefined, at: () => instance };
}

/** The instances of a declaration with a loop. `suffix` is `[0]`, or `[*]` for the representative of those not known. */
export function looped<T, Body>(
  loop: ForLoop<Body>,
  env: Environment,
  evaluate: Evaluate,
  create: (env: Environment, suffix: string) => T,
): Collection<T> {
  let iterations: Iterations | undefined;
  let items: readonly T[] | undefined;
  let representative: T | undefined;
  const others = new Map<string, T>();
  const ask = (): Iterations => {
    iterations ??= iterationsOf(loop, env, evaluate);
    return iterations;
  };
  const all = (): readonly T[] => {
    items ??= ask().environments.map((inner, index) => create(inner, `[${index}]`));
    return items;
  };
  return {
    isLoop: true,
    items: all,
    open() {
      const { open } = ask();
      if (open === undefined) return undefined;
      representative ??= create(open.env, '[*]');
      return { waitsFor: open.waitsFor, representative };
    },
    at(index) {
      const known = index.kind === 'known' ? all()[Number(index.value)] : undefined;
      if (known !== undefined) return known;
      const inner = ask().at(index);
      if (inner === undefined) return undefined;
      const key = expressionOf(index) ?? '*';
      const other =
        others.get(key) ?? create(inner, `[${index.kind === 'known' ? String(index.value) : '*'}]`);
      others.set(key, other);
      return other;
    },
  };
}
