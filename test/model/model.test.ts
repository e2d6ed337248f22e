import { createModel, linkOf, outside } from '../../src/model/model.ts';
import type { Resource } from '../../src/model/resource.ts';
import { absent, known, object, type Unknown, unknown, type Value } from '../../src/value/value.ts';

const ORIGIN = { kind: 'json', path: 'plan.json', pointer: '/x' } as const;
const waiting: Unknown = unknown({ kind: 'known-after-apply', name: 'azurerm_lb.a.id' }, ORIGIN);
const to = (...ids: readonly string[]): Unknown => ({
  ...waiting,
  references: ids.map((id) => ({ id, property: 'id' })),
});

function resource(type: string, id: string, parent?: Value): Resource {
  const base = { type, id, address: id, name: known(id, ORIGIN), body: object({}, ORIGIN), origin: ORIGIN };
  return parent === undefined ? base : { ...base, parent };
}

test.each<[string, Value, unknown]>([
  [
    'a known id, in lower case',
    known('/Subscriptions/S/x', ORIGIN),
    { kind: 'to', id: '/subscriptions/s/x' },
  ],
  ['a secret id', { ...known('/S', ORIGIN), sensitive: true }, { kind: 'to', id: '/s', secret: true }],
  ['an empty id', known('', ORIGIN), { kind: 'none' }],
  ['nothing', absent(ORIGIN), { kind: 'none' }],
  ['an exact reference', to('{a}'), { kind: 'to', id: '{a}' }],
  ['the same reference twice', to('{a}', '{a}'), { kind: 'to', id: '{a}' }],
  ['two references', to('{a}', '{b}'), { kind: 'one-of', ids: ['{a}', '{b}'], open: false }],
  ['one reference among others', { ...to('{a}'), open: true }, { kind: 'one-of', ids: ['{a}'], open: true }],
  [
    'a reference to another property',
    { ...waiting, references: [{ id: '{a}', property: 'name' }] },
    { kind: 'unknown' },
  ],
  ['an unknown', waiting, { kind: 'unknown' }],
])('%s is the link it says', (_, value, link) => {
  expect(linkOf(value)).toMatchObject(link as object);
});

const LB = 'microsoft.network/loadbalancers';

test('children are found by parent, certain ones apart from possible ones, and strays are detached', () => {
  const [a, b] = [resource(LB, '{a}'), resource(LB, '{b}')];
  const sure = resource(`${LB}/probes`, '{p1}', to('{a}'));
  const either = resource(`${LB}/probes`, '{p2}', to('{a}', '{b}'));
  const elsewhere = resource(`${LB}/probes`, '{p3}', known('/other/lb', ORIGIN));
  const model = createModel([a, b, sure, either, elsewhere]);
  expect(model.childrenOf(a, `${LB}/probes`)).toEqual([
    { resource: sure, certain: true },
    { resource: either, certain: false },
  ]);
  expect(model.childrenOf(b, `${LB}/Probes`)).toEqual([{ resource: either, certain: false }]);
  expect(model.detached(`${LB}/probes`)).toEqual([either, elsewhere]);
});

test('lookup has no regard to case', () => {
  const model = createModel([resource(LB, '/x/lb')]);
  expect(model.byId('/X/LB')?.id).toBe('/x/lb');
  expect(model.ofType('Microsoft.Network/LoadBalancers')).toHaveLength(1);
});

test('what is outside is named by its provider path, and a secret id is not', () => {
  const id = '/subscriptions/s/resourcegroups/rg/providers/microsoft.network/virtualnetworks/v/subnets/s';
  expect(outside({ kind: 'to', id }, 'a subnet', ORIGIN).reason.name).toBe(
    'microsoft.network/virtualnetworks/v/subnets/s',
  );
  expect(outside({ kind: 'to', id, secret: true }, 'a subnet', ORIGIN).reason.name).toBe('a subnet');
});
