import fc from 'fast-check';
import type { BodyFault } from '../../../src/arm/types/body-fault.ts';
import { checkBody } from '../../../src/arm/types/check-body.ts';
import { modelledTypes } from '../../../src/arm/types/modelled-types.ts';
import { unknown } from '../../../src/value/value.ts';
import { at, bodyOf } from './body-value.ts';
import { FULL_BODIES, type FullBody } from './full-bodies.ts';

type Data = Record<string, unknown>;

function check({ type, apiVersion }: FullBody, body: object): readonly BodyFault[] {
  return checkBody({ type, apiVersion, body: bodyOf(body), origin: at('') }, modelledTypes());
}

/** A copy that shares no part with another place of it. */
function copyOf(body: object): Data {
  return JSON.parse(JSON.stringify(body));
}

/** One property of a body: the object that holds it, its name, and the way to it as a fault names it. */
interface Site {
  readonly holder: Data;
  readonly name: string;
  readonly path: string;
  /** The object around `holder`, where that is its `properties`. */
  readonly element?: Data;
  readonly elementPath: string;
}

function sitesIn(data: unknown, path = '', element?: Data, elementPath = ''): readonly Site[] {
  if (Array.isArray(data)) return data.flatMap((item, index) => sitesIn(item, `${path}[${index}]`));
  if (typeof data !== 'object' || data === null) return [];
  const holder = data as Data;
  return Object.entries(holder).flatMap(([name, held]) => {
    const own = path === '' ? name : `${path}.${name}`;
    const site = { holder, name, path: own, ...(element === undefined ? {} : { element }), elementPath };
    return [site, ...sitesIn(held, own, name === 'properties' ? holder : undefined, path)];
  });
}

/** Tags have names of the user's own. */
function isTag({ path }: Site): boolean {
  return /(^|\.)tags\./.test(path);
}

const EVERY_NAME: ReadonlySet<string> = new Set(
  FULL_BODIES.flatMap(({ body }) => sitesIn(body)).map(({ name }) => name.toLowerCase()),
);

/** A name with one slip of the pen: a letter too many, too few, another one, or two swapped. */
function slip(name: string, slipKind: number, position: number, letter: string): string {
  const place = position % name.length;
  const [before, hit, after] = [name.slice(0, place), name.charAt(place), name.slice(place + 1)];
  if (slipKind === 0) return `${before}${letter}${hit}${after}`;
  if (slipKind === 1) return `${before}${after}`;
  if (slipKind === 2) return `${before}${letter}${after}`;
  return `${before}${after.charAt(0)}${hit}${after.slice(1)}`;
}

const slips = fc.record({
  kind: fc.integer({ min: 0, max: 3 }),
  position: fc.nat({ max: 50 }),
  letter: fc.constantFrom(...'aekqrtxz'),
});

const aBody = fc.constantFrom(...FULL_BODIES);

/** A copy of a full body and one of its properties. */
const aProperty = aBody.chain((full) => {
  const count = sitesIn(full.body).length;
  return fc.nat({ max: count - 1 }).map((index) => ({ full, index }));
});

/** A copy with one property changed; undefined when there is nothing to change. */
function mutated(
  full: FullBody,
  index: number,
  mutate: (site: Site) => boolean,
): { readonly body: Data; readonly site: Site } | undefined {
  const body = copyOf(full.body);
  const site = sitesIn(body)[index];
  return site !== undefined && mutate(site) ? { body, site } : undefined;
}

function rename({ holder, name }: Site, to: string): void {
  const entries = Object.entries(holder);
  for (const key of Object.keys(holder)) delete holder[key];
  for (const [key, held] of entries) holder[key === name ? to : key] = held;
}

test.each(FULL_BODIES)('a full body of $type has no fault', (full) => {
  expect(check(full, full.body)).toEqual([]);
});

test.each(FULL_BODIES)('a body of $type in other letter case has no fault', (full) => {
  const body = copyOf(full.body);
  for (const site of sitesIn(body)) rename(site, site.name.toUpperCase());
  expect(check({ ...full, type: full.type.toUpperCase() }, body)).toEqual([]);
});

test.each(FULL_BODIES)('a body of $type whose numbers and truth values are text has no fault', (full) => {
  const body = copyOf(full.body);
  for (const { holder, name } of sitesIn(body)) {
    const held = holder[name];
    if (typeof held === 'number' || typeof held === 'boolean') holder[name] = String(held);
  }
  expect(check(full, body)).toEqual([]);
});

test('a misspelt property is one fault that names it', () => {
  fc.assert(
    fc.property(aProperty, slips, ({ full, index }, { kind, position, letter }) => {
      let written = '';
      const result = mutated(full, index, (site) => {
        written = slip(site.name, kind, position, letter);
        const isNew = written !== '' && !EVERY_NAME.has(written.toLowerCase());
        if (isNew) rename(site, written);
        return isNew && !isTag(site) && !isOpen(full, site);
      });
      fc.pre(result !== undefined);
      const faults = check(full, result?.body ?? {});
      const path = `${result?.site.path.slice(0, -result.site.name.length)}${written}`;
      return faults.length === 1 && faults[0]?.path === path && faults[0].property === written;
    }),
    { numRuns: 400 },
  );
});

test('a value of another kind is one fault that names its property', () => {
  const kinds = {
    text: 'text',
    integer: 7,
    boolean: true,
    list: [],
    object: {},
    fraction: 1.5,
  } as const;
  const accepted: Readonly<Record<string, readonly string[]>> = {
    string: ['text', 'integer', 'boolean', 'fraction'],
    number: ['integer'],
    boolean: ['boolean', 'integer', 'fraction'],
    list: ['list'],
    object: ['object'],
  };
  const aKind = fc.constantFrom(...Object.entries(kinds));
  fc.assert(
    fc.property(aProperty, aKind, ({ full, index }, [kind, value]) => {
      const result = mutated(full, index, ({ holder, name }) => {
        const held = Array.isArray(holder[name]) ? 'list' : typeof holder[name];
        holder[name] = value;
        return accepted[held]?.includes(kind) !== true;
      });
      fc.pre(result !== undefined);
      const faults = check(full, result?.body ?? {});
      const found = kind === 'fraction' ? 'number' : kind;
      const [fault] = faults;
      return (
        faults.length === 1 &&
        fault?.kind === 'wrong-kind' &&
        fault.found === found &&
        fault.path === result?.site.path
      );
    }),
    { numRuns: 400 },
  );
});

test('a property beside the object it belongs in is one fault that says where it belongs', () => {
  const DECLARED = ['location', 'tags', 'scope'];
  fc.assert(
    fc.property(aProperty, ({ full, index }) => {
      const result = mutated(full, index, ({ holder, name, element, elementPath }) => {
        const isRoot = elementPath === '';
        if (element === undefined || name in element || (isRoot && DECLARED.includes(name))) return false;
        element[name] = holder[name];
        delete holder[name];
        return true;
      });
      fc.pre(result !== undefined && !isOpen(full, result.site));
      const [fault, ...others] = check(full, result?.body ?? {});
      const belongsIn = result?.site.path.slice(0, result.site.path.lastIndexOf('.'));
      return others.length === 0 && fault?.kind === 'misplaced' && fault.belongsIn === belongsIn;
    }),
    { numRuns: 200 },
  );
});

test('a property inside `properties` that belongs beside it is one fault that says so', () => {
  fc.assert(
    fc.property(aProperty, ({ full, index }) => {
      const result = mutated(full, index, ({ holder, name, path }) => {
        const inner = holder.properties as Data | undefined;
        if (inner === undefined || name === 'properties' || name in inner || path === 'location')
          return false;
        inner[name] = holder[name];
        delete holder[name];
        return true;
      });
      fc.pre(result !== undefined && !isOpen(full, { path: `properties.${result.site.path}` }));
      const [fault, ...others] = check(full, result?.body ?? {});
      const path = result?.site.path ?? '';
      const belongsIn = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '';
      return others.length === 0 && fault?.kind === 'misplaced' && fault.belongsIn === belongsIn;
    }),
    { numRuns: 200 },
  );
});

test('a value that is not known is no fault, and neither is one that is not set where none is required', () => {
  fc.assert(
    fc.property(aProperty, fc.boolean(), ({ full, index }, isUnknown) => {
      const result = mutated(full, index, (site) => {
        const { holder, name } = site;
        holder[name] = isUnknown ? unknown({ kind: 'parameter', name: 'p' }, at('/parameters/p')) : null;
        return isUnknown || !isRequired(full, site);
      });
      fc.pre(result !== undefined);
      return check(full, result?.body ?? {}).length === 0;
    }),
    { numRuns: 400 },
  );
});

test('a property without which Azure refuses the resource is missed', () => {
  for (const full of FULL_BODIES) {
    const sites = sitesIn(full.body);
    for (const [index, { name, path }] of sites.entries()) {
      const result = mutated(full, index, (site) => delete site.holder[name]);
      const faults = check(full, result?.body ?? {});
      const holder = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '';
      const origin = at(holder === '' ? '' : `/${holder.replace(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')}`);
      const missing = { kind: 'missing', path: holder, property: name, origin, isCertain: true };
      expect([path, faults]).toEqual([path, isRequired(full, { path }) ? [missing] : []]);
    }
  }
});

/**
 * What Azure requires: azure-semantics 1.4, 2.2, 4.1, and the template reference (`(required)`), as the ends of paths.
 */
const REQUIRED: Readonly<Record<string, readonly RegExp[]>> = {
  'Microsoft.Network/loadBalancers': [
    /probes\[0\]\.properties\.(protocol|port)$/,
    /loadBalancingRules\[0\]\.properties\.(protocol|frontendPort)$/,
    /inboundNatPools\[0\]\.properties\.(protocol|frontendPortRange(Start|End)|backendPort)$/,
    /outboundRules\[0\]\.properties\.(protocol|frontendIPConfigurations|backendAddressPool)$/,
  ],
  'Microsoft.Network/networkSecurityGroups': [/\]\.properties\.(priority|direction|access|protocol)$/],
  'Microsoft.Network/networkSecurityGroups/securityRules': [
    /^properties\.(priority|direction|access|protocol)$/,
  ],
  'Microsoft.Network/virtualNetworks': [/\.virtualNetworkCommunity$/, /\.encryption\.enabled$/],
  'Microsoft.Network/virtualNetworks/virtualNetworkPeerings': [/\.virtualNetworkCommunity$/],
  'Microsoft.Network/routeTables': [/\.nextHopType$/, /\.nextHopIpAddresses$/],
  'Microsoft.Network/routeTables/routes': [/\.nextHopType$/, /\.nextHopIpAddresses$/],
  'Microsoft.Compute/virtualMachines': [
    /^location$/,
    /networkInterfaceConfigurations\[0\]\.name$/,
    /\.ipConfigurations$/,
    /\.ipConfigurations\[0\]\.name$/,
    /\.publicIPAddressConfiguration\.name$/,
    /\.domainNameLabel$/,
  ],
};

function isRequired({ type }: FullBody, { path }: { readonly path: string }): boolean {
  const family = type.startsWith('Microsoft.Compute/') ? 'Microsoft.Compute/virtualMachines' : type;
  return REQUIRED[family]?.some((end) => end.test(path)) === true;
}

/** What machines have besides their network is taken as it is. */
function isOpen({ type }: FullBody, { path }: { readonly path: string }): boolean {
  return type.startsWith('Microsoft.Compute/') && /^properties\.(virtualMachineProfile\.)?\w+$/.test(path);
}
