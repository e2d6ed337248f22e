import type { Declaration } from '../../src/arm/declaration.ts';
import { toModel } from '../../src/arm/to-model.ts';
import { elementsOf } from '../../src/model/azure/element.ts';
import { linkOf, type Model } from '../../src/model/model.ts';
import type { Origin } from '../../src/text/origin.ts';
import { known, list, object, type Unknown, type Value } from '../../src/value/value.ts';

const ORIGIN: Origin = { kind: 'text', path: 'main.bicep', line: 1, column: 1, endLine: 1, endColumn: 2 };

function unknown(expression: string, kind: 'parameter' | 'runtime' = 'parameter'): Unknown {
  return { kind: 'unknown', reason: { kind, name: expression }, origin: ORIGIN, expression };
}

/** A text from literals and `{expression}` pieces. */
function text(written: string): Value {
  const parts = written
    .split(/(\{[^}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{') ? unknown(part.slice(1, -1)) : part));
  const [first] = parts;
  if (parts.length === 1 && first !== undefined)
    return typeof first === 'string' ? known(first, ORIGIN) : first;
  const waiting = parts.find((part): part is Unknown => typeof part !== 'string');
  if (waiting === undefined) return known(parts.join(''), ORIGIN);
  return { ...waiting, parts, expression: `concat(${written})` };
}

const GROUP = '/subscriptions/{sub}/resourceGroups/{rg}/providers/Microsoft.Network';
const canonical = GROUP.toLowerCase();

function declaration(
  path: string,
  properties: Record<string, Value> = {},
  rest: Partial<Declaration> = {},
): Declaration {
  const segments = path.split('/');
  return {
    type: ['Microsoft.Network', ...segments.filter((_, index) => index % 2 === 0)].join('/'),
    name: text(segments.filter((_, index) => index % 2 === 1).join('/')),
    id: text(`${GROUP}/${path}`),
    address: path,
    body: object({ properties: object(properties, ORIGIN) }, ORIGIN),
    origin: ORIGIN,
    ...rest,
  };
}

const named = (name: string, properties: Record<string, Value> = {}): Value =>
  object({ name: text(name), properties: object(properties, ORIGIN) }, ORIGIN);

/** The model of a load balancer with a pool, other declarations, and a resource with a link. */
function withLink(
  link: Value,
  ...others: readonly Declaration[]
): { readonly model: Model; readonly value: Value } {
  const lb = declaration('loadBalancers/LB', {
    backendAddressPools: list([named('Pool'), named('{poolname}')], ORIGIN),
    frontendIPConfigurations: list([named('front')], ORIGIN),
  });
  const holder = declaration('networkInterfaces/holder', { link });
  const { model } = toModel({ declarations: [lb, ...others, holder], gaps: [] });
  const body = model.byId(`${canonical}/networkinterfaces/holder`)?.body.fields.get('properties');
  const value = body?.kind === 'object' ? body.fields.get('link') : undefined;
  if (value === undefined) throw new Error('no link');
  return { model, value };
}

const pools = `${canonical}/loadbalancers/lb/backendaddresspools`;

test.each<[string, Value, unknown]>([
  [
    'the id of an element',
    text(`${GROUP}/loadBalancers/lb/backendAddressPools/POOL`),
    { kind: 'to', id: `${pools}/pool` },
  ],
  [
    'the id of an element whose name is not known',
    text(`${GROUP}/loadBalancers/lb/backendAddressPools/{poolname}`),
    { kind: 'to', id: `${pools}/{poolname}` },
  ],
  [
    'the id of a resource',
    text(`${GROUP}/loadBalancers/lb`),
    { kind: 'to', id: `${canonical}/loadbalancers/lb` },
  ],
  [
    'an id in another group that may be the same',
    text(`/subscriptions/{sub}/resourceGroups/{otherGroup}/providers/Microsoft.Network/loadBalancers/lb`),
    { kind: 'one-of', ids: [`${canonical}/loadbalancers/lb`], open: true },
  ],
  [
    'a literal id of the same name',
    known('/subscriptions/1/resourceGroups/2/providers/Microsoft.Network/loadBalancers/lb', ORIGIN),
    { kind: 'one-of', ids: [`${canonical}/loadbalancers/lb`], open: true },
  ],
  [
    'an id of something else in the same unknown group',
    text(`${GROUP}/loadBalancers/other`),
    { kind: 'to', id: `${canonical}/loadbalancers/other` },
  ],
  [
    'an id whose last name is not known',
    text(`${GROUP}/loadBalancers/lb/backendAddressPools/{which}`),
    { kind: 'one-of', ids: [`${pools}/pool`, `${pools}/{poolname}`], open: true },
  ],
  [
    'an unknown id with a known end',
    text('{lbId}/backendAddressPools/pool'),
    { kind: 'one-of', ids: [`${pools}/pool`, `${pools}/{poolname}`], open: true },
  ],
  ['an id that may be anything', text('{poolId}'), { kind: 'unknown' }],
  [
    'an id of an unknown name of a type that is not declared',
    text(`${GROUP}/routeTables/{name}`),
    { kind: 'unknown' },
  ],
  [
    'a literal id elsewhere',
    known('/subscriptions/1/resourceGroups/2/providers/Microsoft.Network/routeTables/r', ORIGIN),
    { kind: 'to', id: '/subscriptions/1/resourcegroups/2/providers/microsoft.network/routetables/r' },
  ],
])('%s is the link it says', (_, link, expected) => {
  expect(linkOf(withLink(link).value)).toMatchObject(expected as object);
});

test('an element that may be among those that cannot be read is no certain link to nothing', () => {
  const open = (properties: Record<string, Value>): unknown => {
    const lb = declaration('loadBalancers/open', properties);
    return linkOf(withLink(text(`${GROUP}/loadBalancers/open/probes/http`), lb).value);
  };
  const waits = { kind: 'unknown', waitsFor: { reason: { name: 'probes' } } };
  expect(open({ probes: unknown('probes') })).toMatchObject(waits);
  expect(open({ probes: { ...list([], ORIGIN), more: unknown('probes') } })).toMatchObject(waits);
  expect(open({ probes: list([unknown('probes')], ORIGIN) })).toMatchObject(waits);
  expect(open({ frontendIPConfigurations: unknown('others') })).toMatchObject({ kind: 'to' });
  expect(open({ probes: list([], ORIGIN) })).toMatchObject({ kind: 'to' });
});

test('an exact reference to an element stays, an undeclared one may be any that unifies', () => {
  const reference = (id: string): Unknown => ({
    ...unknown('x'),
    references: [{ id, property: 'privateIPAddress' }],
  });
  const front = `${canonical}/loadbalancers/lb/frontendipconfigurations`;
  expect(withLink(reference(`${front}/front`)).value).toMatchObject({
    references: [{ id: `${front}/front` }],
  });
  expect(withLink(reference(`${front}/{name}`)).value).toMatchObject({
    references: [{ id: `${front}/front`, property: 'privateIPAddress' }],
    open: true,
  });
  expect(withLink(reference('/subscriptions/1/providers/a.b/c/d')).value).not.toHaveProperty('open');
});

test('text that is no id stays as it is', () => {
  for (const written of ['/health', 'https://example.com/a', '/', 'a/b', '{x}/scripts/run.sh']) {
    expect(withLink(text(written)).value).toEqual(text(written));
  }
});

test('an id that waits for a name waits for that name, not for the subscription', () => {
  const { value } = withLink(text(`${GROUP}/virtualNetworks/{vnetName}/subnets/a`));
  expect(linkOf(value)).toMatchObject({ kind: 'unknown', waitsFor: { reason: { name: 'vnetName' } } });
});

test('elements whose names are not known have the ids that links to them have', () => {
  const { model } = withLink(text('x'));
  const lb = model.byId(`${canonical}/loadbalancers/lb`);
  const elements = lb === undefined ? undefined : elementsOf(model, lb, 'backendAddressPools');
  expect(new Set(elements?.items.map(({ id }) => id))).toEqual(
    new Set([`${pools}/pool`, `${pools}/{poolname}`]),
  );
});

test('what exists already, and what is certainly not deployed, is no resource', () => {
  const { model } = toModel({
    declarations: [
      declaration('routeTables/a', {}, { existing: true }),
      declaration('routeTables/b', {}, { condition: known(false, ORIGIN) }),
      declaration('routeTables/c', {}, { condition: known(true, ORIGIN) }),
      declaration('routeTables/d', {}, { condition: unknown('deploy') }),
    ],
    gaps: [],
  });
  expect(model.resources.map(({ address, condition }) => [address, condition?.expression])).toEqual([
    ['routeTables/c', undefined],
    ['routeTables/d', 'deploy'],
  ]);
});

test('of two declarations of one id the later holds, with a warning', () => {
  const { model, problems } = toModel({
    declarations: [
      declaration('routeTables/a', { x: known(1, ORIGIN) }),
      declaration('routeTables/A', { y: known(2, ORIGIN) }),
    ],
    gaps: [],
  });
  expect(model.resources).toHaveLength(1);
  expect(model.resources[0]?.body).toEqual(
    object({ properties: object({ y: known(2, ORIGIN) }, ORIGIN) }, ORIGIN),
  );
  expect(problems).toMatchObject([{ code: 'resource-declared-twice', severity: 'warning' }]);
});

test('the same declaration twice is as good as once', () => {
  const declarations = [1, 2].map(() =>
    declaration('routeTables/a', { x: known(1, ORIGIN), y: unknown('y') }),
  );
  const { model, problems } = toModel({ declarations, gaps: [] });
  expect([model.resources.length, problems]).toEqual([1, []]);
});

test('while it is open which of two declarations is deployed, what they agree on is known', () => {
  const { model, problems } = toModel({
    declarations: [
      declaration(
        'routeTables/a',
        { same: known(1, ORIGIN), x: known('one', ORIGIN) },
        { condition: unknown('new') },
      ),
      declaration(
        'routeTables/a',
        { same: known(1, ORIGIN), x: known('two', ORIGIN) },
        { condition: unknown('not(new)') },
      ),
    ],
    gaps: [],
  });
  expect(problems).toEqual([]);
  const [resource] = model.resources;
  const properties = resource?.body.fields.get('properties');
  const fields = properties?.kind === 'object' ? Object.fromEntries(properties.fields) : {};
  expect(fields).toMatchObject({ same: { value: 1 }, x: { kind: 'unknown' } });
  expect(resource?.condition).toBeDefined();
});

test('a declaration without a readable id is a warning, not a crash', () => {
  const { model, problems } = toModel({
    declarations: [declaration('routeTables/a', {}, { id: list([], ORIGIN) })],
    gaps: [],
  });
  expect(model.resources).toEqual([]);
  expect(problems).toMatchObject([{ code: 'resource-without-id' }]);
});

test('pools that leave the root, that other types name, or that services fill, are open to others', () => {
  const pool = text(`${GROUP}/loadBalancers/lb/backendAddressPools/pool`);
  const lb = declaration('loadBalancers/lb', { backendAddressPools: list([named('pool')], ORIGIN) });
  const gapsOf = (...more: readonly Declaration[]): readonly unknown[] =>
    toModel({ declarations: [lb, ...more], gaps: [] }).model.gaps.map(({ id, reason }) => [
      id,
      reason.kind,
      reason.name,
    ]);
  expect(gapsOf()).toEqual([]);
  expect(gapsOf(declaration('networkInterfaces/n', { pool }))).toEqual([]);
  expect(gapsOf(declaration('somethings/s', { pool }))).toEqual([
    [`${pools}/pool`, 'unsupported', 'somethings/s'],
  ]);
  const cluster = declaration(
    'x/aks',
    {},
    { type: 'Microsoft.ContainerService/managedClusters', address: 'aks' },
  );
  expect(gapsOf(cluster)).toEqual([[undefined, 'unsupported', 'aks']]);
  const { model } = toModel({
    declarations: [lb],
    gaps: [],
    outputs: [{ name: 'pool', value: pool, origin: ORIGIN }],
  });
  expect(model.gaps).toMatchObject([
    { id: `${pools}/pool`, reason: { kind: 'outside', name: 'output pool' } },
  ]);
});

test('values that share their parts are settled once each', () => {
  let value: Value = text(`${GROUP}/loadBalancers/lb`);
  for (let depth = 0; depth < 60; depth += 1) value = list([value, value], ORIGIN);
  const settled = withLink(value).value;
  let inner = settled;
  while (inner.kind === 'list' && inner.items[0] !== undefined) inner = inner.items[0];
  expect(linkOf(inner)).toEqual({ kind: 'to', id: `${canonical}/loadbalancers/lb` });
});
