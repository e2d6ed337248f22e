import type { Call } from '../../arm/functions/call.ts';
import { callOperator } from '../../arm/functions/call-operator.ts';
import { canonicalText, readIdPattern } from '../../arm/id-pattern.ts';
import { parseResourceId } from '../../arm/resource-ids.ts';
import { runtimeView } from '../../arm/runtime-view.ts';
import type { Value } from '../../value/value.ts';
import type { Referenced, Resources } from './environment.ts';
import type { Instance } from './instance.ts';

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
  /** All resources of the template. */
  readonly own: () => readonly Findable[];
  /** The finders of the templates nested in it. */
  readonly nested: () => readonly Finder[];
  /** Looks for an id outside the template. */
  readonly outside: (id: string) => readonly Findable[];
}

/** Finds resources by symbolic name, by name and by id. Names are read once, when something is first asked for by one. */
export function createFinder({ own, nested, outside }: FinderOptions): Finder {
  let index: ReadonlyMap<string, readonly Findable[]> | 'running' | undefined;

  /** By id in canonical spelling, by `name:` and name, and by `symbol:` and symbolic name, in lower case. */
  function lookUp(key: string): readonly Findable[] {
    if (index === 'running') return [];
    if (index === undefined) {
      index = 'running';
      index = indexed(own());
    }
    return index.get(key) ?? [];
  }

  function bySymbol(symbol: string): readonly Findable[] {
    const lower = symbol.toLowerCase();
    return own().filter(({ instance }) => instance.symbol?.toLowerCase() === lower);
  }

  let isSearching = false;
  function byId(id: string): readonly Findable[] {
    const here = lookUp(id);
    if (here.length > 0 || isSearching) return here;
    isSearching = true;
    const below = nested().map((finder) => finder.byId(id));
    isSearching = false;
    return below.find((found) => found.length > 0) ?? [];
  }

  return {
    byId,
    info(symbol) {
      const [found] = bySymbol(symbol);
      return found === undefined ? undefined : { id: found.instance.id(), name: found.instance.name() };
    },
    references(symbol) {
      const lower = symbol.toLowerCase();
      const found = own().filter(({ instance }) => instance.loop?.toLowerCase() === lower);
      return found.length === 0 ? undefined : found.map(({ view }) => view());
    },
    reference(target, call) {
      if (target.kind !== 'known' && target.kind !== 'unknown') return undefined;
      const text = target.kind === 'known' ? String(target.value) : '';
      const symbolic = text === '' ? [] : bySymbol(text);
      if (symbolic.length > 0) return oneOf(symbolic, call);
      const isId = readIdPattern(target) !== undefined;
      const id = canonicalText(target);
      const found = isId ? [byId(id), outside(id)].find((some) => some.length > 0) : lookUp(`name:${id}`);
      if (found !== undefined && found.length > 0) return oneOf(found, call);
      const type = isId ? parseResourceId(target)?.type : undefined;
      if (type === undefined) return undefined;
      const full = runtimeView({ type, id: target }, call);
      return { full, properties: full.fields.get('properties') ?? full };
    },
  };
}

function indexed(all: readonly Findable[]): ReadonlyMap<string, readonly Findable[]> {
  const index = new Map<string, Findable[]>();
  for (const findable of all) {
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
