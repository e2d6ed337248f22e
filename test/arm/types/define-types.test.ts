import { bicepTypes } from '../../../src/arm/types/bicep-types.ts';
import { compileShapes } from '../../../src/arm/types/compile-shapes.ts';
import { defineTypes, type TypeTable } from '../../../src/arm/types/define-types.ts';
import type { ObjectShape, PropertyShape } from '../../../src/arm/types/shape.ts';

/** The properties of the resource type `A/b` in a table. */
function propertiesOf(tables: TypeTable): ReadonlyMap<string, PropertyShape> {
  return bodyOf(tables).properties;
}

function bodyOf(tables: TypeTable): ObjectShape {
  const library = bicepTypes();
  const defined = defineTypes(library, tables, {});
  const resource = defined.types[defined.resources.get('a/b') ?? -1];
  if (resource?.type !== library.TypeBaseKind.ResourceType) throw new Error('no resource');
  const body = compileShapes(library, defined)(resource.body.index);
  if (body.kind !== 'object') throw new Error('no object');
  return body;
}

test.each([
  ['text', { isRequired: false, isReadOnly: false }],
  ['text required', { isRequired: true, isReadOnly: false }],
  ['text read-only', { isReadOnly: true, history: { readOnlySince: '2019-09-01' } }],
  ['text read-only 2025-05-01', { isReadOnly: true, history: { readOnlySince: '2025-05-01' } }],
  ['text since 2020-01-02', { isReadOnly: false, history: { since: '2020-01-02' } }],
  [
    'text[] required since 2020-01-02 until 2021-03-04 read-only',
    {
      isRequired: true,
      history: { since: '2020-01-02', until: '2021-03-04', readOnlySince: '2019-09-01' },
    },
  ],
])('`%s` is read', (notation, expected) => {
  expect(propertiesOf({ 'A/b': { p: notation } }).get('p')).toMatchObject({ name: 'p', ...expected });
});

test('a table may refer to itself', () => {
  const properties = propertiesOf({ 'A/b': { node: 'Node' }, Node: { children: 'Node[]', tags: 'text{}' } });
  const node = properties.get('node')?.shape();
  const children = node?.kind === 'object' ? node.properties.get('children')?.shape() : undefined;
  expect(children?.kind === 'list' && children.item()).toBe(node);
  const tags = node?.kind === 'object' ? node.properties.get('tags')?.shape() : undefined;
  expect(tags?.kind === 'object' && tags.rest?.()).toEqual({ kind: 'text' });
});

test('`*` leaves an object open', () => {
  expect(bodyOf({ 'A/b': { '*': 'any' } }).rest?.()).toEqual({ kind: 'any' });
  expect(bodyOf({ 'A/b': {} }).rest).toBeUndefined();
});

test.each(['text requird', 'text since 2020', 'text [ ]', ''])('`%s` is not in the notation', (notation) => {
  expect(() => propertiesOf({ 'A/b': { p: notation } })).toThrow('not in the notation');
});

test('a table that names an object no table defines is refused', () => {
  expect(() => propertiesOf({ 'A/b': { p: 'Nod' }, Node: {} })).toThrow('A/b.p holds `Nod`');
});
