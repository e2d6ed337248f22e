import type { Call } from '../../arm/functions/call.ts';
import { callOperator } from '../../arm/functions/call-operator.ts';
import { canonicalText, readIdPattern } from '../../arm/id-pattern.ts';
import { parseResourceId } from '../../arm/resource-ids.ts';
import { runtimeView } from '../../arm/runtime-view.ts';
import { known, type Value } from '../../value/value.ts';
import type { Referenced, Resources } from './environment.ts';
import type { Instance } from './instance.ts';
import { COST_OF_SEARCH } from './limits.ts';
import type { Session } from './session.ts';

/** A resource that can be asked about, with what Azure returns for it. */
export interface Findable {
  readonly instance: Instance;
  view(): Referenced;
}

/** The resources of one template, and where to look further. */
export interface Finder extends Resources {
  /** Those of this template, and then of the templates nested in it, with this id. */
  byId(id: string): readonly Findable[];
}

interface FinderOptions {
  readonly session: Session;
  /** All resources of the template; undefined while they are being read. */
  readonly own: () => readonly Findable[] | undefined;
  /** The finders of the templates nested in it. */
  readonly nested: () => readonly Finder[];
  /** Prepares a resource that is none of its own, because no loop is known to reach it. */
  readonly prepare: (instance: Instance) => Findable;
  /** Looks for an id outside the template. */
  readonly outside: (id: string) => readonly Findable[];
}

/** Finds resources by symbolic name, by name and by id. Names are read once, when something is first asked for by one. */
export function createFinder({ session, own, nested, prepare, outside }: FinderOptions): Finder {
  let index: ReadonlyMap<string, readonly Findable[]> | 'running' | undefined;

  /** By id in canonical spelling, and by `name:` and name, in lower case. */
  function lookUp(key: string): readonly Findable[] {
    const all = own();
    if (index === 'running' || all === undefined) return [];
    if (index === undefined) {
      index = 'running';
      index = indexed(all);
    }
    return index.get(key) ?? [];
  }

  /** `nic`, or `nic[0]` of a loop: also of one whose iterations are not known. */
  function bySymbol(name: Value): readonly Findable[] {
    const [symbol, index] = symbolIn(name) ?? [''];
    const found = (own() ?? []).filter(({ instance }) => symbol !== '' && symbolOf(instance) === symbol);
    if (index === undefined) return found.filter(({ instance }) => instance.loop === undefined);
    const exact = `${symbol}[${index.kind === 'known' ? index.value : '*'}]`;
    const reached = found.filter(({ instance }) => instance.symbol?.toLowerCase() === exact);
    const loop = found.find(({ instance }) => instance.loop !== undefined)?.instance.loop;
    if (index.kind === 'known' && reached.length > 0) return reached;
    return loop === undefined ? [] : [prepare(loop.at(index))];
  }

  let isSearching = false;
  function byId(id: string): readonly Findable[] {
    const here = lookUp(id);
    if (here.length > 0 || isSearching || !session.spend(COST_OF_SEARCH)) return here;
    isSearching = true;
    const below = nested().map((finder) => finder.byId(id));
    isSearching = false;
    return below.find((found) => found.length > 0) ?? [];
  }

  return {
    byId,
    info(name) {
      const [found] = bySymbol(name);
      return found === undefined ? undefined : { id: found.instance.id(), name: found.instance.name() };
    },
    references(symbol) {
      const lower = symbol.toLowerCase();
      const found = (own() ?? []).filter(({ instance }) => instance.loop?.symbol.toLowerCase() === lower);
      const [first] = found;
      if (first === undefined) return undefined;
      const { open } = first.instance;
      return open === undefined ? { items: found.map(({ view }) => view()) } : { items: [], more: open };
    },
    reference(target, call) {
      if (target.kind !== 'known' && target.kind !== 'unknown') return undefined;
      const symbolic = bySymbol(target);
      if (symbolic.length > 0) return oneOf(symbolic, call);
      const isId = readIdPattern(target) !== undefined;
      const id = canonicalText(target);
      const here = isId ? byId(id) : lookUp(`name:${id}`);
      const found = here.length > 0 || !isId ? here : outside(id);
      if (found.length > 0) return oneOf(found, call);
      const type = isId ? parseResourceId(target)?.type : undefined;
      if (type === undefined) return undefined;
      const full = runtimeView({ type, id: target }, call);
      return { full, properties: full.fields.get('properties') ?? full };
    },
  };
}

function symbolOf({ symbol, loop }: Instance): string | undefined {
  return (loop?.symbol ?? symbol)?.toLowerCase();
}

/** A symbolic name in lower case, and the index after it. */
function symbolIn(name: Value): readonly [symbol: string, index?: Value] | undefined {
  if (name.kind === 'known') {
    const [, symbol, index] = /^([\w:]+)(?:\[(\d+)\])?$/.exec(String(name.value)) ?? [];
    if (symbol === undefined) return undefined;
    return index === undefined
      ? [symbol.toLowerCase()]
      : [symbol.toLowerCase(), known(Number(index), name.origin)];
  }
  const [start, index, end, ...rest] = name.kind === 'unknown' ? (name.parts ?? []) : [];
  const symbol = typeof start === 'string' && end === ']' ? /^([\w:]+)\[$/.exec(start)?.[1] : undefined;
  if (symbol === undefined || index === undefined || typeof index === 'string' || rest.length > 0)
    return undefined;
  return [symbol.toLowerCase(), index];
}

function indexed(all: readonly Findable[]): ReadonlyMap<string, readonly Findable[]> {
  const index = new Map<string, Findable[]>();
  for (const findable of all) {
    if (isNever(findable.instance.condition())) continue;
    const keys = [canonicalText(findable.instance.id()), `name:${canonicalText(findable.instance.name())}`];
    for (const key of keys) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [findable]);
      else known.push(findable);
    }
  }
  return index;
}

/** The same id can be declared more than once under conditions: the answer is that of the one that is deployed. */
function oneOf(found: readonly Findable[], call: Call): Referenced | undefined {
  const possible = found.filter(({ instance }) => !isNever(instance.condition()));
  const [first, ...rest] = possible.length > 0 ? possible : found;
  if (first === undefined) return undefined;
  return rest.reduceRight<Referenced>((otherwise, { instance, view }) => {
    const condition = instance.condition();
    if (condition === undefined) return view();
    const either = (pick: (answer: Referenced) => Value): Value =>
      callOperator('if', [() => condition, () => pick(view()), () => pick(otherwise)], call);
    return { full: either(({ full }) => full), properties: either(({ properties }) => properties) };
  }, first.view());
}

function isNever(condition: Value | undefined): boolean {
  return condition?.kind === 'known' && condition.value === false;
}
